"""How good the finder is, as measured; said wherever its findings are shown. See eval/LOG.md."""

from __future__ import annotations

from dataclasses import dataclass

from rag_agency.differences.records import Label


@dataclass(frozen=True, slots=True)
class Measured:
    """For one label: pairs that carry it, pairs the finder gave it to, how many of these were right."""

    label: Label
    pairs: int
    given: int
    right: int


MEASURED: tuple[Measured, ...] = ()
