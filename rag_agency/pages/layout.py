"""Lines to paragraphs: columns, headings, lists, displayed quotations, footnotes.

Works from where lines stand and how they are set. Running heads, feet and page numbers are taken
out; a paragraph that a column, a page or a footnote cuts in two is put together again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from rag_agency.pages.furniture import without_furniture
from rag_agency.pages.reader import Document, Line
from rag_agency.records import Kind

HEADING_SIZE = 1.12  # of the body's size
FOOTNOTE_SIZE = 0.93
HEADING_WORDS = 16
FEWEST_INDENTS = 5  # first lines set in alike are a habit; fewer may be displayed lines
LABEL_WORDS = 6  # so few are a figure's label or a caption, not a quotation
INDENT = 5.0  # points; less is not seen as an indent
PARAGRAPH_GAP = 1.25  # of the usual distance between lines
COLUMN_GAP = 90.0  # points between left edges of two columns
FIGURE_BLOCKS = 10  # paragraphs to look back over: a figure's labels are such short ones
MARKER = re.compile(r"^(?:[•▪◦‣·*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
ITEM = re.compile(r"^(?:[•▪◦‣·]\s+\S|\(?(?:\d{1,2}|[a-z])[.)]\s+[^\Wa-z])")  # where no gap tells an item
BOX = re.compile(r"^(?:box|recuadro|cuadro)\b", re.I)
SENTENCE_END = re.compile(r"[.!?:;…][\"'’”»)\]]*\d*$|[)\]]$")
NOTE = re.compile(r"^\W{0,2}[\d*†‡⁰¹²³⁴-⁹]")  # how a note begins: with its mark
CAPTION = re.compile(r"^\W*(?:source|figure|fig|table|photo|map|fuente|figura|tabla|cuadro|foto|mapa)\b", re.I)
CUT_WORD = re.compile(r"[\w,\-\u2010\u00ad–]$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, their kind and the heading they stand under."""

    lines: tuple[Line, ...]
    kind: Kind
    section: str = ""

    @property
    def text(self) -> str:
        """Its characters, lines joined by single spaces; for looking, not for quoting."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in this document, in points: the body's size, the distance of its lines.

    ``indent`` is that of a paragraph's first line, 0 where paragraphs begin flush.
    """

    size: float
    leading: float
    indent: float = 0.0

    def opens(self, indent: float) -> bool:
        """Whether a line with this indent opens a paragraph of the body."""
        return self.indent > 0 and abs(indent - self.indent) < 0.3 * INDENT


def paragraphs_of(document: Document) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a document in reading order."""
    pages = without_furniture(document.lines)
    measures = _measure([line for page in pages for line in page])
    measures = replace(measures, indent=_first_line_indent(pages, measures))
    blocks = [block for page in pages for block in _blocks(page, measures)]
    return tuple(_with_sections(_after_the_title(_joined(blocks))))


def _after_the_title(blocks: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs; lines under the title, before any text, say who made the report and quote nobody.

    A motto does, and ends with whom it quotes or with its closing mark.
    """
    has_begun = False
    for block in blocks:
        has_begun = has_begun or (block.kind == "body" and bool(SENTENCE_END.search(block.text)))
        is_line = block.kind == "block_quote" and not has_begun and not block.text.endswith((")", "”", "»", "’"))
        yield replace(block, kind="body") if is_line else block


def _measure(lines: Sequence[Line]) -> _Measures:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += line.end - line.start
    size = letters.most_common(1)[0][0] if letters else 10.0
    steps = [a.y - b.y for a, b in zip(lines, lines[1:], strict=False) if a.size == b.size == size]
    steps = [round(step, 1) for step in steps if 0.8 * size < step < 2.5 * size]
    leading = Counter(steps).most_common(1)[0][0] if steps else 1.2 * size
    return _Measures(size, leading)


def _first_line_indent(pages: Sequence[Sequence[Line]], measures: _Measures) -> float:
    """Return by how much paragraphs' first lines are set in, where many are, between lines that are not."""
    seen: Counter[float] = Counter()
    for page in pages:
        margins = _margins(page, measures)
        for before, line, after in zip(page, page[1:], page[2:], strict=False):
            is_body = abs(line.size - measures.size) < 0.6 and not MARKER.match(line.text)
            is_between = max(_indent(before, margins), _indent(after, margins)) < 2.0
            if is_body and is_between and before.y > line.y > after.y and _indent(line, margins) > INDENT:
                seen[round(_indent(line, margins), 1)] += 1
    indent, times = seen.most_common(1)[0] if seen else (0.0, 0)
    return indent if times >= max(FEWEST_INDENTS, 0.01 * sum(map(len, pages))) else 0.0


