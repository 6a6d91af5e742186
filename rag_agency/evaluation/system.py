"""What is under test, as callables: anything that answers questions with an Answer can be judged.

``Shelf`` is what the checks know of the reports; it is read from the PDFs by another extractor than
the one that made the index, so that nothing is checked with itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rag_agency.records import Answer, Member, Passage, Question, Report, Sentence

Answerer = Callable[[Question], Answer]
Searcher = Callable[[Question], Sequence[Passage]]
Confidence = Callable[[Question], float]
Progress = Callable[[str, int, int], None]  # what is done now, how many are done, of how many; may raise to stop


@dataclass(frozen=True, slots=True)
class System:
    """What is judged. ``search`` and ``confidence`` may be missing; what needs them is then said to be."""

    name: str
    answer: Answerer
    search: Searcher | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reports as the checks see them.

    ``stream`` gives the letters and digits of a page, ``text`` its text for readers, ``label`` the
    label that the PDF gives it; each None where there is no such page. ``ledger`` gives a report's
    sentences with their speakers, read anew.
    """

    roster: Sequence[Member]
    reports: Mapping[str, Report]
    stream: Callable[[str, int], str | None] = field(repr=False)
    text: Callable[[str, int], str | None] = field(repr=False)
    label: Callable[[str, int], str | None] = field(repr=False)
    ledger: Callable[[str], Sequence[Sentence]] = field(repr=False)
