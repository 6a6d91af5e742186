"""The tab that evaluates, without a browser: one run at a time, to be stopped; marks that last; words that stay words."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import House
from hypothesis import given
from hypothesis import strategies as st
from runs import better_run, run
from test_report import XSS, Page

from rag_agency.errors import RequestError
from rag_agency.evaluation.failing import has_failed
from rag_agency.evaluation.records import Check
from rag_agency.web.evaluate_marks import Marks, agreement_of, mark_of
from rag_agency.web.evaluate_places import sources_of
from rag_agency.web.evaluate_run import Evaluations, Finished, Order, Step, Stopped, discard, evaluator_of, problem_of
from rag_agency.web.evaluate_views import detail_html, questions_html, step_html, verdict_html
from rag_agency.web.labels import LABELS
from rag_agency.web.library import Library

ORDER = Order((Path("questions.csv"),))
QUESTIONS = """id,kind,language,question,vital,members,abstain
Q1,numeric,en,How many members do coffee cooperatives in Peru have?,100,castillo,no
Q2,single_fact,en,How many moons does Jupiter have in the novel?,ninety-five,,no
Q3,unanswerable,es,¿Qué dice la red sobre el café de Colombia?,,,sí
"""


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.csv"
    file.write_text(QUESTIONS, encoding="utf-8")
    return file


class TestRunning:
    def test_the_page_s_own_index_is_asked_and_the_report_is_there(self, furnished: House, questions: Path):
        library = Library(furnished.open)
        *steps, last = Evaluations(evaluator_of(library, furnished.settings)).run(Order((questions,)))
        assert isinstance(last, Finished) and all(isinstance(step, Step) for step in steps)
        assert [r.item.id for r in last.run.items] == ["Q1", "Q2", "Q3"]
        assert last.run.items[0].check("quote_verbatim").verdict == "passed"
        assert has_failed(last.run.items[1])
        html = (last.folder / "report.html").read_text(encoding="utf-8")
        assert "moons does Jupiter" in html and (last.folder / "results.json").is_file()
        discard(last)
        assert not last.folder.exists()

    def test_it_is_stopped_between_two_questions(self):
        asked = []
        go_on = threading.Event()

        def slow(_order, progress):
            for number in range(1000):
                progress("asking rag_agency", number, 1000)
                asked.append(number)
                go_on.wait(0.01)
            return run()

        evaluations = Evaluations(slow)
        events = evaluations.run(ORDER)
        next(events)
        assert not evaluations.stopping
        evaluations.stop()
        assert evaluations.stopping
        with pytest.raises(Stopped):
            list(events)
        assert len(asked) < 1000

    def test_leaving_the_page_stops_it_too(self):
        stopped = threading.Event()

        def endless(_order, progress):
            try:
                while True:
                    progress("asking", 0, 1)
                    threading.Event().wait(0.01)
            finally:
                stopped.set()

        events = Evaluations(endless).run(ORDER)
        next(events)
        events.close()
        assert stopped.wait(5)

    def test_only_one_runs_at_a_time_and_the_next_can_run_after_it(self):
        release = threading.Event()

        def waits(_order, _progress):
            release.wait(5)
            return run()

        evaluations = Evaluations(waits)
        first = evaluations.run(ORDER)
        next(first)
        with pytest.raises(RequestError, match="Another evaluation is running"):
            next(evaluations.run(ORDER))
        release.set()
        for finished in (list(first)[-1], list(evaluations.run(ORDER))[-1]):
            assert isinstance(finished, Finished)
            discard(finished)

    def test_a_failure_reaches_the_page_and_frees_the_place(self):
        def broken(_order, _progress):
            raise RequestError("questions.csv line 3 is not CSV; mend that line")

        evaluations = Evaluations(broken)
        for _ in range(2):
            with pytest.raises(RequestError, match="line 3"):
                list(evaluations.run(ORDER))

    def test_whoever_asks_the_chat_meanwhile_gets_a_turn(self, furnished: House, questions: Path):
        library = Library(furnished.open)
        events = Evaluations(evaluator_of(library, furnished.settings)).run(Order((questions,)))
        next(events)
        from rag_agency.records import Question

        assert library.ask(Question("How many members do coffee cooperatives have?")).sentences
        finished = list(events)[-1]
        assert isinstance(finished, Finished) and not any(r.error for r in finished.run.items)
        discard(finished)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("q.csv", b"id,question\n", ""),
        ("q.JSONL", b"{}", ""),
        ("q.xlsx", b"PK", "evaluate_not_questions"),
        ("q.csv", b"PK\x03\x04\0\0", "evaluate_not_questions"),
        ("q.jsonl", b"x" * (5 * 1024 * 1024 + 1), "evaluate_too_large"),
    ],
)
def test_only_small_files_of_questions_are_taken(tmp_path, name, content, problem):
    (tmp_path / name).write_bytes(content)
    assert problem_of(tmp_path / name) == problem


class TestMarks:
    def test_a_mark_lasts_and_the_last_one_counts(self, tmp_path):
        result = run().items[1]
        check = result.checks[0]
        marks = Marks(tmp_path)
        marks.set(result, check, True)
        marks.set(result, check, False)
        again = Marks(tmp_path)
        assert mark_of(again.known, result, check) is False
        again.set(result, check, None)
        assert mark_of(Marks(tmp_path).known, result, check) is None
        lines = (tmp_path / "evaluation" / "marks.jsonl").read_text(encoding="utf-8").splitlines()
        assert len(lines) == 3 and json.loads(lines[0])["question"] == result.item.question

    def test_a_mark_lapses_where_the_verdict_changes(self, tmp_path):
        result = run().items[1]
        marks = Marks(tmp_path)
        marks.set(result, result.checks[0], False)
        now = replace(result.checks[0], verdict="passed")
        assert mark_of(marks.known, result, now) is None

    def test_a_line_that_cannot_be_read_is_passed_over(self, tmp_path):
        marks = Marks(tmp_path)
        marks.set(run().items[1], run().items[1].checks[0], True)
        with (tmp_path / "evaluation" / "marks.jsonl").open("a", encoding="utf-8") as file:
            file.write('{"half a li\n')
        assert len(Marks(tmp_path).known) == 1

    @given(st.lists(st.sampled_from([True, False, None]), min_size=3, max_size=3))
    def test_agreement_counts_what_was_looked_at(self, told):
        result = run().items[1]
        known = {
            (result.item.question, check.name, check.verdict): agrees
            for check, agrees in zip(result.checks, told, strict=True)
            if agrees is not None
        }
        found = agreement_of(known, run().items)
        assert (found.agreed, found.of) == (told.count(True), 3 - told.count(None))
        assert sum(number for _, number in found.disputed) == told.count(False)


class TestViews:
    def test_the_verdict_and_its_reasons_come_first(self):
        text = Page(verdict_html(run(), "en")).text
        assert text.index("Not passed") < text.index("not on its page") < text.index("False attributions")
        assert "Passed" in Page(verdict_html(replace(run(), gates=run().gates[1:]), "en")).text

    def test_only_what_failed_or_all(self):
        assert "item|A1" not in questions_html(run(), {}, True, "", "en")
        everything = questions_html(run(), {}, False, "", "en")
        assert all(f"item|{name}" in everything for name in ("A1", "A2", "A3"))
        assert "all checks hold" in everything

    def test_what_was_not_computed_says_why(self):
        metrics = tuple(replace(m, value=None, why_not="no question to judge it by") for m in run().metrics)
        assert "not computed: no question to judge it by" in verdict_html(replace(run(), metrics=metrics), "en")

    def test_a_question_shows_answer_expected_got_and_its_pages(self):
        html = detail_html(run().items[1], {}, "en")
        text = Page(html).text
        assert "En cobertizos." in text and "Expected: 1 of 1" in text and "Got: 0 of 1" in text
        assert 'data-pick="finding|A2|quote_verbatim|0"' in html and 'data-pick="source|A2|0"' in html
        assert len(sources_of(run().items[1])) == html.count('data-pick="source|A2|')

    def test_a_mark_is_shown_where_it_was_set_and_nowhere_else(self):
        result = run().items[1]
        known = {(result.item.question, "page_correct", "failed"): False}
        html = detail_html(result, known, "en")
        assert html.count("vote on") == 1
        assert 'class="vote on" data-pick="mark|A2|page_correct|no"' in html
        assert "0 of the 1 verdicts" in questions_html(run(), known, True, "", "en")

    def test_a_crash_is_a_failure_with_its_error(self):
        text = Page(detail_html(run().items[2], {}, "en")).text
        assert "ValueError: <b>no</b> index" in text and "To decline. No report." in text

    def test_hostile_words_stay_words(self):
        base = run()
        item = replace(base.items[1].item, id=XSS, question=XSS, answer=XSS, history=(XSS,), reason=XSS)
        check = Check(XSS, "failed", 0, 1, XSS, XSS, (replace(base.items[1].checks[0].findings[0], note=XSS),))
        hostile = replace(base.items[1], item=item, checks=(check,))
        shown = replace(base, items=(hostile, replace(base.items[2], error=XSS)), said=(XSS,))
        for html in (
            verdict_html(shown, "en") + questions_html(shown, {}, True, "", "en"),
            detail_html(hostile, {}, "es"),
        ):
            page = Page(html)
            assert not {"img", "script"} & set(page.tags) and XSS in page.text

    def test_progress_says_what_is_done(self):
        assert "Asking: 3 of 9" in step_html(Step("asking rag_agency", 3, 9), 4.2, "en")
        assert 'value="3" max="9"' in step_html(Step("asking rag_agency", 3, 9), 4.2, "en")
        assert "Preparando" in step_html(Step(), 0, "es")

    def test_falling_short_of_a_share_is_shown_but_is_no_failure(self):
        base = run()
        short = replace(base.items[0], checks=(Check("members_f1", "failed", 0.5, 1.0, "castillo", "castillo, tassi"),))
        assert not has_failed(short) and has_failed(base.items[2])
        assert "Less than all" in detail_html(short, {}, "en")

    def test_the_reasons_are_given_in_spanish_too(self):
        text = Page(verdict_html(run(), "es")).text
        assert "No aprobado" in text and "Citas en su página: 66,7 %; el límite es 100,0 % (A2, A3)" in text

    def test_a_run_that_passed_lists_no_failure(self):
        good = replace(better_run(), items=better_run().items[:1], gates=())
        assert "No question failed a check." in questions_html(good, {}, True, "", "en")


def test_every_label_is_there_in_both_languages():
    ours = {name: words for name, words in LABELS.items() if name.startswith("evaluate_")}
    assert ours and all(en and es and en.count("{") == es.count("{") for en, es in ours.values())
