"""The questions put to a system, one after the other, and each answer put through the checks.

A question that crashes is a result like any other: it counts as failed, with its error.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag_agency.errors import RagAgencyError
from rag_agency.evaluation.checking import all_checks, crashed_checks
from rag_agency.evaluation.ground import Ground, gold_speakers
from rag_agency.evaluation.ranking import ranking_checks
from rag_agency.evaluation.records import Check, Item, ItemResult, Retrieved
from rag_agency.evaluation.system import Progress, Shelf, System
from rag_agency.records import Answer, Evidence, Question

SHOWN = 10  # retrieved passages kept with each question


@dataclass(frozen=True, slots=True)
class Asked:
    """Results, and by question what each answer was checked against (missing where it crashed)."""

    results: tuple[ItemResult, ...]
    grounds: Mapping[str, Ground]


def question_of(item: Item) -> Question:
    """Return what is asked: the words and what came before, nothing of the gold."""
    return Question(item.question, id=item.id, history=item.history)


def ask_all(
    items: Sequence[Item], system: System, shelf: Shelf, progress: Progress, gold: Sequence[Item] = ()
) -> Asked:
    """Ask every question and check every answer; ``gold`` are the questions that tell who says what."""
    speakers = gold_speakers(gold or items)
    results, grounds = [], {}
    for done, item in enumerate(items):
        progress(f"asking {system.name}", done, len(items))
        result, evidence = _ask(item, system)
        if result.answer is not None:
            ground = Ground(shelf, speakers, evidence)
            result = replace(result, checks=all_checks(item, result.answer, ground))
            grounds[item.id] = ground
        results.append(result)
    return Asked(tuple(_ranked(results, grounds, system, shelf)), grounds)


def _ask(item: Item, system: System) -> tuple[ItemResult, Evidence | None]:
    started = time.perf_counter()
    question = question_of(item)
    try:
        answer = system.answer(question)
        evidence = system.search(question) if system.search else None
        confidence = system.confidence(question) if system.confidence else answer.confidence
    except Exception as error:  # the edge of what is under test: whatever it raises, the question failed
        said = str(error) if isinstance(error, RagAgencyError) else f"{type(error).__name__}: {error}"
        seconds = time.perf_counter() - started
        return ItemResult(item, None, f"failed: {said}", crashed_checks(item, said), seconds=seconds), None
    seconds = time.perf_counter() - started
    return ItemResult(item, answer, "", (), _retrieved(evidence), _rounded(confidence), seconds), evidence


def _retrieved(evidence: Evidence | None) -> tuple[Retrieved, ...]:
    passages = evidence.passages[:SHOWN] if evidence else ()
    return tuple(Retrieved(p.id, p.report, p.pages, p.members, round(p.score, 4)) for p in passages)


def _rounded(confidence: float | None) -> float | None:
    return None if confidence is None else round(confidence, 6)


def _ranked(
    results: Sequence[ItemResult], grounds: Mapping[str, Ground], system: System, shelf: Shelf
) -> Sequence[ItemResult]:
    """Add to each result how high search ranked what answers it; a crashed question found nothing."""
    if not system.search or not system.passages:
        return results
    evidence = {r.item.id: (grounds[r.item.id].evidence if r.answer else None) or Evidence() for r in results}
    checks = ranking_checks([r.item for r in results], evidence, system.passages, shelf)
    return [replace(r, checks=(*r.checks, *checks.get(r.item.id, ()))) for r in results]


def with_checks(results: Sequence[ItemResult], checks: Mapping[str, Check]) -> tuple[ItemResult, ...]:
    """Return the results with one more check for some of them."""
    return tuple(replace(r, checks=(*r.checks, checks[r.item.id])) if r.item.id in checks else r for r in results)


def good_answers(asked: Asked, structural: Callable[[Check], bool]) -> list[tuple[Item, Answer, Ground]]:
    """Return the answers that have sentences and pass every structural check."""
    return [
        (r.item, r.answer, asked.grounds[r.item.id])
        for r in asked.results
        if r.answer and r.answer.sentences and not any(c.verdict == "failed" and structural(c) for c in r.checks)
    ]
