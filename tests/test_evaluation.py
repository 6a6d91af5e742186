"""A run of the suite: a good answerer passes, each planted one fails, and the first screen says why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import House
from evaluating import ITEMS, STUDY, alters_digits, changed, declining, moves_pages, swaps_members
from typer.testing import CliRunner

from rag_agency.ask import OpenIndex
from rag_agency.asked import understand
from rag_agency.cli import app
from rag_agency.errors import RequestError
from rag_agency.evaluation import (
    Plan,
    Run,
    Shelf,
    System,
    evaluate,
    intervals,
    numbers_of,
    read_gates,
    shelf_of,
    system_of,
)
from rag_agency.evaluation.baselines import rivals
from rag_agency.evaluation.judged import GoldQuote
from rag_agency.evaluation.junit import write_junit
from rag_agency.evaluation.results import read_results, write_results
from rag_agency.evaluation.screen import first_screen, reasons
from rag_agency.records import Answer, Question

GATES = Path(__file__).parents[1] / "eval" / "gates.toml"


@pytest.fixture(scope="module", autouse=True)
def few_resamples() -> Iterator[None]:
    """These tests ask what is said, not how wide an interval is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intervals, "RESAMPLES", 200)
        yield


@pytest.fixture(scope="module")
def system(opened: OpenIndex) -> System:
    return system_of(opened)


@pytest.fixture(scope="module")
def shelf(opened: OpenIndex) -> Shelf:
    return shelf_of(opened)


@pytest.fixture(scope="module")
def good(system: System, shelf: Shelf, opened: OpenIndex) -> Run:
    plan = Plan(read_gates(GATES), rivals=rivals(opened, system))
    return evaluate(ITEMS, system, shelf, plan)


def judged(system: System, shelf: Shelf) -> Run:
    return evaluate(ITEMS, system, shelf, Plan(read_gates(GATES), mutates=False))


def hard_faults(run: Run) -> list[str]:
    return [gate.name for gate in run.gates if gate.kind == "hard" and gate.outcome == "failed"]


def test_all_hard_gates_hold_for_the_program_itself(good: Run):
    assert hard_faults(good) == []
    assert good.metric("quote_verbatim").value == 1.0
    assert good.metric("false_attribution").value == 0.0


def test_every_planted_fault_in_a_good_answer_is_noticed_and_nothing_harmless_is(good: Run):
    assert [m.kind for m in good.mutations if m.structural and m.caught < m.made] == []
    assert [m.kind for m in good.mutations if not m.structural and m.caught] == []
    assert sum(m.made for m in good.mutations if m.structural) > 20


@pytest.mark.parametrize(
    ("change", "gate", "why"),
    [
        (swaps_members, "false_attribution", "the report gives these words to"),
        (moves_pages, "page_correct", r"stands on p\. 1, cited from p\. 2"),
        (alters_digits, "quote_verbatim", "these words stand nowhere in"),
    ],
)
def test_an_answerer_with_a_planted_fault_fails_its_gate_and_the_first_screen_says_why(
    system: System, shelf: Shelf, change: object, gate: str, why: str
):
    run = judged(changed(system, "planted", change), shelf)
    assert not run.passed
    assert gate in hard_faults(run)
    assert re.search(why, "\n".join(first_screen(run).splitlines()[:12]))


def test_one_that_answers_everything_fails_by_declining_nothing(system: System, shelf: Shelf):
    always = system.answer(Question(ITEMS[0].question))
    run = judged(System("answers all", lambda question: always), shelf)
    assert not run.passed
    assert any("Declining (F1)" in reason and "0.0 %" in reason for reason in reasons(run))


def test_one_that_declines_everything_fails_although_it_says_nothing_wrong(shelf: Shelf):
    run = judged(System("declines all", declining), shelf)
    assert not run.passed
    told = "\n".join(reasons(run))
    assert "Answerable ones declined: 100.0 %" in told
    assert "Quotes on their page: not computed: no question to judge it by" in told


