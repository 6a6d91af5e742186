"""What a reader can see of a page: text that cannot be seen is not evidence.

The page is drawn, and each word is looked for in the drawing. This finds every way of hiding alike:
invisible render mode, white on white, covered, clipped, transparent, off the page, too small to read.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from rag_agency.records import letters_and_digits

CONTRAST = 24  # of 255 grey levels between a word and its ground; fainter print is not legible
SMALLEST = 2.5  # points of height of a box; readers need about twice that
SCALE = 1.5  # pixels a point: thin strokes of small type still mark some pixels


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    visible: bool


def hidden_words(page: pypdfium2.PdfPage, text: str) -> list[tuple[int, int]]:
    """Return the offsets in ``text`` (the page as the other extractor reads it) of unseen words."""
    drawn = list(_words(page))
    if all(word.visible for word in drawn):
        return []
    read = _word_offsets(text)
    names = [letters_and_digits(text[start:end]) for start, end in read]
    matcher = SequenceMatcher(None, names, [word.text for word in drawn], autojunk=False)
    seen: list[bool | None] = [None] * len(read)
    for block in matcher.get_matching_blocks():
        for i in range(block.size):
            seen[block.a + i] = drawn[block.b + i].visible
    return [place for place, visible in zip(read, _filled(seen), strict=True) if not visible]


def _filled(seen: list[bool | None]) -> list[bool]:
    """Let a word that only one extractor knows be as visible as the word before it."""
    filled, last = [], True
    for visible in seen:
        last = last if visible is None else visible
        filled.append(last)
    return filled


def _word_offsets(text: str) -> list[tuple[int, int]]:
    offsets, start = [], None
    for i, character in enumerate(text + " "):
        if character.isspace():
            if start is not None and letters_and_digits(text[start:i]):
                offsets.append((start, i))
            start = None
        elif start is None:
            start = i
    return offsets


def _words(page: pypdfium2.PdfPage) -> Iterator[_Word]:
    drawing = _grey(page)
    left, bottom, _, top = page.get_bbox()
    textpage = page.get_textpage()
    letters: list[str] = []
    visible = False
    for i in range(textpage.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(textpage.raw, i))
        if character.isspace():
            if word := letters_and_digits("".join(letters)):
                yield _Word(word, visible)
            letters, visible = [], False
            continue
        letters.append(character)
        visible = visible or _is_seen(drawing, _box(textpage, i, left, bottom), top - bottom)
    if word := letters_and_digits("".join(letters)):
        yield _Word(word, visible)


def _grey(page: pypdfium2.PdfPage) -> NDArray[np.uint8]:
    return np.asarray(page.render(scale=SCALE, grayscale=True, may_draw_forms=False).to_numpy()).squeeze()


def _box(textpage: pypdfium2.PdfTextPage, i: int, left: float, bottom: float) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of a character in points from the page's corner."""
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(textpage.raw, i, *edges)
    x0, x1, y0, y1 = (edge.value for edge in edges)
    return x0 - left, y0 - bottom, x1 - left, y1 - bottom


def _is_seen(drawing: NDArray[np.uint8], box: tuple[float, float, float, float], height: float) -> bool:
    x0, y0, x1, y1 = box
    if max(x1 - x0, y1 - y0) < SMALLEST:
        return False
    rows = slice(max(0, int((height - y1) * SCALE) - 1), max(0, int((height - y0) * SCALE) + 2))
    columns = slice(max(0, int(x0 * SCALE) - 1), max(0, int(x1 * SCALE) + 2))
    area = drawing[rows, columns]
    return area.size > 0 and int(area.max()) - int(area.min()) >= CONTRAST
