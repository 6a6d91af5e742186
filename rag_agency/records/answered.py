"""What is answered: sentences with their sources, or the reason why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from rag_agency.records.read import Language, Voice
from rag_agency.records.written import Check, Dropped

Status = Literal["answered", "partial", "abstained"]
Reason = Literal["nothing_relevant", "nothing_supported", "outside_corpus", "refused"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand and whose they are; ``quote`` is verbatim on ``page`` (a physical number)."""

    report: str
    title: str
    page: int
    page_label: str | None
    quote: str
    member: str | None
    study: str | None
    voice: Voice
    citation: str

    def to_dict(self) -> dict[str, Any]:
        """Return the Source object of the public contract."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer with the sources that carry it; it cannot be without one.

    ``written`` is true where a language model worded it; ``checks`` are what it went through.
    """

    text: str
    sources: tuple[Source, ...]
    written: bool = False
    checks: tuple[Check, ...] = ()

    def __post_init__(self) -> None:
        """Hold promise 2: no sentence without a source."""
        if not self.sources:
            raise ValueError(f"a sentence of an answer needs a source: {self.text[:60]!r}")

    def to_dict(self) -> dict[str, Any]:
        """Return the sentence as the public contract has it, with what a certificate needs."""
        return {
            "text": self.text,
            "sources": [source.to_dict() for source in self.sources],
            "written": self.written,
            "checks": [check.to_dict() for check in self.checks],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """Sentences with their sources, or the reason why there are none; never both, never neither.

    ``confidence`` is the chance that the corpus answers the question, None where it was not judged.
    ``dropped`` are sentences of a language model that were not shown. ``fallback`` says in a word why
    a model's answer is not shown, or not all of it; None where there was no model or no trouble.
    """

    question: str
    language: Language
    status: Status
    text: str
    sentences: tuple[AnswerSentence, ...] = ()
    reason: Reason | None = None
    missing: tuple[str, ...] = ()
    writer: str = "extractive"
    index: str = ""
    seconds: float = 0.0
    confidence: float | None = None
    id: str | None = None
    dropped: tuple[Dropped, ...] = ()
    fallback: str | None = None

    def __post_init__(self) -> None:
        """Hold promise 4: an answer has sentences or an abstention."""
        abstained = self.status == "abstained"
        if abstained == bool(self.sentences):
            raise ValueError(f"status {self.status} with {len(self.sentences)} sentences")
        if abstained != (self.reason is not None):
            raise ValueError(f"status {self.status} with reason {self.reason}")

    def to_dict(self) -> dict[str, Any]:
        """Return the Answer object of the public contract."""
        return {
            "id": self.id,
            "question": self.question,
            "language": self.language,
            "status": self.status,
            "reason": self.reason,
            "text": self.text,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "missing": list(self.missing),
            "writer": self.writer,
            "index": self.index,
            "seconds": round(self.seconds, 4),
            "confidence": None if self.confidence is None else round(self.confidence, 3),
            "fallback": self.fallback,
            "dropped": [dropped.to_dict() for dropped in self.dropped],
        }
