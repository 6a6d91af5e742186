"""What is asked, and what search brings for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag_agency.records.read import Language, Passage, Sentence

Wanted = Literal["who", "compare", "number", "place", "time", "definition", "list", "fact"]


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

    ``text`` is whole by itself, earlier turns added. ``members``, ``countries`` and ``numbers`` are
    those it names or points back to; ``is_instruction`` where it gives orders instead of asking.
    """

    text: str
    language: Language
    wanted: Wanted = "fact"
    members: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    is_instruction: bool = False


@dataclass(frozen=True, slots=True)
class Signals:
    """How closely one sentence meets a question: cosines, and the share of the question's words in it."""

    tokens: float = 0.0
    meaning: float = 0.0
    light: float = 0.0
    words: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that search brought, and how well it fits the question (higher is better)."""

    sentence: Sentence
    score: float
    signals: Signals = Signals()


@dataclass(frozen=True, slots=True)
class WordMatch:
    """How closely one word of the question is met: a cosine in the best sentences, and anywhere."""

    word: str
    near: float
    anywhere: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What search brings for a question: passages and single sentences, the best first.

    ``words`` are the question's content words, each with how closely it is met.
    """

    passages: tuple[Passage, ...] = ()
    sentences: tuple[Found, ...] = ()
    words: tuple[WordMatch, ...] = ()
