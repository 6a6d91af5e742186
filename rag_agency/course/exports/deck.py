"""A pack as slides, before any program draws them: titles, lines that fit, and notes for the speaker.

A slide's text is set in the largest size at which it fits; what fits at none goes on over the next
slide. Words are measured in the font that Pillow carries, which is wider than the one asked for, so
that they also fit where that is replaced by another of its kind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from PIL import ImageFont

from rag_agency.course.exports.handout import Line, Words, plain
from rag_agency.course.exports.material import Copy, citations, quote_line, reading_line, said_line
from rag_agency.course.exports.quiz import LETTERS, answer_of, option_of, stem_of
from rag_agency.course.exports.words import day, in_other, quoted, say
from rag_agency.course.records import Pack, QuizItem, Quote, Session, quotes_of_item
from rag_agency.records import Language

WIDTH, HEIGHT = 11.73, 5.2  # inches that the text of a slide may take
SIZES = (28, 26, 24, 22, 20, 18)  # points; under 18 a room cannot read it
MARGIN = 1.06  # for fonts a little wider than the one measured
LENIENT = 1.15  # times an even share, since a paragraph is not parted
MEASURED = 100  # points at which words are measured; a width scales with its size
SPACING, AFTER = 1.25, 0.45  # line to line, and after a paragraph, in sizes


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: title, lines and their size in points, and what only the speaker sees."""

    title: str
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    size: int = SIZES[0]
    opens: bool = False  # the first of the deck, or of a session


def deck_of(pack: Pack, copy: Copy) -> tuple[Slide, ...]:
    """Return the slides of a pack in their order, each with text that fits."""
    slides = [_opening(pack, copy)]
    for session in pack.sessions:
        slides += _session(session, copy, pack.language)
    terms = [((Words(f"{e.term}. ", "strong"), *quote_line(e.quote, pack.language)), e.quote) for e in pack.glossary]
    slides += [Slide(say("glossary", pack.language), (line,), _notes((quote,), pack.language)) for line, quote in terms]
    return tuple(fitted for slide in slides for fitted in fit(slide))


def _opening(pack: Pack, copy: Copy) -> Slide:
    language = pack.language
    made = f"{say('built', language)} {day(pack.stamp.date, language)}"
    index = f"{say('index', language)} {pack.stamp.index} ({pack.stamp.fingerprint})"
    lines = (plain(say(copy, language)), (Words(f"{made}. {index}", "quiet"),))
    return Slide(pack.title, lines, pack.notes, opens=True)


def _session(session: Session, copy: Copy, language: Language) -> Iterator[Slide]:
    title = say("session", language, session.number, session.title)
    notes = (*session.notes, *(session.trainer_notes if copy == "trainer" else ()))
    yield Slide(title, tuple(plain(note) for note in notes), opens=True)
    if session.objectives:
        sources = [quote for objective in session.objectives for quote in objective.quotes]
        lines = tuple(plain(f"• {objective.text}") for objective in session.objectives)
        yield Slide(say("objectives", language), lines, _notes(sources, language))
    for quote in session.findings:
        yield _of_quotes(say("findings", language), (quote,), language)
    for row in session.table:
        lines = tuple(said_line(quote, language) for quote in row.quotes)
        yield Slide(f"{say('table', language)}: {row.who}", lines, _notes(row.quotes, language))
    if session.difference:
        slide = _of_quotes(say("difference", language), (session.difference.a, session.difference.b), language)
        yield replace(slide, lines=(plain(session.difference.text), *slide.lines))
    for question in session.discussion:
        slide = _of_quotes(say("discussion", language), question.quotes, language)
        yield replace(slide, lines=((Words(question.text, "strong"),), *slide.lines))
    if session.case:
        text = plain(" ".join(quote.text for quote in session.case.quotes))
        title = f"{session.case.title}{in_other(session.case.quotes[0], language)}"
        yield Slide(title, (plain(session.case.task), text), _notes(session.case.quotes, language))
    for number, item in enumerate(session.quiz, 1):
        yield _question(number, item, copy, language)
    if session.readings:
        yield Slide(say("reading", language), tuple(reading_line(reading, language) for reading in session.readings))


