"""How course material is set: names and properties of files, notes, lines and pages that keep together."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import datetime

import pypdf
import pytest
from course_packs import STUDY, TASSI, pack, quote, with_findings
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from rag_agency.course.exports import exports_of
from rag_agency.course.exports.bound import JOINER, SPACE, bound
from rag_agency.course.exports.footnotes import shortened
from rag_agency.course.exports.handout import Heading, Items, Paragraph, plain
from rag_agency.course.exports.lines import reference_lines
from rag_agency.course.exports.material import handout_of
from rag_agency.course.exports.paper import paper
from rag_agency.course.exports.references import bibtex, csl_json
from rag_agency.records import letters_and_digits

DAY = datetime(2026, 11, 26)


def made_as(name: str, copy: str = "trainer", made=None) -> bytes:
    made = made or pack()
    (data,) = [e.data(made) for e in exports_of(made) if (e.format.name, e.copy) == (name, copy)]
    return data


def names_of(title: str, language: str = "en") -> list[str]:
    return [export.file for export in exports_of(replace(pack(language), title=title))]


# file names and properties


def test_files_are_named_in_the_language_of_the_pack():
    spanish = " ".join(names_of("Libre comercio", "es"))
    for name in ("facilitacion.docx", "participantes.pdf", "cuestionario.gift.txt", "referencias.bib", "tarjetas.pdf"):
        assert f"libre-comercio-es-{name}" in spanish
    assert "free-trade-en-trainer.docx" in names_of("Free trade")


@pytest.mark.parametrize(
    ("title", "language", "stem"),
    [
        ("Informalidad y parentesco: qué encuentran los informes", "es", "informalidad-y-parentesco-que-encuentran-los-informes-es"),
        ("Cooperatives and kinship networks and markets: what the reports find", "en", "cooperatives-and-kinship-networks-and-markets-en"),
        ("What small producers and their organisations think of the markets", "en", "what-small-producers-and-their-organisations-think-en"),
        ("¿¡…!?", "es", "curso-es"),
    ],
)  # fmt: skip
def test_a_file_name_ends_with_a_whole_word_that_leads_somewhere(title, language, stem):
    assert names_of(title, language)[0].startswith(f"{stem}-")


@given(st.text(max_size=200))
def test_any_title_makes_a_name_that_any_disk_takes(title):
    assert all(
        len(name) < 100 and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") for name in names_of(title)
    )


def test_a_file_says_its_title_its_language_its_index_and_the_day_of_the_pack_and_not_of_a_template():
    for about in (
        Document(io.BytesIO(made_as("docx"))).core_properties,
        Presentation(io.BytesIO(made_as("pptx"))).core_properties,
    ):
        assert (about.title, about.language) == ("Cooperatives", "en")
        assert about.created.replace(tzinfo=None) == about.modified.replace(tzinfo=None) == DAY
        assert "ab12cd34" in about.comments
    for name in ("pdf", "cards"):
        about = pypdf.PdfReader(io.BytesIO(made_as(name))).metadata
        assert "Cooperatives" in about.title and about.creation_date.date() == DAY.date()
        assert "ab12cd34" in about.subject


def test_the_index_is_named_in_the_head_of_the_word_file_and_not_on_each_slide_and_page():
    document = Document(io.BytesIO(made_as("docx", "participants")))
    assert "ab12cd34" in document.sections[0].header.paragraphs[0].text
    deck = Presentation(io.BytesIO(made_as("pptx", "participants")))
    shown = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes]
    printed = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made_as("pdf", "participants"))).pages]
    assert not any("ab12cd34" in text for text in (*shown, *printed))


# lines that are not broken


def test_page_numbers_stay_on_one_line():
    assert bound(("p. 14", "pp. 1, 3)")) == (f"p.{SPACE}14", f"pp.{SPACE}1,{SPACE}3)")
    assert bound("pp. 16–17") == f"pp.{SPACE}16{JOINER}–{JOINER}17"
    assert bound("“maíz” (en inglés)") == f"“maíz” (en{SPACE}inglés)"
    assert bound("the group. 3 of them") == "the group. 3 of them"


@given(st.text(st.sampled_from("p. 123,–ab)("), max_size=40))
def test_keeping_lines_together_changes_no_letter_and_no_digit(text):
    assert letters_and_digits(bound(text)) == letters_and_digits(text)
    assert bound(text).replace(SPACE, " ").replace(JOINER, "") == text


@pytest.mark.parametrize("name", ["docx", "pptx", "pdf"])
def test_page_numbers_stay_on_one_line_in_all_that_is_printed_or_shown(name):
    data = made_as(name)
    if name == "docx":
        said = " ".join(note.text for note in Document(io.BytesIO(data)).footnotes)
    elif name == "pptx":
        slides = Presentation(io.BytesIO(data)).slides
        said = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes)
    else:
        said = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert f"p.{SPACE}7" in said and "p. 7" not in said


# notes


def noted(*blocks):
    handout = replace(handout_of(pack(), "trainer"), blocks=blocks)
    lines = []
    for block in shortened(handout).blocks:
        lines += [block.line] if isinstance(block, Paragraph) else []
        lines += [item.line for item in block.items] if isinstance(block, Items) else []
    return [source for line in lines for words in line for source in words.sources]


def test_a_source_is_given_in_full_once_a_session_and_then_by_the_number_of_its_note():
    one, other = Paragraph(plain("a", "Tassi 2012, p. 3")), Paragraph(plain("b", "Castillo 2012, p. 4"))
    assert noted(Heading(1, "Session 1"), one, other, one) == ["Tassi 2012, p. 3", "Castillo 2012, p. 4", "As note 1."]
    assert noted(one, Heading(1, "Session 2"), one, one) == ["Tassi 2012, p. 3", "Tassi 2012, p. 3", "As note 2."]


def test_short_notes_name_the_number_that_word_gives_the_first():
    document = Document(io.BytesIO(made_as("docx", "participants")))
    notes = [note.text.strip() for note in document.footnotes]
    first = next(place for place, note in enumerate(notes, 1) if note.startswith("Castillo 2012"))
    assert f"As note {first}." in notes[first:]


# pages


def test_answers_stay_with_their_question_and_rows_with_their_names_on_paper():
    made = with_findings(*("Producers walk to the market and sell what they grow." * 3 for _ in range(3)))
    items = tuple(replace(item, id=str(n)) for n, item in enumerate(made.sessions[0].quiz * 8))
    made = replace(made, sessions=(replace(made.sessions[0], quiz=items),))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made_as("pdf", "participants", made))).pages]
    asking = [page for page in pages if "How many members does it take?" in page]
    assert len(asking) > 1
    assert all(page.count("How many members does it take?") == page.count("b)") for page in asking)


@pytest.mark.parametrize("length", [1, 30])
def test_a_session_begins_a_page_of_the_pdf_unless_that_leaves_one_nearly_empty(length):
    said = [Paragraph(plain("Producers walk to the market and sell what they grow. " * 3))] * length
    blocks = (Heading(1, "First"), *said[:1] * 18, Heading(1, "Second"), *said[:length], Heading(1, "Third"), *said[:1])
    handout = replace(handout_of(pack(), "trainer"), blocks=blocks)
    printed = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper(handout))).pages]
    place = {name: next(n for n, text in enumerate(printed) if f"\n{name}\n" in text) for name in ("Second", "Third")}
    assert (place["Second"] == place["Third"]) == (length == 1)


def test_only_the_first_session_of_a_word_file_begins_a_page_by_itself():
    document = Document(io.BytesIO(made_as("docx", made=pack(sessions=3))))
    heads = [p.paragraph_format.page_break_before for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[0] and not any(heads[1:])


def test_a_heading_and_what_leads_in_stay_with_what_follows_in_word():
    document = Document(io.BytesIO(made_as("docx")))
    lead = next(p for p in document.paragraphs if p.text.startswith("After this session"))
    heads = [p for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert lead.paragraph_format.keep_with_next
    assert heads and all(p.style.paragraph_format.keep_with_next for p in heads)


def test_wrapped_lines_of_a_list_in_word_begin_where_the_first_one_does():
    document = Document(io.BytesIO(made_as("docx")))
    numbering = document.part.numbering_part.element
    number = document.styles["List Bullet"].element.xpath(".//w:numId/@w:val")[0]
    (kind,) = numbering.xpath(f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
    behind = int(numbering.xpath(f"w:abstractNum[@w:abstractNumId='{kind}']/w:lvl[1]/w:pPr/w:ind/@w:left")[0])
    aim = next(p for p in document.paragraphs if p.text.startswith("tell what Castillo finds")).paragraph_format
    assert aim.left_indent.twips == -aim.first_line_indent.twips == behind


def test_references_follow_the_glossary_on_its_page():
    heads = {b.text: b for b in handout_of(pack(), "trainer").blocks if isinstance(b, Heading) and b.level == 1}
    assert heads["References"].follows and not heads["Session 1: How producers organise"].follows


def test_what_differs_is_not_listed_again_below_the_sentence_that_says_it():
    blocks = handout_of(pack(), "trainer").blocks
    listed = [text for b in blocks if isinstance(b, Items) for item in b.items for text in (item.line[0].text,)]
    assert not any(text.startswith("country") for text in listed)


# references


def test_references_stand_in_the_order_of_the_alphabet_and_in_the_language_of_the_pack():
    lines = ["".join(words.text for words in line) for line in reference_lines(pack("es"))]
    assert [line.split()[0] for line in lines] == ["Evidence", "Muñoz"]
    assert "Resume Muñoz y Viaña 2012." in lines[0] and "(en inglés)" in lines[0]
    assert lines[1].startswith("Muñoz Elsner, Diego; Viaña, Jorge (2012). ")


def test_a_title_that_is_a_question_has_no_stop_behind_its_mark():
    asking = replace(pack(), reports=(replace(STUDY, title="How do producers sell?"),))
    (line,) = reference_lines(asking)
    assert "How do producers sell? IIED" in "".join(words.text for words in line)


def test_a_bibliography_says_what_a_brief_restates_in_the_language_of_the_pack():
    assert "note = {Resume Muñoz y Viaña 2012}" in bibtex(pack("es")).decode()
    assert json.loads(csl_json(pack("en")))[1]["note"] == "Restates Muñoz and Viaña 2012"
    assert STUDY.title in csl_json(pack()).decode()


def test_a_card_names_whoever_speaks_and_where():
    both = replace(quote(), sources=(*quote().sources, *TASSI.sources))
    made = replace(pack(), sessions=(replace(pack().sessions[0], findings=(both,)),))
    said = " ".join(pypdf.PdfReader(io.BytesIO(made_as("cards", made=made))).pages[0].extract_text().split())
    assert "Castillo 2012" in said and "Tassi 2012" in said
