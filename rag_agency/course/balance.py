"""Where the right answers of one course stand, so that none can be guessed from those before it.

Knows places and truths, no words. What is equally often used is drawn.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from rag_agency.course.records import Option, QuizItem

Thing = TypeVar("Thing")


class Balance:
    """Counts what has been right so far in a course; one is shared by all its quizzes."""

    def __init__(self) -> None:
        """Begin a course in which nothing has been asked."""
        self._truths: Counter[bool] = Counter()
        self._places: Counter[int] = Counter()

    def truth(self, draw: random.Random) -> bool:
        """Return which of true and false has been right less often."""
        return draw.choice(_rarest((True, False), self._truths))

    def placed(self, item: QuizItem, draw: random.Random) -> QuizItem:
        """Return an item that is taken with its right answer where it has stood least, and remember it."""
        if item.kind == "true_false":
            self._truths[item.options[0].is_right] += 1
        if item.kind != "choice":
            return item
        place = draw.choice(_rarest(range(len(item.options)), self._places))
        self._places[place] += 1
        return replace(item, options=_with_right_at(place, item.options))


def _rarest(things: Sequence[Thing], counts: Counter[Thing]) -> list[Thing]:
    fewest = min(counts[thing] for thing in things)
    return [thing for thing in things if counts[thing] == fewest]


def _with_right_at(place: int, options: Sequence[Option]) -> tuple[Option, ...]:
    wrong = [option for option in options if not option.is_right]
    right = [option for option in options if option.is_right]
    return (*wrong[:place], *right, *wrong[place:])
