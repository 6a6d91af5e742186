"""A checker model behind the gate: it can refuse, never let through, and its silence is never taken for a yes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import House
from fakes import ScriptedModel
from lying import KEY, Script, endpoint
from typer.testing import CliRunner

from rag_agency import ask
from rag_agency.ask import OpenIndex, open_index
from rag_agency.checkers import Pair, YesNoChecker, open_checker, read_words
from rag_agency.checkers.standing import LEAST_YES
from rag_agency.cli import app
from rag_agency.errors import ModelError, RagAgencyError, RequestError, WriterError
from rag_agency.recheck import recheck
from rag_agency.records import Answer, Check
from rag_agency.settings import Settings, from_environment
from rag_agency.verify import Checker, Gate, Opinion
from rag_agency.web.conversation import Turn, conversation_html
from rag_agency.writers import Writing

MEMBERS = "How many members has a coffee cooperative in Peru?"
SAID = "Castillo says that coffee cooperatives in Peru have about 100 members."


def checked_by(opened: OpenIndex, checker: Checker, *replies: str) -> Answer:
    gate = Gate(tuple(opened.index.roster), checker=checker)
    return ask(MEMBERS, replace(opened, writing=Writing(ScriptedModel(*(replies or (f"{SAID} [1]",))), gate)))


def word(answer: Answer) -> Check:
    return next(c for s in answer.sentences if s.written for c in s.checks if c.name == "checker")


def says(score: float | None, note: str = "") -> Checker:
    return lambda claim, evidence: Opinion("a fake", score, 0.5, note)


def test_its_yes_stands_in_the_certificate_with_its_figure_and_its_name(opened: OpenIndex):
    answer = checked_by(opened, says(0.91))
    assert word(answer) == Check("checker", True, "0.91, 0.50 is needed (a fake)")
    assert word(answer).to_dict() in answer.to_dict()["sentences"][0]["checks"]


def test_its_no_drops_the_sentence_with_a_reason_that_a_person_understands(opened: OpenIndex):
    answer = checked_by(opened, says(0.12))
    assert answer.writer == "extractive" and answer.fallback == "nothing left"
    assert [(d.text, d.check) for d in answer.dropped] == [(SAID, "checker")]
    assert answer.dropped[0].reason == (
        "the checker does not find that its evidence supports it: 0.12, 0.50 is needed (a fake)"
    )
    for language, told in (("en", "does not find it supported"), ("es", "no lo ve respaldado")):
        assert told in conversation_html([Turn(MEMBERS, answer)], language)


@pytest.mark.parametrize(
    "error", [RuntimeError(f"out of memory {KEY}"), ModelError("the weights are gone"), KeyError()]
)
def test_a_sentence_on_which_it_fails_is_not_shown_and_that_is_the_reason(opened: OpenIndex, error: Exception):
    def fails(_claim: str, _evidence: str) -> Opinion:
        raise error

    answer = checked_by(opened, fails)
    assert not [s for s in answer.sentences if s.written] and answer.sentences
    reason = answer.dropped[0].reason
    assert reason.startswith("the checker failed on it, so it is not shown") and KEY not in reason
    assert ("the weights are gone" in reason) == isinstance(error, RagAgencyError)


def test_it_is_asked_last_about_what_all_other_checks_let_through_and_never_overrules_them(opened: OpenIndex):
    asked: list[tuple[str, str]] = []

    def yes(claim: str, evidence: str) -> Opinion:
        asked.append((claim, evidence))
        return Opinion("a fake", 1.0, 0.5)

    answer = checked_by(opened, yes, f"{SAID.replace('100', '900')} [1]\n{SAID} [1]", "")
    assert [s.text for s in answer.sentences if s.written] == [SAID]
    assert len(asked) == 1 and "900" not in asked[0][0]
    assert asked[0][0] == SAID and "Castillo" in asked[0][1] and "100 members" in asked[0][1]


def test_a_checker_without_any_verdict_is_done_without_and_the_reader_is_told(opened: OpenIndex):
    answer = checked_by(opened, says(None, "no probabilities"))
    assert word(answer) == Check("checker", True, "not asked: no probabilities (a fake)")
    for language, told in (("en", "gives no verdict here"), ("es", "no da aquí veredicto")):
        assert told in conversation_html([Turn(MEMBERS, answer)], language)
    assert "was asked about each" in conversation_html([Turn(MEMBERS, checked_by(opened, says(0.9)))], "en")
    without = replace(opened, writing=Writing(ScriptedModel(f"{SAID} [1]"), Gate(tuple(opened.index.roster))))
    assert "checker model" not in conversation_html([Turn(MEMBERS, ask(MEMBERS, without))], "en")


def test_a_certificate_is_gone_through_again_without_it_and_says_that_its_word_is_as_recorded(
    furnished: House, opened: OpenIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(checked_by(opened, says(0.91)).to_dict()) + "\n", encoding="utf-8")
    assert list(recheck(file, furnished.settings)) == []
    monkeypatch.setenv("RAG_AGENCY_CORPUS", str(furnished.corpus))
    told = CliRunner().invoke(app, ["verify", str(file), "--index", str(furnished.settings.index)])
    assert told.exit_code == 0 and told.stdout == ""
    assert "A checker model’s word on 1 sentences is as recorded; it was not asked again." in told.stderr
    refused = file.read_text("utf-8").replace(
        '"check": "checker", "passed": true', '"check": "checker", "passed": false'
    )
    file.write_text(refused, encoding="utf-8")
    assert "checker: shown though this check failed" in next(iter(recheck(file, furnished.settings)))


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ({"Yes": -0.1, "No": -3.0}, 0.948),
        ({" yes": -1.0, "YES": -1.0, "no": -1.0}, 0.667),
        ({"Sí": -0.2, "si": -2.0, "▁No": -2.0}, 0.876),
        ({"No": -0.01, "Maybe": -5.0}, 0.0),
        ({"Yesterday": -0.1, "Yes": -4.0, "Nothing": -1.0}, 1.0),
    ],
)
def test_the_likeliest_first_words_are_counted_in_either_language_and_no_others(words: dict[str, float], score: float):
    assert read_words(words).score == pytest.approx(score, abs=0.001)


def test_without_yes_and_no_among_them_there_is_no_verdict():
    assert read_words({}).note == "the model's endpoint gives no log-probabilities"
    assert (read_words({"The": -0.1, "I": -1.0}).score, read_words({"The": -0.1}).note) == (
        None,
        "the model begins with “The”, neither yes nor no",
    )


@contextmanager
def asking(house: House, script: Script) -> Iterator[OpenIndex]:
    with endpoint(script) as url:
        named = {"writer": "openai", "writer_model": "scripted", "writer_url": url, "checker": "model"}
        yield open_index(settings=replace(house.settings, **named), embedders=house.embedders)


@pytest.mark.parametrize(("yes", "shown"), [(-0.05, True), (-4.0, False)])
def test_the_model_that_writes_is_asked_at_its_own_endpoint(furnished: House, yes: float, shown: bool):
    script = Script([f"{SAID} [1]", ""], first_words={"Yes": yes, "No": -3.0 if shown else -0.02})
    with asking(furnished, script) as opened:
        answer = ask(MEMBERS, opened)
    assert bool([s for s in answer.sentences if s.written]) is shown
    asked = next(a for a in script.asked if a.get("logprobs") and a["max_tokens"] == 1)
    assert (asked["max_tokens"], asked["top_logprobs"], asked["temperature"]) == (1, 20, 0.0)
    assert "about 100 members" in asked["messages"][-1]["content"]
    if shown:
        assert f"{LEAST_YES:.2f} is needed (support_yes_no, openai:scripted, prompt " in word(answer).detail


def test_an_endpoint_that_gives_fewer_probabilities_is_asked_for_fewer_and_one_that_gives_none_is_done_without(
    furnished: House,
):
    for most, there in ((5, True), (0, False)):
        script = Script([f"{SAID} [1]"], first_words={"Yes": -0.1, "No": -3.0}, most_first_words=most)
        with asking(furnished, script) as opened:
            answers = [ask(MEMBERS, opened), ask(MEMBERS, opened)]
        assert all(word(a).passed and (word(a).detail.startswith("not asked")) is not there for a in answers)
        tries = [a["top_logprobs"] for a in script.asked if a.get("logprobs")]
        assert tries == ([20, 5, 5] if there else [20, 5]), "what it does not give is not asked for again"


def test_an_endpoint_that_fails_when_asked_shows_nothing_unchecked():
    class Failing:
        name = "failing"

        def first_words(self, _messages: object) -> dict[str, float]:
            raise WriterError("rate limit", "the model's endpoint takes no more requests for now")

    verdict = YesNoChecker(Failing()).check([Pair("a", ("b",))])[0]
    assert (verdict.score, verdict.note) == (None, "the model's endpoint takes no more requests for now")
    with pytest.raises(ModelError, match="takes no more requests"):
        checker = open_checker(Settings(checker="model"), Failing())
        assert checker is not None
        checker("a", "b")


def test_a_claim_without_evidence_is_not_even_asked_about():
    assert YesNoChecker(None).check([Pair("a", ())])[0].score == 0.0


def test_a_cross_encoder_is_taken_from_its_directory_and_decides(
    furnished: House, opened: OpenIndex, tiny_nli: Callable[[dict[int, str]], Path]
):
    for labels, shown in (({0: "neutral", 1: "entailment"}, True), ({0: "entailment", 1: "neutral"}, False)):
        folder = tiny_nli(labels)
        checker = open_checker(Settings(checker="nli", checker_model=str(folder)), None)
        assert checker is not None
        answer = checked_by(opened, checker)
        assert bool([s for s in answer.sentences if s.written]) is shown
        assert f"(support_nli, {folder.name}@" in (word(answer).detail if shown else answer.dropped[0].reason)


def test_settings_name_the_directory_and_the_least_score(tiny_nli, furnished: House, monkeypatch: pytest.MonkeyPatch):
    for name, value in {"CHECKER": "NLI", "CHECKER_MODEL": str(tiny_nli({0: "x", 1: "entailment"}))}.items():
        monkeypatch.setenv(f"RAG_AGENCY_{name}", value)
    monkeypatch.setenv("RAG_AGENCY_CHECKER_LEAST", "1.0")
    settings = from_environment()
    assert (settings.checker, settings.checker_least) == ("nli", 1.0)
    with endpoint(Script([f"{SAID} [1]"])) as url:
        settings = replace(furnished.settings, writer="openai", writer_model="m", writer_url=url,
                           checker=settings.checker, checker_model=settings.checker_model, checker_least=1.0)  # fmt: skip
        answer = ask(MEMBERS, open_index(settings=settings, embedders=furnished.embedders))
    assert answer.writer == "extractive" and "1.00 is needed" in answer.dropped[0].reason


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(checker="oracle"), "there is no checker oracle; set RAG_AGENCY_CHECKER to one of nli, model"),
        (Settings(checker="nli"), "RAG_AGENCY_CHECKER_MODEL names no directory"),
        (Settings(checker="nli", checker_model="/nowhere"), "/nowhere holds no model"),
        (Settings(checker="model"), "RAG_AGENCY_WRITER names none that can be asked"),
    ],
)
def test_settings_that_cannot_be_used_say_what_to_do(settings: Settings, said: str):
    with pytest.raises((RequestError, ModelError), match=said):
        open_checker(settings, None)


def test_a_directory_whose_outputs_have_no_meaning_is_told_before_a_question(tiny_nli):
    with pytest.raises(ModelError, match="id2label"):
        open_checker(Settings(checker="nli", checker_model=str(tiny_nli({0: "LABEL_0", 1: "LABEL_1"}))), None)


def test_no_checker_is_the_default():
    assert open_checker(Settings(), None) is None