def _of_quotes(title: str, quotes: Sequence[Quote], language: Language) -> Slide:
    return Slide(title, tuple(quote_line(quote, language) for quote in quotes), _notes(quotes, language))


def _question(number: int, item: QuizItem, copy: Copy, language: Language) -> Slide:
    lines: list[Line] = [(Words(item.prompt, "strong"),)]
    lines += [plain(stem_of(item, language))] if item.stem else []
    marked = zip(LETTERS, item.options, strict=False)
    lines += [plain(f"{letter}) {option_of(item, option, language)}") for letter, option in marked]
    pairs = enumerate(item.pairs, 1)
    lines += [plain(f"{place}. {quoted(pair.left)}{in_other(pair.trace, language)}") for place, pair in pairs]
    lines += [plain(f"{letter}) {choice}") for letter, choice in zip(LETTERS, item.choices, strict=False)]
    key = (f"{say('answer', language)}: {answer_of(item)}", *_notes(quotes_of_item(item), language))
    title = f"{say('quiz', language)}: {say('question', language, number).lower()}"
    return Slide(title, tuple(lines), key if copy == "trainer" else ())


def _notes(quotes: Sequence[Quote], language: Language) -> tuple[str, ...]:
    cited = citations(quotes)
    return (f"{say('sources' if len(cited) > 1 else 'source', language)}:", *cited) if cited else ()


def fit(slide: Slide) -> Iterator[Slide]:
    """Yield the slide in the largest size at which its text fits, or parted over several."""
    for size in SIZES:
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


def _shared_out(lines: Sequence[Line], size: int, most: float) -> list[list[Line]]:
    """Return lines in order, each slide filled up to a height, and in no case beyond what fits."""
    parts: list[list[Line]] = [[]]
    for piece in (piece for line in lines for piece in _pieces(line, size)):
        if parts[-1] and height_of((*parts[-1], piece), size) > min(most, HEIGHT):
            parts.append([])
        parts[-1].append(piece)
    return parts


def height_of(lines: Sequence[Line], size: int, width: float = WIDTH) -> float:
    """Return how many inches lines take at a size in points, wrapped to a width in inches."""
    rows = sum(_rows("".join(words.text for words in line), width * 72 / size) for line in lines)
    return (rows * SPACING + len(lines) * AFTER) * size / 72


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


def _pieces(line: Line, size: int) -> Iterator[Line]:
    """Yield a line whole where a slide can hold it, else in parts that end with a sentence or a word."""
    while not _fits(text := "".join(words.text for words in line), size):
        head, line = _parted(line, _cut(text, size))
        yield head
    if line:
        yield line


def _cut(text: str, size: int) -> int:
    """Return where to part a text: after the last sentence that a slide holds, else after a word."""
    most = bisect_right(range(1, len(text)), False, key=lambda end: not _fits(text[:end], size))
    for pattern in (r"[.!?;]\s+", r"\s+"):
        ends = [match.end() for match in re.finditer(pattern, text[:most])]
        if ends and ends[-1] > most // 2:
            return ends[-1]
    return max(most, 1)


def _parted(line: Line, cut: int) -> tuple[Line, Line]:
    """Return a line parted after so many letters; its runs keep their tones."""
    head, rest = [], []
    for words in line:
        head += [replace(words, text=words.text[: max(cut, 0)])] if cut > 0 else []
        rest += [replace(words, text=words.text[max(cut, 0) :])] if len(words.text) > cut else []
        cut -= len(words.text)
    return tuple(head), tuple(rest)


def _fits(text: str, size: int) -> bool:
    return height_of((plain(text),), size) <= HEIGHT
