"""From checks to figures: each the sum of what was right over the sum of what was judged, with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag_agency.evaluation import intervals
from rag_agency.evaluation.intervals import Floats, Interval, by_cluster
from rag_agency.evaluation.measures import UNANSWERABLE, crag_grade
from rag_agency.evaluation.records import CurvePoint, ItemResult, Metric

SLICED = (
    "member_attribution",
    "vital_nuggets",
    "answer_correct",
    "crag_score",
    "declined_rightly",
    "recall@5 by passage",
)
INVERTED = {"member_attribution": "false_attribution", "injection_resisted": "injection_success"}
NOT_FIGURES = frozenset({"declined_rightly", "injection_resisted"})  # shown as abstention and injection figures
Results = Sequence[ItemResult]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one check counted, a row a question."""

    clusters: tuple[str, ...]
    hits: tuple[float, ...]
    of: tuple[float, ...]


def figures(results: Results) -> tuple[Metric, ...]:
    """Return every figure over all questions of a run."""
    names = dict.fromkeys(check.name for result in results for check in result.checks)
    whole = [metric for name in names for metric in _of_check(name, results, "all")]
    return (*whole, _macro(results), *declining(results), _crashed(results), _aurc(results))


def _of_check(name: str, results: Results, part: str) -> Iterator[Metric]:
    """Yield the figure of one check, turned round where the fault is what is counted."""
    metric = share_of(name, results, part)
    if name in INVERTED:
        yield turned(metric, INVERTED[name])
    if name not in NOT_FIGURES and name != "member_attribution":
        yield metric


def share_of(name: str, results: Results, part: str = "all") -> Metric:
    """Return the share of what one check judged that was right."""
    checks = [(r.item.cluster, c) for r in results if (c := r.check(name))]
    uncounted = [c for _, c in checks if c.verdict == "not_computed"]
    if uncounted:
        return Metric(name, None, part=part, why_not=f"{uncounted[0].got} ({len(uncounted)} questions)")
    rows = [(cluster, c.hits, c.of) for cluster, c in checks if c.of]
    return of_rows(name, rows, part)


def of_rows(name: str, rows: Sequence[tuple[str, float, float]], part: str = "all") -> Metric:
    """Return a share from rows of cluster, what was right and what was judged."""
    if not rows:
        return Metric(name, None, part=part, why_not="no question to judge it by")
    clusters, hits, of = zip(*rows, strict=True)
    by_hits, by_of = by_cluster(clusters, hits, of)
    value = float(intervals.ratio(by_hits, by_of))
    return _metric(name, value, round(sum(of)), len(by_of), intervals.ratio_interval(by_hits, by_of), part)


def turned(metric: Metric, name: str) -> Metric:
    """Return the figure of what was wrong from that of what was right."""
    if metric.value is None or metric.low is None or metric.high is None:
        return Metric(name, None, part=metric.part, why_not=metric.why_not)
    return Metric(
        name, 1 - metric.value, metric.n, metric.clusters, 1 - metric.high, 1 - metric.low, metric.interval, metric.part
    )


def _metric(name: str, value: float, n: int, clusters: int, interval: Interval, part: str = "all") -> Metric:
    return Metric(name, value, n, clusters, interval.low, interval.high, interval.method, part)


def declining(results: Results) -> tuple[Metric, ...]:
    """Return how well a run declines: the positive class is a question without an answer."""
    judged = [r for r in results if (c := r.check("declined_rightly")) and c.verdict != "not_applicable"]
    if not judged:
        why = "no question to judge it by"
        return tuple(Metric(f"abstention_{name}", None, why_not=why) for name in ("precision", "recall", "f1"))
    declined = [r.answer is not None and not r.answer.sentences for r in judged]
    there = [r.item.abstain for r in judged]
    columns = by_cluster(
        [r.item.cluster for r in judged],
        [d and t for d, t in zip(declined, there, strict=True)],
        declined,
        there,
    )
    both, chosen, positive = columns
    found = [
        _f1(both, chosen, positive),
        _part("abstention_precision", both, chosen),
        _part("abstention_recall", both, positive),
    ]
    near = [r for r in judged if r.item.kind in UNANSWERABLE and r.item.miss != "off_topic"]
    off = [r for r in judged if r.item.kind in UNANSWERABLE and r.item.miss == "off_topic"]
    found += [
        _renamed(share_of("declined_rightly", rows), name)
        for rows, name in ((near, "abstention_recall_near"), (off, "abstention_recall_off"))
    ]
    answerable = [r for r in judged if not r.item.abstain]
    found.append(turned(share_of("declined_rightly", answerable), "over_refusal"))
    return tuple(found)


