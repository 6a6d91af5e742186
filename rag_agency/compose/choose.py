"""Which sentences answer: the fewest that do, each with its speaker and what it needs to be understood.

Works on sentences that search has scored. Knows no templates and no model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag_agency.compose.cite import Citer, locator_of
from rag_agency.compose.premise import not_said, other_figure
from rag_agency.records import Asked, Evidence, Found, Sentence, Source
from rag_agency.silences import is_silence
from rag_agency.words import plain_words

MOST = 8  # sentences; more is a list, not an answer
FEW = 4  # sentences where a number, a place or a time is asked for: the best has it, the next say what of
BRIEF = ("number", "place", "time")
WITHIN = 7.0  # of the best score: what is further off is about something else
OTHERS_WITHIN = 0.5  # the same for a member whom the question does not name
AUTHORS_WITHIN = 6.0  # the same for the authors beside a member, and the other way round
QUOTED_WORDS = 175  # of all quotations; 220 words are the whole answer's limit
DEEP = 5  # sentences of each side of a comparison
ALL_WORDS = 205  # of quotations and lead-ins; the rest of 220 is for what is said of the answer as a whole
LEAD_WORDS = 6  # that name a speaker
NEIGHBOURS = 15  # words more for what a chosen sentence needs to be understood
SAME = 0.75  # share of the shorter sentence's words that stand in the other: a brief and the report, a box
ITEMS = 4  # of a list that a chosen sentence introduces
POINTS_BACK = re.compile(
    r"^\W*(?:and for that|this|these|those|that is|he|she|they|it|such|of course|therefore|furthermore|otherwise|"
    r"in other words|thus|however|despite this|est[aeo]s?|eso|ell[oa]s?|dich[oa]s?|por eso|sin embargo|además|"
    r"agrega|añade)\b",
    re.I,
)
# The next sentence goes on with the one before it: ‘Through it, …’, ‘Ranaboldo puts this down to …’.
GOES_ON = re.compile(
    r"^\W*(?:and for that|of course|otherwise|in other words|(?:\w+,? ){0,4}(?:this|these|it|esto|ello)\b)", re.I
)

Ledger = Callable[[str], Sequence[Sentence]]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence chosen for an answer, with its sources."""

    sentence: Sentence
    sources: tuple[Source, ...]

    def is_only_by(self, member: str) -> bool:
        """Whether these are the words of that member and of no other."""
        return self.sentence.spoken_by == {member}


@dataclass(frozen=True, slots=True)
class Choice:
    """The statements of an answer, and the members named in the question who said nothing of the kind.

    ``relation`` says in words how the two sentences ``related`` stand to each other; empty where that is not sure.
    ``not_given`` is a figure of the question that the evidence does not have, ``instead`` the sentence with another.
    """

    statements: tuple[Statement, ...] = ()
    not_said_by: tuple[str, ...] = ()
    relation: str = ""
    related: tuple[Sentence, ...] = ()
    not_given: str = ""
    instead: Sentence | None = None


def compose(asked: Asked, evidence: Evidence, ledger: Ledger, citer: Citer) -> Choice:
    """Choose the sentences that answer, grouped by speaker, as they are printed within a speaker."""
    ranked = _distinct(_quotable(evidence.sentences))
    if not ranked:
        return Choice()
    not_said_by = not_said(asked, ranked)
    other = other_figure(asked, ranked, evidence)
    if len(asked.members) > 1 and not not_said_by:
        chosen = _each_side(asked, ranked)
    else:
        chosen = _few(asked if not not_said_by else Asked(asked.text, asked.language), ranked)
    if other:
        chosen = [other[1], *(found for found in chosen if found is not other[1])]
    whole = _with_neighbours(chosen, ledger)
    statements = tuple(_statement(s, ledger, citer, asked) for s in _by_speaker(whole, chosen))
    not_said_by = not_said_by or _absent(asked, statements, citer)
    not_given, instead = (other[0], other[1].sentence) if other else ("", None)
    return Choice(statements, not_said_by, not_given=not_given, instead=instead)


