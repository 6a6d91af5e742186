"""Course material in the formats that trainers work with: nothing lost, nothing run over, nothing read as markup."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import bibtexparser
import jsonschema
import pypdf
import pypdfium2
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from course_packs import BRIEF, STUDY, TASSI, pack, quiz, quote, session, with_findings
from docx import Document
from gift_reader import read_gift
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID

from rag_agency.course.exports import FORMATS, exports_of, write_all
from rag_agency.course.exports.anki import anki, field
from rag_agency.course.exports.deck import deck_of
from rag_agency.course.exports.fitting import HEIGHT, height_of
from rag_agency.course.exports.formats import printable
from rag_agency.course.exports.gift import gift, typed_answers
from rag_agency.course.exports.handout import Grid, Handout, Paragraph, plain, text_of
from rag_agency.course.exports.lines import source_of
from rag_agency.course.exports.marked import escaped, marked
from rag_agency.course.exports.material import handout_of
from rag_agency.course.exports.paper import cards, paper
from rag_agency.course.exports.quiz import stem_of
from rag_agency.course.exports.references import bibtex, csl_json, name_of
from rag_agency.course.exports.slides import slides
from rag_agency.course.exports.word import word
from rag_agency.course.exports.words import WORDS, day

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CSL_SCHEMA = json.loads((Path(__file__).parent / "data" / "csl-data.json").read_text(encoding="utf-8"))
NASTY = "{x} = 50% ~ #1: a\\n [html] <b>&amp;</b> $x^2_i$ \"q\" 'p' //c ->| *b* `t` \\ ::n:: %50%"
WHY = "Tassi says this of traders."  # of a distractor: only the trainer may read it
# Words as they come out of PDFs, with all that any of the formats gives a meaning to.
texts = st.text(st.sampled_from("aB é ñ{}=~#:\\%$&_^[]<>*`|!-+.1\"'/→“\t\n"), min_size=1, max_size=60).filter(str.strip)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum() and sign != "ˆ")  # as LaTeX sets a lone ^


def docx_of(made, copy="trainer"):
    return Document(io.BytesIO(word(handout_of(made, copy))))


def pptx_of(made, copy="trainer"):
    return Presentation(io.BytesIO(slides(made, copy)))


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def everything_said(name: str, data: bytes) -> str:
    """Return all that a reader of a printed copy can find in it, footnotes and speaker's notes too."""
    if name == "docx":
        document = Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([p.text for p in document.paragraphs] + cells + [note.text for note in document.footnotes])
    if name == "pptx":
        found = []
        for slide in Presentation(io.BytesIO(data)).slides:
            found += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            found += [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide else []
        return "\n".join(found)
    return squeezed(pdf_text(data)) if name == "pdf" else data.decode()


# every format


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_pack_is_written_in_every_format_and_nothing_else_is_left_behind(tmp_path, language):
    written = write_all(pack(language), tmp_path / "out")
    assert sorted(written) == sorted((tmp_path / "out").iterdir())
    assert len(written) == sum(2 if form.has_copies else 1 for form in FORMATS)
    assert all(path.stat().st_size > 100 for path in written)


@pytest.mark.parametrize("name", ["docx", "pptx", "pdf", "markdown"])
def test_only_the_trainers_copy_has_the_key_and_its_traces(name):
    by_copy = {e.copy: everything_said(name, e.data(pack())) for e in exports_of(pack()) if e.format.name == name}
    said = {copy: text.replace("*", "") for copy, text in by_copy.items()}
    assert "Answer: False" in said["trainer"] and "Answer:" not in said["participants"]
    if name != "pptx":
        assert WHY in by_copy["trainer"] and WHY not in by_copy["participants"]


@pytest.mark.parametrize("name", ["docx", "pptx", "pdf", "markdown"])
def test_both_copies_have_every_other_part(name):
    for export in exports_of(pack()):
        if export.format.name == name:
            said = squeezed(everything_said(name, export.data(pack())))
            for words in ("They speak of different countries.", "What would you ask each of them?", "Bolivia"):
                assert words in said


@pytest.mark.parametrize("name", ["docx", "pptx", "pdf", "markdown"])
def test_every_quote_stands_whole_with_who_says_it_and_where(name):
    for export in exports_of(pack()):
        if export.format.name == name:
            said = squeezed(everything_said(name, export.data(pack())))
            for one in pack().sessions[0].findings:
                assert one.text in said and one.who in said and one.citation in said


def test_what_is_in_another_language_is_marked_in_the_case_and_in_the_quiz():
    foreign = replace(quote(), language="es")
    made = pack()
    session = replace(
        made.sessions[0],
        case=replace(made.sessions[0].case, quotes=(foreign,)),
        quiz=(replace(made.sessions[0].quiz[0], stem="doce socios", trace=(foreign,)),),
    )
    text = marked(handout_of(replace(made, sessions=(session,)), "participants")).decode()
    assert f"{session.case.title} (in Spanish)" in text
    assert "“doce socios” (in Spanish)" in text


@pytest.mark.parametrize("name", ["docx", "pptx", "pdf", "markdown"])
def test_only_the_trainer_is_told_what_a_session_lacks_and_of_which_index_it_was_made(name):
    session = replace(pack().sessions[0], trainer_notes=("Four of six items.",))
    made = replace(pack(), sessions=(session,))
    said = {e.copy: everything_said(name, e.data(made)) for e in exports_of(made) if e.format.name == name}
    for words in ("Four of six items", "The evidence is thin: two voices", "2026-11-26-1 (ab12cd34)"):
        assert words in squeezed(said["trainer"]) and words not in squeezed(said["participants"])


# another language


FOREIGN = replace(quote(), language="es")


def spoken_in_spanish():
    """A pack in English of which the report, the quotes and the quiz are in Spanish."""
    made = pack()
    one, truth, match, fill = quiz()
    what = replace(one, asks="what", options=tuple(replace(o, trace=FOREIGN) for o in one.options), trace=(FOREIGN,))
    pairs = tuple(replace(pair, trace=FOREIGN) for pair in match.pairs)
    items = (what, replace(truth, trace=(FOREIGN,)), replace(match, pairs=pairs), replace(fill, trace=(FOREIGN,)))
    session = replace(made.sessions[0], quiz=items, findings=(FOREIGN,))
    reports = tuple(replace(report, language="es") for report in made.reports)
    return replace(made, sessions=(session,), reports=reports, glossary=())


def test_what_is_in_another_language_is_marked_in_each_answer_of_the_key():
    key = marked(handout_of(spoken_in_spanish(), "trainer")).decode().partition("Key to the quiz")[2]
    answers = [line for line in key.splitlines() if "**Answer:**" in line and "–" not in line]
    assert len(answers) == 3 and all("(in Spanish)" in line for line in answers)
    assert key.count("→") == key.replace(" (in Spanish) →", "(!)").count("(!)") == 2


def test_what_is_in_another_language_is_marked_in_what_is_to_be_read():
    made = marked(handout_of(spoken_in_spanish(), "participants")).decode()
    reading = made.partition("### Reading list")[2].partition("## References")
    assert "(in Spanish)" in reading[0]
    assert reading[2].count("(in Spanish)") == len(pack().reports)


def test_what_is_in_another_language_is_marked_in_moodle_in_anki_and_on_cards():
    made = spoken_in_spanish()
    entries = read_gift(gift(made).decode())
    assert all("(in Spanish)" in answer for answer, _, _ in entries[0].answers)
    assert all("(in Spanish)" in left for left, _ in entries[2].pairs)
    fronts = [line for line in anki(made).decode().splitlines() if not line.startswith("#")]
    assert all("(in Spanish)" in line.split("\t")[1] for line in fronts)
    assert "(in Spanish)" in squeezed(pdf_text(cards(made, made.sessions[0].findings)))


def test_words_of_another_language_are_proofread_and_hyphenated_by_its_own_rules():
    made = spoken_in_spanish()
    runs = docx_of(made).element.body.xpath(".//w:r[w:rPr/w:lang/@w:val='es-ES']/w:t/text()")
    assert any("100 members" in words for words in runs) and "(in Spanish)" not in "".join(runs)
    slide = next(s for s in pptx_of(made).slides if s.shapes.title.text == "Key findings")
    spoken = {r.text: r.font.language_id for s in slide.shapes for p in s.text_frame.paragraphs for r in p.runs}
    assert spoken[f"“{FOREIGN.text}”"] == MSO_LANGUAGE_ID.SPANISH
    assert spoken["Lorenzo Castillo: "] == MSO_LANGUAGE_ID.ENGLISH_UK


def test_the_references_name_the_report_that_the_briefs_restate():
    one = replace(pack(), reports=tuple(r for r in pack().reports if r.based_on))
    assert "Muñoz and Viaña 2012: the report that these briefs restate" in marked(handout_of(one, "trainer")).decode()


def test_letters_that_no_office_file_can_hold_are_left_out_and_nothing_else_is():
    broken = printable(with_findings("co\x02opera\ud800tive \x0bñ\t\n"))
    assert broken.sessions[0].findings[0].text == "cooperative ñ\t\n"
    assert word(handout_of(broken, "trainer")) and slides(broken, "trainer") and paper(handout_of(broken, "trainer"))


def test_labels_have_the_same_places_in_both_languages():
    for english, spanish in WORDS.values():
        assert re.findall(r"\{\d\}", english) == re.findall(r"\{\d\}", spanish)
        assert english and spanish


def test_a_day_is_written_out_in_the_language_of_the_pack():
    assert [day("2026-11-06", language) for language in ("en", "es")] == ["6 November 2026", "6 de noviembre de 2026"]


# Word


def test_the_word_file_has_words_own_styles_and_a_head_with_day_and_index():
    document = docx_of(pack())
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Quote", "List Bullet"} <= used
    head = document.sections[0].header.paragraphs[0].text
    assert "26 November 2026" in head and "ab12cd34" in head
    assert [f.type for f in document.sections[0].footer.paragraphs[0].fields] == ["PAGE"]


def test_each_finding_in_word_has_its_source_as_a_real_footnote():
    made = pack()
    document = docx_of(made, "participants")
    cited = [note.text.strip() for note in document.footnotes]
    for one in made.sessions[0].findings:
        assert one.citation in cited
    marks = document.element.body.xpath(".//w:footnoteReference/@w:id")
    assert marks == [str(note.footnote_id) for note in document.footnotes]
    assert {"footnote text", "footnote reference"} <= {style.name for style in document.styles}


def test_a_spanish_word_file_is_checked_by_words_spanish_dictionary():
    assert docx_of(pack("es")).styles.element.xpath("//w:rPrDefault//w:lang/@w:val") == ["es-ES"]


# slides


def test_no_slide_has_an_empty_placeholder_or_a_shape_beyond_its_edge():
    deck = pptx_of(pack())
    for slide in deck.slides:
        assert all(shape.text_frame.text.strip() for shape in slide.placeholders)
        for shape in slide.shapes:
            assert 0 <= shape.left and shape.left + shape.width <= deck.slide_width
            assert 0 <= shape.top and shape.top + shape.height <= deck.slide_height


def test_the_speaker_finds_the_sources_of_each_finding_below_its_slide():
    made = pack()
    for one in made.sessions[0].findings:
        below = [
            slide.notes_slide.notes_text_frame.text
            for slide in pptx_of(made).slides
            if any(one.text in shape.text_frame.text for shape in slide.shapes) and slide.has_notes_slide
        ]
        assert below and any(one.citation in notes for notes in below)


def test_each_quotation_on_a_slide_has_its_source_on_the_same_slide():
    long = quote("Producers walk to the market and sell what they grow. " * 60)
    made = pack()
    made = replace(made, sessions=(replace(made.sessions[0], findings=(quote(), TASSI, long)),))
    for slide in deck_of(made, "participants"):
        if not slide.title.startswith("Quiz"):
            quoting = [
                shown for shown in slide.lines if "“" in text_of(shown.line) or slide.title.startswith("Lending")
            ]
            assert all(squeezed("Muñoz and Viaña 2012, p.") in squeezed(shown.source) for shown in quoting[1:])
    parts = [slide for slide in deck_of(made, "participants") if slide.title.startswith("Key findings (")]
    assert len(parts) > 1 and all(slide.lines[0].source for slide in parts)


def test_a_long_passage_is_shared_out_over_slides_with_the_source_of_each_part():
    told = tuple(
        quote(f"Producers walk to market {n} and sell what they grow. " * 3, page=n // 4) for n in range(4, 12)
    )
    case = replace(pack().sessions[0].case, quotes=told)
    made = replace(pack(), sessions=(replace(pack().sessions[0], case=case),))
    slides = [slide for slide in deck_of(made, "participants") if slide.title.startswith(case.title)]
    assert len(slides) > 1 and all(len(slide.lines) > 1 for slide in slides)
    passage = [shown for slide in slides for shown in slide.lines][1:]
    assert all("p." in shown.source for shown in passage)
    assert letters("".join(text_of(shown.line) for shown in passage)) == letters("".join(one.text for one in told))


def test_two_short_quotations_share_a_slide_in_large_type_and_a_long_one_has_its_own():
    short, long = quote("They sell maize."), quote("Producers walk to the market and sell what they grow. " * 12)
    made = replace(pack(), sessions=(replace(pack().sessions[0], findings=(short, short, long)),))
    shown = [slide for slide in deck_of(made, "participants") if slide.title == "Key findings"]
    assert [len(slide.lines) for slide in shown] == [2, 1]
    assert shown[0].size > shown[1].size and shown[0].read


def test_a_question_of_the_quiz_shows_a_source_only_where_that_does_not_tell_the_answer():
    gap = replace(quiz()[3], asks="number")
    told = replace(gap, answer="2012")
    altered = replace(quiz()[1], asks="place")
    where, product = replace(gap, asks="place"), replace(gap, asks="product")  # known by whose finding it is
    items = (quiz()[1], gap, told, altered, where, product)
    made = replace(pack(), sessions=(replace(pack().sessions[0], quiz=items),))
    slides = [s for s in deck_of(made, "participants") if s.title.startswith("Quiz")]
    shown = [any("Castillo 2012" in one.source for one in slide.lines) for slide in slides]
    assert shown == [False, True, False, False, False, False]


def test_a_statement_that_may_be_altered_is_not_shown_as_a_quotation():
    truth = quiz()[1]
    assert text_of(stem_of(truth, "en")) == f"“{truth.stem}”"
    assert text_of(stem_of(replace(truth, asks="place"), "en")) == truth.stem


def test_the_trainers_deck_has_the_key_with_sources_and_both_decks_end_with_the_references():
    for copy in ("trainer", "participants"):
        deck = deck_of(pack(), copy)
        assert deck[-1].title == "References"
        assert STUDY.title.split(":")[0] in text_of(deck[-1].lines[-1].line)
        keys = [slide for slide in deck if slide.title.startswith("Key to the quiz")]
        assert bool(keys) == (copy == "trainer")
        assert all(shown.source for slide in keys for shown in slide.lines)


def test_speakers_on_one_page_share_the_name_of_the_report():
    tassi = replace(TASSI.sources[0], citation="Tassi 2012, cited in Muñoz and Viaña 2012, p. 7")
    both = replace(quote(), sources=(quote().sources[0], tassi))
    assert source_of(both, "en") == "Castillo 2012; Tassi 2012, cited in Muñoz and Viaña 2012, p. 7"


@given(st.lists(st.text(st.sampled_from("Wil m.é "), max_size=2500), min_size=1, max_size=4))
@settings(max_examples=12)
def test_what_is_too_long_for_a_slide_goes_on_over_the_next_and_nothing_is_lost(long):
    made = with_findings(*long)
    deck = deck_of(made, "participants")
    assert all(height_of(slide.lines, slide.size) <= HEIGHT for slide in deck)
    said = letters("".join(text_of(shown.line) for slide in deck for shown in slide.lines))
    assert letters("".join(f"Lorenzo Castillo{text}" for text in long)) in said


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed (apt-get install libreoffice-impress)")
def test_words_stay_in_their_places_on_the_slides_that_libreoffice_draws(tmp_path):
    made = with_findings(*("Producers who walk to the market sell what they grow. " * n for n in (2, 9, 20, 45)))
    (tmp_path / "deck.pptx").write_bytes(slides(made, "trainer"))
    pages = drawn(tmp_path / "deck.pptx", tmp_path)
    assert len(pages) == len(pptx_of(made).slides)
    for page in pages:
        text = page.get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        assert all(0 <= left and right <= page.get_width() for left, _, right, _ in boxes)
        foot = page.get_height() * (1 - 6.95 / 7.5)  # points from below: the line with title and number
        body = [bottom for _, bottom, _, _ in boxes if bottom > foot]
        assert len([b for _, b, _, _ in boxes if b <= foot]) <= 3, "words run into the foot"
        assert body


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed (apt-get install libreoffice-writer)")
def test_libreoffice_draws_the_word_file_with_each_footnote_on_the_page_of_its_mark(tmp_path):
    (tmp_path / "pack.docx").write_bytes(word(handout_of(pack("es"), "participants")))
    pages = [page.get_textpage().get_text_range() for page in drawn(tmp_path / "pack.docx", tmp_path)]
    with_finding = next(page for page in pages if "Hallazgos principales" in page)
    assert "Castillo 2012, cited in Muñoz and Viaña 2012, p. 7" in with_finding
    assert all("26 de noviembre de 2026" in page and "ab12cd34" in page for page in pages)


def drawn(path: Path, folder: Path) -> list[pypdfium2.PdfPage]:
    """Return the pages that LibreOffice makes of an office file, with a profile of its own."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(path.with_suffix(".pdf").read_bytes())
    return [document[number] for number in range(len(document))]


# print


def test_text_is_never_read_as_markup_by_the_typesetter():
    hostile = '#panic("x") *b* $x$ @ref <label> = h\\ // c /* d */ #{1}'
    assert letters(hostile) in letters(pdf_text(paper(handout_of(with_findings(hostile), "trainer"))))


def test_every_font_of_a_pdf_is_embedded():
    for data in (paper(handout_of(pack(), "trainer")), cards(pack(), pack().sessions[0].findings)):
        fonts = fonts_of(data)
        assert fonts and all(fonts.values())


def fonts_of(data: bytes) -> dict[str, bool]:
    """Return the fonts of a PDF by name, and whether each has its own file."""
    found = {}
    reader = pypdf.PdfReader(io.BytesIO(data))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            for part in font.get_object()["/DescendantFonts"]:
                description = part.get_object()["/FontDescriptor"]
                found[description["/FontName"]] = any(f"/FontFile{n}" in description for n in ("", "2", "3"))
    return found


def test_a_card_is_as_high_as_its_quote():
    long = [quote("Producers walk to the market and sell. " * n) for n in (1, 30, 3)]
    text = letters(pdf_text(cards(pack(), long)))
    assert all(letters(one.text) in text for one in long)


# Markdown


@given(texts)
def test_markdown_shows_the_words_of_a_report_letter_by_letter(text):
    html = MarkdownIt("commonmark").enable("table").render(escaped(text))
    shown = re.fullmatch(r"<p>(.*)</p>\n", html, re.DOTALL)
    assert shown and "<" not in shown[1]
    assert unescaped(shown[1]) == squeezed(text)


@given(texts)
def test_a_cell_of_a_markdown_table_shows_its_words_and_no_other_cell(text):
    made = marked(Handout("t", "s", "r", (), "en", (Grid(("a", "b"), (50, 50), (((plain(text),), (plain("z"),)),)),)))
    html = MarkdownIt("commonmark").enable("table").render(made.decode())
    cells = re.findall(r"<td>(.*?)</td>", html)
    assert [unescaped(cell) for cell in cells] == [squeezed(text), "z"]


def test_markdown_numbers_its_footnotes_and_ends_with_each_of_them():
    blocks = (Paragraph(plain("one", "Source A")), Paragraph(plain("two", "Source B")))
    text = marked(Handout("t", "s", "r", (), "en", blocks)).decode()
    assert "one[^1]" in text and "two[^2]" in text
    assert "[^1]: Source A" in text and "[^2]: Source B" in text


def unescaped(html: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(entity, sign)
    return html


# Moodle


def test_moodle_reads_each_item_with_its_key_and_its_category():
    entries = read_gift(gift(pack(sessions=2)).decode())
    assert [entry.kind for entry in entries] == ["choice", "true_false", "match", "fill"] * 2
    assert {entry.category for entry in entries} == {
        f"Cooperatives/Session {number}: How producers organise" for number in (1, 2)
    }
    choice, truth, match, fill = entries[:4]
    assert [answer[:2] for answer in choice.answers] == [("cousins", False), ("100 members", True)]
    assert truth.answers[0][0] == "FALSE"
    assert match.pairs == [(pair.left, pair.right) for pair in quiz()[2].pairs]
    assert [answer[0] for answer in fill.answers] == ["1,000", "1000"]
    assert all("Muñoz and Viaña 2012, p." in entry.feedback for entry in entries)


@given(st.lists(texts, min_size=1, max_size=3), texts)
def test_moodle_reads_back_the_words_that_were_written(answers, title):
    made = replace(with_findings(*answers), title=title)
    for text, entry in zip(answers, read_gift(gift(made).decode()), strict=True):
        assert [squeezed(words) for words, _, _ in entry.answers] == [squeezed(f"not {text}"), squeezed(text)]
        assert squeezed(text) in squeezed(entry.text)


@given(texts)
def test_moodle_reads_back_what_is_to_be_matched_and_to_be_typed(text):
    match, fill = quiz()[2:]
    match = replace(match, pairs=tuple(replace(pair, left=text, right=text) for pair in match.pairs))
    fill = replace(fill, answer=text)
    made = replace(pack(), sessions=(replace(session(), quiz=(match, fill)),))
    first, second = read_gift(gift(made).decode())
    assert [tuple(map(squeezed, pair)) for pair in first.pairs] == [(squeezed(text),) * 2] * 2
    typed = squeezed(text).replace("*", r"\*").replace("->", "→")
    assert typed in [squeezed(answer) for answer, _, _ in second.answers]


@pytest.mark.parametrize(
    ("printed", "typed"), [("6.000", ("6.000", "6000")), ("3 to 5", ("3 to 5",)), ("2,5", ("2,5",)), ("12", ("12",))]
)
def test_a_number_may_be_typed_without_the_marks_between_its_thousands(printed, typed):
    assert typed_answers(printed) == typed


# Anki


def test_anki_gets_a_line_for_each_item_and_each_term():
    made = pack(sessions=2)
    lines = anki(made).decode().splitlines()
    notes = [line for line in lines if not line.startswith("#")]
    assert lines[0] == "#separator:tab" and lines[1] == "#html:true"
    assert len(notes) == sum(len(one.quiz) for one in made.sessions) + len(made.glossary)
    assert all(line.count("\t") == 2 for line in notes)


@given(texts)
def test_a_field_of_anki_is_one_field_of_one_line_whatever_it_says(text):
    made = field(text)
    assert not set('\t\n\r"[]<>') & set(made.replace("<br>", "")) and not made.startswith("#")
    entities = {"&#91;": "[", "&#93;": "]", "&#35;": "#", "&#x27;": "'"}
    for entity, sign in entities.items():
        made = made.replace(entity, sign)
    assert squeezed(unescaped(made.replace("<br>", " "))) == squeezed(text)


# references


def parsed(data: bytes):
    library = bibtexparser.parse_string(data.decode(), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    return library.entries


def test_bibtex_gives_each_report_with_its_authors_and_year():
    study, brief = parsed(bibtex(pack()))
    assert (study.entry_type, study.key, study["year"]) == ("techreport", "study", "2012")
    assert study["author"] == "Muñoz Elsner, Diego and Viaña, Jorge"
    assert letters(study["title"]) == letters(STUDY.title) and "100% of" in study["title"]
    assert brief.entry_type == "misc" and "year" not in brief.fields_dict
    assert brief["note"] == "Restates Muñoz and Viaña 2012"


@given(texts, texts)
def test_bibtex_reads_back_whatever_a_title_or_a_publisher_says(title, publisher):
    made = replace(pack(), reports=(replace(STUDY, title=title, publisher=publisher),))
    (entry,) = parsed(bibtex(made))
    assert letters(entry["title"]) == letters(title) and letters(entry["institution"]) == letters(publisher)
    source = bibtex(made).decode()
    assert source.count("{") == source.count("}")


@given(texts, texts)
def test_csl_json_is_valid_whatever_a_report_says(title, author):
    made = replace(pack(), reports=(replace(STUDY, title=title, authors=(author,)), BRIEF))
    items = json.loads(csl_json(made))
    jsonschema.validate(items, CSL_SCHEMA)
    assert items[0]["title"] == title and "issued" not in items[1]


def test_the_schema_would_refuse_a_field_of_ones_own():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{"id": "x", "type": "report", "pages": 3}], CSL_SCHEMA)


@pytest.mark.parametrize(
    ("author", "citation", "name"),
    [
        ("Diego Muñoz Elsner", "Muñoz and Viaña 2012", ("Diego", "Muñoz Elsner")),
        ("Evidence briefs", "Evidence brief: Cooperatives", ("", "Evidence briefs")),
        ("Rimisp, Latin American Centre", "Ranaboldo et al. 2011", ("", "Rimisp, Latin American Centre")),
    ],
)
def test_a_family_name_begins_where_the_short_reference_names_the_author(author, citation, name):
    assert name_of(author, citation) == name


def test_all_that_is_nasty_goes_into_every_file_and_none_fails(tmp_path):
    made = replace(with_findings(NASTY), title=NASTY, glossary=())
    for path in write_all(made, tmp_path):
        assert path.name == path.name.strip("-.") and "/" not in path.name
    assert len(list(tmp_path.iterdir())) == 13
