"""The tab that makes course material: basket, plan, outline, files. Handlers that are thin.

Basket and outline live in the reader's browser; what is made lives in her session and in the page.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from rag_agency.course import Wish
from rag_agency.course.outline import outline_from, outline_text
from rag_agency.errors import CourseRefused, RagAgencyError, RequestError
from rag_agency.records import Language
from rag_agency.themes import themes_of
from rag_agency.web.course_basket import MOST_QUOTES, Kept, added, from_browser, from_text, to_text
from rag_agency.web.course_desk import made_of, outline_of, shelve, with_pins
from rag_agency.web.course_edit import pinned, pressed
from rag_agency.web.course_views import Made, basket_html, material_html, outline_html
from rag_agency.web.labels import LANGUAGES, country_name, say
from rag_agency.web.library import Library
from rag_agency.web.shelves import done_html, failure_html
from rag_agency.web.uploads import text_of
from rag_agency.web.wiring import View, labelled, pressable

logger = logging.getLogger(__name__)
QUIET = {"show_progress": "hidden"}
TICK = 1.0  # seconds after which a reader is shown that time passes
# Where the browser keeps them. Gradio encrypts with a key that it sends to the page; a fixed one lets
# a basket outlive a restart, and keeps nothing from whoever can open this browser.
BASKET = {"storage_key": "rag-agency-basket", "secret": "rag-agency-basket"}
OUTLINE = {"storage_key": "rag-agency-outline", "secret": "rag-agency-outline"}


def make_basket() -> Any:  # noqa: ANN401 - gradio has no types here
    """Return the basket, to be filled by other tabs too."""
    return gr.BrowserState("", **BASKET)


def with_more(held: str, more: Iterable[Kept], language: Language) -> Any:  # noqa: ANN401
    """Return the basket with more in it; where it is full, leave it and say so."""
    try:
        return to_text(added(from_browser(held), more))
    except RequestError:
        gr.Warning(say("basket_full", language, MOST_QUOTES))
        return gr.skip()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that handlers read and write."""

    language: Any
    basket: Any
    outline: Any
    made: Any
    shelf: Any
    plan: tuple[Any, ...]  # topic, members, countries, languages, level, sessions, minutes
    sketch: Any
    material: Any
    told: tuple[Any, Any, Any]  # of the basket, of the plan and the outline, of what is built


def course_tab(library: Library, language: Any, basket: Any) -> tuple[View, ...]:  # noqa: ANN401
    """Lay out the tab, wire its handlers, and return what is drawn with language and corpus."""
    outline, made = gr.BrowserState("", **OUTLINE), gr.State(())
    intro = _html("course-intro")
    with gr.Row(elem_classes="beside"):
        with gr.Column(scale=5, min_width=320, elem_classes="main"):
            shelf = pressable("basket")
            load_basket = gr.UploadButton(file_types=[".json"], size="sm", elem_id="load-basket")
            told_basket = _html("told-basket")
            heading = _html("plan-heading")
            with gr.Column(elem_id="plan"):
                plan = _plan()
                ask = gr.Button(variant="primary", elem_id="propose")
                told_plan = _html("told-plan")
        with gr.Column(scale=6, min_width=320, elem_classes="main"):
            sketch = pressable("outline")
            load = gr.UploadButton(file_types=[".toml"], size="sm", elem_id="load-outline")
            build = gr.Button(variant="primary", elem_id="build")
            told_build = _html("told-build")
            material = pressable("material")
    parts = _Parts(language, basket, outline, made, shelf, plan, sketch, material, (told_basket, told_plan, told_build))
    _wire_basket(library, parts, load_basket)
    _wire_outline(library, parts, ask, load)
    _wire_build(library, parts, build)
    return _views(library, parts, (intro, heading), (ask, build, load_basket, load))


def _html(name: str) -> Any:  # noqa: ANN401
    return gr.HTML(padding=False, apply_default_css=False, elem_id=name)


