"""The course tab: a basket that is hers, an outline that she decides on, files that open."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from browsing import MARKS, Served, ask, is_no_wider_than_its_window, open_tab, page_of, windows_onto
from conftest import make_house
from course_packs import pack, with_findings
from docx import Document
from gradio.utils import get_upload_folder
from hypothesis import given
from hypothesis import strategies as st
from papers import study_paper

from rag_agency.ask import ask as ask_library
from rag_agency.course.exports import exports_of
from rag_agency.course.exports.material import handout_of
from rag_agency.course.outline import outline_from, outline_text
from rag_agency.course.records import Outline, OutlineSession, Pin
from rag_agency.course.templates import refusal
from rag_agency.differences import MEASURED
from rag_agency.errors import RequestError
from rag_agency.records import Answer, Question
from rag_agency.web.conversation import Turn, conversation_html
from rag_agency.web.course import _told
from rag_agency.web.course_basket import MOST_QUOTES, Kept, added, from_browser, from_text, to_text
from rag_agency.web.course_desk import kept_of_answer, kept_of_sentence, made_of, outline_of, shelve, with_pins
from rag_agency.web.course_edit import PRESSES, pinned, place_of, pressed
from rag_agency.web.course_preview import handout_html
from rag_agency.web.course_views import Shelved, basket_html, material_html, measured, outline_html
from rag_agency.web.labels import LABELS, say
from rag_agency.web.library import Library
from rag_agency.web.uploads import MOST_TEXT, text_of

XSS = '<img src=x onerror=alert(1)>"><script>alert(2)</script>'
LIVE = ("<img src=x", "<script", 'onerror=alert(1)>"><')
PIN = Pin("study", 1, "One hundred members.")
pins = st.builds(Pin, st.text(min_size=1, max_size=20), st.integers(1, 900), st.text(min_size=1, max_size=80))
baskets = st.lists(st.builds(Kept, pins, st.text(max_size=40)), max_size=6, unique_by=lambda kept: kept.pin)


def harmless(html):
    return not any(live in html for live in LIVE)


def outline(sessions=3, alternatives=2, **changes):
    planned = tuple(OutlineSession(f"Session {n}", "markets", 60, (), (), (), 12, 3, 4) for n in range(sessions))
    others = tuple(OutlineSession(f"Other {n}", "trade", 45, (), (), (), 9, 2, 2) for n in range(alternatives))
    return replace(Outline("Markets", "markets", sessions=planned, alternatives=others), **changes)


@pytest.fixture(scope="module")
def library(furnished):
    return Library(furnished.open)


class TestBasket:
    @given(baskets)
    def test_a_basket_comes_back_from_its_file_as_it_was(self, kept):
        assert from_text(to_text(tuple(kept)), "basket.json") == tuple(kept)

    @given(baskets, baskets)
    def test_a_quotation_is_in_it_once_and_stays_where_it_was(self, first, second):
        joined = added(tuple(first), second)
        assert joined[: len(first)] == tuple(first)
        assert {kept.pin for kept in joined} == {kept.pin for kept in (*first, *second)}
        assert len({kept.pin for kept in joined}) == len(joined)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "not json",
            '{"format": "rag-agency course pack", "version": 1, "kept": []}',
            '{"format": "rag-agency basket", "version": 2, "kept": []}',
            '{"format": "rag-agency basket", "version": 1, "kept": [{"report": "a", "page": "1", "quote": "q"}]}',
            '{"format": "rag-agency basket", "version": 1, "kept": [{"report": "a", "page": 0, "quote": "q"}]}',
            '{"format": "rag-agency basket", "version": 1, "kept": [{"report": "a", "page": 1, "quote": ""}]}',
            '{"format": "rag-agency basket", "version": 1, "kept": [], "who": "me"}',
        ],
    )
    def test_another_file_is_refused_by_name_and_what_a_browser_has_left_over_is_forgotten(self, text):
        with pytest.raises(RequestError, match=r"lunch\.json"):
            from_text(text, "lunch.json")
        assert from_browser(text) == ()

    def test_a_basket_has_an_end(self):
        full = tuple(Kept(replace(PIN, page=number + 1)) for number in range(MOST_QUOTES))
        assert added(full, full) == full
        with pytest.raises(RequestError, match="take some out"):
            added(full, (Kept(replace(PIN, report="another")),))

    def test_an_answer_goes_in_as_the_whole_sentences_that_it_quotes(self, library, opened):
        question = Question("How many members do coffee cooperatives in Peru have?")
        turn = Turn(question.text, ask_library(question, opened))
        kept = kept_of_answer(library, turn)
        texts = {sentence.text for sentence in opened.index.sentences}
        assert kept and all(one.pin.quote in texts and one.asked == question.text for one in kept)
        assert kept_of_answer(library, Turn("unanswered")) == ()

    def test_who_says_it_and_where_come_from_the_index_and_not_from_the_basket(self, library, opened):
        sentence = next(s for s in opened.index.sentences if s.members and "Castillo" in s.text)
        (kept,) = kept_of_sentence(library, f"{sentence.report}|{sentence.number}")
        invented = Kept(Pin(sentence.report, 1, "Castillo never said this."))
        found, lost = shelve(library, (kept, invented), None, "en")
        assert "Lorenzo Castillo" in found.who and "Castillo 2012" in found.citation
        assert (lost.who, lost.citation) == ("", "")
        assert say("basket_lost", "en") in basket_html((found, lost), 0, "en")

    @pytest.mark.parametrize("name", ["", "nothing", "study|999999", "nothing|0", "study|-1", "study|x"])
    def test_a_press_that_names_no_sentence_keeps_nothing(self, library, name):
        assert kept_of_sentence(library, name) == ()


class TestOutline:
    @given(st.lists(st.sampled_from([*PRESSES, "nonsense"]), max_size=12), st.data())
    def test_no_press_loses_a_session_or_leaves_a_course_without_one(self, names, data):
        now = outline()
        everything = sorted(s.title for s in (*now.sessions, *now.alternatives))
        for name in names:
            places = data.draw(st.lists(st.integers(0, 5), min_size=0, max_size=2))
            now = pressed(now, "|".join((name, *map(str, places))))
            assert sorted(s.title for s in (*now.sessions, *now.alternatives)) == everything
            assert now.sessions

    @pytest.mark.parametrize(
        ("press", "titles"),
        [
            ("down|0", ["Session 1", "Session 0", "Session 2"]),
            ("up|2", ["Session 0", "Session 2", "Session 1"]),
            ("up|0", ["Session 0", "Session 1", "Session 2"]),
            ("remove|1", ["Session 0", "Session 2"]),
            ("replace|1|0", ["Session 0", "Other 0", "Session 2"]),
            ("insert|1", ["Session 0", "Session 1", "Session 2", "Other 1"]),
        ],
    )
    def test_each_button_does_what_it_says(self, press, titles):
        assert [session.title for session in pressed(outline(), press).sessions] == titles

    def test_a_quotation_is_in_one_session_at_most_and_stays_with_its_place(self):
        now = pinned(pinned(outline(), PIN, 0), PIN, 1)
        assert [session.pins for session in now.sessions] == [(), (PIN,), ()]
        assert place_of(pressed(now, "replace|1|0"), PIN) == 1
        assert place_of(pinned(now, PIN, -1), PIN) is None

    def test_what_is_in_the_basket_goes_where_its_theme_is_or_nowhere(self, library, opened):
        sentence = next(s for s in opened.index.sentences if s.text.startswith("According to Castillo"))
        kept = kept_of_sentence(library, f"{sentence.report}|{sentence.number}")
        planned = outline(sessions=2)
        planned = replace(planned, sessions=(replace(planned.sessions[0], theme="kinship"), *planned.sessions[1:]))
        with_cooperatives = replace(planned.sessions[1], theme="organisations")
        planned = replace(planned, sessions=(planned.sessions[0], with_cooperatives))
        assert place_of(with_pins(library, planned, kept), kept[0].pin) == 1
        only_kinship = replace(planned, sessions=planned.sessions[:1])
        assert place_of(with_pins(library, only_kinship, kept), kept[0].pin) is None

    def test_a_browser_gives_an_outline_back_whole(self):
        now = pinned(outline(), PIN, 1)
        assert outline_of(outline_text(now)) == now
        assert outline_of("title = ") is None and outline_of("") is None and outline_of(None) is None

    def test_thin_evidence_is_told_on_its_card(self):
        planned = outline()
        thin = replace(planned.sessions[0], warning="One voice, one page.")
        html = outline_html(replace(planned, sessions=(thin,)), "", "en")
        assert "One voice, one page." in html and "12 statements · 3 voices · 4 pages" in html
        assert "remove|" not in html and "up|" not in html


class TestViews:
    def test_nothing_that_a_file_or_a_report_says_becomes_markup(self):
        session = OutlineSession(XSS, "markets", 60, warning=XSS)
        planned = outline(sessions=0, title=XSS, notes=(XSS,))
        planned = replace(planned, sessions=(session,), alternatives=(session,))
        assert harmless(outline_html(planned, XSS, "en"))
        assert harmless(basket_html([Shelved(Kept(Pin(XSS, 1, XSS), XSS), XSS, XSS)], 2, "en"))
        hostile = with_findings(XSS)
        assert harmless(handout_html(handout_of(replace(hostile, title=XSS, notes=(XSS,)), "trainer")))
        assert harmless(material_html((made_of(replace(hostile, title=XSS)),), "en"))

    def test_a_pack_can_be_looked_over_with_every_source_numbered_in_order(self):
        made = pack(sessions=2)
        html = handout_html(handout_of(made, "trainer"))
        numbers = [int(number) for number in re.findall(r"<sup[^>]*>(\d+)</sup>", html)]
        assert numbers == list(range(1, len(numbers) + 1))
        starts = [int(start) for start in re.findall(r'<ol class="notes" start="(\d+)"', html)]
        assert starts[0] == 1 and starts == sorted(set(starts))
        assert html.count("<li>Castillo 2012, cited in") + html.count("<li>Tassi 2012, cited in") == len(numbers)

    def test_every_file_of_a_pack_is_listed_and_the_zip_holds_them_all(self):
        made = made_of(pack())
        names = [file for _, _, file, _ in made.files]
        with zipfile.ZipFile(io.BytesIO(made.files[0][3])) as archive:
            assert sorted(archive.namelist()) == sorted(names[1:])
        assert {export.file for export in exports_of(pack())} < set(names)
        html = material_html((made,), "es")
        assert all(f'download="{name}"' in html for name in names)
        assert html.count(say("participants_copy", "es")) == 4

    def test_an_answer_can_be_added_and_an_abstention_cannot(self, opened):
        answered = Turn("q", ask_library(Question("How many members do coffee cooperatives have?"), opened))
        declined = Turn("q", Answer("q", "en", "abstained", "The corpus does not say.", reason="nothing_relevant"))
        assert 'data-keep="0"' in conversation_html([answered], "en")
        assert "data-keep" not in conversation_html([declined], "en")

    @pytest.mark.parametrize("language", ["en", "es"])
    def test_how_good_the_finder_is_is_said_in_figures(self, language):
        said = measured(language)
        of = "of" if language == "en" else "de"
        for label in ("differ_by_context", "contradict"):
            one = next(one for one in MEASURED if one.label == label)
            assert f"{one.good} {of} {one.drawn}" in said and f"{one.right} {of} {one.pairs}" in said

    def test_every_format_has_a_name_in_both_languages(self):
        for form, _, _, _ in made_of(pack()).files:
            english, spanish = LABELS[f"format_{form}"]
            assert english and spanish


class TestUploads:
    def put(self, folder, name, data):
        path = folder / name
        path.write_bytes(data)
        return path

    @pytest.mark.parametrize(
        ("name", "data", "told"),
        [
            ("basket.exe", b"{}", "ends in .json"),
            ("basket.json", b"x" * (MOST_TEXT + 1), "over 1000 kB"),
            ("basket.json", b"\xff\xfe\x00\x9d", "not a text file"),
        ],
    )
    def test_a_file_of_another_kind_or_size_is_refused_by_name_and_not_kept(self, tmp_path, name, data, told):
        path = self.put(tmp_path, name, data)
        with pytest.raises(RequestError, match=told) as refused:
            text_of(path, ".json", "en")
        assert name in str(refused.value) and not path.exists()

    def test_a_file_that_was_read_is_not_kept_either(self, tmp_path):
        path = self.put(tmp_path, "canasta.json", "ñ".encode())
        assert text_of(path, ".json", "es") == "ñ" and not path.exists()


# in the browser

COURSE = """
= Coffee cooperatives

