"""Passages as LlamaIndex nodes in Chroma, and their neighbours back: the store behind the index.

Metadata is flat and holds only what is filtered by; a passage is read back by its id, never
rebuilt from metadata.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from rag_agency.records import Passage, Question, Report

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from llama_index.core.vector_stores import MetadataFilters

EXACT = 20_000  # passages; up to here every cosine is computed, a few milliseconds: HNSW misses some, others each time
BATCH = 500  # nodes written at once; Chroma takes a few thousand at most


class VectorStore:
    """One Chroma collection, embedded in a folder or on a server."""

    def __init__(self, folder: Path, name: str, url: str = "") -> None:
        """Open or make the collection ``name``."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        client = _client(folder, url)
        self._collection = client.get_or_create_collection(name, configuration={"hnsw": {"space": "cosine"}})
        self._store = ChromaVectorStore(chroma_collection=self._collection)
        self._all: tuple[list[str], NDArray[np.float32]] | None = None

    def add(self, passages: Sequence[Passage], vectors: NDArray[np.float32], report: Report) -> None:
        """Add passages of one report with their vectors; none is lost silently."""
        from llama_index.core.schema import TextNode

        self._all = None
        before = self._collection.count()
        for start in range(0, len(passages), BATCH):
            batch = passages[start : start + BATCH]
            nodes = [
                TextNode(id_=p.id, text=p.text, metadata=_metadata(p, report), embedding=v.tolist())
                for p, v in zip(batch, vectors[start : start + BATCH], strict=True)
            ]
            self._store.add(nodes)
        written = self._collection.count() - before
        if written != len(passages):
            raise RuntimeError(f"Chroma kept {written} of {len(passages)} passages of {report.id}")

    def query(self, vector: NDArray[np.float32], k: int, question: Question) -> list[tuple[str, float]]:
        """Return ids and cosines of the ``k`` nearest passages that the question's filters let in."""
        from llama_index.core.vector_stores import VectorStoreQuery

        most = min(k, self._collection.count())
        if most == 0:
            return []
        if self._collection.count() <= EXACT:
            return self._exact(vector, most, question)
        query = VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=most, filters=_filters(question))
        result = self._store.query(query)
        pairs = zip(result.ids or [], result.similarities or [], strict=True)
        # LlamaIndex gives exp(-distance); Chroma's cosine distance is 1 - cosine.
        return [(name, 1.0 + float(np.log(similarity))) for name, similarity in pairs]

    def _exact(self, vector: NDArray[np.float32], most: int, question: Question) -> list[tuple[str, float]]:
        """Return the nearest passages by all cosines, so that the same question always finds the same."""
        if self._all is None:
            kept = self._collection.get(include=["embeddings"])
            self._all = kept["ids"], np.asarray(kept["embeddings"], dtype=np.float32)
        names, vectors = self._all
        filters = _filters(question)
        let_in = {node.node_id for node in self._store.get_nodes(None, filters)} if filters else set(names)
        lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(vector)
        cosines = (vectors @ vector) / np.maximum(lengths, 1e-12)
        found = [(names[i], float(cosines[i])) for i in np.argsort(-cosines, kind="stable") if names[i] in let_in]
        return found[:most]


def _client(folder: Path, url: str) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    if not url:
        return chromadb.PersistentClient(path=str(folder), settings=quiet)
    parts = urlsplit(url)
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or 8000,
        ssl=parts.scheme == "https",
        settings=quiet,
    )


def _metadata(passage: Passage, report: Report) -> dict[str, str | int]:
    """Return what is filtered by; a member or country that is there is a 1, as LlamaIndex filters no booleans."""
    facts: dict[str, str | int] = {"report": report.id, "year": report.year or 0}
    facts |= {f"member:{slug}": 1 for slug in passage.members}
    return facts | {f"country:{name}": 1 for name in passage.countries}


def _filters(question: Question) -> MetadataFilters | None:
    """Return the question's limits: any of its members, and of its countries, reports and years."""
    from llama_index.core.vector_stores import FilterCondition, MetadataFilter, MetadataFilters

    wanted: dict[str, list[tuple[str, str | int]]] = {
        "member": [(f"member:{slug}", 1) for slug in question.members],
        "country": [(f"country:{name}", 1) for name in question.countries],
        "report": [("report", name) for name in question.reports],
        "year": [("year", year) for year in question.years],
    }
    groups = [
        MetadataFilters(
            filters=[MetadataFilter(key=key, value=value) for key, value in choices],
            condition=FilterCondition.OR,
        )
        for choices in wanted.values()
        if choices
    ]
    return MetadataFilters(filters=list(groups), condition=FilterCondition.AND) if groups else None
