"""The chat page served with fakes for the models, and a headless Chromium to visit it: one of each for all tests."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from papers import STUDY, study_paper

from rag_agency.build import build
from rag_agency.index import open_generation
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


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[Served]:
    import uvicorn
    from conftest import make_house

    from rag_agency.web.page import make_page
    from rag_agency.web.server import bind, make_app

    house = make_house(tmp_path_factory.mktemp("served"))
    study_paper(house.corpus / "study.pdf", HOSTILE_STUDY)
    house.build()
    library = Library(house.open)
    place = bind("127.0.0.1", 0)
    app = make_app(make_page(library, house.settings, worker_for(house)))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    yield Served(f"http://127.0.0.1:{place.getsockname()[1]}", library, house)
    server.should_exit = True
    thread.join(10)
    place.close()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(served, browser):
    """Open the page in a window and language; every request is noted and checked at the end."""
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


def open_tab(page, name):
    """Open a tab by its name; where there is no room for it, it stands in the menu beside the others."""
    page.wait_for_selector(".tab-container button[role='tab']:visible")
    tab = page.get_by_role("tab", name=name)
    if tab.count():
        tab.first.click()
    else:
        page.locator(".overflow-menu > button").first.click()
        page.locator(".overflow-dropdown button", has_text=name).first.click()
