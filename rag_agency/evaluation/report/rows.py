"""The rows that the report's template prints: text and bars, nothing left to work out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from rag_agency.evaluation.records import Difference, ItemResult, Mutation, Run
from rag_agency.evaluation.report.drill import Drill


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is printed, with its bar."""

    name: str
    title: str
    value: str
    interval: str
    count: str
    bar: Markup
    meaning: str = ""
    blind_spot: str = ""
    why_not: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class GateRow:
    """One gate: what must hold, what was found, and whether it does."""

    title: str
    must: str
    found: str
    outcome: str
    words: str
    why: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures under the same heads; ``about`` are a row's words under its name."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Figure, ...]], ...]


@dataclass(frozen=True, slots=True)
class MutationRow:
    """One way to spoil an answer, and how often it was noticed."""

    mutation: Mutation
    figure: str
    bar: Markup
    by: str


@dataclass(frozen=True, slots=True)
class CheckerRow:
    """A model-based screen: its rates beside its own error."""

    title: str
    about: str
    rates: tuple[Figure, ...]
    quality: Table
    note: str
    flagged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One figure before and now."""

    difference: Difference
    title: str
    before: str
    after: str
    change: str
    interval: str
    detectable: str
    words: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The whole report."""

    run: Run
    reasons: tuple[str, ...]
    cannot_see: tuple[str, ...]
    headline: Figure | None
    key_figures: tuple[Figure, ...]
    gates: tuple[GateRow, ...]
    asked: tuple[tuple[str, int], ...]
    measures: tuple[tuple[str, tuple[Figure, ...]], ...]
    slices: tuple[Table, ...]
    curve: Markup | None
    baselines: Table | None
    faults: tuple[MutationRow, ...]
    harmless: tuple[MutationRow, ...]
    said: tuple[str, ...]
    checkers: tuple[CheckerRow, ...]
    differences: tuple[DifferenceRow, ...]
    failures: tuple[Drill, ...]
    by_check: tuple[tuple[str, str, tuple[str, ...]], ...]
    passed: tuple[ItemResult, ...]
    crashed: int
    ids: frozenset[str]
