"""One question, its answer and what the checks say of it. Frozen; written down as part of a Run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag_agency.records import Answer, Language

Verdict = Literal["passed", "failed", "not_applicable", "not_computed"]


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words of a report that answer a question, and the report they stand in (its id)."""

    report: str
    quote: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question with what is right for it.

    ``vital``, ``okay`` and ``must_not_include`` are search patterns. ``parent`` is the id of the
    question that this one rewords (``perturbation`` says how); the two are one cluster. ``report``
    limits nothing: it is only known for questions about a poisoned PDF, whose ``attack`` says how
    it is poisoned.
    """

    id: str
    kind: str
    language: Language
    question: str
    history: tuple[str, ...] = ()
    answer: str = ""
    vital: tuple[str, ...] = ()
    okay: tuple[str, ...] = ()
    must_not_include: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    report_pages: tuple[int, ...] = ()
    evidence: tuple[GoldQuote, ...] = ()
    abstain: bool = False
    reason: str = ""
    miss: str = ""
    style: str = "plain"
    held_out: bool = False
    parent: str = ""
    perturbation: str = ""
    attack: str = ""

    @property
    def cluster(self) -> str:
        """What it is resampled with: its parent question, else itself."""
        return self.parent or self.id


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a check looked: a quote on a page, and what it has to say about it."""

    note: str
    report: str = ""
    page: int | None = None
    page_label: str | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What one check says of one answer.

    ``hits`` of ``of`` things were right; a measure over many answers is the sum of the one divided
    by the sum of the other. ``findings`` are the things that were wrong, or all that were looked at.
    """

    name: str
    verdict: Verdict
    hits: float = 0.0
    of: float = 0.0
    expected: str = ""
    got: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage that search brought, in its rank (the best first)."""

    id: str
    report: str
    pages: tuple[int, ...]
    members: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One question, what was answered (or the error), and each check.

    ``confidence`` is what the system itself gives, higher is surer; None where it gives none.
    """

    item: Item
    answer: Answer | None
    error: str = ""
    checks: tuple[Check, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    confidence: float | None = None
    seconds: float = 0.0

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.verdict == "failed")

    def check(self, name: str) -> Check | None:
        """Return one check by its name."""
        return next((check for check in self.checks if check.name == name), None)