def _blocks(page: Sequence[Line], measures: _Measures) -> Iterator[Paragraph]:
    margins = _margins(page, measures)
    for lines in _grouped(page, measures, margins):
        kind = _kind(lines, measures, margins)
        if kind == "footnote" and _is_small_quotation(lines, page, measures, margins):
            kind = "block_quote"
        yield Paragraph(tuple(lines), kind)


def _is_small_quotation(
    lines: Sequence[Line], page: Sequence[Line], measures: _Measures, margins: Sequence[float]
) -> bool:
    """Whether small type is a displayed quotation: indented, or with the body going on below it.

    Notes begin with their mark and end a column; captions say what they are.
    """
    text = " ".join(line.text for line in lines)
    if NOTE.match(text) or CAPTION.match(text) or len(text.split()) <= LABEL_WORDS:
        return False
    if min(_indent(line, margins) for line in lines) > INDENT:
        return True
    left, foot = lines[0].x, lines[-1].y
    below = (o for o in page if o.y < foot and abs(o.x - left) < COLUMN_GAP and abs(o.size - measures.size) < 0.6)
    return bool(SENTENCE_END.search(text)) and any(below)


def _margins(page: Sequence[Line], measures: _Measures) -> list[float]:
    """Return the left edges of the page's columns, by what most of its body lines do."""
    weight: Counter[float] = Counter()
    for line in page:
        if abs(line.size - measures.size) < 0.6 and not MARKER.match(line.text):
            weight[round(line.x)] += line.end - line.start
    total = sum(weight.values()) or 1
    edges: list[float] = []
    for x in sorted(x for x, n in weight.items() if n > 0.03 * total):
        if not edges or x - edges[-1] > COLUMN_GAP:
            edges.append(x)
    return edges or [min((line.x for line in page), default=0.0)]


def _indent(line: Line, margins: Sequence[float]) -> float:
    left = max((m for m in margins if m <= line.x + 2), default=margins[0])
    return line.x - left


