"""How good the finder is, as measured; to be said wherever its findings are shown. See eval/LOG.md."""

from __future__ import annotations

from dataclasses import dataclass

from rag_agency.differences.records import Label


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one label: held-out pairs that carry it, to how many the finder gave it, how many were right.

    ``drawn`` are pairs to which it gave the label in the whole corpus, drawn by lot and judged by a
    reader; ``good`` are those that the reader found right.
    """

    label: Label
    pairs: int
    given: int
    right: int
    drawn: int
    good: int


MEASURED: tuple[Measured, ...] = (
    Measured("contradict", 6, 0, 0, 11, 11),
    Measured("differ_by_context", 22, 4, 4, 30, 27),
    Measured("differ_by_definition", 10, 1, 1, 4, 4),
    Measured("agree", 16, 2, 2, 10, 10),
    Measured("same_source", 10, 5, 5, 5, 4),
)
