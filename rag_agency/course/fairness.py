"""What makes the items of one session fair together: several voices, facts beside names, no answer told twice.

Knows items and the statements behind them; how an item is made, and whether it is right by itself,
it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag_agency.course.material import Material
from rag_agency.course.records import QuizItem
from rag_agency.records import Sentence

BESIDE = 0.4  # closeness from which one voice's statements tell each other's speaker
ALL = 99
WHOSE = ("who", "what")  # what is asked where the answer is whose a finding is


def most_of_one(voices: int) -> int:
    """Return how many items may rest on one member where so many are quoted in the session."""
    return {0: ALL, 1: ALL, 2: 3}.get(voices, 2)


def most_whose(others: int) -> int:
    """Return how many items may ask whose a finding is, beside so many that ask what was found: two thirds of all."""
    return 2 * others if others else ALL


class Fairness:
    """Says of items in their order whether one more is fair beside those of its session taken before."""

    def __init__(self, material: Material, voices: int) -> None:
        """Begin a session in which so many voices are quoted."""
        self._material = material
        self._most = most_of_one(voices)
        self._taken: list[tuple[QuizItem, list[Sentence]]] = []

    def objections(self, item: QuizItem, keys: Sequence[Sentence]) -> Iterator[str]:
        """Yield what speaks against an item beside those taken; ``keys`` are the statements that it shows."""
        voice = voice_of_item(item)
        if voice and sum(voice_of_item(other) == voice for other, _ in self._taken) >= self._most:
            yield f"more than {self._most} items rest on {', '.join(sorted(voice))}"
        for other, told in self._taken if is_whose(item) else ():
            if is_whose(other) and any(self._tells(a, b) for a in told for b in keys):
                yield f"{other.id or 'another item'} gives it away"

    def take(self, item: QuizItem, keys: Sequence[Sentence]) -> None:
        """Remember an item that is asked."""
        self._taken.append((item, list(keys)))

    def _tells(self, first: Sentence, second: Sentence) -> bool:
        if not first.members or first.spoken_by != second.spoken_by:
            return False
        is_near = (first.report, first.paragraph) == (second.report, second.paragraph)
        return is_near or self._material.closeness(first, second) >= BESIDE


def members_of(statements: Sequence[Sentence]) -> int:
    """Return how many members speak in statements that are theirs alone."""
    return len({s.spoken_by for s in statements if len(s.spoken_by) == 1})


def voice_of_item(item: QuizItem) -> frozenset[str]:
    """Return the members on whose finding an item rests; none for one that asks for several."""
    if item.kind == "match":
        return frozenset()
    return frozenset(slug for quote in item.trace for slug in quote.members)


def is_whose(item: QuizItem) -> bool:
    """Say whether an item asks whose a finding is, rather than what was found."""
    return item.asks in WHOSE


def balanced(items: Sequence[QuizItem]) -> list[QuizItem]:
    """Return items, the last that ask whose a finding is left out where they are more than two thirds."""
    most = most_whose(sum(not is_whose(item) for item in items))
    whose = [item for item in items if is_whose(item)][:most]
    return [item for item in items if not is_whose(item) or item in whose]
