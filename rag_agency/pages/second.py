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
        self._streams: dict[int, str] = {}
        with closing(open_pdf(path, password)) as document:
            self.page_count = len(document)

    def stream(self, page: int) -> str:
        """Return the letters and digits of a page (from 1); empty where there is no such page."""
        if not 1 <= page <= self.page_count:
            return ""
        if page not in self._streams:
            with closing(open_pdf(self._path, self._password)) as document:
                text = document[page - 1].get_textpage().get_text_range()
            self._streams[page] = letters_and_digits(text)
        return self._streams[page]
