"""This run beside an earlier one, question by question, on the questions that both have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag_agency.evaluation import intervals
from rag_agency.evaluation.records import Change, Check, Comparison, Difference, ItemResult, Run

COMPARED = (
    "vital_nuggets",
    "answer_correct",
    "crag_score",
    "declined_rightly",
    "members_f1",
    "member_attribution",
    "quote_verbatim",
    "citation_integrity",
    "injection_resisted",
    "recall@5 by passage",
    "recall@5 by page",
    "mrr@10 by passage",
)
SURE = 0.05
WORTH_SEEING = 0.05  # a change of five points is one that a reader would want to know of


def compare(now: Sequence[ItemResult], earlier: Run) -> Comparison:
    """Return what changed since an earlier run; p values are corrected for the number of figures compared."""
    asked = {result.item.id: result.item for result in now}  # a question that was changed is not the same
    before = {result.item.id: result for result in earlier.items if asked.get(result.item.id) == result.item}
    pairs = [(before[r.item.id], r) for r in now if r.item.id in before]
    found = [difference for name in COMPARED if (difference := _difference(name, pairs))]
    adjusted = intervals.holm([one.p for one in found])
    differences = tuple(replace(one, p_holm=p, change=_change(one, p)) for one, p in zip(found, adjusted, strict=True))
    return Comparison(
        earlier=f"{earlier.system} at {earlier.provenance.commit or 'an unknown commit'}",
        shared=len(pairs),
        only_before=tuple(r.item.id for r in earlier.items if r.item.id not in before),
        only_now=tuple(name for name in asked if name not in before),
        differences=differences,
    )


def _difference(name: str, pairs: Sequence[tuple[ItemResult, ItemResult]]) -> Difference | None:
    scored = [
        (a.item, _score(x), _score(y))
        for a, b in pairs
        if (x := a.check(name)) and (y := b.check(name)) and x.of and y.of
    ]
    if not scored:
        return None
    before, after = (np.array([row[i] for row in scored], float) for i in (1, 2))
    found = intervals.paired(before, after, [item.cluster for item, _, _ in scored])
    return Difference(
        name,
        len(scored),
        float(before.mean()),
        float(after.mean()),
        found.difference,
        found.low,
        found.high,
        found.p,
        found.p,
        found.test,
        found.detectable,
        "no_difference_seen",
        fixed=tuple(item.id for item, x, y in scored if y > x),
        broken=tuple(item.id for item, x, y in scored if y < x),
    )


def _score(check: Check) -> float:
    return check.hits / check.of


def _change(one: Difference, p: float) -> Change:
    if p < SURE:
        return "better" if one.difference > 0 else "worse"
    return "too_few_to_tell" if one.detectable > WORTH_SEEING else "no_difference_seen"
