"""What the report shows, in its order: records of a run to rows that a template can print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rag_agency.evaluation.catalogue import MEASURES
from rag_agency.evaluation.records import Baseline, Checker, Difference, Gate, Metric, Mutation, Run
from rag_agency.evaluation.report.drill import by_check, drills_of
from rag_agency.evaluation.report.figures import count_of, interval_of, is_share, measure_of, title_of, written
from rag_agency.evaluation.report.plots import curve_svg, interval_svg
from rag_agency.evaluation.report.rows import (
    CheckerRow,
    Contents,
    DifferenceRow,
    Figure,
    GateRow,
    MutationRow,
    Table,
)
from rag_agency.evaluation.screen import BESIDE, reasons

OUTCOMES = {"passed": "passed", "failed": "failed", "not_computed": "not computed"}
FIRST = ("failed", "not_computed", "passed")
CHANGES = {
    "better": "better",
    "worse": "worse",
    "no_difference_seen": "no difference seen",
    "too_few_to_tell": "too few to tell",
}
SLICES = (
    ("member", "By member"),
    ("kind", "By kind of question"),
    ("language", "By language"),
    ("report", "By report"),
)
LANGUAGES = {"en": "English", "es": "Spanish"}
MOST_COLUMNS = 4  # figures beside one another in a table of slices
CANNOT_SEE = (
    "“Verbatim” means that these words stand on that page. It does not mean that they answer the question, that "
    "nothing was left out, that the report is right, or that the quotation represents the member fairly.",
    "The questions are of one collection and were written for this project. A figure here says little about "
    "another collection; to know it, ask your own questions of your own reports.",
)


def contents_of(run: Run, earlier: Run | None = None) -> Contents:
    """Return what the report of a run shows; ``earlier`` is the run that it is compared with."""
    failures = drills_of(run, earlier)
    keys = [m for measure in MEASURES if measure.headline and (m := run.metric(measure.name))]
    shown = {drill.result.item.id for drill in failures}
    return Contents(
        run,
        reasons(run),
        CANNOT_SEE,
        figure(keys[0]) if keys else None,
        tuple(figure(m) for m in keys[1:]),
        tuple(_gate(gate) for gate in sorted(run.gates, key=lambda gate: FIRST.index(gate.outcome))),
        tuple(Counter(result.item.kind.replace("_", " ") for result in run.items).most_common()),
        _measures(run),
        tuple(table for name, title in SLICES if (table := _sliced(run, name, title))),
        curve_svg(run.curve) if run.curve else None,
        _baselines(run),
        tuple(_mutation(mutation) for mutation in run.mutations if mutation.structural),
        tuple(_mutation(mutation) for mutation in run.mutations if not mutation.structural),
        tuple(_readable(words) for words in run.said),
        tuple(_checker(checker) for checker in run.checkers),
        tuple(_difference(d) for d in (run.comparison.differences if run.comparison else ())),
        failures,
        by_check(failures),
        tuple(result for result in run.items if result.item.id not in shown),
        sum(result.answer is None for result in run.items),
        frozenset(result.item.id for result in run.items),
    )


def sentence(words: str) -> str:
    """Return words of the catalogue as a sentence."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""


def figure(metric: Metric) -> Figure:
    """Return a metric as it is printed."""
    share = is_share(metric.name)
    measure = measure_of(metric.name)
    return Figure(
        metric.name,
        title_of(metric.name),
        written(metric.value, share),
        interval_of(metric, share),
        count_of(metric),
        interval_svg(metric, -1.0 if metric.name == "crag_score" else 0.0),
        sentence(measure.meaning) if measure else "",
        sentence(measure.blind_spot) if measure else "",
        metric.why_not if metric.value is None else "",
        metric.interval,
    )


def _gate(gate: Gate) -> GateRow:
    share = is_share(gate.name)
    bound = written(gate.bound, share)
    measure = measure_of(gate.name)
    must = {
        "hard": f"always {'at most' if measure and measure.better == 'lower' else 'at least'} {bound}",
        "at_least": f"at least {bound}",
        "at_most": f"at most {bound}",
        "against_baseline": f"not worse than before by {bound}",
    }[gate.kind]
    why = "" if gate.outcome == "passed" else gate.why.removeprefix(f"{title_of(gate.name)}: ")
    found = written(gate.value, share)
    return GateRow(title_of(gate.name), must, found, gate.outcome, OUTCOMES[gate.outcome], why, gate.items)


