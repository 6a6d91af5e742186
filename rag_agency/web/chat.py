"""The tab that asks: conversation, question box, limits, and the source panel beside them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag_agency.errors import RagAgencyError
from rag_agency.records import Language, Question
from rag_agency.settings import Settings
from rag_agency.web.conversation import STOP, Turn, conversation_html, picked
from rag_agency.web.course import with_more
from rag_agency.web.course_desk import kept_of_answer
from rag_agency.web.labels import EXAMPLES, country_name, say
from rag_agency.web.library import Library
from rag_agency.web.markup import escape, pick
from rag_agency.web.model_choice import MODEL, writer_choice
from rag_agency.web.panel import panel_html
from rag_agency.web.wiring import TO_LAST_TURN, TO_PANEL, View, labelled, pressable
from rag_agency.web.writing import Desk
from rag_agency.writers import Listener

QUIET = {"show_progress": "hidden"}
Turns = tuple[Turn, ...]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that handlers read and write."""

    language: Any
    turns: Any
    chosen: Any
    conversation: Any
    examples: Any
    question: Any
    limits: tuple[Any, Any, Any]
    panel: Any
    writer: Any


def chat_tab(library: Library, language: Any, basket: Any, configured: Settings | None) -> tuple[View, ...]:  # noqa: ANN401
    """Lay out the tab, wire its handlers, and return what is drawn with language and corpus.

    ``configured`` are the settings beside which another model may be chosen on the page; None where none may.
    """
    turns, chosen = gr.State(()), gr.State("")
    with gr.Row(elem_classes="beside"):
        with gr.Column(scale=6, min_width=320, elem_classes="main"):
            conversation = pressable("conversation")
            with gr.Row(elem_id="ask-row"):
                question = gr.Textbox(
                    lines=1, max_lines=6, max_length=2000, scale=1, container=False, elem_id="question"
                )
                send = gr.Button(variant="primary", scale=0, min_width=110, elem_id="send")
            examples = pressable("examples")
            with gr.Accordion(open=False, elem_id="limits") as accordion:
                limits = tuple(gr.Dropdown(multiselect=True, elem_id=f"limit-{i}") for i in range(3))
            writer, choice = writer_choice(library, language, configured)
            new = gr.Button(variant="secondary", size="sm", elem_id="new")
        with gr.Column(scale=5, min_width=320, elem_classes="side"):
            panel = pressable("source")
    parts = _Parts(language, turns, chosen, conversation, examples, question, limits, panel, writer)
    _wire_questions(library, Desk(), parts, send)
    _wire_rest(library, parts, new)
    _wire_basket(library, parts, basket)
    labels = labelled(
        (question, {"placeholder": "question_hint", "label": "question"}),
        (send, {"value": "send"}),
        (accordion, {"label": "limits"}),
        (new, {"value": "new"}),
    )
    drawn = View(
        lambda lang, *values: [*_drawn(library, lang, *values[:2]), *_limits(library, lang, values[2:])],
        (turns, chosen, *limits),
        (conversation, examples, panel, *limits),
    )
    return labels, drawn, *choice


def _wire_questions(library: Library, desk: Desk, parts: _Parts, send: Any) -> None:  # noqa: ANN401
    def pose(text: str, turns: Turns, language: Language, writer: str) -> list[Any]:
        token = desk.token() if writer == MODEL and library.model and text.strip() else ""
        asked = (*turns, Turn(text.strip(), token=token)) if text.strip() else turns
        return [asked, "", conversation_html(asked, language), _examples(asked, language)]

    def example(turns: Turns, language: Language, writer: str, event: gr.EventData) -> list[Any]:
        known = dict(enumerate(EXAMPLES[language]))
        number = str(event.pick)
        return pose(known.get(int(number), "") if number.isdigit() else "", turns, language, writer)

    def reply(turns: Turns, chosen: str, language: Language, *limits: Sequence[str]) -> Iterator[list[Any]]:
        if not turns or turns[-1].answer or turns[-1].failure:
            yield [turns, chosen, *_drawn(library, language, turns, chosen)]
            return
        for turn in _answers(library, desk, turns[-1], _question(turns, limits), language):
            turns = (*turns[:-1], turn)
            if turn.answer is None and turn.failure is None:
                yield [gr.skip(), gr.skip(), conversation_html(turns, language), gr.skip(), gr.skip()]
                continue
            chosen = f"{len(turns) - 1}:1" if turn.answer and turn.answer.sentences else chosen
            yield [turns, chosen, *_drawn(library, language, turns, chosen)]

    posing = [parts.turns, parts.language, parts.writer]
    posed = [parts.turns, parts.question, parts.conversation, parts.examples]
    written = gr.on([parts.question.submit, send.click], pose, [parts.question, *posing], posed, **QUIET)
    ready_made = parts.examples.select(example, posing, posed, **QUIET)
    asking = [parts.turns, parts.chosen, parts.language, *parts.limits]
    answering = [parts.turns, parts.chosen, parts.conversation, parts.examples, parts.panel]
    for asked in (written, ready_made):
        scrolled = asked.then(None, js=TO_LAST_TURN)
        scrolled.then(reply, asking, answering, **QUIET).then(None, js=TO_LAST_TURN)

    def stop(turns: Turns, event: gr.EventData) -> None:
        if str(event.pick) == STOP and turns:
            desk.stop(turns[-1].token)

    parts.conversation.select(stop, [parts.turns], None, **QUIET)


