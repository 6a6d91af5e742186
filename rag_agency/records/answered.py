"""What is answered: sentences with their sources, or the reason why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from rag_agency.records.read import Language, Voice

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
    """One sentence of an answer with the sources that carry it; it cannot be without one."""

    text: str
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        """Hold promise 2: no sentence without a source."""
        if not self.sources:
            raise ValueError(f"a sentence of an answer needs a source: {self.text[:60]!r}")


@dataclass(frozen=True, slots=True)
class Answer:
    """Sentences with their sources, or the reason why there are none; never both, never neither.

    ``confidence`` is the chance that the corpus answers the question, None where it was not judged.
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

    def __post_init__(self) -> None:
        """Hold promise 4: an answer has sentences or an abstention."""
        abstained = self.status == "abstained"
        if abstained == bool(self.sentences):
            raise ValueError(f"status {self.status} with {len(self.sentences)} sentences")
        if abstained != (self.reason is not None):
            raise ValueError(f"status {self.status} with reason {self.reason}")

    def to_dict(self) -> dict[str, Any]:
        """Return the Answer object of the public contract."""
        sentences = [{"text": s.text, "sources": [source.to_dict() for source in s.sources]} for s in self.sentences]
        return {
            "id": self.id,
            "question": self.question,
            "language": self.language,
            "status": self.status,
            "reason": self.reason,
            "text": self.text,
            "sentences": sentences,
            "missing": list(self.missing),
            "writer": self.writer,
            "index": self.index,
            "seconds": round(self.seconds, 4),
            "confidence": None if self.confidence is None else round(self.confidence, 3),
        }
