"""How often a support checker errs: measured on pairs whose label people gave.

The threshold above which a score counts as support is set on our own pairs that are not held out,
and on nothing else; every set is then judged with it. A pair without a verdict is an error of the
checker, whatever its label.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from rag_agency.checkers import Pair, SupportChecker, Verdict
from rag_agency.errors import RequestError
from rag_agency.evaluation import intervals
from rag_agency.evaluation.correction import Count
from rag_agency.evaluation.intervals import Floats
from rag_agency.evaluation.records import Metric

RESAMPLES = 1_000  # of the interval of AUC, each of which ranks all pairs anew
FEWEST = 20  # pairs of each label on which a threshold can be set


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore")

    claim: str
    evidence: str | list[str]
    label: int
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A claim with its evidence, and whether people found the one supported by the other."""

    pair: Pair
    supported: bool
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Labelled pairs under a name; ``own`` are those of this project, on which the threshold is set."""

    name: str
    pairs: tuple[LabelledPair, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class CheckerError:
    """What is known of a checker: its threshold, its figures on each set, and what corrects a rate.

    ``sensitivity`` and ``specificity`` are those on our pairs that the threshold was not set on,
    where there are such; ``said`` are sentences on what could not be done.
    """

    threshold: float
    metrics: tuple[Metric, ...]
    sensitivity: Count
    specificity: Count
    said: tuple[str, ...] = ()


def read_labelled(file: Path, *, own: bool = False) -> LabelledSet:
    """Read pairs from JSON lines with ``claim``, ``evidence`` (a text or several) and ``label`` 0 or 1.

    Raises:
        RequestError: the file cannot be read, or a line is no such pair.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{file} cannot be read as text; give labelled pairs as JSON lines") from error
    pairs = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _Row.model_validate_json(line)
        except ValidationError as error:
            place = ".".join(str(part) for part in error.errors()[0]["loc"]) or "the line"
            raise RequestError(f"{file} line {number}, {place}: {error.errors()[0]['msg']}; mend that line") from error
        evidence = (row.evidence,) if isinstance(row.evidence, str) else tuple(row.evidence)
        pairs.append(LabelledPair(Pair(row.claim, evidence), row.label == 1, row.held_out))
    return LabelledSet(file.stem, tuple(pairs), own)


def measure(checker: SupportChecker, sets: Sequence[LabelledSet]) -> CheckerError:
    """Return how a checker does on labelled sets; one of them must be our own.

    Raises:
        RequestError: there are too few of our own pairs to set a threshold on.
    """
    tuning, kept_back, others = _parts(sets)
    judged = {name: (pairs, checker.check([p.pair for p in pairs])) for name, pairs in (tuning, *kept_back, *others)}
    pairs, verdicts = judged[tuning[0]]
    threshold = best_threshold([p.supported for p in pairs], verdicts)
    metrics = [m for name, (pairs, verdicts) in judged.items() for m in _metrics(name, pairs, verdicts, threshold)]
    pairs, verdicts = judged[kept_back[0][0] if kept_back else tuning[0]]
    missing = sum(v.score is None for _, verdicts in judged.values() for v in verdicts)
    said = [f"No verdict on {missing} labelled pairs; each counts as an error of the checker."] if missing else []
    if not kept_back:
        said.append("The error is measured on the pairs that the threshold was set on, so it is too low.")
    return CheckerError(threshold, tuple(metrics), *_right(pairs, verdicts, threshold), tuple(said))


def can_be_measured(sets: Sequence[LabelledSet]) -> None:
    """Raise RequestError where there are too few of our own pairs to set a threshold on."""
    _parts(sets)


_Part = tuple[str, tuple[LabelledPair, ...]]


def _parts(sets: Sequence[LabelledSet]) -> tuple[_Part, list[_Part], list[_Part]]:
    """Return the pairs to set the threshold on, those kept back from it, and the sets of others."""
    own = [s for s in sets if s.own]
    tuning = tuple(p for s in own for p in s.pairs if not p.held_out)
    kept_back = tuple(p for s in own for p in s.pairs if p.held_out)
    labels = [p.supported for p in tuning]
    if min(labels.count(True), labels.count(False)) < FEWEST:
        raise RequestError(
            f"There are {labels.count(True)} supported and {labels.count(False)} unsupported pairs to set a threshold "
            f"on; give at least {FEWEST} of each that are not held out"
        )
    name = ", ".join(s.name for s in own)
    back = [(f"{name}, held out", kept_back)] if {p.supported for p in kept_back} == {True, False} else []
    return (f"{name}, threshold set here", tuning), back, [(s.name, s.pairs) for s in sets if not s.own]


def best_threshold(labels: Sequence[bool], verdicts: Sequence[Verdict]) -> float:
    """Return the threshold of the best balanced accuracy: the middle between two scores; the lowest of equals."""
    scored = [(v.score, label) for v, label in zip(verdicts, labels, strict=True) if v.score is not None]
    scores = sorted({score for score, _ in scored})
    middles = [(low + high) / 2 for low, high in zip(scores, scores[1:], strict=False)]
    if not middles:
        return 0.5
    values, truth = np.array([s for s, _ in scored]), np.array([label for _, label in scored])

    def accuracy(threshold: float) -> float:
        said = values >= threshold
        return float(said[truth].mean() + (~said[~truth]).mean()) if 0 < truth.sum() < len(truth) else 0.0

    return max(middles, key=lambda middle: (accuracy(middle), -middle))


