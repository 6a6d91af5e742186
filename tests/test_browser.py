"""The chat page as a reader meets it, in headless Chromium."""

from __future__ import annotations

from pathlib import Path

from browsing import HOSTILE, MARKS, ask, is_no_wider_than_its_window, open_tab
from papers import study_paper

from rag_agency.errors import RagAgencyError

pytestmark = MARKS


def test_a_citation_opens_the_marked_page(visit):
    page = visit()
    ask(page, "How many members do coffee cooperatives in Peru have?")
    page.click("#conversation .mark >> nth=0")
    page.wait_for_selector("#source .sheet img")
    assert "Lorenzo Castillo" in page.inner_text("#source .speaker >> nth=0")
    assert "about 100 members" in page.inner_text("#source mark >> nth=0")
    assert page.locator("#source .sheet img").first.evaluate("image => image.naturalWidth") > 500
    assert page.locator("#source .sheet").first.get_attribute("data-at")


def test_a_follow_up_keeps_its_context_until_a_new_conversation(visit, served, monkeypatch):
    asked = []
    real = served.library.ask
    monkeypatch.setattr(served.library, "ask", lambda question: asked.append(question) or real(question))
    page = visit()
    ask(page, "How many members do coffee cooperatives have?")
    ask(page, "And where are potatoes stored?")
    assert asked[-1].history == ("How many members do coffee cooperatives have?",)
    page.click("#new")
    page.wait_for_selector("#examples .example")
    ask(page, "Where are potatoes stored?")
    assert asked[-1].history == ()


def test_limits_go_with_the_question(visit, served, monkeypatch):
    asked = []
    real = served.library.ask
    monkeypatch.setattr(served.library, "ask", lambda question: asked.append(question) or real(question))
    page = visit()
    page.click("#limits button")
    page.click("#limit-0 input")
    page.get_by_role("option", name="Nico Tassi").click()
    ask(page, "Who lends money?")
    assert asked[-1].members == ("tassi",)


def test_the_page_speaks_the_browser_s_language_and_can_be_switched(visit):
    page = visit(locale="es-BO")
    page.wait_for_selector("text=Pequeños productores en América Latina")
    assert page.inner_text("#send") == "Preguntar"
    ask(page, "¿Cuántos socios tienen las cooperativas de Castillo?")
    page.click("#language label >> text=English")
    page.wait_for_selector("text=Small-scale farmers in Latin America")
    page.wait_for_selector("#turn-0")
    assert page.inner_text("#send") == "Ask"


def test_a_phone_needs_no_sideways_scrolling(visit):
    page = visit(390, 844)
    assert is_no_wider_than_its_window(page)
    ask(page, "How many members do coffee cooperatives in Peru have?")
    page.wait_for_selector("#source .sheet img")
    assert is_no_wider_than_its_window(page)
    for tab, shown in (("Who says what", "#matrix .cell"), ("Reports", "#corpus .card"), ("Evaluate", "#evaluate-run")):
        open_tab(page, tab)
        page.wait_for_selector(f"{shown}:visible")
        assert is_no_wider_than_its_window(page)


def test_a_failed_answer_says_so(visit, served, monkeypatch):
    def broken(_question):
        raise RagAgencyError("The index is damaged; rebuild it: rag-agency build")

    monkeypatch.setattr(served.library, "ask", broken)
    page = visit()
    ask(page, "How many members?")
    told = page.inner_text("#turn-0")
    assert "could not be answered" in told and "rebuild it: rag-agency build" in told
    assert page.locator("#turn-0 .note.abstained").count() == 0


def test_words_of_a_pdf_stay_words(visit):
    page = visit()
    ask(page, "What does the door of a shed say to every visitor?")
    page.wait_for_selector("#source .sheet img")
    assert HOSTILE in page.inner_text("#turn-0") and HOSTILE in page.inner_text("#source")
    assert page.locator("img[src='x']").count() == 0


def test_an_answer_can_be_kept(visit):
    page = visit()
    ask(page, "How many members do coffee cooperatives in Peru have?")
    with page.expect_download() as download:
        page.click("#turn-0 a[download='answer.md']")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("# How many members") and "Castillo 2012" in text
    page.click("#turn-0 [data-copy]")
    page.wait_for_selector("#turn-0 >> text=Copied")


def test_who_says_what_opens_quotations_and_their_page(visit):
    page = visit()
    page.get_by_role("tab").nth(1).click()
    page.click("#matrix [data-pick='tassi|']")
    page.wait_for_selector("#quotations h2 >> text=Nico Tassi")
    page.click("#quotations .statement >> nth=0")
    page.wait_for_selector("#who-source .sheet img")
    assert "Nico Tassi" in page.inner_text("#who-source")


def test_a_jpeg_is_refused_and_a_paper_is_read_added_and_removed(visit, tmp_path):
    photo = tmp_path / "photo.pdf"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 500)
    maize = study_paper(tmp_path / "maize.pdf", "= Maize\n\nMaize is ground in nineteen mills.", "Maize and mills")
    page = visit()
    page.get_by_role("tab").nth(2).click()
    page.set_input_files("#files input[type=file]", str(photo))
    page.wait_for_selector("#files >> text=photo")
    page.click("#read")
    page.wait_for_selector("#told .failed >> text=photo.pdf is not a PDF")
    page.click("#files button[aria-label='Clear']")
    page.set_input_files("#files input[type=file]", str(maize))
    page.wait_for_selector("#files >> text=maize")
    page.click("#read")
    page.wait_for_selector("#told .card >> text=Maize and mills")
    assert page.locator("#corpus .card").count() == 1
    page.click("#add")
    page.wait_for_selector("#corpus .card >> text=Maize and mills")
    page.get_by_role("tab").nth(0).click()
    ask(page, "How is maize ground?")
    assert "nineteen mills" in page.inner_text("#turn-0")
    page.get_by_role("tab").nth(2).click()
    page.locator("#corpus .card", has_text="Maize and mills").locator(".remove").click()
    page.click("#remove")
    page.wait_for_selector("#told .done >> text=was removed")
    page.wait_for_function("document.querySelectorAll('#corpus .card').length === 1")
