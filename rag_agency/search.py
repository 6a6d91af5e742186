"""Question to evidence: meaning and words, fused; limited to what the question names.

Three signals, each as a z-score over the candidates: the passage's meaning, the meaning of the best
single sentence in it, and its words. Knows nothing of how an answer is worded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rag_agency.index import Index
from rag_agency.language import language_of
from rag_agency.models import Embedder
from rag_agency.records import Evidence, Found, Passage, Question
from rag_agency.words import terms

CANDIDATES = 200  # passages taken from the store before fusing
SENTENCES = 60  # sentences handed on
MEANING, SENTENCE, WORDS = 1.0, 0.7, 0.4  # weights of the signals; see eval/LOG.md
OF_PASSAGE = 0.5  # share of a passage's score that its sentences get

Scores = NDArray[np.float32]


class Search:
    """Searches one opened index."""

    def __init__(self, index: Index, embedder: Embedder, encoder: Embedder) -> None:
        """Remember the parts, and which sentences make up which passage."""
        self._index = index
        self._embedder = embedder
        self._encoder = encoder
        rows = {(s.report, s.number): i for i, s in enumerate(index.sentences)}
        self._rows = [[rows[s.report, s.number] for s in p.sentences] for p in index.passages]

    def __call__(self, question: Question, k: int = 12) -> Evidence:
        """Return the ``k`` best passages, and the best sentences of all candidates."""
        text = _with_history(question)
        vector = self._embedder.embed_queries([text])[0]
        meaning = self._index.nearest(vector, CANDIDATES, question)
        if not meaning:
            return Evidence()
        places = list(meaning)
        similar = self._index.sentence_vectors @ self._encoder.embed_queries([text])[0]
        best = np.array([max((similar[r] for r in self._rows[p]), default=0.0) for p in places])
        words = self._index.word_scores(terms(text, question.language or language_of(text)))[places]
        fused = MEANING * _z([meaning[p] for p in places]) + SENTENCE * _z(best) + WORDS * _z(words)
        order = np.argsort(-fused, kind="stable")
        passages = [self._scored(places[i], float(fused[i])) for i in order]
        sentences = self._sentences(passages, similar, places, fused)
        return Evidence(tuple(passages[:k]), tuple(sentences[:SENTENCES]))

    def _scored(self, place: int, score: float) -> Passage:
        return replace(self._index.passages[place], score=score)

    def _sentences(
        self, passages: Sequence[Passage], similar: Scores, places: Sequence[int], fused: Scores
    ) -> list[Found]:
        rows = [row for place in places for row in self._rows[place]]
        share = np.concatenate([np.full(len(self._rows[p]), f) for p, f in zip(places, fused, strict=True)])
        scores = _z(similar[rows]) + OF_PASSAGE * share
        found = [Found(self._index.sentences[r], float(s)) for r, s in zip(rows, scores, strict=True)]
        return sorted(found, key=lambda f: -f.score)


def _with_history(question: Question) -> str:
    """A follow-up is understood with the turn before it."""
    return " ".join([*question.history[-1:], question.text])


def _z(values: Sequence[float] | Scores) -> Scores:
    """Return z-scores; zeros where all values are the same."""
    array = np.asarray(values, dtype=np.float32)
    spread = float(array.std())
    return (array - array.mean()) / spread if spread > 1e-9 else np.zeros_like(array)