According to Castillo, coffee cooperatives in Peru have about 100 members each (Castillo 2012).
Castillo (2012) finds that cooperatives in Peru pay for their own administration from sales.
Castillo (2012) argues that the loyalty of members keeps a cooperative alive when prices fall.
For Castillo, a cooperative with 400 hectares can sell 4,000 hundredweight a year (Castillo 2012).
Castillo (2012) reports that cooperatives lose members to traders who pay in cash.
The authors of this report visited seven markets in the spring.

= Traders

Tassi (2012) shows that traders in Bolivia lend money to cousins without any paper.
Tassi (2012) finds that cooperatives in Bolivia have 40 members on average and few traders.
According to Tassi, associations of traders in Bolivia set the rules of their market (Tassi 2012).
Tassi (2012) argues that a cooperative is not the only way to organise; fiestas bind people too.
Tassi (2012) reports that organised traders in Bolivia share trucks and the cost of customs.
"""


@pytest.fixture(scope="module")
def course_page(tmp_path_factory) -> Iterator[Served]:
    house = make_house(tmp_path_factory.mktemp("course"))
    study_paper(house.corpus / "study.pdf", COURSE)
    house.build()
    with page_of(house) as page:
        yield page


@pytest.fixture
def visit(course_page, browser):
    with windows_onto(course_page, browser) as opened:
        yield opened


def in_browser(test):
    for mark in MARKS:
        test = mark(test)
    return test


def open_course(page):
    open_tab(page, re.compile("Course|Curso"))
    page.wait_for_selector("#basket h2:visible")
    page.wait_for_selector("#course-topic >> text=/Topic|Tema/")  # what is typed before that could be lost


def keep_a_quotation(page, words):
    page.get_by_role("tab").nth(1).click()
    page.locator("#quotations li", has_text=words).first.locator(".keep").click()
    page.locator("#quotations li", has_text=words).first.locator(".keep", has_text="✓").wait_for()


def load(page, what, path):
    with page.expect_file_chooser() as chooser:
        page.click(f"#load-{what}")
    chooser.value.set_files(path)


def plan(page, topic):
    page.fill("#course-topic input", topic)
    page.keyboard.press("Enter")
    page.click("#propose")
    page.wait_for_selector("#outline .session")


def test_why_a_course_is_refused_is_said_in_the_language_of_the_page():
    """The course may be in another language than the page on which it is asked for."""

    def work() -> list[object]:
        raise refusal("unknown member", "en", lambda _: {"name": "nobody", "known": "castillo"})

    assert "No hay ningún miembro nobody" in _told(work, "es", [1])[-1]
    assert "There is no member nobody" in _told(work, "en", [1])[-1]


@in_browser
def test_from_an_empty_basket_to_a_word_file_in_spanish(visit):
    page = visit(locale="es-PE")
    open_course(page)
    page.wait_for_selector("#basket >> text=Todavía no hay nada")
    keep_a_quotation(page, "loyalty of members")
    open_course(page)
    page.wait_for_selector("#basket li >> text=loyalty of members")
    page.reload()
    page.wait_for_selector("#examples .example")
    open_course(page)
    page.wait_for_selector("#basket li >> text=Lorenzo Castillo")
    plan(page, "cooperativas")
    page.click("#basket .place >> text=1")
    page.wait_for_selector("#outline .session >> text=1 cita")
    page.click("#build")
    page.wait_for_selector("#material .pack")
    with page.expect_download() as download:
        page.locator("#material a[download$='-es-facilitacion.docx']").click()
    document = Document(download.value.path())
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Hallazgos principales" in said and "loyalty of members keeps a cooperative alive" in said
    assert "índice" in document.sections[0].header.paragraphs[0].text
    assert any("Castillo 2012, citado en" in note.text for note in document.footnotes)


@in_browser
def test_a_phone_can_make_a_course_without_sideways_scrolling(visit):
    page = visit(390, 844, "es-PE")
    keep_a_quotation(page, "loyalty of members")
    assert is_no_wider_than_its_window(page)
    open_course(page)
    page.wait_for_selector("#basket li")
    assert is_no_wider_than_its_window(page)
    plan(page, "cooperativas")
    assert is_no_wider_than_its_window(page)
    page.click("#build")
    page.wait_for_selector("#material .pack")
    page.click("#material .look summary >> nth=0")
    page.click("#material .handout summary >> nth=0")
    page.wait_for_selector("#material .handout h4:visible")
    assert is_no_wider_than_its_window(page)


@in_browser
def test_an_answer_goes_into_the_basket_and_the_basket_into_a_file_and_back(visit, tmp_path):
    page = visit()
    ask(page, "How many members do coffee cooperatives in Peru have?")
    page.click("#turn-0 [data-keep]")
    page.wait_for_selector("#turn-0 >> text=Added to the course")
    open_course(page)
    page.wait_for_selector("#basket li >> text=about 100 members")
    held = page.locator("#basket li").count()
    with page.expect_download() as download:
        page.click("#basket a[download='basket.json']")
    saved = tmp_path / f"{uuid4()}.json"
    download.value.save_as(saved)
    assert json.loads(saved.read_text(encoding="utf-8"))["kept"][0]["asked"].startswith("How many members")
    page.click("#basket .plain >> text=Empty the basket")
    page.wait_for_selector("#basket >> text=Nothing here yet")
    load(page, "basket", saved)
    page.wait_for_function(f"document.querySelectorAll('#basket li').length === {held}")
    assert not list(Path(get_upload_folder()).rglob(saved.name)), "a basket that was loaded is still on the server"


@in_browser
def test_a_wrong_file_and_an_uncovered_topic_are_told_why(visit, tmp_path):
    wrong = tmp_path / "shopping.json"
    wrong.write_text('{"milk": 2}', encoding="utf-8")
    page = visit()
    open_course(page)
    load(page, "basket", wrong)
    page.wait_for_selector("#told-basket .failed >> text=shopping.json")
    page.fill("#course-topic input", "volcanoes")
    page.keyboard.press("Enter")
    page.click("#propose")
    page.wait_for_selector("#told-plan .failed >> text=does not cover")
    page.click("#build")
    page.wait_for_selector("#told-build .failed >> text=Propose or load an outline first")


@in_browser
def test_an_outline_can_be_changed_saved_and_loaded(visit, tmp_path):
    page = visit()
    open_course(page)
    plan(page, "cooperatives")
    first = page.inner_text("#outline .session h3 >> nth=0")
    with page.expect_download() as download:
        page.click("#outline a[download='outline.toml']")
    saved = tmp_path / "outline.toml"
    download.value.save_as(saved)
    assert outline_from(saved.read_text(encoding="utf-8")).sessions[0].title == first
    page.click("#outline .plain >> text=Discard the outline")
    page.wait_for_selector("#outline >> text=The outline appears here")
    load(page, "outline", saved)
    page.wait_for_selector("#outline .session")
    assert page.inner_text("#outline .session h3 >> nth=0") == first
