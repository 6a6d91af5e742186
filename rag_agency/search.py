"""Question to evidence: meaning and words, fused; limited to what the question is limited to.

Passages find the place, sentences are what is quoted. Every signal is a z-score over the
candidates, so that the weights mean the same for every model. Knows nothing of how an answer reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag_agency.index import Index
from rag_agency.models import Embedder, Reader
from rag_agency.records import Asked, Evidence, Found, Passage, Question, Signals, WordMatch
from rag_agency.words import terms

CANDIDATES = 120  # passages taken from the store before fusing
SENTENCES = 80  # sentences handed on
NEAR = 4  # best sentences in which a question's words are looked for
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PassageWeights:
    """How much each signal counts for a passage; see eval/LOG.md."""

    meaning: float = 1.0
    sentence: float = 0.7
    words: float = 0.4


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """How much each signal counts for a sentence; see eval/LOG.md."""

    tokens: float = 1.5
    meaning: float = 0.5
    light: float = 0.3
    words: float = 0.5
    passage: float = 0.5
    member: float = 2.0  # a member the question names is the one who speaks
    speaks: float = 1.0  # a question that asks who wants a sentence with a speaker
    before: float = 0.2  # share of what the sentence before it in its paragraph has


class Search:
    """Searches one opened index."""

    def __init__(self, index: Index, embedder: Reader, encoder: Embedder) -> None:
        """Remember the parts, and which sentences make up which passage."""
        self._index = index
        self._embedder = embedder
        self._encoder = encoder
        self.passage_weights = PassageWeights()
        self.sentence_weights = SentenceWeights()
        rows = {(s.report, s.number): i for i, s in enumerate(index.sentences)}
        self._rows = [[rows[s.report, s.number] for s in p.sentences] for p in index.passages]

    def __call__(self, question: Question, asked: Asked, k: int = 12) -> Evidence:
        """Return the ``k`` best passages, and the best sentences of all candidates."""
        vector, tokens = self._embedder.read_query(asked.text)
        meaning = self._index.nearest(vector, CANDIDATES, question)
        if not meaning:
            return Evidence()
        places = list(meaning)
        light = self._index.sentence_vectors @ self._encoder.embed_queries([asked.text])[0]
        words = terms(asked.text, asked.language)
        passages = self._passage_scores(places, meaning, light, words)
        order = np.argsort(-passages, kind="stable")
        best = tuple(self._scored(places[i], float(passages[i])) for i in order[:k])
        rows = [row for place in places for row in self._rows[place]]
        of_passage = np.concatenate([np.full(len(self._rows[p]), meaning[p], np.float32) for p in places])
        matches = self._index.tokens.matches(tokens.vectors, rows)
        signals = {
            "tokens": _weighted_match(matches),
            "meaning": self._index.tokens.means[rows] @ vector,
            "light": light[rows],
            "words": self._index.sentence_word_scores(words)[rows],
        }
        ranked, found = self._found(asked, rows, signals, of_passage)
        near = [i for i in ranked if self._index.sentences[rows[i]].kind != "heading"][:NEAR]
        return Evidence(best, tuple(found), _word_matches(asked, tokens.places, matches, near))

    def _passage_scores(
        self, places: Sequence[int], meaning: dict[int, float], light: Scores, words: Sequence[str]
    ) -> Scores:
        weights = self.passage_weights
        best = [max((light[r] for r in self._rows[p]), default=0.0) for p in places]
        fused: Scores = weights.meaning * _z([meaning[p] for p in places])
        fused += weights.sentence * _z(best)
        fused += weights.words * _z(self._index.word_scores(words)[places])
        return fused

    def _scored(self, place: int, score: float) -> Passage:
        return replace(self._index.passages[place], score=score)

    def _found(
        self, asked: Asked, rows: Sequence[int], signals: dict[str, Scores], of_passage: Scores
    ) -> tuple[list[int], list[Found]]:
        """Return places in ``rows`` of the best sentences, and the sentences with their scores."""
        weights = self.sentence_weights
        sentences = [self._index.sentences[row] for row in rows]
        scores = sum(getattr(weights, name) * _z(values) for name, values in signals.items())
        scores += weights.passage * _z(of_passage)
        named = [any(s.member in asked.members for s in x.members) for x in sentences]
        scores += weights.member * np.array(named, np.float32)
        if asked.wanted == "who":
            scores += weights.speaks * np.array([bool(x.members) for x in sentences], np.float32)
        scores = scores + weights.before * self._of_the_one_before(rows, scores)
        best = np.argsort(-scores, kind="stable")[:SENTENCES]
        found = [
            Found(sentences[i], float(scores[i]), Signals(**{name: float(v[i]) for name, v in signals.items()}))
            for i in best
        ]
        return best.tolist(), found

    def _of_the_one_before(self, rows: Sequence[int], scores: Scores) -> Scores:
        """Return the score, where above zero, of each sentence's predecessor in its paragraph."""
        known = {row: float(score) for row, score in zip(rows, scores, strict=True)}
        sentences = self._index.sentences
        before = [
            max(known.get(r - 1, 0.0), 0.0)
            if r
            and sentences[r - 1].paragraph == sentences[r].paragraph
            and sentences[r - 1].report == sentences[r].report
            else 0.0
            for r in rows
        ]
        return np.array(before, np.float32)


def _word_matches(
    asked: Asked, places: Sequence[tuple[int, int]], matches: Scores, near: Sequence[int]
) -> tuple[WordMatch, ...]:
    """Return how closely each content word is met, by the mean over its tokens of the best match."""
    if not near:
        return ()
    found = []
    for word in re.finditer(r"[^\W_]+", asked.text):
        rows = [i for i, (start, end) in enumerate(places) if start < word.end() and end > word.start()]
        if rows and terms(word[0], asked.language):
            inside = matches[rows]
            best, anywhere = inside[:, list(near)].max(axis=1).mean(), inside.max(axis=1).mean()
            found.append(WordMatch(word[0], float(best), float(anywhere)))
    return tuple(found)


def _weighted_match(matches: Scores) -> Scores:
    """Return the mean match of a question's tokens; tokens that tell sentences apart count more."""
    if not matches.size:
        return np.zeros(matches.shape[1], np.float32)
    weights = np.maximum(matches.max(axis=1) - matches.mean(axis=1), 1e-6)
    return np.asarray((weights @ matches) / weights.sum(), np.float32)


def _z(values: Sequence[float] | Scores) -> Scores:
    """Return z-scores; zeros where all values are the same."""
    array = np.asarray(values, dtype=np.float32)
    spread = float(array.std())
    return (array - array.mean()) / spread if spread > 1e-9 else np.zeros_like(array)
