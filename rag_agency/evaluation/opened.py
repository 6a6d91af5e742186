"""An opened index as a system under test, and as the shelf of reports that its answers are checked against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, cast

from rag_agency.ask import OpenIndex, ask
from rag_agency.asked import understand
from rag_agency.evaluation.system import Shelf, System
from rag_agency.records import Answer, Asked, Evidence, Question, Reading, Sentence, letters_and_digits
from rag_agency.sentences import cut_sentences
from rag_agency.voices import attribute

if TYPE_CHECKING:
    from rag_agency.index import Index
    from rag_agency.search import Search

SearchCall = Callable[..., Evidence]


def system_of(opened: OpenIndex, name: str = "rag_agency") -> System:
    """Return the program as users have it, with what its search brought for each answer written along."""
    seen: dict[Question, list[Evidence]] = {}

    def recording(question: Question, asked: Asked) -> Evidence:
        evidence = opened.search(question, asked)
        seen.setdefault(question, []).append(evidence)
        return evidence

    watched = _searching_by(opened, recording)

    def search(question: Question) -> Evidence:
        if question not in seen:  # it answered without searching, or was not asked
            recording(question, understand(question, opened.index.roster))
        return _together(seen[question])

    def without(question: Question, quotes: Sequence[str]) -> Answer:
        taken = [letters_and_digits(quote) for quote in quotes]

        def blind(question: Question, asked: Asked) -> Evidence:
            return _less(opened.search(question, asked), taken)

        blinded = replace(opened, index=cast("Index", _IndexWithout(opened.index, taken)))
        return ask(question, _searching_by(blinded, blind))

    return System(
        name,
        answer=lambda question: ask(question, watched),
        search=search,
        without=without,
        passages=opened.index.passages,
    )


def remembering(system: System) -> System:
    """Return a system that keeps its answers, for baselines that are made from them."""
    return replace(system, answer=cache(system.answer))


class _IndexWithout:
    """An index in whose reports some quotes cannot be read, neither as evidence nor as a neighbour of it."""

    def __init__(self, index: Index, taken: Sequence[str]) -> None:
        self._index = index
        self._taken = taken

    def __getattr__(self, name: str) -> object:
        return getattr(self._index, name)

    def reading_of(self, report: str) -> Reading | None:
        """Return the reading of a report without the sentences that hold what was taken away."""
        reading = self._index.reading_of(report)
        if reading is None:
            return None
        return replace(reading, sentences=tuple(s for s in reading.sentences if not _holds(s.text, self._taken)))


def _together(found: Sequence[Evidence]) -> Evidence:
    """Return what several searches for one answer brought (the whole question, then its parts), the first one first."""
    passages = {passage.id: passage for evidence in reversed(found) for passage in evidence.passages}
    ids = dict.fromkeys(passage.id for evidence in found for passage in evidence.passages)
    sentences = [one for evidence in found for one in evidence.sentences]
    return replace(found[0], passages=tuple(passages[name] for name in ids), sentences=tuple(sentences))


def _searching_by(opened: OpenIndex, search: SearchCall) -> OpenIndex:
    return replace(opened, search=cast("Search", search))


def _less(evidence: Evidence, taken: Sequence[str]) -> Evidence:
    """Return the evidence without the passages and sentences that hold one of the quotes taken away."""
    return replace(
        evidence,
        passages=tuple(p for p in evidence.passages if not _holds(p.text, taken)),
        sentences=tuple(f for f in evidence.sentences if not _holds(f.sentence.text, taken)),
    )


def _holds(text: str, taken: Sequence[str]) -> bool:
    stream = letters_and_digits(text)
    return any(quote in stream for quote in taken)


def shelf_of(opened: OpenIndex, password: str = "", known: Shelf | None = None) -> Shelf:
    """Return the reports of an index, read from its PDFs anew: pages by pdfium, the ledger made again.

    Reports that a ``known`` shelf has too are not read a second time.
    """
    # Imported here: the PDF libraries are slow to load.
    from rag_agency.pages import SecondReader

    reports = {report.id: report for report in opened.index.reports}

    @cache
    def reader(report: str) -> SecondReader:
        return SecondReader(opened.index.pdf(reports[report]), password)

    def exists(report: str, page: int) -> bool:
        return report in reports and 1 <= page <= reader(report).page_count

    @cache
    def spoken(report: str, quote: str) -> Sequence[Sentence]:
        if known and report in reports and known.reports.get(report) == reports[report]:
            return known.spoken(report, quote)
        wanted = letters_and_digits(quote)
        return [sentence for stream, sentence in ledger(report) if wanted and wanted in stream]

    ledger = _ledger(opened, password)
    return Shelf(
        roster=opened.index.roster,
        reports=reports,
        stream=lambda report, page: reader(report).stream(page) if exists(report, page) else None,
        text=lambda report, page: reader(report).text(page) if exists(report, page) else None,
        label=lambda report, page: reader(report).label(page) if exists(report, page) else None,
        spoken=spoken,
    )


def _ledger(opened: OpenIndex, password: str) -> Callable[[str], Sequence[tuple[str, Sentence]]]:
    """Return what reads a report's sentences with their speakers from its PDF, each with its letters and digits."""
    from rag_agency.pages import paragraphs_of, read_document

    @cache
    def ledger(name: str) -> Sequence[tuple[str, Sentence]]:
        report = next((r for r in opened.index.reports if r.id == name), None)
        if report is None:
            return ()
        document = read_document(opened.index.pdf(report), name, password)  # the slow step: pypdf
        sentences = attribute(cut_sentences(paragraphs_of(document), name), opened.index.roster, report)
        return [(letters_and_digits(sentence.text), sentence) for sentence in sentences]

    return ledger