def _grouped(page: Sequence[Line], measures: _Measures, margins: Sequence[float]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in page:
        if group and _starts_anew(group, line, measures, margins):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _starts_anew(group: Sequence[Line], line: Line, measures: _Measures, margins: Sequence[float]) -> bool:
    last = group[-1]
    step = last.y - line.y
    if abs(step) < 0.5 * measures.leading and abs(line.size - last.size) < 0.3 * last.size:
        return False  # the same printed line in pieces
    usual = max(measures.leading, 1.15 * line.size) if line.size > measures.size else measures.leading
    if step < 0 or step > PARAGRAPH_GAP * usual * max(1.0, last.size / measures.size):
        return True
    if (
        abs(line.size - last.size) > 0.08 * measures.size
        or (line.italic > 0.8) != (last.italic > 0.8)
        and _is_set_apart(last, line)
    ):
        return True
    if ITEM.match(line.text) and SENTENCE_END.search(last.text):
        return True
    if (line.bold > 0.9) != (last.bold > 0.9) and (line.bold > 0.9 or _is_bold(group)):
        return True
    return bool(SENTENCE_END.search(last.text)) and _is_set_anew(group, line, measures, margins)


def _is_set_anew(group: Sequence[Line], line: Line, measures: _Measures, margins: Sequence[float]) -> bool:
    """Whether a line that may begin a paragraph is set in or out as one that does."""
    indents = [_indent(one, margins) for one in (*group, line)]
    is_item = bool(MARKER.match(group[0].text))
    if measures.opens(indents[-1]):
        hangs = measures.opens(indents[-2]) if len(group) > 1 else is_item and indents[0] < 2.0
        return not hangs
    if indents[-1] < min(indents[:-1]) - INDENT:
        return is_item or len(group) > 1
    return INDENT < indents[-1] - indents[-2] < 40 and not is_item


def _is_bold(lines: Sequence[Line]) -> bool:
    return all(line.bold > 0.9 for line in lines)


def _is_set_apart(last: Line, line: Line) -> bool:
    """Whether a change to or from italics goes with a new left edge or a finished sentence."""
    return abs(line.x - last.x) > INDENT or bool(SENTENCE_END.search(last.text))


def _kind(lines: Sequence[Line], measures: _Measures, margins: Sequence[float]) -> Kind:
    text = " ".join(line.text for line in lines)
    size = median(line.size for line in lines)
    words = len(text.split())
    ends = bool(re.search(r"[.;,:]$", text))
    if size >= HEADING_SIZE * measures.size and words <= 3 * HEADING_WORDS and not text.endswith(","):
        return "heading"
    if size <= FOOTNOTE_SIZE * measures.size:
        return "footnote"
    if _is_bold(lines) and words <= HEADING_WORDS and not ends and any(c.isalpha() for c in text):
        return "heading"
    if MARKER.match(text):
        return "list"
    indents = [_indent(line, margins) for line in lines]
    is_italic = sum(line.italic * len(line.text) for line in lines) > 0.8 * len("".join(line.text for line in lines))
    is_set_in = min(indents) > INDENT and not (len(lines) == 1 and measures.opens(indents[0]))
    if is_set_in or (is_italic and words > LABEL_WORDS):
        return "block_quote"
    return "body"


def _joined(blocks: Iterable[Paragraph]) -> list[Paragraph]:
    """Put together again what a column, a page or a footnote has cut."""
    whole: list[Paragraph] = []
    for block in blocks:
        at = _unfinished(whole, block)
        if at is not None:
            whole[at] = replace(whole[at], lines=whole[at].lines + block.lines)
        else:
            whole.append(block)
    return whole


def _unfinished(whole: Sequence[Paragraph], block: Paragraph) -> int | None:
    """Return which paragraph ``block`` goes on with, if any: the last one, or one before a figure."""
    for i in range(len(whole) - 1, max(-1, len(whole) - 1 - FIGURE_BLOCKS), -1):
        if whole[i].kind == "footnote":
            continue
        words = len(whole[i].text.split())
        is_label = words <= LABEL_WORDS and whole[i].kind == "body" and not SENTENCE_END.search(whole[i].text)
        if _continues(whole[i], block) and not (is_label and block.text[:1].islower()):
            return i
        if not is_label:
            return None
    return None


def _continues(first: Paragraph, second: Paragraph) -> bool:
    if "footnote" in (first.kind, second.kind):
        return _is_rest_of_small_quotation(first, second)
    if first.kind == "heading" or second.kind == "heading":
        return first.kind == second.kind and _is_next_line(first, second)
    if SENTENCE_END.search(first.text) or MARKER.match(second.text):
        return False
    start = second.text.lstrip("‘'“\"([…. ")
    if start[:1].islower() or start[:1].isdigit():
        return first.kind == second.kind or not first.kind == "list" or bool(CUT_WORD.search(first.text))
    is_break = first.lines[-1].page != second.lines[0].page or first.lines[-1].y < second.lines[0].y
    is_text = first.kind == second.kind != "list" and len(first.text.split()) > 8
    return is_break and is_text and bool(CUT_WORD.search(first.text))


def _is_rest_of_small_quotation(first: Paragraph, second: Paragraph) -> bool:
    """Whether small type at a page's or column's top ends a quotation in the same type."""
    last, line = first.lines[-1], second.lines[0]
    is_break = last.page != line.page or last.y < line.y
    is_alike = first.kind == "block_quote" and abs(last.size - line.size) < 0.3
    return is_break and is_alike and not SENTENCE_END.search(first.text)


def _is_next_line(first: Paragraph, second: Paragraph) -> bool:
    last, line = first.lines[-1], second.lines[0]
    is_near = last.page == line.page and 0 < last.y - line.y < 1.6 * last.size
    return is_near and abs(last.size - line.size) < 0.5 and not MARKER.match(second.text)


def _with_sections(blocks: Iterable[Paragraph]) -> Iterator[Paragraph]:
    section = ""
    for block in blocks:
        text = " ".join(block.text.split())
        if not any(c.isalpha() for c in text) and len(text) <= 4:
            continue  # a chapter's number on a line of its own
        if block.kind == "heading":
            section = text
        is_boxed = bool(BOX.match(section)) and block.kind in ("body", "list")
        yield replace(block, section=section, kind="box" if is_boxed else block.kind)
