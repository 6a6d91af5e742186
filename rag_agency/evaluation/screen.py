"""The first screen of a run: passed or not, why not, and the figures with their intervals, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from rag_agency.evaluation.catalogue import BY_NAME, MEASURES, title
from rag_agency.evaluation.gates import BEHIND, shown
from rag_agency.evaluation.records import Gate, Metric, Run
from rag_agency.evaluation.results import numbers_of

NAMED = 5  # questions named with a gate that failed
BESIDE = ("vital_nuggets", "answer_correct", "crag_score", "false_attribution", "abstention_f1", "quote_verbatim")


def first_screen(run: Run) -> str:
    """Return what a reader needs to know first."""
    lines = [_verdict(run), *(f"  ✗ {reason}" for reason in reasons(run)), "", *_headline(run), "", *_beside(run)]
    lines += ["", *_tests(run), *(f"not done or not computed: {said}" for said in run.said)]
    lines += [
        "",
        f"numbers {numbers_of(run)} (the same for two runs of the same thing), {run.provenance.seconds:.0f} s",
    ]
    return "\n".join(lines) + "\n"


def reasons(run: Run) -> tuple[str, ...]:
    """Return why a run did not pass, the hard gates first; empty where it did."""
    failed = [gate for gate in run.gates if gate.outcome == "failed"]
    return tuple(_reason(gate, run) for gate in sorted(failed, key=lambda gate: gate.kind != "hard"))


def _reason(gate: Gate, run: Run) -> str:
    named = ", ".join(gate.items[:NAMED]) + (" …" if len(gate.items) > NAMED else "")
    where = f" ({len(gate.items)} questions: {named})" if gate.items else ""
    example = _example(gate, run)
    return f"{gate.why}{where}" + (f"; for example {example}" if example else "")


def _example(gate: Gate, run: Run) -> str:
    """Return what was expected and got in the first question that fails a gate."""
    first = next((r for r in run.items if gate.items and r.item.id == gate.items[0]), None)
    if first is None:
        return ""
    if first.answer is None:
        return f"{first.item.id}: {first.error}"
    check = first.check(BEHIND.get(gate.name, gate.name))
    if check is None:
        return ""
    note = check.findings[0].note if check.findings else f"{check.got}, expected {check.expected}"
    return f"{first.item.id}: {note}"


def _verdict(run: Run) -> str:
    failed = sum(gate.outcome == "failed" for gate in run.gates)
    uncounted = sum(gate.outcome == "not_computed" for gate in run.gates)
    held = len(run.gates) - failed - uncounted
    word = "PASSED" if run.passed else "NOT PASSED"
    also = f", {uncounted} could not be judged" if uncounted else ""
    return f"{word}: {run.system}, {len(run.items)} questions, {held} of {len(run.gates)} gates hold{also}"


def _headline(run: Run) -> Iterator[str]:
    for measure in MEASURES:
        metric = run.metric(measure.name) if measure.headline else None
        if metric:
            way = "↓" if measure.better == "lower" else "↑"
            yield f"{measure.title_en:34s} {way} {told(metric)}"


def told(metric: Metric) -> str:
    """Return a figure with its interval and its n; why not, where there is none."""
    if metric.value is None:
        return f"not computed: {metric.why_not}"
    interval = ""
    if metric.low is not None and metric.high is not None:
        interval = f" [{shown(metric.name, metric.low)}, {shown(metric.name, metric.high)}] {metric.interval}"
    return f"{shown(metric.name, metric.value):>8s}{interval}, n {metric.n}"


def _beside(run: Run) -> Iterator[str]:
    """Yield the baselines in a table."""
    if not run.baselines:
        return
    names = [name for name in BESIDE if name in BY_NAME]
    yield f"{'':28s}" + "".join(f"{title(name)[:22]:>24s}" for name in names)
    rows = [(run.system, run.metrics), *((b.name, b.metrics) for b in run.baselines)]
    for system, metrics in rows:
        known = {m.name: m for m in metrics if m.part == "all"}
        values = [known[n].value if n in known else None for n in names]
        cells = ["–" if value is None else shown(name, value) for name, value in zip(names, values, strict=True)]
        yield f"{system:28s}" + "".join(f"{cell:>24s}" for cell in cells)


def _tests(run: Run) -> Iterator[str]:
    """Yield how the checks themselves did on answers that were spoilt."""
    faults = [m for m in run.mutations if m.structural]
    if faults:
        caught, made = sum(m.caught for m in faults), sum(m.made for m in faults)
        yield f"test of the tests: {caught} of {made} planted faults noticed, of {len(faults)} kinds"
    for mutation in faults:
        if mutation.caught < mutation.made:
            yield f"  not always noticed: {mutation.kind} ({mutation.caught} of {mutation.made})"
    if run.comparison:
        yield f"compared with {run.comparison.earlier}, {run.comparison.shared} questions in both"
        for one in run.comparison.differences:
            change = f"{one.difference:+.3f} [{one.low:+.3f}, {one.high:+.3f}]"
            seen = f"p {one.p_holm:.3f} ({one.test}, Holm), could show {one.detectable:.3f}"
            yield f"  {title(one.name):34s} {change}, {seen}: {one.change.replace('_', ' ')}"