def _wire_rest(library: Library, parts: _Parts, new: Any) -> None:  # noqa: ANN401
    def choose(turns: Turns, language: Language, event: gr.EventData) -> list[Any]:
        if str(event.pick) == STOP:
            return [gr.skip(), gr.skip()]
        return [str(event.pick), _panel(library, turns, str(event.pick), language)]

    def restart(language: Language) -> list[Any]:
        return [(), "", *_drawn(library, language, (), "")]

    shown = [parts.conversation, parts.examples, parts.panel]
    picked_one = [parts.turns, parts.language]
    chosen = parts.conversation.select(choose, picked_one, [parts.chosen, parts.panel], **QUIET)
    chosen.then(None, js=TO_PANEL)
    new.click(restart, [parts.language], [parts.turns, parts.chosen, *shown], **QUIET)


def _wire_basket(library: Library, parts: _Parts, basket: Any) -> None:  # noqa: ANN401
    def keep(turns: Turns, kept: str, language: Language, event: gr.EventData) -> Any:  # noqa: ANN401
        place = str(event.keep)
        turn = turns[int(place)] if place.isdigit() and int(place) < len(turns) else None
        return with_more(kept, kept_of_answer(library, turn) if turn else (), language)

    parts.conversation.like(keep, [parts.turns, basket, parts.language], [basket], show_progress="hidden")


def _answers(library: Library, desk: Desk, turn: Turn, question: Question, language: Language) -> Iterator[Turn]:
    """Yield what comes of a question: the answer at once, or what passes of a model's words before it."""
    if not turn.token:
        yield answered(library, question, language)
        return
    yield from desk.turns(turn, lambda listener: answered(library, question, language, listener))


def answered(library: Library, question: Question, language: Language, listener: Listener | None = None) -> Turn:
    """Ask, and tell a failure as a failure: never as an abstention."""
    try:
        return Turn(question.text, answer=library.ask(question, listener) if listener else library.ask(question))
    except RagAgencyError as error:
        return Turn(question.text, failure=str(error))
    except Exception as error:  # the edge of the page: whatever went wrong, the reader is told so
        logger.exception("a question failed")
        return Turn(question.text, failure=f"{say('unexpected', language)} ({type(error).__name__}).")


def _question(turns: Turns, limits: Sequence[Sequence[str] | None]) -> Question:
    members, countries, reports = (tuple(one or ()) for one in limits)
    earlier = tuple(turn.question for turn in turns[:-1])
    return Question(turns[-1].question, None, earlier, members, countries, reports)


def _drawn(library: Library, language: Language, turns: Turns, chosen: str) -> list[str]:
    return [
        conversation_html(turns, language),
        _examples(turns, language),
        _panel(library, turns, chosen, language),
    ]


def _panel(library: Library, turns: Turns, chosen: str, language: Language) -> str:
    shown = library.show(picked(chosen, turns))
    return panel_html(shown, language, f"turn-{chosen.partition(':')[0]}")


def _examples(turns: Turns, language: Language) -> str:
    if turns:
        return ""
    buttons = [pick(str(i), escape(one), "example") for i, one in enumerate(EXAMPLES[language])]
    return f'<div class="examples"><p>{escape(say("examples", language))}</p>{"".join(buttons)}</div>'


def _limits(library: Library, language: Language, chosen: Sequence[Sequence[str] | None]) -> list[Any]:
    index = library.opened.index
    countries = sorted({c for passage in index.passages for c in passage.countries})
    choices = (
        [(member.name, member.slug) for member in index.roster],
        [(country_name(country, language), country) for country in countries],
        [(f"{report.citation} · {report.title}", report.id) for report in index.reports],
    )
    updates = []
    for name, known, kept in zip(("member", "country", "report"), choices, chosen, strict=True):
        values = [value for value in kept or () if value in {v for _, v in known}]
        updates.append(gr.update(choices=known, value=values, label=say(name, language)))
    return updates