def _plan() -> tuple[Any, ...]:
    """Lay out what a trainer wishes for."""
    topic = gr.Dropdown(value="", choices=[("", "")], allow_custom_value=True, elem_id="course-topic")
    limits = [gr.Dropdown(multiselect=True, elem_id=f"course-{name}") for name in ("members", "countries")]
    with gr.Row():
        languages = gr.CheckboxGroup(list(LANGUAGES), value=[], elem_id="course-languages", min_width=140)
        level = gr.Radio([("", "introductory")], value="introductory", elem_id="course-level", min_width=140)
    with gr.Row():
        sessions = gr.Number(value=3, minimum=1, maximum=8, precision=0, elem_id="course-sessions", min_width=120)
        minutes = gr.Number(value=60, minimum=20, maximum=240, precision=0, elem_id="course-minutes", min_width=120)
    return (topic, *limits, languages, level, sessions, minutes)


def _wire_basket(library: Library, parts: _Parts, load: Any) -> None:  # noqa: ANN401
    def draw(basket: str, outline: str, language: Language) -> str:
        planned = outline_of(outline)
        shelved = shelve(library, from_browser(basket), planned, language)
        return basket_html(shelved, len(planned.sessions) if planned else 0, language)

    def press(basket: str, outline: str, event: gr.EventData) -> list[Any]:
        kept, planned = from_browser(basket), outline_of(outline)
        name, *places = str(event.pick).split("|")
        if name == "clear":
            return ["", gr.skip()]
        if not places or not places[0].isdigit() or int(places[0]) >= len(kept):
            return [gr.skip(), gr.skip()]
        pin = kept[int(places[0])].pin
        place = int(places[1]) if name == "pin" and places[-1].isdigit() else -1
        planned = pinned(planned, pin, place) if planned else None
        left = to_text(tuple(one for one in kept if one.pin != pin)) if name == "out" else gr.skip()
        return [left, outline_text(planned) if planned else gr.skip()]

    def load_file(file: str, basket: str, language: Language) -> list[Any]:
        def work() -> list[Any]:
            path = Path(file)
            loaded = from_text(text_of(path, ".json", language), path.name)
            told = done_html(say("basket_loaded", language, path.name))
            return [to_text(added(from_browser(basket), loaded)), told]

        return _told(work, language, [gr.skip()])

    here = [parts.basket, parts.outline]
    parts.shelf.select(press, here, here, **QUIET)
    load.upload(load_file, [load, parts.basket, parts.language], [parts.basket, parts.told[0]], **QUIET)
    gr.on([parts.basket.change, parts.outline.change], draw, [*here, parts.language], [parts.shelf], **QUIET)


def _wire_outline(library: Library, parts: _Parts, ask: Any, load: Any) -> None:  # noqa: ANN401
    def draw(outline: str, language: Language) -> str:
        return outline_html(outline_of(outline), outline, language)

    def propose(basket: str, language: Language, *wished: Any) -> list[Any]:  # noqa: ANN401
        def work() -> list[Any]:
            proposed = library.propose(_wish(language, *wished))
            return [outline_text(with_pins(library, proposed, from_browser(basket))), ""]

        return _told(work, language, [gr.skip()])

    def press(outline: str, event: gr.EventData) -> Any:  # noqa: ANN401
        planned = outline_of(outline)
        if str(event.pick) == "discard" or planned is None:
            return ""
        return outline_text(pressed(planned, str(event.pick)))

    def load_file(file: str, language: Language) -> list[Any]:
        def work() -> list[Any]:
            path = Path(file)
            loaded = outline_from(text_of(path, ".toml", language), path.name)
            return [outline_text(loaded), done_html(say("basket_loaded", language, path.name))]

        return _told(work, language, [gr.skip()])

    after = [parts.outline, parts.told[1]]
    ask.click(propose, [parts.basket, parts.language, *parts.plan], after, **QUIET)
    parts.sketch.select(press, [parts.outline], [parts.outline], **QUIET)
    load.upload(load_file, [load, parts.language], after, **QUIET)
    parts.outline.change(draw, [parts.outline, parts.language], [parts.sketch], **QUIET)


def _wish(language: Language, topic: str, members: Any, countries: Any, *rest: Any) -> Wish:  # noqa: ANN401
    languages, level, sessions, minutes = rest
    if not (topic or "").strip():
        raise RequestError(say("no_topic", language))
    chosen = tuple(languages or ()) or (language,)
    return Wish(topic.strip(), tuple(members or ()), tuple(countries or ()), chosen, level, int(sessions), int(minutes))


