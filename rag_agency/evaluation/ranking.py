"""Does search bring what answers, and how high? By passage, page, report and member.

The measures are those of the package ir_measures (trec_eval's); nothing is counted here by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil

from rag_agency.evaluation.ground import pages_with_quote
from rag_agency.evaluation.records import Check, Item
from rag_agency.evaluation.system import Shelf
from rag_agency.evaluation.tally import score
from rag_agency.records import Evidence, Passage, letters_and_digits

COVERED = 0.6  # share of a quote's letters that a passage must hold in one run: a passage may end within it
# What is measured at each level, by the names of ir_measures; shown under the names beside them.
MEASURES: Mapping[str, Mapping[str, str]] = {
    "passage": {
        "Success@1": "hit@1",
        "Success@5": "hit@5",
        "R@5": "recall@5",
        "R@10": "recall@10",
        "P@5": "precision@5",
        "RR@10": "mrr@10",
        "nDCG@10": "ndcg@10",
    },
    "page": {"Success@5": "hit@5", "R@5": "recall@5", "RR@10": "mrr@10"},
    "report": {"Success@1": "hit@1", "R@5": "recall@5", "RR@10": "mrr@10"},
    "member": {"Success@1": "hit@1", "R@5": "recall@5", "RR@10": "mrr@10"},
}
Ranked = Mapping[str, Sequence[str]]  # question → ids, the best first
Relevant = Mapping[str, Sequence[str]]  # question → ids that answer


def ranking_checks(
    items: Iterable[Item], evidence: Mapping[str, Evidence], passages: Sequence[Passage], shelf: Shelf
) -> dict[str, tuple[Check, ...]]:
    """Return, by question, how high search ranked what answers it; only questions with evidence in the gold."""
    judged = [item for item in items if item.evidence and item.id in evidence]
    wanted: dict[str, Callable[[Item], Sequence[str]]] = {
        "passage": lambda item: _passages_with(item, passages),
        "page": lambda item: _pages_with(item, shelf),
        "report": lambda item: list(dict.fromkeys(gold.report for gold in item.evidence)),
        "member": lambda item: item.members,
    }
    checks: dict[str, list[Check]] = {item.id: [] for item in judged}
    for level, relevant_of in wanted.items():
        relevant = {item.id: found for item in judged if (found := relevant_of(item))}
        ranked = {name: _ids(evidence[name].passages, level) for name in relevant}
        for name, values in scores(relevant, ranked, MEASURES[level]).items():
            for measure, value in values.items():
                shown = f"{MEASURES[level][measure]} by {level}"
                expected = ", ".join(relevant[name][:3])
                checks[name].append(score(shown, value, expected, ", ".join(ranked[name][:3])))
    return {name: tuple(found) for name, found in checks.items()}


def scores(relevant: Relevant, ranked: Ranked, measures: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return the measures of each question, as ir_measures gives them; a question without a ranking has 0."""
    import ir_measures

    wanted = [ir_measures.parse_measure(name) for name in measures]
    qrels = [ir_measures.Qrel(name, one, 1) for name, ids in relevant.items() for one in ids]
    run = [
        ir_measures.ScoredDoc(name, one, float(-rank))  # ranks, so that no two scores tie
        for name in relevant
        for rank, one in enumerate(ranked.get(name, ()))
    ]
    found = {name: {str(measure): 0.0 for measure in wanted} for name in relevant}
    for metric in ir_measures.iter_calc(wanted, qrels, run):
        found[metric.query_id][str(metric.measure)] = float(metric.value)
    return found


def _ids(passages: Sequence[Passage], level: str) -> list[str]:
    """Return what the passages are at a level, each once at its best rank."""
    of_level: dict[str, Callable[[Passage], Iterable[str]]] = {
        "passage": lambda p: (p.id,),
        "page": lambda p: (f"{p.report} p. {page}" for page in p.pages),
        "report": lambda p: (p.report,),
        "member": lambda p: p.members,
    }
    return list(dict.fromkeys(one for passage in passages for one in of_level[level](passage)))


def _passages_with(item: Item, passages: Sequence[Passage]) -> list[str]:
    golds = [(gold.report, letters_and_digits(gold.quote)) for gold in item.evidence]
    return [
        passage.id
        for passage in passages
        if any(passage.report == report and covers(passage.text, quote) for report, quote in golds)
    ]


def _pages_with(item: Item, shelf: Shelf) -> list[str]:
    pages = [(gold.report, n) for gold in item.evidence for n in pages_with_quote(gold.report, gold.quote, shelf)]
    return [f"{report} p. {number}" for report, number in dict.fromkeys(pages)]


def covers(text: str, quote: str) -> bool:
    """Whether a text holds most of a quote (its letters and digits) in one run."""
    stream, length = letters_and_digits(text), ceil(COVERED * len(quote))
    return any(quote[i : i + length] in stream for i in range(len(quote) - length + 1))
