"""Vectors of single words in their context, sentence by sentence: how closely a question is met.

Each token of the question looks for its nearest token in a sentence (late interaction, after
ColBERT: Khattab and Zaharia 2020). The tokens of a sentence are read together with its whole
passage, so that a pronoun carries what it stands for. 28 points more evidence in the first five
sentences than BM25, and 8 more than one vector a sentence; see eval/LOG.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag_agency.models import TokenVectors
from rag_agency.passages import embedded_text
from rag_agency.records import Passage, Sentence

Vectors = NDArray[np.float32]
Halves = NDArray[np.float16]
Counts = NDArray[np.int32]


@dataclass(frozen=True)
class SentenceTokens:
    """Token vectors of many sentences one after the other; ``counts`` says how many each has."""

    vectors: Halves
    counts: Counts

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.counts)])

    @cached_property
    def _centre(self) -> Vectors:
        """The mean of all tokens: vectors of one model share a large part that tells nothing."""
        if not len(self.vectors):
            return np.zeros(self.vectors.shape[1], np.float32)
        return np.asarray(self.vectors.mean(axis=0, dtype=np.float32))

    @cached_property
    def _directions(self) -> Vectors:
        """Each token's direction from the centre, made once: every question is compared with thousands."""
        return _unit(self.vectors.astype(np.float32) - self._centre)

    def matches(self, query: Vectors, rows: Sequence[int]) -> Vectors:
        """Return the cosine of each token of a question with its nearest in each sentence.

        ``query`` is (tokens, dimensions), ``rows`` are places of sentences; (tokens, rows). A sentence
        without tokens matches nothing.
        """
        found = np.full((len(query), len(rows)), -1.0, np.float32)
        filled = [i for i, row in enumerate(rows) if self.counts[row]]
        if not filled or not len(query):
            return found
        parts = [slice(self._starts[rows[i]], self._starts[rows[i] + 1]) for i in filled]
        directions = np.concatenate([self._directions[part] for part in parts])
        similar = _unit(query - self._centre) @ directions.T
        lengths = [part.stop - part.start for part in parts]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        found[:, filled] = np.maximum.reduceat(similar, starts, axis=1)
        return found

    @cached_property
    def means(self) -> Vectors:
        """The mean vector of each sentence's tokens, of unit length; zeros where it has none."""
        sums = np.zeros((len(self.counts), self.vectors.shape[1]), np.float32)
        for row, (start, count) in enumerate(zip(self._starts[:-1], self.counts, strict=True)):
            if count:
                sums[row] = self.vectors[start : start + count].sum(axis=0, dtype=np.float32)
        return _unit(sums)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-6), np.float32)


def join(parts: Sequence[SentenceTokens]) -> SentenceTokens:
    """Put the sentences of several reports one after the other."""
    if not parts:
        return SentenceTokens(np.zeros((0, 1), np.float16), np.zeros(0, np.int32))
    return SentenceTokens(np.concatenate([p.vectors for p in parts]), np.concatenate([p.counts for p in parts]))


def tokens_of(
    sentences: Sequence[Sentence],
    passages: Sequence[Passage],
    read: Sequence[TokenVectors],
    dimensions: int,
) -> SentenceTokens:
    """Share out the tokens of passages, as read, among a report's sentences in reading order."""
    found: dict[int, Halves] = {}
    for passage, tokens in zip(passages, read, strict=True):
        at = len(embedded_text(passage)) - len(passage.text)
        for sentence in passage.sentences:
            end = at + len(sentence.text)
            inside = [i for i, (start, stop) in enumerate(tokens.places) if start >= at - 1 and stop <= end]
            found[sentence.number] = tokens.vectors[inside].astype(np.float16)
            at = end + 1
    none = np.zeros((0, dimensions), np.float16)
    parts = [found.get(sentence.number, none) for sentence in sentences]
    return SentenceTokens(np.concatenate([none, *parts]), np.array([len(part) for part in parts], dtype=np.int32))
