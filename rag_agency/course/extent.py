"""How far a quote reaches: the sentence, the one before it that it needs, the one after it that limits it.

Stays within a paragraph and a voice. Where what is needed cannot be had, the sentence is not quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rag_agency.compose.cite import without_marker
from rag_agency.records import Sentence
from rag_agency.wholeness import NOTE_MARK, is_unplaced, is_whole, limits, passes_on, points_out

LEFT_OUT = "[…]"  # stands where sentences between two that are quoted together are left out
MOST_BEFORE = 1
MOST_WORDS = 90  # of what is quoted together


class Extents:
    """Says of sentences, by report and number, with which others they are quoted."""

    def __init__(self, ledgers: Mapping[str, Sequence[Sentence]], is_clear: Callable[[Sentence], bool]) -> None:
        """Take the sentences of each report in their order."""
        self._ledgers = ledgers
        self._is_clear = is_clear

    def of(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """Return a statement with all that it is quoted with, in order; nothing where it cannot be quoted."""
        if not (self._is_clear(sentence) and is_whole(sentence)):
            return ()
        run = self._with_what_it_limits(self._with_what_it_needs([sentence]))
        words = sum(len(s.text.split()) for s in run)
        return tuple(run) if words <= MOST_WORDS and not self._is_taken_back(run[:1]) else ()

    def _is_taken_back(self, first: Sequence[Sentence]) -> bool:
        """Say whether, after a list, the text goes on with what limits all of it."""
        if not first or not first[0].text.rstrip().endswith(":"):
            return False
        after = self._ledgers[first[0].report][first[0].number + 1 :]
        next_one = next((s for s in after if s.kind not in ("list", "footnote")), None)
        return next_one is not None and next_one.section == first[0].section and limits(next_one.text)

    def _with_what_it_needs(self, run: list[Sentence]) -> list[Sentence]:
        for _ in range(MOST_BEFORE + 1):
            before = self._before(run[0])
            is_anothers = before is not None and passes_on(before.text, run[0].text)
            if not (points_out(run[0].text) or is_unplaced(joined(run)) or is_anothers):
                return run
            if before is None or not self._goes_with(before, run[-1]):
                return []
            run = [before, *run]
        return []

    def _with_what_it_limits(self, run: list[Sentence]) -> list[Sentence]:
        while run:
            after = self.after(run[-1])
            if after is None or not limits(after.text):
                return run
            if not self._goes_with(after, run[-1]):
                return []
            run = [*run, after]
        return run

    def _before(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence before one in its paragraph; of a list's first sentences, what leads in to the list."""
        ledger = self._ledgers[sentence.report]
        before = ledger[sentence.number - 1] if sentence.number else None
        if before and before.paragraph == sentence.paragraph:
            return before
        if sentence.kind != "list":
            return None
        lead = (s for s in reversed(ledger[: sentence.number]) if s.kind not in ("list", "footnote"))
        found = next(lead, None)
        return found if found and found.text.rstrip().endswith(":") and found.section == sentence.section else None

    def after(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence after one in its paragraph."""
        ledger = self._ledgers[sentence.report]
        after = ledger[sentence.number + 1] if sentence.number + 1 < len(ledger) else None
        return after if after and after.paragraph == sentence.paragraph else None

    def _goes_with(self, other: Sentence, sentence: Sentence) -> bool:
        """Say whether another sentence can be quoted under the same name."""
        is_same = other.voice == sentence.voice and other.spoken_by == sentence.spoken_by
        is_lead = other.text.rstrip().endswith(":")
        return is_same and other.external == sentence.external and (is_lead or self._is_clear(other))


def joined(run: Sequence[Sentence]) -> str:
    """Return sentences as one text to be quoted; what is left out between them is marked."""
    parts: list[str] = []
    for place, sentence in enumerate(run):
        if place and sentence.number != run[place - 1].number + 1:
            parts.append(LEFT_OUT)
        parts.append(shown_text(sentence))
    return " ".join(parts)


def shown_text(sentence: Sentence) -> str:
    """Return a sentence as it is quoted, without the mark of its list and the number of a note."""
    return NOTE_MARK.sub("", without_marker(sentence.text)).strip()
