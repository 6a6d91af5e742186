"""One frozen Settings; the only reader of environment variables."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

PREFIX = "RAG_AGENCY_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which models are used.

    ``embedder`` and ``encoder`` are names of the table in ``models.py``, or a directory or name
    that sentence-transformers can load. ``use_hub`` lets the hub be asked for weights.
    ``chroma_url`` names a Chroma server; empty means the embedded one. ``writer`` is the kind of
    language model that words answers (``openai``, ``anthropic``, ``gguf``); empty means none, and
    the reports' own sentences are shown. ``writer_model`` is its name at the endpoint, or the file.
    ``checker`` is a second opinion on each written sentence: ``nli``, a cross-encoder in the directory
    ``checker_model``, or ``model``, the one that writes; ``checker_least`` is the score it must give.
    The ``judge_*`` name one that an evaluation may ask whether evidence supports a claim; empty means none.
    """

    index: Path = Path("index")
    corpus: Path = Path("corpus")
    models: Path = user_cache_path("rag-agency") / "models"
    embedder: str = "multilingual-e5-small"
    encoder: str = "use-multilingual"
    use_hub: bool = False
    chroma_url: str = ""
    pdf_password: str = field(default="", repr=False)
    writer: str = ""
    writer_model: str = ""
    writer_url: str = ""
    writer_key: str = field(default="", repr=False)
    writer_seconds: float = 120.0
    checker: str = ""
    checker_model: str = ""
    checker_least: float | None = None
    judge_url: str = ""
    judge_model: str = ""
    judge_key: str = field(default="", repr=False)


def from_environment() -> Settings:
    """Return the settings with every ``RAG_AGENCY_*`` variable that is set applied."""

    def value(name: str) -> str:
        return os.environ.get(PREFIX + name, "")

    default = Settings()
    return Settings(
        index=Path(value("INDEX") or default.index),
        corpus=Path(value("CORPUS") or default.corpus),
        models=Path(value("MODELS") or default.models),
        embedder=value("EMBEDDER") or default.embedder,
        encoder=value("ENCODER") or default.encoder,
        use_hub=value("USE_HUB").lower() in ("1", "true", "yes"),
        chroma_url=value("CHROMA_URL"),
        pdf_password=value("PDF_PASSWORD"),
        writer=value("WRITER").lower(),
        writer_model=value("WRITER_MODEL"),
        writer_url=value("WRITER_URL"),
        writer_key=value("WRITER_KEY"),
        writer_seconds=_seconds(value("WRITER_SECONDS"), default.writer_seconds),
        checker=value("CHECKER").lower(),
        checker_model=value("CHECKER_MODEL"),
        checker_least=_share(value("CHECKER_LEAST")),
        judge_url=value("JUDGE_URL"),
        judge_model=value("JUDGE_MODEL"),
        judge_key=value("JUDGE_KEY"),
    )


def _seconds(text: str, default: float) -> float:
    """Return a number of seconds as a user may write it; the default where it is none."""
    try:
        return max(1.0, float(text)) if text else default
    except ValueError:
        return default


def _share(text: str) -> float | None:
    """Return a number from 0 to 1 as a user may write it; None where it is none."""
    try:
        return min(1.0, max(0.0, float(text))) if text else None
    except ValueError:
        return None