def _absent(asked: Asked, statements: Sequence[Statement], citer: Citer) -> tuple[str, ...]:
    """Return the one member asked for, where no statement is theirs and none names them."""
    if len(asked.members) != 1:
        return ()
    member = asked.members[0]
    found = any(member in s.sentence.spoken_by or citer.names(member, s.sentence.text) for s in statements)
    return () if found else asked.members


def _statement(sentence: Sentence, ledger: Ledger, citer: Citer, asked: Asked) -> Statement:
    based_on = citer.based_on(sentence.report)
    section = [s for s in ledger(sentence.report) if s.section == sentence.section] if based_on else []
    after = [s for s in section if s.number >= sentence.number]
    before = [s for s in reversed(section) if s.number < sentence.number]
    locator = locator_of([*after, *before], based_on)
    sources = citer.sources(sentence, locator, asked.language)
    return Statement(sentence, (*citer.primary(sentence, ledger, asked.language), *sources))


def _quotable(sentences: Sequence[Found]) -> list[Found]:
    """Leave out headings, bare questions, scraps and silences, which say nothing; silences if there is nothing else."""
    said = [
        f
        for f in sentences
        if f.sentence.kind != "heading" and not f.sentence.text.rstrip().endswith("?") and _says(f.sentence)
    ]
    return [f for f in said if not is_silence(f.sentence)] or said


def _says(sentence: Sentence) -> bool:
    """Whether a line is a statement: a finished sentence, or an item of a list."""
    is_finished = bool(re.search(r"[.!:;)…’”»⁰-⁹¹²³]$", sentence.text.rstrip()))
    return len(sentence.text.split()) > 3 and (is_finished or sentence.kind == "list")


def _distinct(sentences: Sequence[Found]) -> list[Found]:
    """Leave out sentences that say again, by the same speaker, what a better one says."""
    kept: list[Found] = []
    said: dict[tuple[str, ...], list[frozenset[str]]] = {}
    for found in sentences:
        words = _content(found.sentence.text)
        before = said.setdefault(_voice(found.sentence), [])
        if not any(_overlap(words, earlier) > SAME for earlier in before):
            before.append(words)
            kept.append(found)
    return kept


@lru_cache(maxsize=20_000)  # the same sentences are looked at for every question
def _content(text: str) -> frozenset[str]:
    """Return the words of a text that carry its content, citations left out."""
    bare = re.sub(r"\([^()]*\d{4}[^()]*\)", " ", text)
    return frozenset(word for word in plain_words(bare) if len(word) > 3 or word.isdigit())


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / max(1, min(len(first), len(second)))


def _few(asked: Asked, ranked: Sequence[Found]) -> list[Found]:
    """Take the best sentence, and others near it, by the same speaker before any other."""
    own = [f for f in ranked if set(asked.members) & f.sentence.spoken_by] if asked.members else []
    first = own[0] if own and own[0].score > ranked[0].score - AUTHORS_WITHIN else ranked[0]
    speaker = first.sentence.spoken_by
    chosen, words = [first], len(first.sentence.text.split())
    most = FEW if asked.wanted in BRIEF and not asked.parts else MOST
    for found in ranked:
        length = len(found.sentence.text.split())
        far = first.score - found.score > _distance(speaker, found.sentence.spoken_by, asked)
        if found is first or far or words + length > QUOTED_WORDS or len(chosen) >= most:
            continue
        chosen.append(found)
        words += length
    return chosen


def _distance(first: frozenset[str], other: frozenset[str], asked: Asked) -> float:
    """Return how far below the best a sentence of another speaker may score."""
    if other == first or (other and other & set(asked.members)):
        return WITHIN
    if not other or not first:
        return AUTHORS_WITHIN
    return 0.0 if asked.members or asked.wanted == "who" else OTHERS_WITHIN


