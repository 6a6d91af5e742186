"""The page as a picture, with the words of a quote marked where they stand."""

from __future__ import annotations

import ctypes
import unicodedata
from contextlib import closing
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from rag_agency.errors import ReportError
from rag_agency.pages.second import open_pdf
from rag_agency.records import letters_and_digits

MARK = (255, 214, 10, 96)  # a highlighter's yellow, thin enough to read through
LINE_JOIN = 2.0  # points between boxes that are drawn as one stroke

Box = tuple[float, float, float, float]  # left, bottom, right, top in points


def page_picture(path: Path, number: int, quote: str, scale: float = 1.6, password: str = "") -> Image.Image:
    """Return page ``number`` (from 1) drawn at ``scale`` pixels a point with ``quote`` marked.

    Raises ReportError where the PDF has no such page. A quote that is not there is not marked.
    """
    with closing(open_pdf(path, password)) as document:
        if not 1 <= number <= len(document):
            raise ReportError(f"{path.name} has no page {number}; it has {len(document)}")
        page = document[number - 1]
        picture = page.render(scale=scale).to_pil().convert("RGBA")
        left, _, _, top = page.get_bbox()
        boxes = quote_boxes(page, quote)
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for x0, y0, x1, y1 in boxes:
        corners = ((x0 - left - 1) * scale, (top - y1 - 1) * scale, (x1 - left + 1) * scale, (top - y0 + 1) * scale)
        pen.rectangle(corners, fill=MARK)
    return Image.alpha_composite(picture, layer).convert("RGB")


def quote_boxes(page: pypdfium2.PdfPage, quote: str) -> list[Box]:
    """Return the boxes of the quote's lines on the page, found by its letters and digits."""
    textpage = page.get_textpage()
    stream, places = _stream_with_places(textpage)
    wanted = letters_and_digits(quote)
    start = stream.find(wanted) if wanted else -1
    if start < 0:
        return []
    characters = dict.fromkeys(places[start : start + len(wanted)])
    return _lines([_character_box(textpage, i) for i in characters])


def _stream_with_places(textpage: pypdfium2.PdfTextPage) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for i in range(textpage.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(textpage.raw, i))
        for letter in unicodedata.normalize("NFKC", character).lower():
            if letter.isalnum():
                letters.append(letter)
                places.append(i)
    return "".join(letters), places


def _character_box(textpage: pypdfium2.PdfTextPage, i: int) -> Box:
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(textpage.raw, i, *edges)
    left, right, bottom, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _lines(boxes: list[Box]) -> list[Box]:
    """Join the boxes of neighbouring characters to one box a printed line."""
    lines: list[Box] = []
    for box in boxes:
        if lines and _same_line(lines[-1], box):
            x0, y0, x1, y1 = lines[-1]
            lines[-1] = (min(x0, box[0]), min(y0, box[1]), max(x1, box[2]), max(y1, box[3]))
        else:
            lines.append(box)
    return lines


def _same_line(line: Box, box: Box) -> bool:
    overlap = min(line[3], box[3]) - max(line[1], box[1])
    return overlap > -LINE_JOIN and box[0] >= line[0] - LINE_JOIN and box[0] - line[2] < 40
