"""Does an answer stay the same where it should, and change where it must?

Same: the question put otherwise, or a report more in the index. Change: the passage it rests on taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rag_agency.evaluation import intervals
from rag_agency.evaluation.asking import Asked, question_of
from rag_agency.evaluation.figures import of_rows
from rag_agency.evaluation.intervals import by_cluster
from rag_agency.evaluation.measures import found, said
from rag_agency.evaluation.mutations import spread
from rag_agency.evaluation.quoting import sources_of
from rag_agency.evaluation.records import Check, Finding, Item, ItemResult, Metric
from rag_agency.evaluation.system import Progress, System
from rag_agency.evaluation.tally import tally
from rag_agency.records import Answer, letters_and_digits

MOST = 40  # answers that are asked for again with their quotes taken away
Pair = tuple[ItemResult, ItemResult]
Difference = Callable[[ItemResult, ItemResult], float | None]


def robustness(results: Sequence[ItemResult]) -> tuple[Metric, ...]:
    """Return how far rewordings differ from the questions they reword, by way."""
    known = {result.item.id: result for result in results}
    pairs = [(known[r.item.parent], r) for r in results if r.item.parent in known]
    ways = dict.fromkeys(r.item.perturbation or "reworded" for _, r in pairs)
    parts = {"all": pairs}
    parts |= {
        f"perturbation={way}": [p for p in pairs if (p[1].item.perturbation or "reworded") == way] for way in ways
    }
    return tuple(metric for part, rows in parts.items() for metric in _of_pairs(rows, part))


def _of_pairs(pairs: Sequence[Pair], part: str) -> Iterator[Metric]:
    figures: tuple[tuple[str, Difference], ...] = (
        ("robust_vital", _change_of("vital_nuggets")),
        ("robust_recall", _change_of("recall@5 by passage")),
        ("robust_flips", _flipped),
        ("robust_members", _same_members),
    )
    for name, difference in figures:
        rows = [(a.item.cluster, value) for a, b in pairs if (value := difference(a, b)) is not None]
        if not rows:
            yield Metric(name, None, part=part, why_not="no pair to judge it by")
        elif name in ("robust_flips", "robust_members"):
            yield of_rows(name, [(cluster, value, 1.0) for cluster, value in rows], part)
        else:
            yield _mean_change(name, rows, part)


def _mean_change(name: str, rows: Sequence[tuple[str, float]], part: str) -> Metric:
    clusters, values = zip(*rows, strict=True)
    hits, of = by_cluster(clusters, values, [1.0] * len(values))
    interval = intervals.bootstrap_interval((hits, of), intervals.ratio)
    value = float(intervals.ratio(hits, of))
    return Metric(name, value, len(values), len(of), interval.low, interval.high, interval.method, part)


def _change_of(name: str) -> Difference:
    def change(plain: ItemResult, other: ItemResult) -> float | None:
        before, after = plain.check(name), other.check(name)
        if not before or not after or not before.of or not after.of:
            return None
        return after.hits / after.of - before.hits / before.of

    return change


def _flipped(plain: ItemResult, other: ItemResult) -> float | None:
    before, after = plain.check("answer_correct"), other.check("answer_correct")
    return None if not before or not after else float(before.verdict != after.verdict)


def _same_members(plain: ItemResult, other: ItemResult) -> float | None:
    first, second = _members(plain), _members(other)
    return len(first & second) / len(first | second) if first | second else None


def _members(result: ItemResult) -> set[str]:
    return {s.member for s in sources_of(result.answer) if s.member} if result.answer else set()


def counterfactuals(asked: Asked, system: System, progress: Progress) -> dict[str, Check]:
    """Take away what answers cite and ask again; return, by question, whether the claim went too."""
    if system.without is None:
        return {}
    answered = [(r.item, r.answer) for r in asked.results if r.answer and r.answer.sentences and r.item.vital]
    chosen = spread([(item, answer, asked.grounds[item.id]) for item, answer in answered if not item.parent], MOST)
    checks = {}
    for done, (item, answer, _) in enumerate(chosen):
        progress("taking passages away", done, len(chosen))
        quotes = [source.quote for source in sources_of(answer)]
        try:
            again = system.without(question_of(item), quotes)
        except Exception as error:  # the edge of what is under test: a crash counts as failed
            checks[item.id] = Check("counterfactual", "failed", 0.0, 1.0, "an answer", f"failed: {error}")
            continue
        checks[item.id] = _gone(item, quotes, again)
    return checks


def _gone(item: Item, quotes: Sequence[str], answer: Answer) -> Check:
    """Whether neither a quote that was taken away comes back, nor a fact without a quote that carries it."""
    taken = {letters_and_digits(quote) for quote in quotes}
    back = [s for s in sources_of(answer) if letters_and_digits(s.quote) in taken]
    wrong = [Finding("came back", s.report, s.page, s.page_label, s.quote) for s in back]
    carried = "\n".join(source.quote for source in sources_of(answer))
    own = found(item.vital, said(answer)) if answer.sentences else ()
    members = {source.member for source in sources_of(answer)}
    facts = [p for p in own if not found([p], carried) and not (members & set(item.members))]
    wrong += [Finding(f"says {pattern} and quotes nothing that carries it") for pattern in facts]
    return tally("counterfactual", 1, wrong[:1], "with its passages taken away, the claim goes too")
