"""The tab that evaluates: choose questions, run, read what failed beside its page, say where a check is wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from rag_agency.errors import RagAgencyError
from rag_agency.evaluation.failing import has_failed
from rag_agency.evaluation.records import ItemResult
from rag_agency.evaluation.report import REPORT
from rag_agency.evaluation.results import RESULTS
from rag_agency.records import Language, Source
from rag_agency.web.evaluate_marks import Marks, mark_of
from rag_agency.web.evaluate_places import first_place, named_place
from rag_agency.web.evaluate_run import Evaluations, Finished, Order, Stopped, discard, problem_of, shipped_sets
from rag_agency.web.evaluate_views import detail_html, questions_html, step_html, verdict_html
from rag_agency.web.labels import LABELS, say
from rag_agency.web.library import Library
from rag_agency.web.markup import escape
from rag_agency.web.panel import panel_html
from rag_agency.web.shelves import done_html, failure_html
from rag_agency.web.wiring import View, labelled, pressable

OWN, ALL = "own", "all"
QUIET = {"show_progress": "hidden"}
TO_QUESTION = """() => { if (window.innerWidth < 900)
  document.querySelector('#evaluate-question .panel')?.scrollIntoView({behavior: 'smooth', block: 'start'}); }"""
TO_PAGE = """() => document.querySelector('#evaluate-source .panel')
  ?.scrollIntoView({behavior: 'smooth', block: 'nearest'})"""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bench:
    """What the tab works with: the library, what evaluates, and the marks of readers."""

    library: Library
    evaluations: Evaluations
    marks: Marks


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that handlers read and write."""

    language: Any
    order: tuple[Any, Any, Any]  # set, file, thorough
    buttons: tuple[Any, Any]  # run, stop
    told: Any
    finished: Any
    chosen: Any
    only_failed: Any
    shown: tuple[Any, Any, Any, Any]  # verdict, questions, question, source
    files: tuple[Any, Any]  # report, results


def evaluate_tab(bench: Bench, language: Any) -> tuple[View, ...]:  # noqa: ANN401 - gradio has no types here
    """Lay out the tab, wire its handlers, and return what is drawn with language and corpus."""
    intro = gr.HTML(padding=False, apply_default_css=False)
    with gr.Row(elem_classes="beside"):
        with gr.Column(scale=6, min_width=320, elem_classes="main"):
            order, buttons = _order()
            told = gr.HTML(padding=False, apply_default_css=False, elem_id="evaluate-told")
            with gr.Row(elem_id="evaluate-files"):
                files = (
                    gr.DownloadButton(visible=False, elem_id="evaluate-report", size="md"),
                    gr.DownloadButton(visible=False, elem_id="evaluate-results", size="md"),
                )
            verdict = gr.HTML(padding=False, apply_default_css=False, elem_id="evaluate-verdict")
            label = say("evaluate_only_failed", "en")
            only_failed = gr.Checkbox(value=True, visible=False, label=label, elem_id="evaluate-only-failed")
            listed = pressable("evaluate-questions")
        with gr.Column(scale=5, min_width=320, elem_classes="side"):
            question, source = pressable("evaluate-question"), pressable("evaluate-source")
    finished = gr.State(None, delete_callback=discard)
    shown = (verdict, listed, question, source)
    parts = _Parts(language, order, buttons, told, finished, gr.State(""), only_failed, shown, files)
    _wire_running(bench, parts)
    _wire_reading(bench, parts)
    drawn = View(
        lambda lang, kind, done, name, only: [_intro(lang), _sets(kind, lang), *_drawn(bench, done, name, only, lang)],
        (order[0], parts.finished, parts.chosen, only_failed),
        (intro, order[0], *shown),
    )
    return _labels(parts), drawn


