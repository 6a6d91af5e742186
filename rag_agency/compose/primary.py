"""The member's own words behind a sentence that another report tells: the sentence of their study that says it.

Compares words only. Where the study says it in other words or another language, nothing is found,
and the sentence stays 'cited in'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag_agency.records import Sentence, letters_and_digits
from rag_agency.words import plain_words

CITATION = re.compile(r"\([^()]*\d{4}[^()]*\)")
QUOTATION = re.compile(r"(?:(?<=\s)|^)‘(.+?)’(?!\w)|“(.+?)”|«(.+?)»")
FEWEST_WORDS = 5  # shorter runs are set phrases, which prove nothing
FEWEST_CONTENT = 6  # content words that two sentences need to be compared by them
ALIKE = 0.8  # share of the content words of either that stand in the other

NEGATIONS = frozenset("not no nor never neither cannot ni nunca jamas tampoco".split())


def says_the_same(told: Sentence, own: Iterable[Sentence]) -> Sentence | None:
    """Return the sentence of a study that holds what is ``told`` of it, None where there is none."""
    candidates = [s for s in own if s.kind != "heading"]
    runs = [letters_and_digits(run) for run in _runs(told.text)]
    quoted = next((s for s in candidates if _holds(s, runs) or _is_held(s, told)), None)
    if quoted:
        return quoted
    alike = [(_likeness(told.text, s.text), s.number, s) for s in candidates]
    best = max(alike, key=lambda scored: (scored[0], -scored[1]), default=None)
    return best[2] if best and best[0] >= ALIKE else None


def _holds(own: Sentence, runs: Iterable[str]) -> bool:
    return any(run in letters_and_digits(own.text) for run in runs)


def _is_held(own: Sentence, told: Sentence) -> bool:
    """Whether the study's whole sentence stands in what is told of it: 'Tassi shows that …'."""
    is_long = len(_content(own.text)) >= FEWEST_CONTENT
    return is_long and letters_and_digits(own.text) in letters_and_digits(told.text)


def _runs(text: str) -> list[str]:
    """Return the words that must be the study's own, if they are: the whole sentence, and what it quotes."""
    bare = CITATION.sub(" ", text)
    quoted = ["".join(groups) for groups in QUOTATION.findall(bare)]
    return [run for run in (bare, *quoted) if len(run.split()) >= FEWEST_WORDS]


def _likeness(told: str, own: str) -> float:
    """Return the lesser share of content words in common; nothing where numbers or a 'not' differ."""
    first, second = _content(told), _content(own)
    differs = _decisive(told) != _decisive(own)
    if differs or min(len(first), len(second)) < FEWEST_CONTENT:
        return 0.0
    return len(first & second) / max(len(first), len(second))


def _decisive(text: str) -> frozenset[str]:
    """Return the words of which one turns a statement into another: numbers and negations."""
    return frozenset(w for w in plain_words(CITATION.sub(" ", text)) if w.isdigit() or w in NEGATIONS)


def _content(text: str) -> frozenset[str]:
    words = plain_words(CITATION.sub(" ", text))
    return frozenset(word for word in words if len(word) > 3 or word.isdigit())
