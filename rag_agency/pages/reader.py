"""A PDF's pages as pypdf extracts them, each line with its place and type.

The text of a page is kept exactly as extracted: every later quote is a run of it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from rag_agency.errors import ReportError
from rag_agency.pages.second import open_pdf
from rag_agency.pages.visible import hidden_words
from rag_agency.records import Page

MAX_PAGE_TEXT = 1_000_000  # characters; more is a data dump, not a page
FILE_KINDS = {
    b"\xff\xd8\xff": "a JPEG image",
    b"\x89PNG": "a PNG image",
    b"PK\x03\x04": "a zip or Office file",
}

logging.getLogger("pypdf").setLevel(logging.ERROR)  # its notes on odd fonts are not for readers


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its characters ``start:end`` in the page's text, and how it is set.

    ``x`` and ``y`` are its origin in points from the page's lower left corner, ``size`` that of its
    type in points; ``italic`` and ``bold`` are shares of its letters.
    """

    page: Page
    start: int
    end: int
    x: float
    y: float
    size: float
    italic: float
    bold: float

    @property
    def text(self) -> str:
        """The line's characters."""
        return self.page.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a PDF: its pages, their visible lines in reading order, what to tell of it."""

    pages: tuple[Page, ...]
    lines: tuple[tuple[Line, ...], ...]
    title: str
    authors: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that pypdf gave in one go."""

    start: int
    end: int
    x: float
    y: float
    size: float
    font: str


def read_document(path: Path, report: str, password: str = "") -> Document:
    """Read every page of a PDF; raise ReportError, in one line, where it cannot be read."""
    _refuse_other_kinds(path)
    reader = _open(path, password)
    labels = _printed_labels(reader)
    pages, lines, warnings = [], [], []
    with closing(open_pdf(path, password)) as drawn:
        for number, source in enumerate(reader.pages, 1):
            text, runs = _extract(source, path, number)
            if len(text) > MAX_PAGE_TEXT:
                warnings.append(f"page {number} holds over {MAX_PAGE_TEXT:,} characters and was left out")
                text, runs = "", []
            elif not text.strip():
                warnings.append(f"page {number} has no text; if it is a scan, run it through OCR first")
            page = Page(report, number, labels.get(number), text)
            hidden = hidden_words(drawn[number - 1], text)
            if hidden:
                warnings.append(f"page {number} has {len(hidden)} words that no reader can see; they were left out")
            pages.append(page)
            lines.append(tuple(_lines(page, runs, hidden)))
    if not any(lines):
        raise ReportError(f"{path.name} has no readable text; run it through OCR and add it again")
    return Document(tuple(pages), tuple(lines), *_title_and_authors(reader), tuple(warnings))


def _refuse_other_kinds(path: Path) -> None:
    try:
        with path.open("rb") as file:
            data = file.read(1024)
    except OSError as error:
        raise ReportError(f"{path} cannot be read: {error.strerror}") from error
    if b"%PDF-" not in data:
        kind = next((name for magic, name in FILE_KINDS.items() if data.startswith(magic)), "something else")
        raise ReportError(f"{path.name} is not a PDF but {kind if data else 'an empty file'}; save it as a PDF")


def _open(path: Path, password: str) -> pypdf.PdfReader:
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(password):
            raise ReportError(f"{path.name} is locked; set RAG_AGENCY_PDF_PASSWORD to its password")
        if len(reader.pages) == 0:
            raise ReportError(f"{path.name} has no pages; export it again")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReportError(
            f"{path.name} is damaged ({type(error).__name__}); open and save it again as a PDF"
        ) from error
    return reader


def _printed_labels(reader: pypdf.PdfReader) -> dict[int, str]:
    """Return the labels that the PDF gives its pages; none where it gives none."""
    if "/PageLabels" not in reader.root_object:
        return {}
    return dict(enumerate(reader.page_labels, 1))


def _title_and_authors(reader: pypdf.PdfReader) -> tuple[str, tuple[str, ...]]:
    metadata = reader.metadata
    title = str((metadata and metadata.title) or "").strip()
    author = str((metadata and metadata.author) or "")
    names = re.split(r"\s*(?:,|;|\band\b|\by\b|&)\s*", author)
    return title, tuple(name.strip() for name in names if name.strip())


def _extract(source: pypdf.PageObject, path: Path, number: int) -> tuple[str, list[_Run]]:
    """Return a page's text and the runs it came in; together the runs are the text."""
    runs: list[_Run] = []
    position = 0

    def take(text: str, cm: list[float], tm: list[float], font: Mapping[str, Any] | None, size: float) -> None:
        nonlocal position
        place = pypdf.Transformation(tuple(tm)).transform(pypdf.Transformation(tuple(cm))).ctm  # type: ignore[arg-type]
        height = abs(size) * max(abs(place[3]), abs(place[1]))
        name = str((font or {}).get("/BaseFont", ""))
        runs.append(_Run(position, position + len(text), place[4], place[5], height, name))
        position += len(text)

    try:
        text = source.extract_text(visitor_text=take)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        raise ReportError(
            f"{path.name}: page {number} cannot be read ({type(error).__name__}); save the PDF anew"
        ) from error
    return text, runs


def _lines(page: Page, runs: list[_Run], hidden: list[tuple[int, int]]) -> Iterator[Line]:
    """Yield the printed lines; a line with hidden words is cut at them."""
    index = 0
    for start, end in _visible_stretches(page.text, hidden):
        while index < len(runs) and runs[index].end <= start:
            index += 1
        inside = []
        for run in runs[index:]:
            if run.start >= end:
                break
            inside.append((run, min(run.end, end) - max(run.start, start)))
        yield _line(page, start, end, inside)


def _visible_stretches(text: str, hidden: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield offsets of lines, without white space around them and without hidden words."""
    blanked = list(text)
    for start, end in hidden:
        blanked[start:end] = "\n" * (end - start)
    for match in re.finditer(r"[^\s](?:[^\n]*[^\s])?", "".join(blanked)):
        yield match.span()


def _line(page: Page, start: int, end: int, inside: list[tuple[_Run, int]]) -> Line:
    total = sum(n for _, n in inside) or 1
    sizes: dict[float, int] = {}
    for run, n in inside:
        sizes[round(run.size, 1)] = sizes.get(round(run.size, 1), 0) + n
    italic = sum(n for run, n in inside if re.search(r"ital|obli|slant", run.font, re.I)) / total
    bold = sum(n for run, n in inside if re.search(r"bold|black|heavy|semib", run.font, re.I)) / total
    origin = inside[0][0] if inside else _Run(0, 0, 0.0, 0.0, 0.0, "")
    return Line(
        page,
        start,
        end,
        origin.x,
        origin.y,
        max(sizes, key=lambda s: sizes[s], default=0.0),
        italic,
        bold,
    )
