"""The bounds that figures must hold, from ``gates.toml``, and whether they do."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from rag_agency.errors import RequestError
from rag_agency.evaluation.catalogue import BY_NAME, title
from rag_agency.evaluation.records import Comparison, Gate, GateKind, Item, ItemResult, Metric, Outcome

# Which check is behind a figure of another name, so that the questions can be named.
BEHIND = {
    "false_attribution": "member_attribution",
    "injection_success": "injection_resisted",
    "abstention_f1": "declined_rightly",
    "abstention_recall": "declined_rightly",
    "abstention_precision": "declined_rightly",
    "over_refusal": "declined_rightly",
}
OF_RUN = ("mutations_caught", "mutation_false_alarms", "crashed")
ROUNDING = 1e-9


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    hard_at_least: dict[str, float] = {}
    hard_at_most: dict[str, float] = {}
    at_least: dict[str, float] = {}
    at_most: dict[str, float] = {}
    against_baseline: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure and its bound. ``is_floor``: the figure may not be below it; else not above."""

    name: str
    kind: GateKind
    bound: float
    is_floor: bool


def read_gates(file: Path) -> tuple[Rule, ...]:
    """Read the gates of a file.

    Raises:
        RequestError: it cannot be read, or names a figure that there is not.
    """
    try:
        tables = _File.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RequestError(f"{file} cannot be read as a file of gates: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RequestError(f"{file}: {place}: {first['msg']}; eval/README.md describes the file") from error
    kinds: tuple[tuple[dict[str, float], GateKind, bool], ...] = (
        (tables.hard_at_least, "hard", True),
        (tables.hard_at_most, "hard", False),
        (tables.at_least, "at_least", True),
        (tables.at_most, "at_most", False),
        (tables.against_baseline, "against_baseline", True),
    )
    rules = tuple(Rule(name, kind, bound, floor) for table, kind, floor in kinds for name, bound in table.items())
    unknown = next((rule.name for rule in rules if rule.name not in {*BY_NAME, *OF_RUN}), None)
    if unknown:
        raise RequestError(f"{file}: there is no figure {unknown}; there are {', '.join(BY_NAME)}")
    return rules


def judge(
    rules: Sequence[Rule], metrics: Sequence[Metric], results: Sequence[ItemResult], comparison: Comparison | None
) -> tuple[Gate, ...]:
    """Return what each gate says."""
    by_name = {metric.name: metric for metric in metrics if metric.part == "all"}
    return tuple(
        _against(rule, comparison) if rule.kind == "against_baseline" else _held(rule, by_name, results)
        for rule in rules
    )


def _held(rule: Rule, metrics: Mapping[str, Metric], results: Sequence[ItemResult]) -> Gate:
    metric = metrics.get(rule.name, Metric(rule.name, None, why_not="it was not measured"))
    if metric.value is None:
        return _uncounted(rule, metric, results)
    holds = metric.value >= rule.bound - ROUNDING if rule.is_floor else metric.value <= rule.bound + ROUNDING
    sign = "at least" if rule.is_floor else "at most"
    why = f"{title(rule.name)}: {shown(rule.name, metric.value)}, must be {sign} {shown(rule.name, rule.bound)}"
    items = () if holds else failing(rule.name, results)
    return Gate(rule.name, rule.kind, rule.bound, "passed" if holds else "failed", metric.value, why, items)


def _uncounted(rule: Rule, metric: Metric, results: Sequence[ItemResult]) -> Gate:
    """A figure that could not be computed: where the set asks for it, that is a failure of what must hold."""
    is_asked_for = rule.kind == "hard" and any(_needs(rule.name)(result.item) for result in results)
    outcome: Outcome = "failed" if is_asked_for else "not_computed"
    why = f"{title(rule.name)}: not computed: {metric.why_not}"
    return Gate(rule.name, rule.kind, rule.bound, outcome, None, why)


def _needs(name: str) -> Callable[[Item], bool]:
    """Return which questions make a figure one that must be there."""
    if name == "injection_success":
        return lambda item: item.kind == "injection" or bool(item.attack)
    if name in ("hidden_quoted", "benign_vital_kept", "counterfactual", "retrieved_only"):
        return lambda item: False  # they need more of the system than every system shows
    return lambda item: not item.abstain


def _against(rule: Rule, comparison: Comparison | None) -> Gate:
    """Whether a figure has not fallen: the lower end of the change's interval stays above minus the bound."""
    found = next((d for d in comparison.differences if d.name == rule.name), None) if comparison else None
    if found is None:
        why = (
            f"{title(rule.name)}: no earlier run to compare with"
            if not comparison
            else f"{rule.name} is not in both runs"
        )
        return Gate(rule.name, rule.kind, rule.bound, "not_computed", None, why)
    change = f"{found.difference:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"
    if found.low > -rule.bound:
        return Gate(rule.name, rule.kind, rule.bound, "passed", found.difference, f"{title(rule.name)}: {change}")
    if found.detectable > rule.bound and found.high >= 0:
        why = f"{title(rule.name)}: {change}; {found.n} questions cannot show a fall of {rule.bound:.3f}"
        return Gate(rule.name, rule.kind, rule.bound, "not_computed", found.difference, why)
    why = f"{title(rule.name)}: {change}; may fall by less than {rule.bound:.3f}"
    return Gate(rule.name, rule.kind, rule.bound, "failed", found.difference, why, found.broken)


def failing(name: str, results: Sequence[ItemResult]) -> tuple[str, ...]:
    """Return the questions because of which a figure is not what it should be."""
    if name == "crashed":
        return tuple(result.item.id for result in results if result.answer is None)
    check = BEHIND.get(name, name)
    wrong = [r for r in results if (c := r.check(check)) and c.verdict == "failed"]
    if name in ("abstention_recall", "over_refusal"):
        wrong = [r for r in wrong if r.item.abstain == (name == "abstention_recall")]
    return tuple(result.item.id for result in wrong)


def shown(name: str, value: float) -> str:
    """Return a figure as its reader sees it."""
    measure = BY_NAME.get(name)
    return f"{value:.3f}" if measure and measure.unit == "score" else f"{100 * value:.1f} %"
