"""Who words the answers: the reports themselves or a model, and, closed by default, which model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag_agency.errors import RagAgencyError
from rag_agency.records import Language
from rag_agency.settings import Settings
from rag_agency.web.labels import say
from rag_agency.web.library import Library
from rag_agency.web.markup import escape
from rag_agency.web.wiring import View, labelled
from rag_agency.writers.choosing import Chosen, problem_of, settings_for

MODEL, QUOTES = "model", "quotes"  # who words the answers
KINDS = ("openai", "anthropic", "gguf")
QUIET = {"show_progress": "hidden"}


def writer_choice(library: Library, language: Any, configured: Settings | None) -> tuple[Any, tuple[View, ...]]:  # noqa: ANN401
    """Lay out the choice; return its component, and what is drawn with the language.

    ``configured`` are the settings beside which another model may be chosen; None where none may.
    """
    writer = gr.Radio([], container=True, elem_id="writer", visible=bool(library.model))
    choice = View(lambda lang, chosen: [_writers(library, lang, chosen)], (writer,), (writer,))
    if configured is None:
        return writer, (choice,)
    return writer, (choice, *_model_choice(library, language, writer, configured))


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components of the choice of a model."""

    place: Any
    about: Any
    kind: Any
    url: Any
    name: Any
    use: Any
    back: Any
    told: Any


def _model_choice(library: Library, language: Any, writer: Any, configured: Settings) -> tuple[View, ...]:  # noqa: ANN401
    parts = _laid_out(configured)

    def choose(kind: str, url: str, name: str, language: Language) -> list[Any]:
        chosen = Chosen(kind, url or "", name or "")
        if problem := problem_of(chosen, configured):
            return [_note(say(f"model_{problem}", language), "problem"), gr.skip()]
        try:
            library.word_with(settings_for(chosen, configured))
        except RagAgencyError as error:
            return [_note(str(error), "problem"), gr.skip()]
        return [_note(say("model_now", language, library.model)), _writers(library, language, MODEL)]

    def restore(language: Language) -> list[Any]:
        library.word_as_configured()
        said = say("model_now", language, library.model) if library.model else say("model_none", language)
        return [_note(said), _writers(library, language, None)]

    parts.use.click(choose, [parts.kind, parts.url, parts.name, language], [parts.told, writer], **QUIET)
    parts.back.click(restore, [language], [parts.told, writer], **QUIET)
    parts.kind.input(_fields, [parts.kind, language], [parts.url, parts.name], **QUIET)
    return _views(parts)


def _laid_out(configured: Settings) -> _Parts:
    known = configured.writer if configured.writer in KINDS else KINDS[0]
    with gr.Accordion(open=False, elem_id="model-choice") as place:
        about = gr.HTML(padding=False, apply_default_css=False)
        kind = gr.Radio([(one, one) for one in KINDS], value=known, elem_id="model-kind")
        url = gr.Textbox(configured.writer_url, max_length=300, elem_id="model-url", visible=known == "openai")
        name = gr.Textbox(configured.writer_model, max_length=400, elem_id="model-name")
        with gr.Row(elem_id="model-buttons"):
            use = gr.Button(variant="primary", size="sm", elem_id="model-use")
            back = gr.Button(variant="secondary", size="sm", elem_id="model-back")
        told = gr.HTML(padding=False, apply_default_css=False, elem_id="model-told")
    return _Parts(place, about, kind, url, name, use, back, told)


def _views(parts: _Parts) -> tuple[View, ...]:
    labels = labelled(
        (parts.place, {"label": "model_choice"}),
        (parts.url, {"label": "model_url"}),
        (parts.use, {"value": "model_use"}),
        (parts.back, {"value": "model_back"}),
    )
    drawn = View(
        lambda lang, kind: [
            f'<p class="quiet">{escape(say("model_about", lang))}</p>',
            gr.update(choices=[(say(f"model_{one}", lang), one) for one in KINDS], label=say("model_kind", lang)),
            gr.update(label=say(_name_label(kind), lang)),
            "",
        ],
        (parts.kind,),
        (parts.about, parts.kind, parts.name, parts.told),
    )
    return labels, drawn


def _fields(kind: str, language: Language) -> list[Any]:
    """Return the fields that a kind of model needs: an address where it has one, and what names it."""
    return [gr.update(visible=kind == "openai"), gr.update(label=say(_name_label(kind), language))]


def _name_label(kind: str) -> str:
    return "model_file" if kind == "gguf" else "model_name"


def _note(text: str, kind: str = "quiet") -> str:
    return f'<p class="{kind}" role="status">{escape(text)}</p>'


def _writers(library: Library, language: Language, chosen: str | None) -> Any:  # noqa: ANN401
    """Return the choice between the reports' own words and a model's, hidden where there is no model."""
    choices = [(say("writer_model", language, library.model), MODEL), (say("writer_quotes", language), QUOTES)]
    there = bool(library.model)
    value = (chosen or MODEL) if there else QUOTES
    return gr.update(
        choices=choices if there else choices[1:], value=value, label=say("writer", language), visible=there
    )
