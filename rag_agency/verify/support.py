"""Does the evidence carry what a sentence says? Words in common, and closeness of meaning.

The thresholds come from labelled pairs of claims and sentences, those not held out; eval/LOG.md tells what
they reach. Knows no model: closeness is handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag_agency.records import Language
from rag_agency.verify.figures import SCALES, WORDS
from rag_agency.verify.wording import Closeness, clauses_of
from rag_agency.words import STOP_WORDS, plain_words, terms

STEM = 6  # letters by which words of one family, and cognates of the two languages, are the same
COGNATE = 5
NUMBERS = frozenset([*WORDS, *SCALES, "around", "about", "some", "nearly", "almost", "alrededor", "cerca", "casi"])
CLAUSE_WORDS, CLAUSE_MEANING = 0.3, 0.3  # below both, a clause says something new
MIXED = 0.2  # share of a clause's words that only another piece of evidence has
_STOP = STOP_WORDS["en"] | STOP_WORDS["es"]
NEW_CLAUSE = 3  # content words; a clause that has them and none in common with the evidence says something new


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is asked of a sentence: share of its words in the evidence, closeness of meaning.

    In one language few words in common may be made up for by meaning, ``near``. Across languages words are
    no sign.
    """

    words: float = 0.5
    meaning: float = 0.3
    few_words: float = 0.3
    near: float = 0.6
    across: float = 0.38


THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Support:
    """How well evidence carries a sentence."""

    words: float
    meaning: float
    across: bool

    def fails(self, limits: Thresholds = THRESHOLDS) -> str:
        """Return what is missing, in words; empty: the evidence carries it."""
        least = limits.across if self.across else limits.meaning
        if self.meaning < least:
            return f"closeness of meaning {self.meaning:.2f}, {least:.2f} is needed"
        if not self.across and self.words < (limits.few_words if self.meaning >= limits.near else limits.words):
            return f"{self.words:.0%} of its words stand in the evidence, {limits.words:.0%} are needed"
        return ""

    def told(self) -> str:
        """Return the figures as a certificate keeps them."""
        return f"words {self.words:.2f}, meaning {self.meaning:.2f}"


def support_of(claim: str, language: Language, evidence: Sequence[tuple[str, Language]], close: Closeness) -> Support:
    """Return how well evidence carries a sentence from which names and frame have been taken."""
    whole = " ".join(text for text, _ in evidence)
    across = all(other != language for _, other in evidence)
    return Support(shared(claim, whole, language), close(claim, whole), across)


def shared(claim: str, evidence: str, language: Language) -> float:
    """Return the share of a claim's content words that stand in the evidence, cognates counted."""
    mine = dict.fromkeys(_content(claim, language))
    if not mine:
        return 1.0
    theirs = {word[:STEM] for other in ("en", "es") for word in terms(evidence, other)}
    cognates = {word[:COGNATE] for word in theirs if len(word) >= COGNATE}
    found = [w for w in mine if w[:STEM] in theirs or (len(w) >= COGNATE and w[:COGNATE] in cognates)]
    return len(found) / len(mine)


def new_clause(claim: str, language: Language, evidence: Sequence[str], close: Closeness) -> str:
    """Return the first clause that has almost nothing of the evidence, in words or meaning; for one language only."""
    whole = " ".join(evidence)
    for clause in clauses_of(claim):
        if len(set(_content(clause, language))) >= NEW_CLAUSE and shared(clause, whole, language) < CLAUSE_WORDS:
            if close(clause, whole) < CLAUSE_MEANING:
                return clause
    return ""


def _content(text: str, language: Language) -> list[str]:
    """Return the stems that a sentence's content is in: numbers are checked by themselves."""
    return [word for word in terms(text, language) if not word.isdigit() and word not in NUMBERS]


def mixed_clause(claim: str, language: Language, evidence: Sequence[str]) -> str:
    """Return the first clause that takes its parts from several pieces of evidence and stands in none of them."""
    for clause in clauses_of(claim):
        shares = [shared(clause, text, language) for text in evidence]
        together = shared(clause, " ".join(evidence), language)
        if len(set(terms(clause, language))) >= NEW_CLAUSE and together > max(shares) + MIXED:
            return clause
    return ""


def by_words(first: str, second: str) -> float:
    """Return the share of the words of one text that stand in another: closeness where no model is at hand."""
    one, two = ({w[:COGNATE] for w in plain_words(text) if w not in _STOP} for text in (first, second))
    return len(one & two) / max(1, len(one))
