"""STORY 3: questions → answers → checks → figures → gates. One run of the suite, top to bottom."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from rag_agency.errors import RequestError
from rag_agency.evaluation.asking import Asked, ask_all, good_answers, with_checks
from rag_agency.evaluation.baselines import Rival
from rag_agency.evaluation.checking import STRUCTURAL
from rag_agency.evaluation.comparing import compare
from rag_agency.evaluation.figures import figures, of_rows, risk_coverage, sliced
from rag_agency.evaluation.gates import Rule, judge
from rag_agency.evaluation.mutations import false_alarms, mutate, structural_rate
from rag_agency.evaluation.paging import pages_of
from rag_agency.evaluation.poisoned import poison_figures
from rag_agency.evaluation.questions import unknown_members, unplaced
from rag_agency.evaluation.records import (
    Baseline,
    Check,
    Checker,
    Item,
    ItemResult,
    Metric,
    Mutation,
    Provenance,
    Run,
)
from rag_agency.evaluation.rewording import reworded
from rag_agency.evaluation.steadiness import counterfactuals, robustness
from rag_agency.evaluation.system import Progress, Shelf, System

CheckerCall = Callable[[Sequence[ItemResult]], Checker]
STRUCTURAL_NAMES = frozenset(check.__name__ for check in STRUCTURAL)
EVERY_ANSWER = STRUCTURAL_NAMES | {"false_attribution", "injection_success", "crashed", "counterfactual"}


@dataclass(frozen=True, slots=True)
class Poisoned:
    """The same system with poisoned PDFs in its index, the shelf of that index, and the questions about them."""

    system: System
    shelf: Shelf
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does besides asking: each part may be left out, and the run then says so."""

    gates: tuple[Rule, ...] = ()
    provenance: Provenance = field(default_factory=lambda: Provenance("", "", 0, False, (), (), (), ()))
    rivals: tuple[Rival, ...] = ()
    checkers: tuple[CheckerCall, ...] = ()
    poisoned: Poisoned | None = None
    earlier: Run | None = None
    rewords: bool = True
    mutates: bool = True


def evaluate(
    items: Sequence[Item], system: System, shelf: Shelf, plan: Plan | None = None, progress: Progress | None = None
) -> Run:
    """Ask, check, count and judge; ``progress`` may raise to stop the run.

    Raises:
        RequestError: the questions name members that the roster does not have.
    """
    plan, tell = plan or Plan(), progress or (lambda _what, _done, _of: None)
    started, at = time.perf_counter(), datetime.now(UTC).isoformat(timespec="seconds")
    unknown = unknown_members(items, [member.slug for member in shelf.roster])
    if unknown:
        raise RequestError(f"the questions name members that are not in members.toml: {', '.join(unknown[:5])}")
    asked = ask_all([*items, *(reworded(items, shelf.roster) if plan.rewords else ())], system, shelf, tell, items)
    results = with_checks(asked.results, counterfactuals(asked, system, tell))
    poison = _poison(plan.poisoned, results, tell)
    results = (*results, *poison.results)
    mutations = _mutations(asked, tell) if plan.mutates else ()
    plain = _plain(results)
    metrics = (*_figures(results), *poison.metrics, *robustness(results), *_of_mutations(mutations), *sliced(plain))
    comparison = compare(results, plan.earlier) if plan.earlier else None
    baselines = tuple(_baselines(plan.rivals, items, shelf, tell))
    return Run(
        system=system.name,
        provenance=replace(plan.provenance, started=at, seconds=round(time.perf_counter() - started, 1)),
        items=results,
        metrics=metrics,
        gates=judge(plan.gates, metrics, results, comparison),
        baselines=baselines,
        mutations=mutations,
        checkers=tuple(check(results) for check in plan.checkers),
        curve=risk_coverage(plain),
        comparison=comparison,
        pages=pages_of(results, (shelf, *((plan.poisoned.shelf,) if plan.poisoned else ()))),
        said=(*unplaced(items, shelf), *_said(metrics, plan, system), *_crashed(baselines)),
    )


def _plain(results: Sequence[ItemResult]) -> tuple[ItemResult, ...]:
    """Return the questions as they were written: rewordings by rule are counted in their own figures alone."""
    return tuple(result for result in results if not result.item.parent)


def _figures(results: Sequence[ItemResult]) -> Iterator[Metric]:
    """Yield the figures: faithfulness and attacks by every answer, all others by the questions as written."""
    of_plain = {metric.name: metric for metric in figures(_plain(results))}
    of_every = {metric.name: metric for metric in figures(results) if metric.name in EVERY_ANSWER}
    yield from (of_plain | of_every).values()


@dataclass(frozen=True, slots=True)
class _Poison:
    results: tuple[ItemResult, ...] = ()
    metrics: tuple[Metric, ...] = ()


def _poison(poisoned: Poisoned | None, results: Sequence[ItemResult], tell: Progress) -> _Poison:
    """Ask about the poisoned PDFs, and ask some plain questions again with them in the index."""
    if poisoned is None:
        return _Poison()
    asked = ask_all(poisoned.items, poisoned.system, poisoned.shelf, tell)
    return _Poison(asked.results, poison_figures(asked.results, results, poisoned.system, poisoned.shelf, tell))


def _mutations(asked: Asked, tell: Progress) -> tuple[Mutation, ...]:
    def structural(check: Check) -> bool:
        return check.name in STRUCTURAL_NAMES

    good = [one for one in good_answers(asked, structural) if not one[0].parent]
    return mutate(good, lambda done, of: tell("spoiling answers", done, of))


def _of_mutations(mutations: Sequence[Mutation]) -> Iterator[Metric]:
    for name, (count, of) in (
        ("mutations_caught", structural_rate(mutations)),
        ("mutation_false_alarms", false_alarms(mutations)),
    ):
        if of:
            yield of_rows(name, [(str(i), float(i < count), 1.0) for i in range(of)])
        else:
            yield Metric(name, None, why_not="no good answer to spoil")


def _baselines(rivals: Sequence[Rival], items: Sequence[Item], shelf: Shelf, tell: Progress) -> Iterator[Baseline]:
    plain = [item for item in items if not item.parent]  # the questions that our own figures are of
    for rival in rivals:
        results = ask_all(plain, rival.system, shelf, tell, items).results
        yield Baseline(rival.system.name, rival.about, figures(results))


def _crashed(baselines: Sequence[Baseline]) -> Iterator[str]:
    """Yield the baselines that crashed: their figures are then worth nothing."""
    for baseline in baselines:
        crashed = next((m.value for m in baseline.metrics if m.name == "crashed" and m.value), None)
        if crashed:
            yield f"the baseline {baseline.name} crashed on {100 * crashed:.0f} % of its questions"


def _said(metrics: Sequence[Metric], plan: Plan, system: System) -> Iterator[str]:
    """Yield what could not be done or computed; a figure is never left out without a word."""
    for metric in metrics:
        if metric.value is None and metric.part == "all":
            yield f"{metric.name} was not computed: {metric.why_not}"
    left_out = {
        "no PDFs were poisoned": plan.poisoned is None,
        "no baseline was run": not plan.rivals,
        "no answers were spoilt to test the checks": not plan.mutates,
        "no question was reworded": not plan.rewords,
        "no passage was taken away: the system has no door for it": system.without is None,
        "nothing was compared: no earlier run was named": plan.earlier is None,
        "no gate was named": not plan.gates,
    }
    yield from (sentence for sentence, is_so in left_out.items() if is_so)
