"""STORY 2: question → search → compose → verify → Answer.

The order of the steps stands here and nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rag_agency import index as index_room
from rag_agency.build import fingerprint_of
from rag_agency.compose import Citer, Statement, abstain, compose, write
from rag_agency.errors import RequestError
from rag_agency.index import Index
from rag_agency.language import language_of
from rag_agency.models import open_embedder
from rag_agency.pages import SecondReader
from rag_agency.records import Answer, Evidence, Question, letters_and_digits
from rag_agency.search import Search
from rag_agency.settings import Settings, from_environment
from rag_agency.verify import failures

Find = Callable[[Question], Evidence]
LONGEST_QUESTION = 2_000  # characters


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """An index opened for asking, with the parts that an answer goes through."""

    index: Index
    search: Search
    citer: Citer
    checked: Callable[[Sequence[Statement]], tuple[Statement, ...]]


def ask(question: Question | str, opened: OpenIndex) -> Answer:
    """Answer from the reports, or say why not. A failure raises; it is never an abstention.

    Raises:
        RequestError: the question is empty or too long, or names an unknown member or report.
    """
    started = time.perf_counter()
    question = _usable(question, opened.index)
    language = question.language or language_of(question.text)
    evidence = opened.search(question)
    statements = compose(question, evidence, opened.citer, language)
    supported = opened.checked(statements)
    if supported:
        answer = write(question, supported, opened.index.roster, language)
    else:
        answer = abstain(question, "nothing_supported" if statements else "nothing_relevant", language)
    return replace(answer, index=opened.index.name, seconds=time.perf_counter() - started)


def open_index(folder: Path | str | None = None, settings: Settings | None = None) -> OpenIndex:
    """Open the index in a folder, the project's own where none is named.

    Raises:
        IndexUnusable: there is none, or it was built with other models or settings.
    """
    settings = settings or from_environment()
    settings = replace(settings, index=Path(folder)) if folder else settings
    embedder, encoder = (
        open_embedder(settings.embedder, settings),
        open_embedder(settings.encoder, settings),
    )
    found = index_room.open_generation(settings.index, settings.chroma_url)
    wanted = fingerprint_of(embedder, encoder, found.roster)
    found = index_room.refuse_other(found, wanted)
    search = Search(found, embedder, encoder)
    return OpenIndex(found, search, Citer(found.reports, found.roster), _checker(found, settings))


def _checker(index: Index, settings: Settings) -> Callable[[Sequence[Statement]], tuple[Statement, ...]]:
    """Return what lets through only statements whose every source holds."""
    reports = {report.id: report for report in index.reports}
    ledger = {reading.report.id: reading.sentences for reading in index.readings}

    @lru_cache(maxsize=8)
    def reader(report: str) -> SecondReader:
        return SecondReader(index.pdf(reports[report]), settings.pdf_password)

    def stream(report: str, page: int) -> str | None:
        return reader(report).stream(page) if report in reports else None

    def checked(statements: Sequence[Statement]) -> tuple[Statement, ...]:
        return tuple(
            s for s in statements if not any(failures(s.sources, stream, lambda r: ledger.get(r, ())))
        )

    return checked


def _usable(question: Question | str, index: Index) -> Question:
    question = Question(question) if isinstance(question, str) else question
    if not letters_and_digits(question.text):
        raise RequestError("The question is empty; ask something in words")
    if len(question.text) > LONGEST_QUESTION:
        raise RequestError(
            f"The question has {len(question.text)} characters; ask in under {LONGEST_QUESTION}"
        )
    known = {
        "member": (question.members, [m.slug for m in index.roster]),
        "report": (question.reports, [r.id for r in index.reports]),
        "country": (question.countries, sorted({c for p in index.passages for c in p.countries})),
    }
    for name, (asked, there) in known.items():
        unknown = next((one for one in asked if one not in there), None)
        if unknown is not None:
            raise RequestError(f"there is no {name} {unknown}; there are {', '.join(there) or 'none'}")
    return question
