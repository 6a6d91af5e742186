"""The second extractor: what pdfium reads on a page, so that ingest does not check itself."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pypdfium2

from rag_agency.errors import ReportError
from rag_agency.records import letters_and_digits


def open_pdf(path: Path, password: str = "") -> pypdfium2.PdfDocument:
    """Open a PDF with pdfium; raise ReportError where it cannot be opened."""
    try:
        return pypdfium2.PdfDocument(path, password=password or None)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise ReportError(f"{path.name} cannot be opened by the second extractor; save it anew") from error


class SecondReader:
    """Reads pages of one PDF by their physical number, each once; the file is open only meanwhile."""

    def __init__(self, path: Path, password: str = "") -> None:
        """Look into the PDF; raise ReportError where it cannot be opened."""
        self._path = path
        self._password = password
        self._texts: dict[int, str] = {}
        self._streams: dict[int, str] = {}
        with closing(open_pdf(path, password)) as document:
            self.page_count = len(document)
            self._labels = [document.get_page_label(i) or None for i in range(self.page_count)]

    def text(self, page: int) -> str:
        """Return the text of a page (from 1) as pdfium reads it; empty where there is no such page."""
        if not 1 <= page <= self.page_count:
            return ""
        if page not in self._texts:
            with closing(open_pdf(self._path, self._password)) as document:
                self._texts[page] = document[page - 1].get_textpage().get_text_range()
        return self._texts[page]

    def stream(self, page: int) -> str:
        """Return the letters and digits of a page (from 1); empty where there is no such page."""
        if page not in self._streams:
            self._streams[page] = letters_and_digits(self.text(page))
        return self._streams[page]

    def label(self, page: int) -> str | None:
        """Return the label that the PDF gives a page (from 1); None where it gives none."""
        return self._labels[page - 1] if 1 <= page <= self.page_count else None