def _order() -> tuple[tuple[Any, Any, Any], tuple[Any, Any]]:
    first = ALL if shipped_sets() else OWN
    kind = gr.Dropdown(value=first, choices=[(value, value) for value in _kinds()], elem_id="evaluate-set")
    file = gr.File(
        file_types=[".csv", ".jsonl"], type="filepath", height=120, visible=first == OWN, elem_id="evaluate-file"
    )
    thorough = gr.Checkbox(value=False, label=say("evaluate_thorough", "en"), elem_id="evaluate-thorough")
    with gr.Row(elem_id="evaluate-buttons"):
        run = gr.Button(variant="primary", elem_id="evaluate-run", size="md")
        stop = gr.Button(visible=False, elem_id="evaluate-stop", size="md")
    return (kind, file, thorough), (run, stop)


def _kinds() -> list[str]:
    shipped = [file.stem for file in shipped_sets()]
    return [*([ALL, *shipped] if shipped else []), OWN]


def _labels(parts: _Parts) -> View:
    return labelled(
        (parts.order[1], {"label": "evaluate_file"}),
        (parts.order[2], {"label": "evaluate_thorough"}),
        (parts.buttons[0], {"value": "evaluate_run"}),
        (parts.buttons[1], {"value": "evaluate_stop"}),
        (parts.only_failed, {"label": "evaluate_only_failed"}),
        (parts.files[0], {"label": "evaluate_report"}),
        (parts.files[1], {"label": "evaluate_results"}),
    )


def _wire_running(bench: Bench, parts: _Parts) -> None:
    kind, file, thorough = parts.order
    run, stop = parts.buttons

    def start(
        kind: str, file: str | None, thorough: bool, old: Finished | None, language: Language
    ) -> Iterator[list[Any]]:
        problem, files = _files(kind, file, language)
        if problem:
            yield [*_running(False), failure_html(problem), *_unchanged()]
            return
        for told in _evaluated(bench, Order(files, thorough), language):
            if isinstance(told, Finished):
                discard(old)
                yield [*_running(False), "", *_opened(bench, told, language)]
            else:
                yield [*_running(True), told, *_unchanged()]
        yield [*_running(False), gr.skip(), *_unchanged()]

    outputs = [run, stop, parts.told, parts.finished, parts.chosen, parts.only_failed, *parts.files, *parts.shown]
    run.click(start, [*parts.order, parts.finished, parts.language], outputs, **QUIET)
    # The run alone writes what is told: two writers would race, and "stopping" could stand for ever.
    stop.click(bench.evaluations.stop, queue=False, **QUIET)
    kind.input(lambda kind: gr.update(visible=kind == OWN), [kind], [file], **QUIET)


def _wire_reading(bench: Bench, parts: _Parts) -> None:
    _, listed, question, source = parts.shown
    reading = [parts.finished, parts.chosen, parts.only_failed, parts.language]

    def choose(finished: Finished | None, language: Language, event: gr.EventData) -> list[Any]:
        name = str(event.pick).partition("|")[2]
        return [name, *_drawn(bench, finished, name, False, language)[2:]]

    def act(
        finished: Finished | None, chosen: str, only_failed: bool, language: Language, event: gr.EventData
    ) -> list[Any]:
        kind, *rest = str(event.pick).split("|")
        found = _result(finished, rest[0]) if rest else None
        if found is None:
            return [gr.skip()] * 3
        if kind == "mark" and len(rest) == 3:
            _mark(bench.marks, found, rest[1], rest[2] == "yes")
            return [*_drawn(bench, finished, chosen, only_failed, language)[1:3], gr.skip()]
        place = named_place(bench.library, kind, found, rest[1:])
        return [gr.skip(), gr.skip(), _page(bench, (place,) if place else (), language)]

    def filtered(finished: Finished | None, chosen: str, only_failed: bool, language: Language) -> str:
        html: str = _drawn(bench, finished, chosen, only_failed, language)[1]
        return html

    chosen = [parts.chosen, question, source]
    listed.select(choose, [parts.finished, parts.language], chosen, **QUIET).then(None, js=TO_QUESTION)
    question.select(act, reading, [listed, question, source], **QUIET).then(None, js=TO_PAGE)
    parts.only_failed.input(filtered, reading, [listed], **QUIET)


