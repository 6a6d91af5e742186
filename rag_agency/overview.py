"""What a member finds as a whole, and who they are.

A question that names a member and nothing else, ‘What did Tassi find?’, has no words to search with. The
ledger knows what is theirs; what stands for it is chosen by facility location, which takes one statement
after another so that each of the others is near to one that was taken (Nemhauser, Wolsey and Fisher 1978:
this greedy way reaches at least 63 % of the best there is).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag_agency.records import Asked, Member, Sentence
from rag_agency.silences import is_silence
from rag_agency.wholeness import stands_alone

TAKEN = 12  # statements, in the order in which they are wanted; an answer has room for some of them
ENOUGH = 6  # statements of the better kind; with fewer, all kinds are taken
WHAT_ONE_IS = r"(?:is|was|manages|directs|leads|heads|coordinates|es|fue|dirige|encabeza|coordina)"
Vectors = NDArray[np.float32]


def overview(asked: Asked, sentences: Sequence[Sentence], in_spanish: Sequence[bool], vectors: Vectors) -> list[int]:
    """Return the places of a member's own statements, the one that stands for most of the others first.

    ``vectors``, an array of (sentences, dimensions) of length 1, are the light encoder's. In the reader's language,
    naming their speaker, and such as can be read by themselves, where there are enough of them.
    """
    own = [i for i, s in enumerate(sentences) if s.spoken_by == set(asked.members) and _states(s)]
    own = _preferred(own, [i for i in own if any(x.study in asked.studies for x in sentences[i].members)], least=1)
    own = _preferred(own, [i for i in own if in_spanish[i] is (asked.language == "es")])
    own = _preferred(own, [i for i in own if sentences[i].explicit and sentences[i].kind != "list"])
    own = _preferred(own, [i for i in own if stands_alone(sentences[i])])
    return [own[i] for i in standing_for_all(vectors[own] @ vectors[own].T, TAKEN)]


def portrait(
    asked: Asked, sentences: Sequence[Sentence], in_spanish: Sequence[bool], roster: Sequence[Member]
) -> list[int]:
    """Return the places of what the authors say of a member: where the full name is explained, and what follows it.

    Of several such places the one in the reader's language on which most is said; none where there is no such place.
    """
    name = next(member.name for member in roster if member.slug in asked.members)
    explained = re.compile(rf"\b{re.escape(name)}(?:,|\s{WHAT_ONE_IS}\b)")
    places = [i for i, s in enumerate(sentences) if not s.members and explained.search(s.text) and s.kind != "heading"]
    places = _preferred(places, [i for i in places if in_spanish[i] is (asked.language == "es")], least=1)
    paragraphs = [_rest_of_paragraph(i, sentences) for i in places]
    return max(paragraphs, key=lambda rows: sum(len(sentences[i].text) for i in rows), default=[])


def _rest_of_paragraph(first: int, sentences: Sequence[Sentence]) -> list[int]:
    """Return the places of a sentence and of what the authors say after it in its paragraph, as it is printed."""
    start = sentences[first]
    if start.kind == "list":  # the other items are about others
        return [first]
    rest = [
        i
        for i, s in enumerate(sentences)
        if (s.report, s.paragraph) == (start.report, start.paragraph) and s.number >= start.number and not s.members
    ]
    return sorted(rest, key=lambda i: sentences[i].number)[:TAKEN]


def standing_for_all(closeness: Vectors, most: int) -> list[int]:
    """Return which of the points stand for all of them, greedily; ``closeness`` is an array of (points, points)."""
    near = np.maximum(closeness, 0) ** 2
    reached = np.zeros(len(near), np.float32)
    taken: list[int] = []
    while len(taken) < min(most, len(near)):
        gains = np.maximum(near, reached).sum(axis=1)
        gains[taken] = -1
        taken.append(int(gains.argmax()))
        reached = np.maximum(reached, near[taken[-1]])
    return taken


def _states(sentence: Sentence) -> bool:
    """Whether it can stand by itself as a statement."""
    is_said = sentence.kind not in ("heading", "footnote") and not sentence.text.rstrip().endswith(("?", ":"))
    return is_said and not is_silence(sentence)


def _preferred(all_of_them: list[int], better: list[int], least: int = ENOUGH) -> list[int]:
    return better if len(better) >= least else all_of_them
