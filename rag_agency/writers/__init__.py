"""Language models that word answers from numbered evidence; what they say passes the gate or is not shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rag_agency.errors import RequestError
from rag_agency.settings import Settings
from rag_agency.writers.answering import Listener, Writing
from rag_agency.writers.endpoints import open_anthropic, open_openai
from rag_agency.writers.local import LocalModel
from rag_agency.writers.models import Model

__all__ = ["KINDS", "Listener", "Model", "Writing", "open_model"]


def _open_gguf(settings: Settings) -> Model:
    """Return the GGUF file that the settings name."""
    return LocalModel(Path(settings.writer_model))


KINDS: dict[str, Callable[[Settings], Model]] = {
    "openai": open_openai,
    "anthropic": open_anthropic,
    "gguf": _open_gguf,
}


def open_model(settings: Settings) -> Model | None:
    """Return the language model that the settings name, None where they name none; nothing is sent.

    Raises:
        RequestError: there is no such kind, or something it needs is missing.
    """
    if settings.writer in ("", "extractive", "none"):
        return None
    if settings.writer not in KINDS:
        raise RequestError(f"there is no writer {settings.writer}; set RAG_AGENCY_WRITER to one of {', '.join(KINDS)}")
    return KINDS[settings.writer](settings)
