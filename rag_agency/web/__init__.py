"""The chat page: a place where the library is seen. The only user of gradio.

``serve`` starts it. Files that render are pure (records to HTML); files that hold handlers are
thin: they call the library and render.
"""

from __future__ import annotations

from pathlib import Path

from rag_agency.settings import Settings


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 7860, auth_file: Path | None = None) -> None:
    """Open the index and serve the chat page until it is stopped.

    Raises:
        IndexUnusable: there is no index, or it was built with something else.
        RequestError: the port is taken, or the file of names and passwords cannot be used.
    """
    from rag_agency.web.server import run  # gradio takes seconds to import; others need not wait

    run(settings, host, port, auth_file)