def _each_side(asked: Asked, ranked: Sequence[Found]) -> list[Found]:
    """Take what the members say together, then the best of each alone, in turn."""
    together = [f for f in ranked if set(asked.members) <= f.sentence.spoken_by][:2]
    chosen = [f for f in together if f.score > ranked[0].score - WITHIN]
    words = sum(len(f.sentence.text.split()) for f in chosen)
    for depth in range(DEEP):
        for member in asked.members:
            said = [f for f in ranked if member in f.sentence.spoken_by and f not in together]
            # What a member says with a third one is taken only where there is nothing else of theirs.
            alone = [f for f in said if f.sentence.spoken_by <= set(asked.members)] or said
            if depth >= len(alone) or alone[depth].score < alone[0].score - WITHIN:
                continue
            length = len(alone[depth].sentence.text.split())
            if depth and words + length > QUOTED_WORDS:
                continue
            chosen.append(alone[depth])
            words += length
    return chosen or _few(asked, ranked)


def _with_neighbours(chosen: Sequence[Found], ledger: Ledger) -> list[Sentence]:
    """Add what a sentence points back to, what it introduces, and the caution that belongs to it.

    The best first, while there is room: one that has none with its antecedent is left out, but for the first.
    """
    words = 0
    whole: dict[tuple[str, int], Sentence] = {}

    def fits(others: Sequence[Sentence]) -> bool:
        return words + sum(len(other.text.split()) for other in others) <= QUOTED_WORDS + NEIGHBOURS

    for found in chosen:
        sentence, sentences = found.sentence, ledger(found.sentence.report)
        needed = [s for s in (*_before(sentence, sentences), sentence) if (s.report, s.number) not in whole]
        if whole and not fits(needed):
            continue
        for other in (*needed, *_after(sentence, sentences)):
            if (other.report, other.number) not in whole and (other in needed or fits([other])):
                whole[other.report, other.number] = other
                words += len(other.text.split())
    meant = {key for s in whole.values() for key in ((b.report, b.number) for b in _before(s, ledger(s.report)))}
    alone = [s for s in whole.values() if not s.text.rstrip().endswith(":") or (s.report, s.number) in meant]
    return _within_limit(alone or list(whole.values()))


def _within_limit(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the first sentences that fit, with a lead-in for each of their speakers; one at least."""
    kept: list[Sentence] = []
    words, speakers = 0, set[tuple[str, ...]]()
    for sentence in sentences:
        lead = LEAD_WORDS if _voice(sentence) not in speakers else 0
        words += len(sentence.text.split()) + lead
        if kept and words > ALL_WORDS:
            break
        kept.append(sentence)
        speakers.add(_voice(sentence))
    return kept


def _before(sentence: Sentence, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentence before, where this one points back to it."""
    n = sentence.number
    points_back = POINTS_BACK.match(sentence.text) and n and sentences[n - 1].paragraph == sentence.paragraph
    return [sentences[n - 1]] if points_back else []


def _after(sentence: Sentence, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return what a sentence introduces, the rest of its list, and the sentence that goes on with it."""
    n = sentence.number
    after = sentences[n + 1 : n + 1 + ITEMS]
    needed: list[Sentence] = []
    if sentence.text.rstrip().endswith(":") or re.search(r":\s*1\)", sentence.text):
        needed += [s for s in after if s.kind in ("list", "block_quote") or s.paragraph == sentence.paragraph]
    if sentence.kind == "list":
        needed += [s for s in after if s.kind == "list" and s.members == sentence.members]
    if after and GOES_ON.match(after[0].text) and after[0].paragraph == sentence.paragraph:
        needed.append(after[0])
    return needed


def _by_speaker(whole: Sequence[Sentence], chosen: Sequence[Found]) -> list[Sentence]:
    """Order speakers by their best sentence; each begins with it and goes on as it is printed."""
    best: dict[tuple[str, ...], Sentence] = {}
    for sentence in [*(f.sentence for f in chosen), *whole]:
        if sentence in whole:
            best.setdefault(_voice(sentence), sentence)
    speakers = list(best)

    def place(sentence: Sentence) -> tuple[int, bool, str, int]:
        first = best[_voice(sentence)]
        is_later = not (sentence.paragraph == first.paragraph and sentence.report == first.report)
        return speakers.index(_voice(sentence)), is_later, sentence.report, sentence.number

    return sorted(whole, key=place)


def _voice(sentence: Sentence) -> tuple[str, ...]:
    return tuple(sorted(sentence.spoken_by)) or (sentence.voice, *sentence.outside)