def _wire_build(library: Library, parts: _Parts, build: Any) -> None:  # noqa: ANN401
    def start(outline: str, language: Language) -> Iterator[list[Any]]:
        def work() -> list[Any]:
            planned = outline_of(outline)
            if planned is None:
                raise RequestError(say("no_outline", language))
            made = tuple(made_of(pack) for pack in library.build(planned, date.today().isoformat()))
            return [made, material_html(made, language), ""]

        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(_told, work, language, [gr.skip(), gr.skip()])
            for seconds in _waited(future):
                yield [gr.skip(), gr.skip(), done_html(say("building", language, seconds))]
            yield future.result()

    outputs = [parts.made, parts.material, parts.told[2]]
    build.click(start, [parts.outline, parts.language], outputs, **QUIET)


def _waited(future: Future[list[Any]]) -> Iterator[int]:
    """Yield the seconds that have passed until something is done."""
    started = time.monotonic()
    while not future.done():
        yield int(time.monotonic() - started)
        try:
            future.result(TICK)
        except StillWorking:
            continue


def _told(work: Callable[[], list[Any]], language: Language, otherwise: Sequence[Any]) -> list[Any]:
    """Return what work returns; where it fails, what stays as it was and the reason in words."""
    try:
        return work()
    except CourseRefused as refused:
        return [*otherwise, failure_html(refused.words[language])]
    except RagAgencyError as error:
        return [*otherwise, failure_html(str(error))]
    except Exception as error:  # the edge of the page: whatever went wrong, the trainer is told so
        logger.exception("the course tab failed")
        return [*otherwise, failure_html(f"{say('unexpected', language)} ({type(error).__name__}).")]


def _views(library: Library, parts: _Parts, heads: tuple[Any, Any], buttons: tuple[Any, ...]) -> tuple[View, ...]:
    ask, build, load_basket, load_outline = buttons
    topic, members, countries, languages, level, sessions, minutes = parts.plan
    labels = labelled(
        (ask, {"value": "propose"}),
        (build, {"value": "build"}),
        (load_basket, {"label": "basket_load"}),
        (load_outline, {"label": "outline_load"}),
        (sessions, {"label": "course_sessions"}),
        (minutes, {"label": "course_minutes"}),
    )

    def draw(language: Language, basket: str, outline: str, made: tuple[Made, ...], *chosen: Any) -> list[Any]:  # noqa: ANN401
        planned = outline_of(outline)
        shelved = shelve(library, from_browser(basket), planned, language)
        return [
            f"<p>{say('course_intro', language)}</p>",
            f'<h2 class="asked">{say("plan", language)}</h2>',
            basket_html(shelved, len(planned.sessions) if planned else 0, language),
            outline_html(planned, outline, language),
            material_html(made, language),
            *_choices(library, language, *chosen[:3]),
            # The page's own language, until another is chosen.
            gr.update(value=chosen[3] or [language], label=say("course_languages", language)),
        ]

    inputs = (parts.basket, parts.outline, parts.made, topic, members, countries, languages)
    outputs = (*heads, parts.shelf, parts.sketch, parts.material, topic, members, countries, level, languages)
    return labels, View(draw, inputs, outputs)


def _choices(library: Library, language: Language, topic: str, members: Any, countries: Any) -> list[Any]:  # noqa: ANN401
    """Return what the plan can choose from, in words of the language; what was chosen and is there stays."""
    index = library.opened.index
    themes = [(theme.names[language], theme.slug) for theme in themes_of(index.roster)]
    known = sorted({country for member in index.roster for country in member.countries})
    roster = [(member.name, member.slug) for member in index.roster]
    places = [(country_name(country, language), country) for country in known]
    levels = [(say(level, language), level) for level in ("introductory", "advanced")]
    return [
        gr.update(choices=[("", ""), *themes], value=topic or "", label=say("course_topic", language)),
        gr.update(choices=roster, value=_still(members, roster), label=say("course_members", language)),
        gr.update(choices=places, value=_still(countries, places), label=say("course_countries", language)),
        gr.update(choices=levels, label=say("course_level", language)),
    ]


def _still(chosen: Sequence[str] | None, choices: Sequence[tuple[str, str]]) -> list[str]:
    return [value for value in chosen or () if value in {known for _, known in choices}]
