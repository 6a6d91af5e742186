"""A handout as a Word document: headings in Word's own styles, every source a real footnote."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import singledispatchmethod

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_LINE_STYLE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Length, Pt, RGBColor, Twips
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from rag_agency.course.exports.handout import Block, Grid, Handout, Heading, Items, Line, Paragraph
from rag_agency.course.exports.words import when
from rag_agency.records import Language

INK, QUIET, LEAF = RGBColor(0x22, 0x28, 0x2A), RGBColor(0x5D, 0x66, 0x6B), RGBColor(0x16, 0x44, 0x34)
FONT = "Calibri"  # on nearly every machine with Word; LibreOffice has one of the same widths
LINE = RGBColor(0xC9, 0xC4, 0xB8)
PAGE, MARGIN = (Cm(21), Cm(29.7)), Cm(2.3)  # A4, as in the countries of the reports
WIDTH = Length(PAGE[0] - 2 * MARGIN)
INDENT = Cm(0.8)
BULLET = Twips(360)  # where the words behind a bullet begin in the list that Word's own style has
# Word's own styles: points of type, bold, colour, points before and after.
STYLES = {
    "Normal": (10.5, False, INK, 0, 6),
    "Title": (26, True, LEAF, 0, 6),
    "Subtitle": (13, False, QUIET, 0, 14),
    "Heading 1": (19, True, LEAF, 0, 10),
    "Heading 2": (13.5, True, LEAF, 16, 5),
    "Heading 3": (11, True, INK, 10, 3),
    "Quote": (10.5, False, INK, 2, 6),
    "Caption": (9.5, False, QUIET, 2, 6),
    "Body Text": (10.5, False, INK, 4, 4),
    "List Bullet": (10.5, False, INK, 0, 4),
    "List Paragraph": (10.5, False, INK, 0, 4),
    "Header": (8.5, False, QUIET, 0, 0),
    "Footer": (8.5, False, QUIET, 0, 0),
}
FOOTNOTES = ("Footnote Text", "Footnote Reference")
TOGETHER = ("Heading 1", "Heading 2", "Heading 3")
PARAGRAPHS = {"body": "Normal", "quote": "Quote", "note": "Caption"}
PROOFING: dict[Language, str] = {"en": "en-GB", "es": "es-ES"}


def word(handout: Handout) -> bytes:
    """Return the bytes of a .docx."""
    document = Document()
    _dress(document, handout)
    document.add_paragraph(handout.title, style="Title")
    document.add_paragraph(handout.subtitle, style="Subtitle")
    for name, value in handout.facts:
        line = document.add_paragraph(style="Caption")
        line.add_run(f"{name}: ").bold = True
        line.add_run(value)
    writer = _Writer(document, handout.language)
    for block in handout.blocks:
        writer.put(block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class _Writer:
    """Puts blocks into a document, one way for each kind."""

    def __init__(self, document: WordDocument, language: Language) -> None:
        self._document = document
        self._language = language
        self._has_begun = False

    @singledispatchmethod
    def put(self, block: Block) -> None:
        """Put one block at the end of the document."""
        raise TypeError(f"no way to draw {type(block).__name__}")

    @put.register
    def _(self, block: Heading) -> None:
        heading = self._document.add_heading(block.text, block.level)
        if block.level > 1:
            return
        # The first stands behind the title page. Where a page ends is Word's to say: a break before
        # each of the others would leave pages with a line or two.
        heading.paragraph_format.page_break_before = not self._has_begun
        heading.paragraph_format.space_before = Pt(30) if self._has_begun else None
        self._has_begun = True

    @put.register
    def _(self, block: Paragraph) -> None:
        paragraph = self._document.add_paragraph(style=PARAGRAPHS[block.kind])
        paragraph.paragraph_format.keep_with_next = True if block.leads else None
        paragraph.paragraph_format.keep_together = True if block.leads or block.kind == "quote" else None
        self._fill(paragraph, block.line)

    @put.register
    def _(self, block: Items) -> None:
        for place, item in enumerate(block.items, 1):
            marked = "List Paragraph" if block.depth else "Body Text"
            paragraph = self._document.add_paragraph(style=marked if item.mark else "List Bullet")
            look = paragraph.paragraph_format
            # Answers stay with their question; a long list may go on over the page.
            look.keep_with_next = block.leads or (block.depth > 0 and place < len(block.items))
            look.keep_together = True
            indent = INDENT if item.mark else BULLET
            look.left_indent = Length(indent + INDENT * block.depth)
            look.first_line_indent = Length(-indent)
            if item.mark:
                paragraph.add_run(f"{item.mark}\t")
            self._fill(paragraph, item.line)

    @put.register
    def _(self, block: Grid) -> None:
        table = self._document.add_table(rows=1, cols=len(block.heads), style="Table Grid")
        table.autofit = False
        for edge in ("top", "bottom", "insideH", "insideV", "left", "right"):
            table.borders[edge].line = WD_LINE_STYLE.SINGLE
            table.borders[edge].color = LINE
        table.rows[0].repeat_as_header = True
        for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
            cell.paragraphs[0].add_run(head).bold = True
        for row in block.rows:
            added = table.add_row()
            added.dont_split = True
            self._fill_row(added.cells, row)
        for row in table.rows[: -1 if block.is_whole else 1]:  # the head at least stays with the first row
            for paragraph in (p for cell in row.cells for p in cell.paragraphs):
                paragraph.paragraph_format.keep_with_next = True
        for column, share in zip(table.columns, block.widths, strict=True):
            column.width = Length(WIDTH * share // 100)
            for cell in column.cells:
                cell.width = column.width
        self._document.add_paragraph(style="Caption")  # else two tables would join

    def _fill_row(self, cells: Sequence[Cell], row: Sequence[Sequence[Line]]) -> None:
        for cell, lines in zip(cells, row, strict=True):
            paragraphs = [cell.paragraphs[0], *(cell.add_paragraph() for _ in lines[1:])]
            for paragraph, line in zip(paragraphs, lines, strict=False):
                paragraph.paragraph_format.keep_together = True
                self._fill(paragraph, line)

    def _fill(self, paragraph: WordParagraph, line: Line) -> None:
        for words in line:
            run = paragraph.add_run(words.text)
            run.bold = True if words.tone == "strong" else None
            if words.tone == "quiet":
                run.font.color.rgb = QUIET
            if words.language not in (None, self._language):
                _speak(run, words.language)
            for place, source in enumerate(words.sources):
                if place:
                    paragraph.add_run(",").font.superscript = True
                footnote = self._document.footnotes.add_footnote(f" {source}")
                paragraph.add_run().add_footnote_reference(footnote)


def _speak(run: Run, language: Language) -> None:
    """Say in which language a run is, for hyphenation and spelling; last, as its schema has it."""
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), PROOFING[language])
    run.element.get_or_add_rPr().append(spoken)


def _dress(document: WordDocument, handout: Handout) -> None:
    """Set styles, page, running head and foot."""
    styles = document.styles
    for name, kind in zip(FOOTNOTES, (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER), strict=True):
        style = styles.add_style(name, kind, builtin=True)
        style.name = name.lower()  # as Word itself writes it; the id keeps its capitals
        style.base_style = styles["Normal"] if kind == WD_STYLE_TYPE.PARAGRAPH else None
        style.font.size = Pt(8.5) if kind == WD_STYLE_TYPE.PARAGRAPH else None
        style.font.superscript = True if kind == WD_STYLE_TYPE.CHARACTER else None
    for name, (size, bold, colour, before, after) in STYLES.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
        style.font.color.rgb = colour
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after = Pt(before), Pt(after)
        spacing.keep_with_next = True if name in TOGETHER else None
    for tracked in styles["Subtitle"].element.xpath("w:rPr/w:spacing"):
        tracked.getparent().remove(tracked)  # letters set apart
    styles["footnote text"].paragraph_format.space_after = Pt(1)
    styles["footnote text"].paragraph_format.line_spacing = 1.0
    styles["Title"].paragraph_format.borders["bottom"].line = None
    styles["Header"].paragraph_format.tab_stops.clear_all()
    styles["Quote"].paragraph_format.left_indent = INDENT
    for language in styles.element.xpath("//w:rPrDefault//w:lang"):
        language.set(qn("w:val"), PROOFING[handout.language])
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    head = section.header.paragraphs[0]
    head.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    head.text = handout.running
    section.footer.paragraphs[0].add_field("PAGE", simple=True, result="1")
    _describe(document, handout)


def _describe(document: WordDocument, handout: Handout) -> None:
    """Set what the file says of itself: its title, its language, and the day and the index it was made of."""
    about = document.core_properties
    about.title, about.subject, about.language = handout.title, handout.subtitle, handout.language
    about.author, about.last_modified_by, about.comments = "rag_agency", "rag_agency", handout.stamp
    if made := when(handout.date):
        about.created = about.modified = made
