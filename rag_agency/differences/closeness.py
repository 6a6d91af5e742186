"""How close the sentences of an index are in meaning, by the vectors that it keeps of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag_agency.index import Index
from rag_agency.records import Sentence


class IndexCloseness:
    """Cosines between the sentences of an opened index, by the light encoder."""

    def __init__(self, index: Index) -> None:
        """Take the vectors, each made one long."""
        lengths = np.linalg.norm(index.sentence_vectors, axis=1, keepdims=True)
        self._vectors = index.sentence_vectors / np.maximum(lengths, 1e-6)
        self._sentences = index.sentences
        self._rows = {(s.report, s.number): row for row, s in enumerate(index.sentences)}

    def __call__(self, first: Sentence, second: Sentence) -> float:
        """Return how close two sentences are."""
        return float(self._of(first) @ self._of(second))

    def like(self, sentence: Sentence, at_least: float) -> tuple[Sentence, ...]:
        """Return the sentences, itself among them, that are at least so close to a sentence."""
        rows = np.flatnonzero(self._vectors @ self._of(sentence) >= at_least)
        return tuple(self._sentences[row] for row in rows)

    def typical(self, sentences: Sequence[Sentence]) -> list[float]:
        """Return how close each of some sentences is to what they have in common, the mean of them all."""
        if not sentences:
            return []
        vectors = np.stack([self._of(sentence) for sentence in sentences])
        scores: list[float] = (vectors @ vectors.mean(axis=0)).tolist()
        return scores

    def _of(self, sentence: Sentence) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self._vectors[self._rows[sentence.report, sentence.number]]
        return row
