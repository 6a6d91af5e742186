"""A model of Anthropic, over its own wire format from a server on this computer: asked, refused, too slow."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from conftest import House
from lying import KEY, Script, endpoint

from rag_agency import ask
from rag_agency.ask import OpenIndex, open_index
from rag_agency.errors import RequestError
from rag_agency.settings import Settings
from rag_agency.writers import open_model

pytest.importorskip("llama_index.llms.anthropic", reason="the extra [anthropic] is not installed")

MEMBERS = "How many members has a coffee cooperative in Peru?"
SAID = "Castillo says that coffee cooperatives in Peru have about 100 members."


@contextmanager
def asking(house: House, script: Script, seconds: float = 20.0) -> Iterator[OpenIndex]:
    with endpoint(script) as url:
        named = {"writer": "anthropic", "writer_model": "claude-sonnet-4-0", "writer_key": KEY}
        named |= {"writer_url": url.removesuffix("/v1"), "writer_seconds": seconds}
        yield open_index(settings=replace(house.settings, **named), embedders=house.embedders)


def test_its_stream_becomes_an_answer_that_passed_the_gate(furnished: House, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    script = Script([["Castillo says that coffee ", "cooperatives in Peru have ", "about 100 members. [", "1]"]])
    with asking(furnished, script) as opened:
        answer = ask(MEMBERS, opened)
    assert (answer.writer, answer.fallback) == ("anthropic:claude-sonnet-4-0", None)
    assert [s.text for s in answer.sentences if s.written] == [SAID]
    sent = script.asked[0]
    assert (sent["model"], sent["stream"]) == ("claude-sonnet-4-0", True)
    assert "100 members" in json.dumps(sent["messages"][-1]) and "<evidence>" in json.dumps(sent["messages"][-1])
    assert sent["system"] and {m["role"] for m in sent["messages"]} == {"user", "assistant"}
    assert set(script.keys) == {KEY}
    assert KEY not in caplog.text + json.dumps(answer.to_dict()) + repr(opened)


def test_a_sentence_that_fails_is_given_back_to_it_once(furnished: House):
    script = Script([f"{SAID.replace('100', '900')} [1]", f"{SAID} [1]"])
    with asking(furnished, script) as opened:
        answer = ask(MEMBERS, opened)
    assert [s.text for s in answer.sentences if s.written] == [SAID]
    assert len(script.asked) == 2 and "900 is not in the evidence" in json.dumps(script.asked[1]["messages"])


def test_a_model_that_the_library_does_not_know_is_told_at_once_with_what_to_do():
    with pytest.raises(RequestError, match="does not know the model claude-9; look at the spelling"):
        open_model(Settings(writer="anthropic", writer_model="claude-9", writer_key=KEY))


FAILURES = {
    "rate limit": Script([""], status=429),
    "key": Script([""], status=401),
    "failed": Script([""], status=529),  # “overloaded”
    "unreachable": Script([""], status=404),
    "declined": Script(["I’m sorry, but I can’t help with that."]),
    "empty": Script([""], stop_reason="refusal"),
}


@pytest.mark.parametrize("cause", FAILURES)
def test_each_way_in_which_it_fails_falls_back_to_the_reports_own_sentences(furnished: House, cause: str):
    with asking(furnished, FAILURES[cause]) as opened:
        answer = ask(MEMBERS, opened)
        own = ask(MEMBERS, replace(opened, writing=None))
    assert (answer.fallback, answer.writer) == (cause, "extractive")
    assert [s.text for s in answer.sentences] == [s.text for s in own.sentences]
    assert KEY not in json.dumps(answer.to_dict())


@pytest.mark.parametrize("script", [Script([SAID], before=4), Script([[*SAID]], between=0.2)], ids=["silent", "slow"])
def test_one_that_takes_too_long_falls_back(furnished: House, script: Script):
    with asking(furnished, script, seconds=1.0) as opened:
        answer = ask(MEMBERS, opened)
    assert (answer.fallback, answer.writer) == ("timeout", "extractive") and answer.seconds < 4


def test_what_passed_before_its_connection_broke_is_kept(furnished: House):
    with asking(furnished, Script([[f"{SAID} [1]\nCast", "illo"]], cut=True)) as opened:
        answer = ask(MEMBERS, opened)
    assert [s.text for s in answer.sentences if s.written] == [SAID]


def test_it_gives_no_probabilities_so_a_checker_that_wants_them_is_done_without_and_that_is_told(furnished: House):
    with endpoint(Script([f"{SAID} [1]"])) as url:
        named = {
            "writer": "anthropic",
            "writer_model": "claude-sonnet-4-0",
            "writer_key": KEY,
            "writer_url": url.removesuffix("/v1"),
        }
        settings = replace(furnished.settings, **named, checker="model")
        answer = ask(MEMBERS, open_index(settings=settings, embedders=furnished.embedders))
    check = answer.sentences[0].checks[-1]
    assert (check.name, check.passed) == ("checker", True)
    assert check.detail.startswith("not asked: the model's endpoint gives no log-probabilities")
