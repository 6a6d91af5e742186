"""The tab of reports: which there are, adding new ones after a look at what was read, removing."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from rag_agency.errors import RagAgencyError
from rag_agency.records import Language
from rag_agency.settings import Settings
from rag_agency.web.job import Done, Step, Summary, Task, Worker, summary_of
from rag_agency.web.labels import say
from rag_agency.web.library import Library
from rag_agency.web.shelves import (
    corpus_html,
    done_html,
    failure_html,
    is_failure,
    preview_html,
    progress_html,
    question_html,
)
from rag_agency.web.uploads import Preview, discard, problem_of, take
from rag_agency.web.wiring import View, labelled, pressable

logger = logging.getLogger(__name__)
QUIET = {"show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the tab works with: the library, where it is kept, and what builds it."""

    library: Library
    settings: Settings
    work: Worker

    def summaries(self) -> list[Summary]:
        """Return what the corpus holds."""
        return [summary_of(reading) for reading in self.library.opened.index.readings]

    def names(self) -> dict[str, str]:
        """Return the members' names by slug."""
        return {member.slug: member.name for member in self.library.opened.index.roster}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that handlers read and write."""

    language: Any
    corpus: Any
    removal: tuple[Any, Any, Any, Any, Any]  # id, bar, question, remove, keep
    files: Any
    read: Any
    preview: Any
    told: Any
    decide: tuple[Any, Any]  # add, discard


def reports_tab(shop: Workshop, language: Any) -> tuple[tuple[View, ...], list[Any]]:  # noqa: ANN401
    """Lay out the tab; return what is drawn with language and corpus, and the events that change it."""
    with gr.Row(elem_classes="beside"):
        with gr.Column(scale=6, min_width=320, elem_classes="main"):
            corpus = pressable("corpus")
        with gr.Column(scale=5, min_width=320, elem_classes="main", elem_id="adding"):
            intro = gr.HTML(padding=False, apply_default_css=False)
            files = gr.File(file_count="multiple", file_types=[".pdf"], type="filepath", elem_id="files", height=150)
            read = gr.Button(variant="primary", elem_id="read")
            told = gr.HTML(padding=False, apply_default_css=False, elem_id="told")
            with gr.Row():
                add = gr.Button(visible=False, variant="primary", elem_id="add")
                drop = gr.Button(visible=False, elem_id="discard")
    with gr.Column(visible=False, elem_id="removal") as bar:
        question = gr.HTML(padding=False, apply_default_css=False)
        with gr.Row():
            remove = gr.Button(variant="stop", elem_id="remove", size="md")
            keep = gr.Button(elem_id="keep", size="md")
    preview = gr.State(None, delete_callback=discard)
    removal = (gr.State(""), bar, question, remove, keep)
    parts = _Parts(language, corpus, removal, files, read, preview, told, (add, drop))
    labels = labelled(
        (files, {"label": "drop"}),
        (read, {"value": "read_now"}),
        (add, {"value": "add"}),
        (drop, {"value": "discard"}),
        (remove, {"value": "remove"}),
        (keep, {"value": "keep"}),
    )
    drawn = View(
        lambda lang: [
            corpus_html(shop.summaries(), shop.names(), lang),
            f'<h2 class="asked">{say("add_reports", lang)}</h2><p class="quiet">{say("add_intro", lang)}</p>',
        ],
        (),
        (corpus, intro),
    )
    return (labels, drawn), [_wire_adding(shop, parts), _wire_removing(shop, parts)]


def _wire_adding(shop: Workshop, parts: _Parts) -> Any:  # noqa: ANN401
    def read(files: list[str] | None, old: Preview | None, language: Language) -> Iterator[list[Any]]:
        discard(old)
        yield from _read(shop, [Path(file) for file in files or ()], language)

    def add(preview: Preview | None, language: Language) -> Iterator[list[Any]]:
        yield from _add(shop, preview, language)

    def drop(preview: Preview | None, language: Language) -> list[Any]:
        discard(preview)
        return [*_told(done_html(say("discarded", language))), None]

    outputs = [parts.told, parts.preview, *parts.decide]
    parts.read.click(read, [parts.files, parts.preview, parts.language], outputs, **QUIET)
    parts.decide[1].click(drop, [parts.preview, parts.language], [*outputs, parts.files], **QUIET)
    return parts.decide[0].click(add, [parts.preview, parts.language], [*outputs, parts.files], **QUIET)


def _wire_removing(shop: Workshop, parts: _Parts) -> Any:  # noqa: ANN401
    name, bar, question, remove, keep = parts.removal
    shown = [name, bar, question, remove, parts.told]

    def doubt(language: Language, event: gr.EventData) -> list[Any]:
        report = shop.library.report(str(event.pick))
        words = say("remove_ask", language, report.title) if report else ""
        asked = gr.update(visible=bool(report))
        return [report.id if report else "", asked, question_html(words), gr.update(visible=True), gr.skip()]

    def take_out(report: str, language: Language) -> Iterator[list[Any]]:
        yield from _remove(shop, report, language)

    def leave() -> list[Any]:
        return ["", gr.update(visible=False)]

    parts.corpus.select(doubt, [parts.language], shown, **QUIET)
    keep.click(leave, None, [name, bar], **QUIET)
    return remove.click(take_out, [name, parts.language], shown, **QUIET)


def _told(html: str, preview: Preview | None = None, may_add: bool = False) -> list[Any]:
    return [html, preview, gr.update(visible=may_add), gr.update(visible=may_add)]


def _read(shop: Workshop, paths: Sequence[Path], language: Language) -> Iterator[list[Any]]:
    """Read files into a preview: what is wrong with them, how far it is, what was read."""
    problems = {path.name: problem_of(path, language) for path in paths}
    good = [path for path in paths if not problems[path.name]]
    wrong = [(name, problem) for name, problem in problems.items() if problem]
    refused = "".join(failure_html(problem) for _, problem in wrong)
    if not good:
        yield _told(refused or failure_html(say("no_files", language)))
        return
    preview = take(good)
    outcome: Done | None = None
    for told in _worked(shop, preview.reading(shop.settings), language):
        if isinstance(told, Done):
            outcome = told
        else:
            yield _told(refused + told, preview)
    if outcome is None:
        discard(preview)
        return
    preview = replace(preview, done=outcome)
    failed = [*wrong, *outcome.failed]
    html = preview_html(outcome.reports, failed, shop.summaries(), shop.names(), language)
    yield _told(html, preview, may_add=bool(outcome.reports))


def _add(shop: Workshop, preview: Preview | None, language: Language) -> Iterator[list[Any]]:
    """Add what was previewed to the corpus and open the new index."""
    if preview is None:
        yield [*_told(failure_html(say("no_files", language))), None]
        return
    added = False
    for told in _worked(shop, preview.adding(shop.settings), language):
        added = isinstance(told, Done)
        if not isinstance(told, Done):
            yield [*_told(told, preview, may_add=is_failure(told)), gr.skip()]
    if not added:
        return
    titles = "; ".join(report.title for report in preview.done.reports)
    discard(preview)
    shop.library.refresh()
    yield [*_told(done_html(say("added", language, titles))), None]


def _remove(shop: Workshop, name: str, language: Language) -> Iterator[list[Any]]:
    """Take a report out and open the new index; a failure stays to be read."""
    report = shop.library.report(name)
    if report is None:
        yield ["", gr.update(visible=False), "", gr.skip(), done_html(say("nothing_done", language))]
        return
    for told in _worked(shop, Task(shop.settings, remove=(name,)), language):
        if isinstance(told, Done):
            shop.library.refresh()
            words = done_html(say("removed", language, report.title))
            yield ["", gr.update(visible=False), "", gr.skip(), words]
        else:
            yield [name, gr.update(visible=True), told, gr.update(visible=False), gr.skip()]


def _worked(shop: Workshop, task: Task, language: Language) -> Iterator[Done | str]:
    """Yield HTML of progress or of failure; the outcome last, once there is one."""
    started = time.monotonic()
    try:
        for event in shop.work(task):
            if isinstance(event, Done):
                yield progress_html(Step("", 1, 1), time.monotonic() - started, language)
                yield event
                return
            yield progress_html(event, time.monotonic() - started, language)
    except RagAgencyError as error:
        yield failure_html(str(error))
    except Exception as error:  # the edge of the page: whatever went wrong, the reader is told so
        logger.exception("a build failed")
        yield failure_html(f"{say('unexpected', language)} ({type(error).__name__}).")
