"""The tab that reads the voice ledger: a matrix, two choices, quotations, and the source panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag_agency.records import Language
from rag_agency.statements import ANYONE, AUTHORS, EXTERNAL, counts, statements
from rag_agency.themes import theme_of, themes_of
from rag_agency.web.course import with_more
from rag_agency.web.course_desk import kept_of_sentence
from rag_agency.web.labels import say
from rag_agency.web.library import Library
from rag_agency.web.panel import panel_html
from rag_agency.web.quotations import heading_of, matrix_html, quotations_html
from rag_agency.web.wiring import TO_PANEL, TO_QUOTATIONS, View, labelled, pressable


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that handlers read and write."""

    language: Any
    voice: Any
    topic: Any
    matrix: Any
    quotations: Any
    panel: Any


def who_tab(library: Library, language: Any, basket: Any) -> tuple[View, ...]:  # noqa: ANN401
    """Lay out the tab, wire its handlers, and return what is drawn with language and corpus."""
    intro = gr.HTML(elem_id="who-intro", padding=False, apply_default_css=False)
    matrix = pressable("matrix")
    with gr.Row(elem_classes="beside"):
        with gr.Column(scale=6, min_width=320, elem_classes="main"):
            with gr.Row(elem_id="who-choices"):
                voice = gr.Dropdown(value=ANYONE, choices=[("", ANYONE)], elem_id="voice")
                topic = gr.Dropdown(value="", choices=[("", "")], allow_custom_value=True, elem_id="topic")
            quotations = pressable("quotations")
        with gr.Column(scale=5, min_width=320, elem_classes="side"):
            panel = pressable("who-source")
    parts = _Parts(language, voice, topic, matrix, quotations, panel)
    _wire(library, parts)
    _wire_basket(library, parts, basket)
    labels = labelled((voice, {"label": "member"}), (topic, {"label": "topic"}))
    drawn = View(
        lambda lang, voice, topic: _drawn(library, lang, voice, topic),
        (voice, topic),
        (intro, matrix, voice, topic, quotations, panel),
    )
    return labels, drawn


def _wire(library: Library, parts: _Parts) -> None:
    def choose_cell(language: Language, event: gr.EventData) -> list[Any]:
        voice, _, slug = str(event.pick).partition("|")
        return [voice, slug, _quotations(library, language, voice, slug)]

    def choose(voice: str | None, topic: str | None, language: Language) -> str:
        return _quotations(library, language, voice, topic)

    def open_source(language: Language, event: gr.EventData) -> str:
        report, _, number = str(event.pick).rpartition("|")
        sources = library.sources_of(report, int(number), language) if number.isdigit() else ()
        return panel_html(library.show(sources), language, "quotations")

    quiet = {"show_progress": "hidden"}
    chosen = [parts.voice, parts.topic]
    parts.matrix.select(choose_cell, [parts.language], [*chosen, parts.quotations], **quiet).then(
        None, js=TO_QUOTATIONS
    )
    gr.on([parts.voice.input, parts.topic.input], choose, [*chosen, parts.language], [parts.quotations], **quiet)
    parts.quotations.select(open_source, [parts.language], [parts.panel], **quiet).then(None, js=TO_PANEL)


def _wire_basket(library: Library, parts: _Parts, basket: Any) -> None:  # noqa: ANN401
    def keep(kept: str, language: Language, event: gr.EventData) -> Any:  # noqa: ANN401
        return with_more(kept, kept_of_sentence(library, str(event.keep)), language)

    parts.quotations.like(keep, [basket, parts.language], [basket], show_progress="hidden")


def _drawn(library: Library, language: Language, voice: str | None, topic: str | None) -> Sequence[Any]:
    index = library.opened.index
    themes = themes_of(index.roster)
    table = matrix_html(index.roster, themes, counts(index), len(index.reports), language)
    voices = [
        (say("anyone", language), ANYONE),
        *((member.name, member.slug) for member in index.roster),
        (say("authors", language), AUTHORS),
        (say("external", language), EXTERNAL),
    ]
    voice = voice if voice in {value for _, value in voices} else ANYONE
    topics = [(say("all_themes", language), ""), *((t.names[language], t.slug) for t in themes)]
    return [
        f"<p>{say('who_intro', language)}</p>",
        table,
        gr.update(choices=voices, value=voice),
        gr.update(choices=topics, value=topic or ""),
        _quotations(library, language, voice, topic),
        panel_html(None, language),
    ]


def _quotations(library: Library, language: Language, voice: str | None, topic: str | None) -> str:
    index = library.opened.index
    theme = theme_of(topic) if topic else None
    member = next((m for m in index.roster if m.slug == voice), None)
    heading = heading_of(member, voice or ANYONE, theme.names[language] if theme else "", language)
    found = statements(index, voice or ANYONE, theme)
    names = {m.slug: m.name for m in index.roster}
    return quotations_html(heading, found, index.reports, names, language)
