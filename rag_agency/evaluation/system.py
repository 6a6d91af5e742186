"""What is under test, as callables: anything that answers questions with an Answer can be judged.

``Shelf`` is what the checks know of the reports; it is read from the PDFs by another extractor than
the one that made the index, so that nothing is checked with itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rag_agency.records import Answer, Evidence, Member, Passage, Question, Report, Sentence

Answerer = Callable[[Question], Answer]
Searcher = Callable[[Question], Evidence]
Confidence = Callable[[Question], float | None]
Without = Callable[[Question, Sequence[str]], Answer]  # answers where these quotes cannot be found
Progress = Callable[[str, int, int], None]  # what is done now, how many are done, of how many; may raise to stop


@dataclass(frozen=True, slots=True)
class System:
    """What is judged. All but ``answer`` may be missing; what needs them is then said not to be computed.

    ``confidence`` is for systems whose answers do not carry their own.

    ``search`` returns what the answer to a question was made from; ``passages`` are all there are.
    """

    name: str
    answer: Answerer
    search: Searcher | None = None
    confidence: Confidence | None = None
    without: Without | None = None
    passages: Sequence[Passage] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reports as the checks see them.

    ``stream`` gives the letters and digits of a page, ``text`` its text for readers, ``label`` the
    label that the PDF gives it; each None where there is no such page. ``spoken`` gives the sentences
    of a report that hold a quote, with their speakers, from a ledger made anew.
    """

    roster: Sequence[Member]
    reports: Mapping[str, Report]
    stream: Callable[[str, int], str | None] = field(repr=False)
    text: Callable[[str, int], str | None] = field(repr=False)
    label: Callable[[str, int], str | None] = field(repr=False)
    spoken: Callable[[str, str], Sequence[Sentence]] = field(repr=False)
