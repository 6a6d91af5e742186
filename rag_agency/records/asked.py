"""What is asked, and what search brings for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag_agency.records.read import Language, Passage, Sentence

Wanted = Literal[
    "who", "compare", "number", "name", "place", "time", "definition", "list", "overview", "person", "fact"
]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, by whom it was preceded, and to what it is limited."""

    text: str
    id: str | None = None
    history: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks, as search and the writer use it.

    ``text`` is whole by itself, earlier turns added. ``members`` and ``countries`` are those it names or
    points back to; ``studies`` those of the members that it names by year, ``years`` and ``numbers`` all others,
    ``products`` what is grown or sold, ``themes`` the roster's. ``is_follow_up`` where it was made whole by the
    turn before it, ``may_stand_alone`` where it may not have needed that. ``has_orders`` where orders stood beside
    it and were left aside, ``is_instruction`` where it gives orders instead of asking, ``is_small_talk`` where
    it greets or thanks. ``parts`` are the questions
    that it asks together, two or more, or the one that a follow-up adds to the turn before it; most have none.
    """

    text: str
    language: Language
    wanted: Wanted = "fact"
    members: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    is_follow_up: bool = False
    may_stand_alone: bool = True
    has_orders: bool = False
    is_instruction: bool = False
    is_small_talk: bool = False
    parts: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Signals:
    """How closely one sentence meets a question: cosines, BM25, and the share of the question's words it meets."""

    tokens: float = 0.0
    meaning: float = 0.0
    light: float = 0.0
    words: float = 0.0
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that search brought, and how well it fits the question (higher is better).

    ``meets`` says of each word of the question, in the order of ``Evidence.words``, how far it or one
    that means the same stands in the sentence or around it: from 0, not at all, to 1.
    """

    sentence: Sentence
    score: float
    signals: Signals = Signals()
    meets: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A content word of a question and its inverse document frequency: one that few sentences meet tells more."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What search brings for a question: passages and single sentences, the best first.

    ``words`` are the question's content words. ``is_by_ledger`` where the sentences were taken for whom they are by
    or about, and not for meeting its words.
    """

    passages: tuple[Passage, ...] = ()
    sentences: tuple[Found, ...] = ()
    words: tuple[AskedWord, ...] = ()
    is_by_ledger: bool = False

    def share(self, found: Found) -> float:
        """Return the share of the question's words, by weight, that stand in a sentence or around it."""
        whole = sum(word.weight for word in self.words)
        if not whole:
            return 0.5
        return sum(word.weight * met for word, met in zip(self.words, found.meets, strict=True)) / whole
