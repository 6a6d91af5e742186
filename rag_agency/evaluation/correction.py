"""A rate corrected for the error of what counted it (Rogan and Gladen 1978).

The interval is that of Lang and Reiczigel (2014), which takes into account that the checker's own
error is only known from a sample. Assumes that the checker errs on what it is used for as it does
on the labelled pairs; whether it does, no formula knows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959964  # of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class Count:
    """``hits`` of ``of``."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """The share of hits."""
        return self.hits / self.of


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected share with its 95 % interval, all between 0 and 1."""

    value: float
    low: float
    high: float


def rogan_gladen(said: Count, sensitivity: Count, specificity: Count) -> Corrected | None:
    """Return the share that is truly so, of which a checker said that ``said`` are so.

    None where nothing was counted, or where the checker is no better than a coin: then what it says
    tells nothing.
    """
    if not (said.of and sensitivity.of and specificity.of):
        return None
    gain = sensitivity.share + specificity.share - 1
    if gain <= 0:
        return None
    value = (said.share + specificity.share - 1) / gain
    low, high = _limits(said, sensitivity, specificity)
    return Corrected(_within(value), min(_within(low), _within(value)), max(_within(high), _within(value)))


def _limits(said: Count, sensitivity: Count, specificity: Count) -> tuple[float, float]:
    """Return the limits of Lang and Reiczigel: each count with some added, and the middle shifted."""
    n = said.of + Z**2
    p = (said.hits + Z**2 / 2) / n
    n_se, n_sp = sensitivity.of + 2, specificity.of + 2
    se, sp = (sensitivity.hits + 1) / n_se, (specificity.hits + 1) / n_sp
    gain = se + sp - 1
    if gain <= 0:
        return 0.0, 1.0
    middle = (p + sp - 1) / gain
    of_se, of_sp = se * (1 - se) / n_se, sp * (1 - sp) / n_sp
    error = math.sqrt(p * (1 - p) / n + of_se * middle**2 + of_sp * (1 - middle) ** 2) / gain
    shift = 2 * Z**2 * (middle * of_se - (1 - middle) * of_sp)
    return middle + shift - Z * error, middle + shift + Z * error


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))
