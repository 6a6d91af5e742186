"""A language model chosen on the page, in a real browser: closed at first, safe, in both languages, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from browsing import MARKS, Served, is_no_wider_than_its_window, page_of, windows_onto
from conftest import make_house
from lying import KEY, Script, endpoint
from papers import study_paper

pytestmark = MARKS
MEMBERS = "How many members has a coffee cooperative in Peru?"
SAID = "Castillo says that coffee cooperatives in Peru have about 100 members."


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    house = make_house(tmp_path_factory.mktemp("chosen"))
    study_paper(house.corpus / "study.pdf")
    house.build()
    named = {"writer": "openai", "writer_model": "dead", "writer_url": "http://127.0.0.1:9/v1", "writer_key": KEY}
    with page_of(house, replace(house.settings, **named)) as page:
        yield page


@pytest.fixture
def visit(served: Served, browser):
    served.library.word_as_configured()
    with windows_onto(served, browser) as opened:
        yield opened


def choose(page, url: str, name: str, told: str) -> None:
    """Open the place, type once it says what it wants, press, and wait for the line that is told."""
    if not page.locator("#model-use").is_visible():
        page.locator("#model-choice > button").click()
    # The page fills what is opened a moment later; what was typed before its label stands would be lost.
    page.wait_for_selector("#model-url >> text=http://127.0.0.1:11434")
    page.fill("#model-url :is(input, textarea)", url)
    page.fill("#model-name :is(input, textarea)", name)
    page.click("#model-use")
    page.wait_for_selector(f"#model-told p >> text={told}")


def test_it_is_closed_at_first_and_shows_no_key(served: Served, visit):
    page = visit()
    assert page.locator("#model-choice").is_visible() and not page.locator("#model-use").is_visible()
    page.locator("#model-choice > button").click()
    page.wait_for_selector("#model-use")
    assert page.input_value("#model-url :is(input, textarea)") == "http://127.0.0.1:9/v1"
    assert KEY not in page.content()


def test_a_model_on_this_computer_is_chosen_and_words_the_next_answer_without_the_key_of_another(visit):
    script = Script([f"{SAID} [1]"])
    page = visit()
    with endpoint(script) as url:
        choose(page, url, "mine", "From now on answers are worded by openai:mine.")
        assert "openai:mine" in page.inner_text("#writer")
        page.fill("#question textarea", MEMBERS)
        page.click("#send")
        page.wait_for_selector("#turn-0 .citation")
    assert SAID in page.inner_text("#turn-0 .answer") and "Worded by openai:mine" in page.inner_text("#turn-0")
    assert script.asked[0]["model"] == "mine" and KEY not in str(script.keys)
    page.click("#model-back")
    page.wait_for_function("document.querySelector('#writer').innerText.includes('openai:dead')")


def test_an_address_elsewhere_is_refused_in_one_line_and_nothing_changes(served: Served, visit):
    page = visit()
    choose(page, "https://models.example/v1", "m", "This address is not on this computer")
    assert served.library.model == "openai:dead"


def test_on_a_phone_in_spanish_it_fits_and_says_what_is_wrong(served: Served, visit):
    page = visit(390, 800, "es-PE")
    choose(page, "", "m", "Escriba la dirección del modelo.")
    assert "Elegir un modelo de lenguaje" in page.inner_text("#model-choice")
    page.locator("#model-kind label").nth(2).click()
    page.wait_for_selector("#model-url", state="hidden")
    page.wait_for_selector("#model-name >> text=Archivo en esta computadora")
    page.fill("#model-name :is(input, textarea)", "/nowhere/a.gguf")
    page.click("#model-use")
    page.wait_for_function("document.querySelector('#model-told').innerText.includes('GGUF')")
    assert is_no_wider_than_its_window(page)


def test_a_page_that_other_computers_reach_offers_no_such_choice(served: Served):
    from rag_agency.web.page import make_page

    ids = {
        block["props"].get("elem_id")
        for block in make_page(served.library, served.house.settings, shared=True).get_config_file()["components"]
    }
    assert "writer" in ids and "model-choice" not in ids