def test_one_that_crashes_on_every_tenth_question_fails_and_each_crash_counts_in_every_figure(
    system: System, shelf: Shelf
):
    asked = [0]

    def crashing(question: Question) -> Answer:
        asked[0] += 1
        if asked[0] % 10 == 1:
            raise MemoryError("out of memory")
        return system.answer(question)

    run = judged(replace(system, name="crashes", answer=crashing), shelf)
    assert not run.passed
    assert "crashed" in hard_faults(run)
    assert "S1: failed: MemoryError: out of memory" in first_screen(run)
    assert run.metric("crashed").value > 0
    assert run.metric("quote_verbatim").value < 1.0
    assert run.metric("vital_nuggets").value < 1.0


def test_the_same_thing_run_twice_has_the_same_numbers_and_another_has_others(system: System, shelf: Shelf):
    first, second = judged(system, shelf), judged(system, shelf)
    compared = evaluate(ITEMS, system, shelf, Plan(read_gates(GATES), mutates=False, earlier=first))
    assert numbers_of(first) == numbers_of(second) == numbers_of(compared)
    assert numbers_of(first) != numbers_of(judged(System("declines all", declining), shelf))


def test_a_run_without_search_says_what_it_could_not_compute(system: System, shelf: Shelf):
    run = judged(System("bare", system.answer), shelf)
    assert any("retrieved_only was not computed: the system does not show what it retrieved" in s for s in run.said)
    assert run.metric("retrieved_only").value is None


def test_baselines_stand_beside_and_none_beats_the_program_in_all(good: Run):
    names = [baseline.name for baseline in good.baselines]
    assert names[:3] == ["BM25, first sentence", "top passage", "LlamaIndex citation engine"]
    figures = [{m.name: m.value for m in baseline.metrics} for baseline in good.baselines]
    assert [name for name, found in zip(names, figures, strict=True) if found["crashed"]] == []
    screen = first_screen(good)
    assert all(name in screen for name in names)
    engine = good.baselines[2].metrics
    assert next(m.value for m in engine if m.name == "quote_verbatim") == 1.0
    assert next(m.value for m in engine if m.name == "abstention_f1") < good.metric("abstention_f1").value


def test_a_claim_whose_passage_is_taken_away_goes_too(good: Run):
    assert good.metric("counterfactual").value == 1.0
    assert good.metric("counterfactual").n >= 4


def test_a_system_that_clings_to_what_was_taken_away_is_found_out(system: System, shelf: Shelf):
    clinging = replace(system, without=lambda question, quotes: system.answer(question))
    assert judged(clinging, shelf).metric("counterfactual").value == 0.0


def test_results_are_written_and_read_back_whole(good: Run, tmp_path: Path):
    assert read_results(write_results(good, tmp_path)) == good


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"schema": 1', '"schema": 99', "has schema 99"),
        ('"verdict": "passed"', '"verdict": "fine"', "checks"),
        ('"quote_verbatim"', "7", "valid string"),
        ('"error": ""', '"error": "", "extra": 1', "Unexpected keyword"),
    ],
)
def test_a_results_file_that_was_changed_is_refused_with_its_place(
    good: Run, tmp_path: Path, old: str, new: str, says: str
):
    file = write_results(good, tmp_path)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RequestError, match=says):
        read_results(file)


def test_a_run_compared_with_itself_shows_no_difference_and_with_a_worse_one_a_fall(
    good: Run, system: System, shelf: Shelf
):
    same = evaluate(ITEMS, system, shelf, Plan(earlier=good, mutates=False))
    assert {d.change for d in same.comparison.differences} <= {"no_difference_seen"}
    assert {d.difference for d in same.comparison.differences} == {0.0}
    worse = evaluate(ITEMS, System("declines", declining), shelf, Plan(read_gates(GATES), earlier=good, mutates=False))
    fallen = next(d for d in worse.comparison.differences if d.name == "vital_nuggets")
    assert fallen.difference < 0
    assert "S1" in fallen.broken


def test_junit_has_a_case_for_every_question_and_hard_gate(good: Run, system: System, shelf: Shelf, tmp_path: Path):
    bad = judged(changed(system, "planted", swaps_members), shelf)
    root = ElementTree.parse(write_junit(bad, tmp_path)).getroot()
    failures = {case.get("name") for case in root.iter("testcase") if case.find("failure") is not None}
    assert "S1 member_attribution" in failures
    assert "false_attribution" in failures
    calm = ElementTree.parse(write_junit(good, tmp_path)).getroot()
    questions = next(s for s in calm.iter("testsuite") if s.get("name") == "faithfulness.questions")
    assert questions.get("failures") == questions.get("errors") == "0"