def _measures(run: Run) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    groups: dict[str, list[Figure]] = {}
    for measure in MEASURES:
        if metric := run.metric(measure.name):
            groups.setdefault(measure.group, []).append(figure(metric))
    return tuple((group, tuple(figures)) for group, figures in groups.items())


def _sliced(run: Run, name: str, title: str) -> Table | None:
    """Return the figures of the slices of one kind: those of the headline first, then by the catalogue."""
    found = {(m.part.partition("=")[2], m.name): m for m in run.metrics if m.part.startswith(f"{name}=")}
    order = sorted(MEASURES, key=lambda measure: not measure.headline)
    columns = [m.name for m in order if any(m.name == other for _, other in found)][:MOST_COLUMNS]
    values = dict.fromkeys(value for value, _ in found)
    rows = tuple(
        (_value(name, value), "", tuple(figure(found.get((value, column), Metric(column, None))) for column in columns))
        for value in values
    )
    return Table(title, tuple(title_of(column) for column in columns), rows) if rows else None


def _value(slice_name: str, value: str) -> str:
    if slice_name == "report":
        return value
    return LANGUAGES.get(value, value.replace("_", " ").capitalize())


def _readable(words: str) -> str:
    """Return a sentence with the name of a figure at its beginning as readers know it."""
    name = next((m.name for m in MEASURES if words.startswith(f"{m.name} was ")), "")
    return sentence(title_of(name) + words.removeprefix(name) if name else words)


def _baselines(run: Run) -> Table | None:
    """Return this run beside other ways to answer, under the figures that all of them could have."""
    if not run.baselines:
        return None
    there = {m.name for baseline in run.baselines for m in baseline.metrics if m.part == "all"}
    columns = [name for name in BESIDE if name in there]
    this = Baseline(run.system, "the system under test", run.metrics)
    rows = tuple((b.name, b.about, tuple(_of(b, column) for column in columns)) for b in (this, *run.baselines))
    return Table("Beside other ways to answer", tuple(title_of(column) for column in columns), rows)


def _of(baseline: Baseline, name: str) -> Figure:
    there = next((m for m in baseline.metrics if (m.name, m.part) == (name, "all")), None)
    return figure(there or Metric(name, None, why_not="not computed"))


def _mutation(mutation: Mutation) -> MutationRow:
    share = mutation.caught / mutation.made if mutation.made else None
    metric = Metric(mutation.kind, share, mutation.made)
    by = ", ".join(title_of(name) for name in mutation.caught_by)
    return MutationRow(mutation, written(share), interval_svg(metric), by)


def _checker(checker: Checker) -> CheckerRow:
    rates = (checker.raw, *((checker.corrected,) if checker.corrected else ()), *checker.others)
    return CheckerRow(
        checker.name,
        checker.about,
        tuple(figure(rate) for rate in rates),
        _quality(checker.quality),
        checker.note,
        checker.flagged,
    )


def _quality(metrics: Sequence[Metric]) -> Table:
    names = tuple(dict.fromkeys(m.name for m in metrics))
    parts = dict.fromkeys(m.part for m in metrics)
    found = {(m.part, m.name): m for m in metrics}
    rows = tuple(
        (
            part.removeprefix("set=").replace("_", " "),
            "",
            tuple(figure(found.get((part, name), Metric(name, None))) for name in names),
        )
        for part in parts
    )
    return Table("Its own error on labelled pairs", tuple(title_of(name) for name in names), rows)


def _difference(found: Difference) -> DifferenceRow:
    share = is_share(found.name)
    return DifferenceRow(
        found,
        title_of(found.name),
        written(found.before, share),
        written(found.after, share),
        written(found.difference, share, signed=True),
        f"{written(found.low, share, signed=True)} to {written(found.high, share, signed=True)}",
        written(found.detectable, share),
        CHANGES[found.change],
    )