def _right(pairs: Sequence[LabelledPair], verdicts: Sequence[Verdict], threshold: float) -> tuple[Count, Count]:
    """Return how many of the supported and how many of the unsupported pairs are told rightly."""
    told = list(zip(pairs, verdicts, strict=True))
    right = [[_is_right(p, v, threshold) for p, v in told if p.supported is label] for label in (True, False)]
    return Count(sum(right[0]), len(right[0])), Count(sum(right[1]), len(right[1]))


def _metrics(
    name: str, pairs: Sequence[LabelledPair], verdicts: Sequence[Verdict], threshold: float
) -> tuple[Metric, ...]:
    part = f"set={name}"
    sensitivity, specificity = _right(pairs, verdicts, threshold)
    return (
        _ranking(part, pairs, verdicts),
        _accuracy(part, pairs, verdicts, threshold),
        _share("sensitivity", part, sensitivity),
        _share("specificity", part, specificity),
    )


def _share(name: str, part: str, count: Count) -> Metric:
    if not count.of:
        return Metric(name, None, part=part, why_not="no pair has this label")
    limits = intervals.wilson(count.share, count.of)
    return Metric(name, count.share, count.of, count.of, limits.low, limits.high, limits.method, part)


def _ranking(part: str, pairs: Sequence[LabelledPair], verdicts: Sequence[Verdict]) -> Metric:
    known = [(p, v.score) for p, v in zip(pairs, verdicts, strict=True) if v.score is not None]
    labels, scores = np.array([p.supported for p, _ in known]), np.array([s for _, s in known])
    return _resampled(
        Metric("auc", None, len(known), part=part),
        [p for p, _ in known],
        lambda rows: area_under_curve(labels[rows], scores[rows]),
    )


def area_under_curve(labels: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """Return the chance that a supported pair scores higher than an unsupported one; a tie is half."""
    from scipy.stats import rankdata

    positive = int(labels.sum())
    above = rankdata(scores)[labels].sum() - positive * (positive + 1) / 2
    return float(above / (positive * (len(labels) - positive)))


def _accuracy(part: str, pairs: Sequence[LabelledPair], verdicts: Sequence[Verdict], threshold: float) -> Metric:
    """Return the mean of the shares of supported and of unsupported pairs that are told rightly."""
    name = "balanced_accuracy"
    labels = [p.supported for p in pairs]
    if len(set(labels)) < 2:
        return Metric(name, None, len(pairs), part=part, why_not="only one of the labels occurs")
    right = [_is_right(p, v, threshold) for p, v in zip(pairs, verdicts, strict=True)]
    found, refused = (
        [r and label is wanted for r, label in zip(right, labels, strict=True)] for wanted in (True, False)
    )
    clusters = ["\n".join(p.pair.evidence) for p in pairs]
    columns = intervals.by_cluster(clusters, found, labels, refused, [not label for label in labels])
    limits = intervals.bootstrap_interval(columns, balanced_accuracy)
    value = float(balanced_accuracy(columns[0], columns[1], columns[2], columns[3]))
    return Metric(name, value, len(pairs), len(columns[0]), limits.low, limits.high, limits.method, part)


def balanced_accuracy(found: Floats, supported: Floats, refused: Floats, unsupported: Floats, axis: int = -1) -> Floats:
    """Return the mean of two shares: of what is supported that found, of what is not that refused."""
    mean: Floats = (intervals.ratio(found, supported, axis) + intervals.ratio(refused, unsupported, axis)) / 2
    return mean


def _is_right(pair: LabelledPair, verdict: Verdict, threshold: float) -> bool:
    return verdict.score is not None and (verdict.score >= threshold) == pair.supported


def _resampled(
    metric: Metric, pairs: Sequence[LabelledPair], statistic: Callable[[NDArray[np.int64]], float]
) -> Metric:
    """Return a metric with its value and interval; pairs with the same evidence are drawn together.

    A sample that lacks one of the labels has no such figure and is drawn again.
    """
    labels = np.array([p.supported for p in pairs])
    if len(set(labels.tolist())) < 2:
        return replace(metric, why_not="only one of the labels occurs")
    groups: dict[tuple[str, ...], list[int]] = {}
    for row, labelled in enumerate(pairs):
        groups.setdefault(labelled.pair.evidence, []).append(row)
    rows = [np.array(group) for group in groups.values()]
    dice = np.random.default_rng(intervals.SEED)
    values: list[float] = []
    while len(values) < RESAMPLES:
        drawn = np.concatenate([rows[i] for i in dice.integers(0, len(rows), len(rows))])
        if 0 < labels[drawn].sum() < len(drawn):
            values.append(statistic(drawn))
    low, high = (float(limit) for limit in np.percentile(values, (2.5, 97.5)))
    whole = statistic(np.arange(len(pairs)))
    return replace(metric, value=whole, clusters=len(rows), low=low, high=high, interval="clustered bootstrap")
