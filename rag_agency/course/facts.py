"""True or false about what was found: a sentence as it stands, or with a figure or a country from another one.

The words of the report are kept but for that one value; its key names the value that stands there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import zip_longest

from rag_agency.course.balance import Balance
from rag_agency.course.gaps import Gap, Gaps
from rag_agency.course.masking import GAP
from rag_agency.course.records import Option, QuizItem
from rag_agency.course.templates import say
from rag_agency.records import Language

PROMPT: dict[Language, str] = {
    "en": "True or false: this is what the reports say.",
    "es": "Verdadero o falso: esto es lo que dicen los informes.",
}
STANDS: dict[Language, str] = {"en": "The report has {right} here.", "es": "El informe dice aquí {right}."}
CHANGED: dict[Language, str] = {
    "en": "The report has {right} here; {wrong} stands in another sentence.",
    "es": "El informe dice aquí {right}; {wrong} está en otra oración.",
}


class Facts:
    """Makes true or false items from gaps that have a likely wrong value."""

    def __init__(self, gaps: Gaps, language: Language, draw: random.Random) -> None:
        """Take the gaps, and the draw by which one of two truths is chosen where either would do."""
        self._gaps = gaps
        self._language = language
        self._draw = draw

    def items(self, balance: Balance) -> Iterator[QuizItem]:
        """Yield sentences as they stand or with one value changed, whichever was right less often."""
        in_turn = zip_longest(self._gaps.numbers(), self._gaps.places(), self._gaps.products())
        for gap in (gap for gaps in in_turn for gap in gaps if gap):
            yield self._item(gap, is_true=balance.truth(self._draw))

    def _item(self, gap: Gap, *, is_true: bool) -> QuizItem:
        wrong, other = gap.wrong[0]
        words = STANDS if is_true else CHANGED
        why = words[self._language].format(right=gap.right, wrong=wrong)
        options = (
            Option(say("true", self._language), is_true, gap.quote if is_true else other, why),
            Option(say("false", self._language), not is_true, other if is_true else gap.quote, why),
        )
        stem = gap.stem.replace(GAP, gap.right if is_true else wrong)
        return QuizItem(
            "", "true_false", PROMPT[self._language], (gap.quote,), stem, options, answer=gap.right, asks=gap.asks
        )
