"""What browser tests share: Chromium, a page served on a free port, and windows onto it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from papers import STUDY

from rag_agency.ask import open_index
from rag_agency.build import build
from rag_agency.index import open_generation
from rag_agency.settings import Settings
from rag_agency.web.job import Done, Step, summary_of
from rag_agency.web.library import Library

if TYPE_CHECKING:
    from conftest import House

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
WAIT = 60_000  # milliseconds; two busy cores are slow
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (apt-get install chromium)"),
    # gradio and what it brings warn of their own plans.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

HOSTILE = "<img src=x onerror=alert(1)>"
HOSTILE_STUDY = (
    STUDY
    + r"""
#pagebreak()

= Sheds and doors

According to Tassi, the door of a shed says \<img src=x onerror=alert(1)\> to every visitor (Tassi 2012).
"""
)


@dataclass
class Served:
    """A page on a free port, and its parts."""

    url: str
    library: Library
    house: House
    requests: list[str] = field(default_factory=list)


def worker_for(house: House):
    """Build in this process with fakes for the models."""

    def work(task):
        yield Step(task.places[0].name if task.places else "", 0, len(task.places))
        result = build(task.settings, task.places, remove=task.remove, embedders=house.embedders)
        held = open_generation(task.settings.index).readings
        yield Done(tuple(summary_of(reading) for reading in held), result.failed)

    return work


@contextmanager
def page_of(house: House, settings: Settings | None = None) -> Iterator[Served]:
    """Serve the page over a built house, with other settings where they are given."""
    import uvicorn

    from rag_agency.web.page import make_page
    from rag_agency.web.server import bind, make_app

    settings = settings or house.settings
    library = Library(lambda: open_index(settings=settings, embedders=house.embedders))
    place = bind("127.0.0.1", 0)
    app = make_app(make_page(library, settings, worker_for(house)))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    yield Served(f"http://127.0.0.1:{place.getsockname()[1]}", library, house)
    server.should_exit = True
    thread.join(10)
    place.close()


@contextmanager
def windows_onto(served: Served, browser):
    """Give a way to open the page in a window and language; every request is noted and checked at the end."""
    contexts = []

    def opened(width=1280, height=860, locale="en-GB"):
        context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: served.requests.append(request.url))
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
        page.goto(served.url)
        page.wait_for_selector("#examples .example")
        return page

    yield opened
    for context in contexts:
        context.close()
    outside = [u for u in served.requests if not u.startswith((served.url, "data:", "blob:"))]
    assert outside == []


def ask(page, question):
    turns = page.locator(".turn").count()
    page.fill("#question textarea", question)
    page.click("#send")
    page.wait_for_selector(f"#turn-{turns} :is(.citation, .note)")


def is_no_wider_than_its_window(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def open_tab(page, name):
    """Open a tab by its name; where there is no room for it, it stands in the menu beside the others."""
    page.wait_for_selector(".tab-container button[role='tab']:visible")
    tab = page.get_by_role("tab", name=name)
    if tab.count():
        tab.first.click()
    else:
        page.locator(".overflow-menu > button").first.click()
        page.locator(".overflow-dropdown button", has_text=name).first.click()