def _files(kind: str, file: str | None, language: Language) -> tuple[str, tuple[Path, ...]]:
    """Return what is wrong with what was chosen, or the files of questions."""
    if kind != OWN:
        return "", tuple(path for path in shipped_sets() if kind in (ALL, path.stem))
    if not file:
        return say("evaluate_no_file", language), ()
    path = Path(file)
    problem = problem_of(path)
    return (say(problem, language, path.name), ()) if problem else ("", (path,))


def _evaluated(bench: Bench, order: Order, language: Language) -> Iterator[str | Finished]:
    """Yield HTML of progress or of failure; the finished run last, once there is one."""
    started = time.monotonic()
    try:
        for event in bench.evaluations.run(order):
            if isinstance(event, Finished):
                yield event
            elif bench.evaluations.stopping:
                yield done_html(say("evaluate_stopping", language))
            else:
                yield step_html(event, time.monotonic() - started, language)
    except Stopped:
        yield done_html(say("evaluate_stopped", language))
    except RagAgencyError as error:
        yield failure_html(str(error))
    except Exception as error:  # the edge of the page: whatever went wrong, the reader is told so
        logger.exception("an evaluation failed")
        yield failure_html(f"{say('unexpected', language)} ({type(error).__name__}).")


def _running(is_running: bool) -> list[Any]:
    return [gr.update(interactive=not is_running), gr.update(visible=is_running)]


def _unchanged() -> list[Any]:
    return [gr.skip()] * 9


def _opened(bench: Bench, finished: Finished, language: Language) -> list[Any]:
    """Return what a finished run changes: the first question that failed is opened."""
    failed = [result.item.id for result in finished.run.items if has_failed(result)]
    chosen = (failed or [result.item.id for result in finished.run.items])[0]
    files = [gr.update(value=str(finished.folder / name), visible=True) for name in (REPORT, RESULTS)]
    only_failed = bool(failed)
    shown = _drawn(bench, finished, chosen, only_failed, language)
    return [finished, chosen, gr.update(value=only_failed, visible=True), *files, *shown]


def _drawn(bench: Bench, finished: Finished | None, chosen: str, only_failed: bool, language: Language) -> list[Any]:
    """Return the verdict, the questions, the one that is open, and its page."""
    if finished is None:
        return ["", "", "", ""]
    found, known = _result(finished, chosen), bench.marks.known
    return [
        verdict_html(finished.run, language),
        questions_html(finished.run, known, only_failed, chosen, language),
        detail_html(found, known, language),
        _page(bench, first_place(bench.library, found), language),
    ]


def _result(finished: Finished | None, name: str) -> ItemResult | None:
    return next((r for r in finished.run.items if r.item.id == name), None) if finished else None


def _mark(marks: Marks, result: ItemResult, name: str, agrees: bool) -> None:
    """Keep what a reader says of a check; saying the same again takes it back."""
    check = result.check(name)
    if check is not None:
        marks.set(result, check, None if mark_of(marks.known, result, check) is agrees else agrees)


def _page(bench: Bench, sources: tuple[Source, ...], language: Language) -> str:
    shown = bench.library.show(sources)
    return panel_html(shown, language, "evaluate-question") if shown else ""


def _intro(language: Language) -> str:
    title, words = say("evaluate_title", language), say("evaluate_intro", language)
    return f'<h2 class="asked">{escape(title)}</h2><p class="quiet">{escape(words)}</p>'


def _sets(kind: str, language: Language) -> Any:  # noqa: ANN401
    named = [(say(label, language) if (label := f"evaluate_set_{k}") in LABELS else k, k) for k in _kinds()]
    return gr.update(choices=named, value=kind, label=say("evaluate_set", language))
