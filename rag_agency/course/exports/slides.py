"""Slides as a PowerPoint file, drawn from the deck; sources in full stand in the speaker's notes too."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.presentation import Presentation as PowerPoint
from pptx.slide import Slide as PowerPointSlide
from pptx.slide import SlideLayout
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Inches, Pt

from rag_agency.course.exports.deck import deck_of
from rag_agency.course.exports.fitting import AFTER, HEIGHT, SMALL, SPACING, WIDTH, Shown, Slide, height_of
from rag_agency.course.exports.handout import Line, Words
from rag_agency.course.exports.lines import Copy
from rag_agency.course.exports.material import running_head
from rag_agency.course.exports.words import when
from rag_agency.course.records import Pack
from rag_agency.records import Language

INK, QUIET, LEAF = RGBColor(0x22, 0x28, 0x2A), RGBColor(0x5D, 0x66, 0x6B), RGBColor(0x16, 0x44, 0x34)
WHITE, PALE = RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0xC3, 0xD8, 0xCC)
TONES = {"plain": INK, "strong": LEAF, "quiet": QUIET}
OPENING_TONES = {"plain": WHITE, "strong": WHITE, "quiet": PALE}  # on green
FONT = "Calibri"
PAGE = (13.333, 7.5)  # inches, 16:9
LEFT, TOP = 0.8, 1.65
TITLE = (LEFT, 0.45, WIDTH, 1.0)
OPENING_TITLE, OPENING_TEXT = (LEFT, 1.5, WIDTH, 2.0), (LEFT, 3.7, WIDTH, 2.9)
FOOT = (LEFT, 6.98, WIDTH, 0.35)
TITLE_SIZES, OPENING_SIZES = (28, 24, 20, 18, 16, 14), (40, 36, 32, 28, 24, 20, 16)
PROOFING = {"en": MSO_LANGUAGE_ID.ENGLISH_UK, "es": MSO_LANGUAGE_ID.SPANISH}
BOLD = 0.92  # share of the width that is reckoned with where letters are bold, hence wider
TITLE_ONLY = "Title Only"  # of python-pptx’s own template

Tones = dict[str, RGBColor]


@dataclass(frozen=True, slots=True)
class _Look:
    """Size of type in points, a colour for each tone, the language of words that have none of their own."""

    size: int
    tones: Tones
    language: Language


def slides(pack: Pack, copy: Copy) -> bytes:
    """Return the bytes of a .pptx."""
    presentation = Presentation()
    layout = _wide(presentation)
    for number, slide in enumerate(deck_of(pack, copy), 1):
        _draw(presentation.slides.add_slide(layout), slide, f"{pack.title} · {number}", pack.language)
    about = presentation.core_properties
    about.title, about.author, about.language = pack.title, "rag_agency", pack.language
    about.last_modified_by, about.revision = "rag_agency", 1
    about.comments = running_head(pack).replace("\t", " · ")
    if made := when(pack.stamp.date):
        about.created = about.modified = made
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def _wide(presentation: PowerPoint) -> SlideLayout:
    """Make the template 16:9 and keep the one layout that is used, with its title in its place."""
    presentation.slide_width, presentation.slide_height = Inches(PAGE[0]), Inches(PAGE[1])
    kept = next(layout for layout in presentation.slide_layouts if layout.name == TITLE_ONLY)
    for layout in list(presentation.slide_layouts):
        if layout.name != TITLE_ONLY:
            presentation.slide_layouts.remove(layout)
    for page in (kept, presentation.slide_master):
        for shape in list(page.placeholders):
            if shape.placeholder_format.idx == 0:
                shape.left, shape.top, shape.width, shape.height = map(Inches, TITLE)
            else:  # date, foot, number: at home on a 4:3 page, and unused
                shape.element.getparent().remove(shape.element)
    return kept


def _draw(page: PowerPointSlide, slide: Slide, foot: str, language: Language) -> None:
    tones = OPENING_TONES if slide.opens else TONES
    look = _Look(min(slide.size, 20) if slide.opens else slide.size, tones, language)
    if slide.opens:
        page.background.fill.solid()
        page.background.fill.fore_color.rgb = LEAF
    _draw_title(page, slide, look)
    if slide.lines:
        text = _box(page, OPENING_TEXT if slide.opens else (LEFT, TOP, WIDTH, HEIGHT))
        text.vertical_anchor = MSO_ANCHOR.MIDDLE if slide.read else MSO_ANCHOR.TOP
        for shown in slide.lines:
            _show(text, shown, look)
    _fill(_box(page, FOOT), (Words(foot, "quiet"),), replace(look, size=11))
    if slide.notes and (notes := page.notes_slide.notes_text_frame):
        notes.text = "\n".join(" ".join(note.split()) for note in slide.notes)


def _show(frame: TextFrame, shown: Shown, look: _Look) -> None:
    """Put a paragraph into a frame and, small below it, its source."""
    paragraph = _fill(frame, shown.line, look)
    if shown.source:
        after = paragraph.space_after
        paragraph.space_after = Pt(0)
        below = _fill(frame, (Words(shown.source, "quiet"),), replace(look, size=SMALL))
        below.space_after = after


def _draw_title(page: PowerPointSlide, slide: Slide, look: _Look) -> None:
    title = page.shapes.title
    assert title is not None  # the layout has one
    place = OPENING_TITLE if slide.opens else TITLE
    title.left, title.top, title.width, title.height = map(Inches, place)
    words = (Words(slide.title, "strong"),)
    sizes = OPENING_SIZES if slide.opens else TITLE_SIZES
    size = next((s for s in sizes if height_of((Shown(words),), s, WIDTH * BOLD) <= place[3]), sizes[-1])
    frame = title.text_frame
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if slide.opens else MSO_ANCHOR.MIDDLE
    _plainly(frame)
    _fill(frame, words, replace(look, size=size))


def _box(page: PowerPointSlide, place: tuple[float, float, float, float]) -> TextFrame:
    left, top, width, height = map(Inches, place)
    frame: TextFrame = page.shapes.add_textbox(left, top, width, height).text_frame
    _plainly(frame)
    return frame


def _plainly(frame: TextFrame) -> None:
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _fill(frame: TextFrame, line: Line, look: _Look) -> _Paragraph:
    """Add a paragraph to a frame; the first takes the place of the empty one that each frame has."""
    paragraph = frame.add_paragraph() if frame.text else frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.line_spacing, paragraph.space_after = Pt(look.size * SPACING), Pt(look.size * AFTER)
    for words in line:
        run = paragraph.add_run()
        run.text = " ".join(words.text.split("\n"))
        run.font.size, run.font.name, run.font.bold = Pt(look.size), FONT, words.tone == "strong"
        run.font.color.rgb = look.tones[words.tone]
        run.font.language_id = PROOFING[words.language or look.language]
    return paragraph
