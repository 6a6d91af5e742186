"""Slides before they are drawn, and how much text one of them holds.

A slide's text is set in the largest size at which it fits; what fits at none goes on over the next
slide, and the source of a quotation with each part of it. Words are measured in the font that Pillow
carries, which is wider than the one asked for, so that they also fit where that is replaced by
another of its kind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from PIL import ImageFont

from rag_agency.course.exports.handout import Line, Words, plain, text_of

WIDTH, HEIGHT = 11.73, 5.2  # inches that the text of a slide may take
SIZES = (28, 26, 24, 22, 20, 18)  # points; under 18 a room cannot read it
LARGE = (40, 36, 32)  # for a few words that have a slide to themselves
SMALL = 14  # points of a source below its quotation: to be looked up, not to be read out
PAIRED = 26  # points at which two quotations must fit to share a slide
MARGIN = 1.06  # for fonts a little wider than the one measured
LENIENT = 1.15  # times an even share, since a paragraph is not parted
MEASURED = 100  # points at which words are measured; a width scales with its size
SPACING, AFTER = 1.25, 0.45  # line to line, and after a paragraph, in sizes


@dataclass(frozen=True, slots=True)
class Shown:
    """One paragraph of a slide and, small below it, the source of what it quotes; empty for none."""

    line: Line
    source: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: title, paragraphs and their size in points, and what only the speaker sees.

    One that is ``read`` shows quotations: as large as they fit, in the middle of the slide.
    """

    title: str
    lines: tuple[Shown, ...] = ()
    notes: tuple[str, ...] = ()
    size: int = SIZES[0]
    opens: bool = False  # the first of the deck, or of a session
    read: bool = False


def fit(slide: Slide) -> Iterator[Slide]:
    """Yield the slide in the largest size at which its text fits, or parted over several."""
    for size in (*LARGE, *SIZES) if slide.read else SIZES:
        if height_of(slide.lines, size) <= HEIGHT:
            yield replace(slide, size=size)
            return
    fewest = len(_shared_out(slide.lines, SIZES[-1], HEIGHT))
    size = next(size for size in SIZES if len(_shared_out(slide.lines, size, HEIGHT)) == fewest)
    full = _shared_out(slide.lines, size, HEIGHT)
    # As many slides as it takes, but none of them with one line left over.
    even = _shared_out(slide.lines, size, height_of(slide.lines, size) / fewest * LENIENT)
    parts = even if len(even) == fewest else full
    for number, part in enumerate(parts, 1):
        title = f"{slide.title} ({number}/{len(parts)})"
        yield replace(slide, title=title, lines=tuple(part), size=size)


def in_pairs(shown: Sequence[Shown]) -> Iterator[tuple[Shown, ...]]:
    """Yield quotations in their order: two where both fit on one slide in large type, else one."""
    left = list(shown)
    while left:
        both = tuple(left[:2])
        taken = both if height_of(both, PAIRED) <= HEIGHT else both[:1]
        yield taken
        left = left[len(taken) :]


def height_of(lines: Sequence[Shown], size: int, width: float = WIDTH) -> float:
    """Return how many inches paragraphs take at a size in points, wrapped to a width in inches."""
    return sum(_height(one, size, width) for one in lines)


def _height(one: Shown, size: int, width: float) -> float:
    rows = _rows(text_of(one.line), width * 72 / size)
    below = _rows(one.source, width * 72 / SMALL) * SPACING * SMALL if one.source else 0.0
    return ((rows * SPACING + AFTER) * size + below) / 72


def _shared_out(lines: Sequence[Shown], size: int, most: float) -> list[list[Shown]]:
    """Return paragraphs in order, each slide filled up to a height, and in no case beyond what fits."""
    parts: list[list[Shown]] = [[]]
    for piece in (piece for one in lines for piece in _pieces(one, size)):
        if parts[-1] and height_of((*parts[-1], piece), size) > min(most, HEIGHT):
            parts.append([])
        parts[-1].append(piece)
    return parts


def _rows(text: str, width: float) -> int:
    """Return how many rows of a width, in sizes, a paragraph takes; a word too long is broken anywhere."""
    rows, used = 1, 0.0
    for word in text.split():
        long = _length(word)
        if used and used + _length(" ") + long > width:
            rows, used = rows + 1, 0.0
        used += (_length(" ") if used else 0) + long
        while used > width:
            rows, used = rows + 1, used - width
    return rows


@lru_cache(maxsize=20_000)  # each word is measured at every size
def _length(word: str) -> float:
    """Return how long a word is, in sizes of its font."""
    return _font().getlength(word) / MEASURED * MARGIN


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(MEASURED)


def _pieces(one: Shown, size: int) -> Iterator[Shown]:
    """Yield a paragraph whole where a slide can hold it, else in parts that end with a sentence or a word."""
    line = one.line
    while line and height_of((replace(one, line=line),), size) > HEIGHT:
        head, line = _parted(line, _cut(replace(one, line=line), size))
        yield replace(one, line=head)
    if line:
        yield replace(one, line=line)


def _cut(one: Shown, size: int) -> int:
    """Return where to part a paragraph: after the last sentence that a slide holds, else after a word."""
    text = text_of(one.line)

    def is_over(end: int) -> bool:
        return height_of((Shown(plain(text[:end]), one.source),), size) > HEIGHT

    most = bisect_right(range(1, len(text)), False, key=is_over)
    for pattern in (r"[.!?;]\s+", r"\s+"):
        ends = [match.end() for match in re.finditer(pattern, text[:most])]
        if ends and ends[-1] > most // 2:
            return ends[-1]
    return max(most, 1)


def _parted(line: Line, cut: int) -> tuple[Line, Line]:
    """Return a line parted after so many letters; its runs keep their tones."""
    head: list[Words] = []
    rest: list[Words] = []
    for words in line:
        head += [replace(words, text=words.text[: max(cut, 0)])] if cut > 0 else []
        rest += [replace(words, text=words.text[max(cut, 0) :])] if len(words.text) > cut else []
        cut -= len(words.text)
    return tuple(head), tuple(rest)