def test_progress_may_stop_a_run(system: System, shelf: Shelf):
    def stop(what: str, done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(ITEMS, system, shelf, progress=stop)


def test_members_that_nobody_knows_are_refused(system: System, shelf: Shelf):
    with pytest.raises(RequestError, match=r"nobody \(question S1\)"):
        evaluate([replace(ITEMS[0], members=("nobody",))], system, shelf)


def test_gold_that_stands_nowhere_is_said(system: System, shelf: Shelf):
    lost = replace(ITEMS[0], evidence=(GoldQuote("nowhere", "x"), GoldQuote(STUDY, "cooperatives of 900")))
    said = evaluate([lost], system, shelf, Plan(mutates=False, rewords=False)).said
    assert "question S1: there is no report nowhere" in said
    assert f"question S1: {STUDY} has no page with 'cooperatives of 900'" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[hard_at_least]\nquotes = 1.0\n", "there is no figure quotes"),
        ("[hard]\nquote_verbatim = 1.0\n", "hard: Extra inputs"),
        ("[at_most]\nover_refusal = 'low'\n", "at_most.over_refusal"),
        ("at_most = [", "cannot be read as a file of gates"),
    ],
)
def test_a_file_of_gates_that_cannot_be_used_is_refused(tmp_path: Path, text: str, says: str):
    file = tmp_path / "gates.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError, match=re.escape(says)):
        read_gates(file)


def test_the_command_refuses_a_set_that_is_not_there(house: House):
    result = CliRunner().invoke(app, ["eval", "--set", "nowhere.csv"])
    assert isinstance(result.exception, RequestError)
    assert "nowhere.csv cannot be read" in str(result.exception)


def test_what_was_searched_for_a_part_of_a_question_does_not_hide_what_was_for_the_whole(opened: OpenIndex):
    two = Question(
        "How many members do coffee cooperatives have in Peru, and where are potatoes stored for the cold months?"
    )
    whole, part = (opened.search(two, understand(two, opened.index.roster), k) for k in (2, 1))
    brought = iter([replace(whole, passages=whole.passages[1:]), *[part] * 9])
    system = system_of(replace(opened, search=lambda question, asked: next(brought)))  # type: ignore[arg-type]
    assert system.answer(two).sentences
    assert understand(two, opened.index.roster).parts
    assert [p.id for p in system.search(two).passages] == [whole.passages[1].id, part.passages[0].id]


def planted_runs(system: System, shelf: Shelf) -> dict[str, Run]:
    always = system.answer(Question(ITEMS[0].question))
    spoilt = {f.__name__: changed(system, f.__name__, f) for f in (swaps_members, moves_pages, alters_digits)}
    spoilt["answers all"] = System("answers all", lambda _question: always)
    spoilt["declines all"] = System("declines all", declining)
    asked = iter(range(1000))

    def crashing(question: Question) -> Answer:
        if next(asked) % 10 == 9:
            raise MemoryError("out of memory")
        return system.answer(question)

    spoilt["crashes"] = replace(system, name="crashes", answer=crashing)
    return {name: judged(one, shelf) for name, one in spoilt.items()}


def test_the_command_exits_1_for_every_planted_answerer_and_says_so_first(
    system: System, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name, run in planted_runs(system, shelf).items():
        monkeypatch.setattr("rag_agency.evaluation.suite.run_suite", lambda *_parts, run=run: run)
        done = CliRunner().invoke(app, ["eval", "--out", str(tmp_path / name)])
        assert done.exit_code == 1, name
        assert done.stdout.startswith("NOT PASSED"), name
        assert (tmp_path / name / "junit.xml").exists()


def test_the_command_exits_0_where_every_gate_holds(good: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    passed = replace(good, gates=tuple(gate for gate in good.gates if gate.outcome != "failed"))
    assert passed.passed
    monkeypatch.setattr("rag_agency.evaluation.suite.run_suite", lambda *_parts: passed)
    assert CliRunner().invoke(app, ["eval", "--out", str(tmp_path)]).exit_code == 0
