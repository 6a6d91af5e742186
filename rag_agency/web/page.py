"""The whole page: header, language, tabs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from rag_agency.records import Language
from rag_agency.settings import Settings
from rag_agency.web.chat import chat_tab
from rag_agency.web.course import course_tab, make_basket
from rag_agency.web.evaluate import Bench, evaluate_tab
from rag_agency.web.evaluate_marks import Marks
from rag_agency.web.evaluate_run import Evaluations, evaluator_of
from rag_agency.web.job import Worker, run_task
from rag_agency.web.labels import LANGUAGES, preferred_language, say
from rag_agency.web.library import Library
from rag_agency.web.markup import escape
from rag_agency.web.reports import Workshop, reports_tab
from rag_agency.web.who_says_what import who_tab
from rag_agency.web.wiring import View, draw_all, labelled

STYLE = Path(__file__).with_name("style.css")
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")
HEAD = '<meta name="color-scheme" content="light"><meta name="referrer" content="no-referrer">'
# One look in light and dark surroundings: pages of reports are white, and so is the room for them.
LIGHT = "() => { document.body.classList.remove('dark'); document.documentElement.classList.remove('dark'); }"


def make_page(library: Library, settings: Settings, work: Worker = run_task, *, shared: bool = False) -> Any:  # noqa: ANN401 - gradio has no types here
    """Return the page over a library, ready to be served; ``shared`` where other computers may reach it."""
    with gr.Blocks(title="rag_agency", analytics_enabled=False, delete_cache=(3600, 86400)) as page:
        with gr.Row(elem_id="header"):
            header = gr.HTML(padding=False, apply_default_css=False, elem_id="masthead")
            language = gr.Radio(
                list(LANGUAGES), value="en", container=False, show_label=False, elem_id="language", scale=0
            )
        basket = make_basket()
        with gr.Tabs():
            with gr.Tab(say("tab_ask", "en")) as ask_tab:
                chat_views = chat_tab(library, language, basket, None if shared else settings)
            with gr.Tab(say("tab_who", "en")) as who_says_tab:
                who_views = who_tab(library, language, basket)
            with gr.Tab(say("tab_reports", "en")) as reports_here:
                shop = Workshop(library, settings, work)
                reports_views, changes = reports_tab(shop, language)
            with gr.Tab(say("tab_course", "en")) as course_here:
                course_views = course_tab(library, language, basket)
            with gr.Tab(say("tab_evaluate", "en")) as evaluate_here:
                evaluations = Evaluations(evaluator_of(library, settings))
                evaluate_views = evaluate_tab(Bench(library, evaluations, Marks(settings.index)), language)
        tabs = labelled(
            (ask_tab, {"label": "tab_ask"}),
            (who_says_tab, {"label": "tab_who"}),
            (reports_here, {"label": "tab_reports"}),
            (course_here, {"label": "tab_course"}),
            (evaluate_here, {"label": "tab_evaluate"}),
        )
        top = View(lambda lang: [_header(lang)], (), (header,))
        everything = draw_all((top, tabs, *chat_views, *who_views, *reports_views, *course_views, *evaluate_views))
        inputs = [language, *everything.inputs]
        shown = {"outputs": list(everything.outputs), "show_progress": "hidden"}
        page.load(_greet, None, [language], show_progress="hidden").then(everything.draw, inputs, **shown)
        language.input(everything.draw, inputs, **shown)
        for change in changes:
            change.then(everything.draw, inputs, **shown)
    page.queue(default_concurrency_limit=4)
    return page


def _greet(request: gr.Request) -> Language:
    return preferred_language(request.headers.get("accept-language", ""))


def _header(language: Language) -> str:
    return f"<h1>{escape(say('title', language))}</h1><p>{escape(say('promise', language))}</p>"


def theme() -> Any:  # noqa: ANN401
    """Return the look of gradio's own components: system fonts, quiet lines."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.emerald,
        neutral_hue=gr.themes.colors.stone,
        font=list(SANS),
        font_mono=list(MONO),
        text_size=gr.themes.sizes.text_md,
        radius_size=gr.themes.sizes.radius_sm,
    )
