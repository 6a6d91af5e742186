"""What a run of the faithfulness suite is: questions, answers, checks with their evidence, figures.

Frozen, and whole: the report, junit.xml and the page in the browser are drawn from a Run and from
nothing else. ``results.json`` is a Run written down. Knows no index, no model and no question file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag_agency.evaluation.judged import Check, Finding, GoldQuote, Item, ItemResult, Retrieved, Verdict

__all__ = [
    "SCHEMA",
    "Baseline",
    "Change",
    "Check",
    "Checker",
    "Comparison",
    "CurvePoint",
    "Difference",
    "Finding",
    "Gate",
    "GateKind",
    "GoldQuote",
    "Item",
    "ItemResult",
    "Metric",
    "Mutation",
    "Named",
    "Outcome",
    "PageText",
    "Provenance",
    "Retrieved",
    "Run",
    "Verdict",
]

SCHEMA = 1  # raised whenever a reader of older results.json would misread a newer one

GateKind = Literal["hard", "at_least", "at_most", "against_baseline"]
Outcome = Literal["passed", "failed", "not_computed"]
Change = Literal["better", "worse", "no_difference_seen", "too_few_to_tell"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure over many answers, with its 95 % interval.

    ``value`` is None where it could not be computed; ``why_not`` says why. ``n`` counts what was
    judged (quotes, sentences, questions), ``clusters`` what was resampled. ``part`` is ``all``, or
    ``name=value`` of a slice (``language=es``, ``member=tassi``).
    """

    name: str
    value: float | None
    n: int = 0
    clusters: int = 0
    low: float | None = None
    high: float | None = None
    interval: str = ""
    part: str = "all"
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A bound that a figure must hold; ``items`` are the questions because of which it does not."""

    name: str
    kind: GateKind
    bound: float
    outcome: Outcome
    value: float | None
    why: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """Another way to answer, run on the same questions and judged by the same checks."""

    name: str
    about: str
    metrics: tuple[Metric, ...]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way to spoil a good answer: how often it was done, how often a check noticed.

    ``structural`` faults must all be noticed. ``missed`` names the questions where none did.
    """

    kind: str
    about: str
    structural: bool
    made: int
    caught: int
    caught_by: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Of the surest answers, this share of all questions: how large is the share that is wrong."""

    coverage: float
    risk: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Checker:
    """A model-based screen (never gated): its rate, its own error on labelled pairs, the rate corrected for it.

    ``others`` are further figures over the same verdicts; ``flagged`` names the questions whose
    answer has a sentence that the checker calls unsupported.
    """

    name: str
    about: str
    raw: Metric
    corrected: Metric | None
    quality: tuple[Metric, ...]
    note: str = ""
    others: tuple[Metric, ...] = ()
    flagged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure in two runs over the same questions; ``p_holm`` is corrected for the number of figures."""

    name: str
    n: int
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float
    p_holm: float
    test: str
    detectable: float
    change: Change
    fixed: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """This run beside an earlier one, on the questions that both have."""

    earlier: str
    shared: int
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page that is cited or expected somewhere in the run, for marking quotes in it."""

    report: str
    title: str
    page: int
    page_label: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its value: a hash of a file, a version of a package."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a run was made with, so that it can be made again.

    ``started`` and ``seconds`` are the only parts of a Run that differ between two runs of the same
    thing, beside the ``seconds`` of each item.
    """

    commit: str
    index: str
    seed: int
    held_out: bool
    questions: tuple[Named, ...]
    corpus: tuple[Named, ...]
    models: tuple[Named, ...]
    packages: tuple[Named, ...]
    started: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the suite, whole. ``said`` are sentences on what could not be done or computed."""

    system: str
    provenance: Provenance
    items: tuple[ItemResult, ...]
    metrics: tuple[Metric, ...]
    gates: tuple[Gate, ...]
    baselines: tuple[Baseline, ...] = ()
    mutations: tuple[Mutation, ...] = ()
    checkers: tuple[Checker, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    comparison: Comparison | None = None
    pages: tuple[PageText, ...] = ()
    said: tuple[str, ...] = ()
    schema: int = SCHEMA

    @property
    def passed(self) -> bool:
        """Whether no gate failed. A gate that a set of questions cannot judge is said, and fails nothing."""
        return all(gate.outcome != "failed" for gate in self.gates)

    def metric(self, name: str, part: str = "all") -> Metric | None:
        """Return one figure by its name, of a slice or of all."""
        return next((m for m in self.metrics if (m.name, m.part) == (name, part)), None)