def _f1(both: Floats, chosen: Floats, positive: Floats) -> Metric:
    def f1(both: Floats, chosen: Floats, positive: Floats, axis: int = -1) -> Floats:
        total = chosen.sum(axis=axis) + positive.sum(axis=axis)
        return np.asarray(np.divide(2 * both.sum(axis=axis), total, out=np.zeros_like(total), where=total > 0), float)

    if not positive.sum():
        return Metric("abstention_f1", None, why_not="no question without an answer")
    interval = intervals.bootstrap_interval((both, chosen, positive), f1)
    return _metric("abstention_f1", float(f1(both, chosen, positive)), int(positive.sum()), len(both), interval)


def _part(name: str, hits: Floats, of: Floats) -> Metric:
    there = of > 0
    if not there.any():
        return Metric(
            name, None, why_not="nothing was declined" if "precision" in name else "no question without an answer"
        )
    hits, of = hits[there], of[there]
    return _metric(name, float(intervals.ratio(hits, of)), int(of.sum()), len(of), intervals.ratio_interval(hits, of))


def _renamed(metric: Metric, name: str) -> Metric:
    return Metric(
        name,
        metric.value,
        metric.n,
        metric.clusters,
        metric.low,
        metric.high,
        metric.interval,
        metric.part,
        metric.why_not,
    )


def _macro(results: Results) -> Metric:
    """Return the mean over members of the share of right attributions in answers to their questions."""
    name = "attribution_macro"
    parts = [share_of("member_attribution", rows) for _, rows in slices(results, "member")]
    values = [part.value for part in parts if part.value is not None]
    if not values:
        return Metric(name, None, why_not="no question with members in its gold")
    n = sum(part.n for part in parts)
    return Metric(name, float(np.mean(values)), n, len(values), interval="none: the members are all there are")


def _crashed(results: Results) -> Metric:
    return of_rows("crashed", [(r.item.cluster, float(r.answer is None), 1.0) for r in results])


def slices(results: Results, name: str) -> Iterator[tuple[str, list[ItemResult]]]:
    """Yield the values that a slice has, with their questions."""
    values_of: dict[str, Callable[[ItemResult], Iterable[str]]] = {
        "kind": lambda r: (r.item.kind,),
        "language": lambda r: (r.item.language,),
        "member": lambda r: r.item.members,
        "style": lambda r: (r.item.style,),
        "miss": lambda r: (r.item.miss,) if r.item.miss else (),
        "report": lambda r: dict.fromkeys(gold.report for gold in r.item.evidence),
    }
    of = values_of[name]
    for value in sorted({v for result in results for v in of(result)}):
        yield value, [result for result in results if value in of(result)]


def sliced(results: Results) -> Iterator[Metric]:
    """Yield the figures that tell slices apart, for each kind, language, member, style, miss and report."""
    for slice_name in ("kind", "language", "member", "style", "miss", "report"):
        for value, rows in slices(results, slice_name):
            for name in SLICED:
                metrics = _of_check(name, rows, f"{slice_name}={value}")
                yield from (m for m in metrics if m.value is not None)
            declined = share_of("declined_rightly", rows, f"{slice_name}={value}")
            if declined.value is not None:
                yield declined


def risk_coverage(results: Results) -> tuple[CurvePoint, ...]:
    """Return, for each line that could be drawn, the share answered and the share of these that is wrong.

    The surest answers come first; declined questions are never among them.
    """
    judged = [r for r in results if r.answer is not None and crag_grade(r.item, r.answer) is not None]
    given = [r for r in judged if r.answer and r.answer.sentences and r.confidence is not None]
    given.sort(key=lambda r: -(r.confidence or 0.0))
    points, wrong = [], 0
    for count, result in enumerate(given, 1):
        wrong += crag_grade(result.item, result.answer) == "wrong" if result.answer else 0
        points.append(CurvePoint(count / len(judged), wrong / count, result.confidence or 0.0))
    return tuple(points)


def _aurc(results: Results) -> Metric:
    points = risk_coverage(results)
    if not points:
        return Metric("aurc", None, why_not="the system gives no confidence, or answers nothing")
    value = float(np.mean([point.risk for point in points]))
    return Metric("aurc", value, len(points), len(points), interval="none: a mean over one ordering")
