"""What a checker is given and what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and the pieces of evidence cited for it; without evidence nothing supports it."""

    claim: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well the evidence supports a claim, from 0 to 1; None where no verdict could be had.

    ``note`` is what the checker points at, or, without a score, what went wrong.
    """

    score: float | None
    note: str = ""


class SupportChecker(Protocol):
    """Scores pairs. ``name`` is its kind; ``version`` tells one model, prompt or rule from another."""

    @property
    def name(self) -> str:
        """The kind of checker, as tables call it."""

    @property
    def version(self) -> str:
        """What else a reader needs to measure the same again."""

    def check(self, pairs: Sequence[Pair]) -> tuple[Verdict, ...]:
        """Return one verdict a pair, in order; a failure on one pair is a verdict without a score."""
