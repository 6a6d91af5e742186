"""Figures with their 95 % intervals, over clusters of questions that hang together.

The bootstrap and the tests are scipy's. A question and its rewordings are one cluster, since they
are right or wrong together; to count them apart would make the intervals too narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

SEED = 20_240_611
RESAMPLES = 10_000
LEVEL = 0.95
EDGE = 0.05  # nearer to 0 or 1 than this, a bootstrap of few failures is too narrow: Wilson
RULE_OF_THREE = 3.0  # 0 of n seen: with 95 % confidence the true rate is below 3/n
Z = float(stats.norm.ppf(0.5 + LEVEL / 2))
POWER = 0.8
Floats = NDArray[np.float64]
Statistic = Callable[..., Floats]


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure may lie, and by which method that was found."""

    low: float
    high: float
    method: str


def by_cluster(clusters: Sequence[str], *columns: Sequence[float] | Floats) -> tuple[Floats, ...]:
    """Return each column summed within clusters, the clusters in the order of their first question."""
    names = {name: i for i, name in enumerate(dict.fromkeys(clusters))}
    rows = [names[name] for name in clusters]
    return tuple(_summed(rows, np.asarray(column, float), len(names)) for column in columns)


def _summed(rows: Sequence[int], column: Floats, length: int) -> Floats:
    return np.asarray(np.bincount(rows, weights=column, minlength=length), float)


def ratio(hits: Floats, of: Floats, axis: int = -1) -> Floats:
    """Return the sum of the one over the sum of the other; 0 where nothing was judged."""
    total = of.sum(axis=axis)
    return np.asarray(np.divide(hits.sum(axis=axis), total, out=np.zeros_like(total), where=total > 0), float)


def ratio_interval(hits: Floats, of: Floats) -> Interval:
    """Return the interval of a share: rule of three, Wilson near the edges, else the clustered bootstrap."""
    value, n = float(ratio(hits, of)), len(of)
    if hits.min() < 0 or n < 2:
        return bootstrap_interval((hits, of), ratio) if n > 1 else Interval(value, value, "one cluster: none")
    if value in (0.0, 1.0):
        far = min(1.0, RULE_OF_THREE / n)
        return Interval(0.0, far, "rule of three") if value == 0.0 else Interval(1.0 - far, 1.0, "rule of three")
    if min(value, 1 - value) < EDGE:
        return wilson(value, n)
    return bootstrap_interval((hits, of), ratio)


def wilson(share: float, n: int) -> Interval:
    """Return Wilson's interval of a share of ``n``; the share need not be a whole number of them."""
    centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * float(np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2)))
    return Interval(max(0.0, centre - half), min(1.0, centre + half), "Wilson")


def bootstrap_interval(columns: Sequence[Floats], statistic: Statistic) -> Interval:
    """Return the percentile interval over resampled clusters; ``columns`` have a value a cluster."""
    if len(columns[0]) < 2:
        value = float(statistic(*columns))
        return Interval(value, value, "one cluster: none")
    found = stats.bootstrap(
        tuple(columns),
        statistic,
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=2_000,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    interval = found.confidence_interval
    return Interval(float(interval.low), float(interval.high), "clustered bootstrap")


@dataclass(frozen=True, slots=True)
class Paired:
    """What changed between two runs on the same questions, how sure that is, and what could have been seen."""

    difference: float
    low: float
    high: float
    p: float
    test: str
    detectable: float


def paired(before: Floats, after: Floats, clusters: Sequence[str]) -> Paired:
    """Compare two runs question by question.

    Where every score is 0 or 1 and no questions hang together, the test is McNemar's, exact; else
    signs are drawn at random for each cluster. ``detectable`` is the smallest true difference that
    this many questions show four times in five.
    """
    changes, counts = by_cluster(clusters, after - before, np.ones(len(after)))
    difference = float(ratio(changes, counts))
    interval = bootstrap_interval((changes, counts), ratio)
    is_binary = bool(np.isin(before, (0, 1)).all() and np.isin(after, (0, 1)).all())
    if is_binary and len(changes) == len(after):
        p, test = mcnemar(int((after > before).sum()), int((after < before).sum())), "exact McNemar"
    else:
        p, test = _randomised(changes), "paired randomisation"
    spread = float(np.std(changes - difference * counts, ddof=1)) if len(changes) > 1 else 0.0
    error = spread * float(np.sqrt(len(changes))) / float(counts.sum())
    detectable = (Z + float(stats.norm.ppf(POWER))) * error
    return Paired(difference, interval.low, interval.high, p, test, detectable)


def mcnemar(fixed: int, broken: int) -> float:
    """Return the exact two-sided p of so many mended and so many broken questions."""
    return float(stats.binomtest(fixed, fixed + broken, 0.5).pvalue) if fixed + broken else 1.0


def _randomised(changes: Floats) -> float:
    if not changes.any():
        return 1.0
    found = stats.permutation_test(
        (changes, np.zeros_like(changes)),
        lambda a, b, axis: (a - b).mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES - 1,
        batch=2_000,
        rng=np.random.default_rng(SEED),
    )
    return float(found.pvalue)


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Return the p values corrected after Holm for having looked at so many figures."""
    adjusted = [1.0] * len(ps)
    largest = 0.0
    for rank, i in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        largest = max(largest, min(1.0, (len(ps) - rank) * ps[i]))
        adjusted[i] = largest
    return tuple(adjusted)
