"""Choosing a language model on the page: what may be typed there, and where the key goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import House
from lying import KEY, Script, endpoint

from rag_agency.errors import RequestError
from rag_agency.records import Question
from rag_agency.settings import Settings
from rag_agency.web.labels import LABELS
from rag_agency.web.library import Library
from rag_agency.writers import Listener
from rag_agency.writers.choosing import MAGIC, Chosen, is_of_this_computer, problem_of, settings_for

HOSTED = Settings(writer="openai", writer_url="https://models.example/v1", writer_model="m", writer_key=KEY)
CLAUDE = Settings(writer="anthropic", writer_model="claude-sonnet-4-0", writer_key=KEY)
MEMBERS = "How many members has a coffee cooperative in Peru?"
SAID = "Castillo says that coffee cooperatives in Peru have about 100 members."


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:11434/v1", "http://localhost/v1", "https://[::1]:8080/v1", " http://127.1.2.3:1/v1 "],
)
def test_addresses_of_this_computer_may_be_typed(url: str):
    assert is_of_this_computer(url) and problem_of(Chosen("openai", url, "m"), Settings()) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://models.example/v1",
        "http://127.0.0.1.example/v1",
        "http://localhost.example/v1",
        "http://127.0.0.1@models.example/v1",
        "http://models.example/#@127.0.0.1",
        "http://someone:secret@127.0.0.1/v1",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/v1",
        "http://0.0.0.0/v1",
        "http://2130706433/v1",
        "file:///etc/passwd",
        "127.0.0.1:11434",
        "http://127.0.0.1:99999999/v1",
        "http://[::1",
    ],
)
def test_no_other_address_may_be_typed_however_it_is_dressed(url: str):
    assert not is_of_this_computer(url)
    assert problem_of(Chosen("openai", url, "m"), Settings()) == "not_here"


def test_the_address_that_the_settings_name_may_be_typed_wherever_it_is():
    assert problem_of(Chosen("openai", "https://models.example/v1/", "other"), HOSTED) is None
    assert problem_of(Chosen("openai", "https://models.example/v2", "other"), HOSTED) == "not_here"


@pytest.mark.parametrize(
    ("chosen", "configured", "key"),
    [
        (Chosen("openai", "https://models.example/v1", "other"), HOSTED, KEY),
        (Chosen("openai", "http://127.0.0.1:1/v1", "m"), HOSTED, ""),
        (Chosen("openai", "http://127.0.0.1:1/v1", "m"), CLAUDE, ""),
        (Chosen("anthropic", "", "claude-opus-4-1"), CLAUDE, KEY),
        (Chosen("anthropic", "http://127.0.0.1:1", "claude-opus-4-1"), CLAUDE, KEY),
        (Chosen("gguf", "", "a.gguf"), HOSTED, ""),
        (Chosen("gguf", "", "a.gguf"), replace(HOSTED, writer="gguf", writer_url=""), KEY),
    ],
)
def test_the_key_goes_where_the_settings_send_it_and_nowhere_else(chosen: Chosen, configured: Settings, key: str):
    found = settings_for(chosen, configured)
    assert (found.writer, found.writer_model, found.writer_key) == (chosen.kind, chosen.model, key)
    if chosen.kind == "anthropic":
        assert found.writer_url == configured.writer_url, "the typed address is not taken, for the key goes with it"
    assert found.checker == configured.checker and found.index == configured.index


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        (Chosen("openai", "http://127.0.0.1:1/v1", "  "), "no_name"),
        (Chosen("openai", " ", "m"), "no_address"),
        (Chosen("anthropic", "", "claude-opus-4-1"), "no_key"),
        (Chosen("gguf", "", "/nowhere/a.gguf"), "no_file"),
        (Chosen("gguf", "", "/etc/passwd"), "no_file"),
        (Chosen("gguf", "", "/etc"), "no_file"),
    ],
)
def test_each_problem_has_a_line_in_both_languages(chosen: Chosen, problem: str):
    assert problem_of(chosen, Settings()) == problem
    assert all("\n" not in text and text for text in LABELS[f"model_{problem}"])


def test_a_gguf_file_is_told_by_its_first_bytes(tmp_path: Path):
    (tmp_path / "a.bin").write_bytes(MAGIC + b"\x03")
    assert problem_of(Chosen("gguf", "", str(tmp_path / "a.bin")), Settings()) is None


def test_a_library_words_answers_with_the_model_chosen_keeps_it_over_a_build_and_goes_back(furnished: House):
    library = Library(furnished.open)
    assert library.model == ""
    with endpoint(Script([f"{SAID} [1]"])) as url:
        library.word_with(settings_for(Chosen("openai", url, "scripted"), furnished.settings))
        library.refresh()
        answer = library.ask(Question(MEMBERS), Listener())
        assert (library.model, answer.writer) == ("openai:scripted", "openai:scripted")
        assert SAID in [s.text for s in answer.sentences]
    library.word_as_configured()
    assert library.model == "" and library.ask(Question(MEMBERS), Listener()).writer == "extractive"


def test_a_model_that_cannot_be_opened_leaves_the_one_there_was(furnished: House):
    library = Library(furnished.open)
    with pytest.raises(RequestError, match="there is no file"):
        library.word_with(replace(furnished.settings, writer="gguf", writer_model="/nowhere.gguf"))
    assert library.model == ""
