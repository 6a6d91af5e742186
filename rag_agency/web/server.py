"""Serving: one port, the loopback unless asked otherwise, nothing from elsewhere."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from rag_agency.ask import open_index
from rag_agency.errors import RequestError
from rag_agency.models import Embedder, open_embedders
from rag_agency.settings import Settings
from rag_agency.web.library import Library
from rag_agency.web.page import HEAD, LIGHT, STYLE, make_page, theme

MOST_BYTES = "100mb"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# The browser itself refuses whatever would come from elsewhere; gradio needs inline and eval.
POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


def run(settings: Settings, host: str, port: int, auth_file: Path | None) -> None:
    """Open everything and serve until stopped."""
    users = read_users(auth_file) if auth_file else None
    place = bind(host, port)
    _tell(f"Starting on {_address(place, host)} …")
    if host not in LOOPBACK and not users:
        _tell("warning: other machines can reach this page and change its corpus; give --auth-file")
    try:
        library = open_library(settings)
        app = make_app(make_page(library, settings, shared=host not in LOOPBACK), users)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
        _Server(config, f"Ready: {_address(place, host)}").run(sockets=[place])
    except KeyboardInterrupt:  # how a page is stopped; uvicorn has closed it in good order
        _tell("Stopped.")
    finally:
        place.close()


def open_library(settings: Settings) -> Library:
    """Open the index, with models that are loaded once for as long as the page is served."""
    embedders = open_embedders(settings)
    library = Library(lambda: open_index(settings=settings, embedders=embedders), settings.pdf_password)
    # Loading takes seconds: it begins now, so that the first question need not wait for all of it.
    threading.Thread(target=_warm, args=embedders, daemon=True).start()
    return library


def _warm(*embedders: Embedder) -> None:
    logger = logging.getLogger(__name__)
    for embedder in embedders:
        try:
            embedder.embed_queries(["?"])
        except Exception:  # the first question meets the same failure and tells the reader
            logger.exception("a model could not be loaded")


def make_app(page: Any, users: list[tuple[str, str]] | None = None) -> App:  # noqa: ANN401
    """Return the page as a web application whose every answer carries the policy."""
    app = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        page,
        path="/",
        auth=users,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        show_error=True,
        max_file_size=MOST_BYTES,
        theme=theme(),
        css_paths=[STYLE],
        head=HEAD,
        js=LIGHT,
    )
    return _with_policy(app)


def _with_policy(app: App) -> App:
    async def guarded(scope: Message, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await app(scope, receive, send_with_policy)

    return guarded


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: str) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            _tell(self._ready)


def bind(host: str, port: int) -> socket.socket:
    """Take the port, or raise RequestError with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    place = socket.socket(family, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
        place.listen()
    except (OSError, OverflowError) as error:
        place.close()
        reason = getattr(error, "strerror", None) or error
        raise RequestError(
            f"{host}:{port} cannot be used ({reason}); stop what runs there or take another: "
            f"rag-agency web --port {port + 1}"
        ) from error
    return place


def read_users(path: Path) -> list[tuple[str, str]]:
    """Read lines of ``name:password``; raise RequestError naming the line that is not one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{path} cannot be read; give a text file of name:password lines") from error
    users = []
    for number, line in enumerate(lines, 1):
        name, colon, password = line.strip().partition(":")
        if not line.strip():
            continue
        if not (name and colon and password):
            raise RequestError(f"{path} line {number} is not name:password; mend that line")
        users.append((name, password))
    if not users:
        raise RequestError(f"{path} names nobody; write a line name:password")
    return users


def _address(place: socket.socket, host: str) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{place.getsockname()[1]}"


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
