"""The chat page with a language model behind it: sentences appear as they pass, and the reader can stop it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from browsing import MARKS, Served, page_of, windows_onto
from conftest import make_house
from lying import KEY, Script, endpoint
from papers import study_paper

pytestmark = MARKS
QUESTION = "What decides the price of potatoes, and how many members has a coffee cooperative in Peru?"
ROADS = "Castillo and Tassi agree that roads decide the price of potatoes."
LIE = "Castillo says that roads decide the price of 900 potatoes."
LAST = "The report's authors say that potatoes are stored in dry sheds near the river for the cold months."


@dataclass(frozen=True)
class Scripted:
    """The page, and the script of the endpoint behind it."""

    page: Served
    script: Script


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Scripted]:
    house = make_house(tmp_path_factory.mktemp("writer"))
    study_paper(house.corpus / "study.pdf")
    house.build()
    script = Script([""])
    with endpoint(script) as url:
        named = {"writer": "openai", "writer_model": "scripted", "writer_url": url, "writer_key": KEY}
        with page_of(house, replace(house.settings, **named)) as page:
            yield Scripted(page, script)


@pytest.fixture
def visit(served: Scripted, browser):
    with windows_onto(served.page, browser) as opened:
        yield opened


def says(served: Scripted, *bits: str, between: float) -> None:
    """Have the endpoint say these bits, whatever numbers the evidence has: the gate puts those right."""
    served.script.asked.clear()
    served.script.replies = [list(bits), ""]
    served.script.between = between


def pose(page) -> None:
    page.fill("#question textarea", QUESTION)
    page.click("#send")


def test_a_sentence_appears_as_it_passes_and_a_lie_never_does(served: Scripted, visit):
    says(served, f"{ROADS} [1]\n", f"{LIE} [1]\n", f"{LAST} [2]\n", "\n", between=2.0)
    page = visit()
    pose(page)
    page.wait_for_selector(f"#turn-0 .so-far >> text={ROADS}")
    assert page.locator("#turn-0 .citation").count() == 0 and page.locator("#turn-0 .stop").count() == 1
    assert LAST not in page.inner_text("#turn-0")
    page.wait_for_selector("#turn-0 .citation")
    whole = page.inner_text("#turn-0 .answer")
    assert ROADS in whole and LAST in whole and "900" not in whole
    page.click("#turn-0 .dropped summary")
    assert "900 potatoes" in page.inner_text("#turn-0 .dropped")
    page.click("#turn-0 .mark >> nth=0")
    page.wait_for_selector("#source .sheet img")


def test_the_reader_can_stop_the_model(served: Scripted, visit):
    says(served, f"{ROADS} [1]\n", *["and so on "] * 60, between=0.5)
    page = visit()
    pose(page)
    page.wait_for_selector("#turn-0 .so-far")
    page.click("#turn-0 .stop")
    page.wait_for_selector("#turn-0 .citation")
    told = page.inner_text("#turn-0")
    assert ROADS in told and "The language model was stopped." in told


def test_the_certificate_is_what_the_page_saves_and_has_no_key(served: Scripted, visit):
    says(served, f"{ROADS} [1]\n", between=0.0)
    page = visit()
    pose(page)
    page.wait_for_selector("#turn-0 .citation")
    with page.expect_download() as download:
        page.click("#turn-0 a[download='answer.json']")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    saved = json.loads(text)
    assert saved["question"] == QUESTION and saved["index"] and saved["writer"] == "openai:scripted"
    assert all(check["passed"] for sentence in saved["sentences"] for check in sentence["checks"])
    assert KEY not in text and KEY not in page.content()


def test_the_reader_chooses_the_reports_own_words_and_the_model_is_not_asked(served: Scripted, visit):
    says(served, f"{ROADS} [1]\n", between=0.0)
    page = visit(390, 800, "es-PE")
    page.locator("#writer label").nth(1).click()
    pose(page)
    page.wait_for_selector("#turn-0 .citation")
    assert not served.script.asked and "“" in page.inner_text("#turn-0 .answer")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
