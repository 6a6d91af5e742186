"""The test of the tests: good answers are spoilt in known ways, and the checks must notice.

A check that notices nothing is worth nothing, however good the figure it gives. Harmless changes of
the same answers (spaces, kinds of quotation marks) must not be noticed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag_agency.evaluation.checking import structural_checks
from rag_agency.evaluation.ground import Ground
from rag_agency.evaluation.intervals import SEED
from rag_agency.evaluation.records import Item, Mutation
from rag_agency.evaluation.spoiling import HARMLESS, SPOILT, Way
from rag_agency.records import Answer

MOST_ANSWERS = 80  # good answers that are spoilt in every way; more would add seconds and little else
Good = Sequence[tuple[Item, Answer, Ground]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Tried:
    """What one way did to one answer: the checks that noticed, empty where none did."""

    item: str
    noticed: tuple[str, ...]


def mutate(good: Good, progress: Progress = lambda _done, _of: None) -> tuple[Mutation, ...]:
    """Spoil answers that pass every structural check; return, by way, how often that was noticed.

    The last rows are harmless changes: what is caught there is a false alarm.
    """
    chosen = spread(good, MOST_ANSWERS)
    ways = (*SPOILT, *HARMLESS)
    found = []
    for done, way in enumerate(ways):
        progress(done, len(ways))
        tried = [t for item, answer, ground in chosen if (t := _try(way, item, answer, ground))]
        caught_by = Counter(name for one in tried for name in one.noticed)
        caught = sum(bool(one.noticed) for one in tried)
        missed = tuple(one.item for one in tried if bool(one.noticed) == way.is_harmless)
        names = tuple(name for name, _ in caught_by.most_common())
        found.append(Mutation(way.name, way.about, not way.is_harmless, len(tried), caught, names, missed))
    return tuple(found)


def spread(good: Good, most: int) -> Good:
    """Return at most so many, spread evenly over all."""
    step = max(1, len(good) / most)
    return [good[int(i * step)] for i in range(min(most, len(good)))]


def _try(way: Way, item: Item, answer: Answer, ground: Ground) -> _Tried | None:
    """Spoil one answer; None where it has nothing to spoil in this way."""
    spoilt = way.spoil(answer, ground, random.Random(f"{SEED} {item.id} {way.name}"))
    if spoilt is None or spoilt == answer:
        return None
    checks = structural_checks(spoilt, ground)
    return _Tried(item.id, tuple(check.name for check in checks if check.verdict == "failed"))


def structural_rate(mutations: Sequence[Mutation]) -> tuple[int, int]:
    """Return how many faults were caught, of how many made."""
    faults = [m for m in mutations if m.structural]
    return sum(m.caught for m in faults), sum(m.made for m in faults)


def false_alarms(mutations: Sequence[Mutation]) -> tuple[int, int]:
    """Return how many harmless changes were called faults, of how many made."""
    harmless = [m for m in mutations if not m.structural]
    return sum(m.caught for m in harmless), sum(m.made for m in harmless)
