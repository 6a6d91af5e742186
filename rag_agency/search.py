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
from rag_agency.lexicon import asked_words
from rag_agency.models import Embedder, Reader
from rag_agency.overview import overview, portrait
from rag_agency.records import Asked, AskedWord, Evidence, Found, Language, Question, Sentence, Signals
from rag_agency.steering import NamedWeights, Steering
from rag_agency.words import terms

CANDIDATES = 120  # passages taken from the store before fusing
SENTENCES = 200  # sentences handed on
TWINS, SAME = 40, 0.75  # best sentences looked at; cosine of the light encoder from which two say the same
AROUND = 0.8  # of a word that stands beside a sentence, in its passage, against one that stands in it
IN_CONTEXT = (0.55, 0.8)  # cosines, from the centre, between which two words in context go from unlike to the same
OUTLIER = 5.0  # spreads above the mean; a signal that is further out says no more
RARE, COMMON = 6.0, 0.3  # bounds of a word's weight, an inverse document frequency
STEP = 0.1  # of score between sentences that the ledger puts in order
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PassageWeights:
    """How much each signal counts for a passage; see eval/LOG.md."""

    meaning: float = 1.0
    sentence: float = 0.7
    words: float = 0.2
    coverage: float = 0.6
    best: float = 0.35  # of its best sentence's score, which is no z-score but a sum of them


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """How much each signal counts for a sentence; see eval/LOG.md."""

    tokens: float = 1.5
    meaning: float = 0.5
    light: float = 0.3
    words: float = 0.5
    coverage: float = 1.0
    passage: float = 0.5
    before: float = 0.2  # share of what the sentence before it in its paragraph has
    named: NamedWeights = NamedWeights()


@dataclass(frozen=True, slots=True)
class _Met:
    """The content words of a question, their weights, and how far each sentence of the index meets each."""

    words: tuple[str, ...]
    weights: Scores
    matches: Scores  # (words, sentences)

    def coverage(self) -> Scores:
        """Return the share of the question's words, by weight, that each sentence meets."""
        return np.asarray(self.weights @ self.matches / max(float(self.weights.sum()), 1e-6), np.float32)


class Search:
    """Searches one opened index."""

    def __init__(self, index: Index, embedder: Reader, encoder: Embedder) -> None:
        """Remember the parts, and which sentences make up which passage."""
        self._index = index
        self._embedder = embedder
        self._encoder = encoder
        self.passage_weights = PassageWeights()
        self.sentence_weights = SentenceWeights()
        self._steering = Steering(index.roster)
        self._lexicon = index.lexicon(encoder.record.word_band)
        rows = {(s.report, s.number): i for i, s in enumerate(index.sentences)}
        self._rows = [[rows[s.report, s.number] for s in p.sentences] for p in index.passages]
        spanish = {report.id for report in index.reports if report.language == "es"}
        self._spanish_passages = np.array([p.report in spanish for p in index.passages], np.bool_)
        self._spanish_sentences = np.array([s.report in spanish for s in index.sentences], np.bool_)

    @property
    def encoder(self) -> Embedder:
        """The light model, which tells how close two sentences are."""
        return self._encoder

    def __call__(self, question: Question, asked: Asked, k: int = 12) -> Evidence:
        """Return the ``k`` best passages, and the best sentences of all candidates."""
        vector, tokens = self._embedder.read_query(asked.text)
        most = len(self._rows) if asked.wanted in ("overview", "person") else CANDIDATES
        meaning = self._index.nearest(vector, most, question)
        if not meaning:
            return Evidence()
        places = list(meaning)
        rows = [row for place in places for row in self._rows[place]]
        matches = self._index.tokens.matches(tokens.vectors, rows)
        met = self._met(asked)
        coverage = met.coverage()
        light = self._index.sentence_vectors @ self._encoder.embed_queries([asked.text])[0]
        stems = terms(asked.text, asked.language)
        signals = {
            "tokens": _weighted_match(matches),
            "meaning": self._index.tokens.means[rows] @ vector,
            "light": light[rows],
            "words": self._index.sentence_word_counts.scores(stems)[rows],
            "coverage": coverage[rows],
        }
        of_passage = np.concatenate([np.full(len(self._rows[p]), meaning[p], np.float32) for p in places])
        scores = self._sentence_scores(asked, rows, signals, of_passage)
        of_places = {
            "meaning": np.array([meaning[place] for place in places], np.float32),
            "sentence": self._best_of(places, light),
            "words": self._index.word_counts.scores(stems)[places],
            "coverage": self._best_of(places, coverage),
        }
        passages = self._passage_scores(places, of_places, dict(zip(rows, scores.tolist(), strict=True)))
        order = np.argsort(-passages, kind="stable")[:k]
        best = tuple(replace(self._index.passages[places[i]], score=float(passages[i])) for i in order)
        around = np.concatenate([self._around(met, place) for place in places], axis=1)
        meets = np.maximum(met.matches[:, rows], AROUND * around)
        meets = np.maximum(meets, _met_in_context(asked, met.words, tokens.places, matches))
        words = tuple(AskedWord(word, float(weight)) for word, weight in zip(met.words, met.weights, strict=True))
        by_ledger = self._by_ledger(asked, rows)
        found = by_ledger or self._found(rows, scores, signals, meets, asked.language)
        within = tuple(f for f in found if _is_asked_for(f.sentence, question))
        return Evidence(best, within, words, is_by_ledger=bool(by_ledger))

    def _by_ledger(self, asked: Asked, rows: Sequence[int]) -> tuple[Found, ...]:
        """Return what is by or about the one member whom a question names and nothing else; else nothing."""
        sentences = [self._index.sentences[row] for row in rows]
        spanish = self._spanish_sentences[rows].tolist()
        chosen: list[int] = []
        if asked.wanted == "overview":
            chosen = overview(asked, sentences, spanish, self._index.sentence_vectors[rows])
        if asked.wanted == "person":
            chosen = portrait(asked, sentences, spanish, self._index.roster)
        return tuple(Found(sentences[i], -STEP * place) for place, i in enumerate(chosen))

    def _met(self, asked: Asked) -> _Met:
        words = asked_words(asked.text, asked.language)
        matches = self._lexicon.matches(words, self._encoder.embed_queries(words or [""]))
        frequency = (1 + matches.sum(axis=1)) / (1 + matches.shape[1])
        return _Met(tuple(words), np.clip(-np.log(frequency), COMMON, RARE), matches)

    def _around(self, met: _Met, place: int) -> Scores:
        """Return, for each sentence of a passage, how far the passage meets each word."""
        rows = self._rows[place]
        most = met.matches[:, rows].max(axis=1, keepdims=True, initial=0.0)
        return np.repeat(most, len(rows), axis=1)

    def _best_of(self, places: Sequence[int], values: Scores) -> Scores:
        """Return the highest of its sentences' values for each passage."""
        return np.array([max((values[row] for row in self._rows[p]), default=0.0) for p in places], np.float32)

    def _passage_scores(
        self, places: Sequence[int], signals: dict[str, Scores], of_sentences: dict[int, float]
    ) -> Scores:
        weights = self.passage_weights
        spanish = self._spanish_passages[places]
        fused = sum(getattr(weights, name) * _z(values, spanish) for name, values in signals.items())
        best = [max((of_sentences[row] for row in self._rows[p]), default=0.0) for p in places]
        return np.asarray(fused + weights.best * np.array(best, np.float32), np.float32)

    def _sentence_scores(
        self, asked: Asked, rows: Sequence[int], signals: dict[str, Scores], of_passage: Scores
    ) -> Scores:
        weights = self.sentence_weights
        sentences = [self._index.sentences[row] for row in rows]
        spanish = self._spanish_sentences[rows]
        scores = sum(getattr(weights, name) * _z(values, spanish) for name, values in signals.items())
        scores += weights.passage * _z(of_passage, spanish)
        scores += self._steering.scores(asked, sentences, weights.named)
        return np.asarray(scores + weights.before * self._of_the_one_before(rows, scores), np.float32)

    def _found(
        self, rows: Sequence[int], scores: Scores, signals: dict[str, Scores], meets: Scores, language: Language
    ) -> tuple[Found, ...]:
        """Return the best sentences with their scores; ``meets`` is (words of the question, rows)."""
        return tuple(
            Found(
                self._index.sentences[rows[i]],
                float(scores[i]),
                Signals(**{name: float(values[i]) for name, values in signals.items()}),
                tuple(meets[:, i].tolist()),
            )
            for i in self._without_translations(rows, np.argsort(-scores, kind="stable")[:SENTENCES], language)
        )

    def _without_translations(self, rows: Sequence[int], order: NDArray[np.int_], language: Language) -> list[int]:
        """Return the order without what is said again by the same speaker in the language that is not the reader's."""
        best = [int(i) for i in order[:TWINS]]
        said = [self._index.sentences[rows[i]] for i in best]
        of_reader = [bool(self._spanish_sentences[rows[i]]) is (language == "es") for i in best]
        again = translations(said, of_reader, self._index.sentence_vectors[[rows[i] for i in best]])
        left_out = {best[n] for n in again}
        return [int(i) for i in order if int(i) not in left_out]

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


def translations(said: Sequence[Sentence], of_reader: Sequence[bool], vectors: Scores) -> set[int]:
    """Return the places of sentences that one in the reader's language, by the same speaker, says too.

    ``vectors``, an array of (sentences, dimensions), are the light encoder's, to which both languages are one.
    """
    close = vectors @ vectors.T > SAME
    voices = [(sentence.voice, sentence.spoken_by, sentence.external) for sentence in said]
    return {
        theirs
        for theirs, is_readers in enumerate(of_reader)
        if not is_readers
        and any(of_reader[ours] and close[theirs, ours] and voices[theirs] == voices[ours] for ours in range(len(said)))
    }


def of_follow_up(whole: Evidence, added: Evidence) -> Evidence:
    """Return the evidence for a follow-up: half by the question made whole, half by what it adds to the turn before.

    The turn before would decide alone otherwise: it is longer, and names what the follow-up points back to.
    """
    scores = {(f.sentence.report, f.sentence.number): f.score for f in added.sentences}
    lowest = min(scores.values(), default=0.0)
    found = [
        replace(f, score=(f.score + scores.get((f.sentence.report, f.sentence.number), lowest)) / 2)
        for f in whole.sentences
    ]
    return replace(whole, sentences=tuple(sorted(found, key=lambda f: -f.score)))


def _is_asked_for(sentence: Sentence, question: Question) -> bool:
    """Whether the ledger gives a sentence to one of the members to whom the question is limited, if it is."""
    return not question.members or any(speaker.member in question.members for speaker in sentence.members)


def _met_in_context(asked: Asked, words: Sequence[str], places: Sequence[tuple[int, int]], matches: Scores) -> Scores:
    """Return how far each sentence meets each word by its tokens in context: an array of (words, sentences).

    It knows translations that single words do not: ‘cafetalera’ for ‘coffee’.
    """
    low, high = IN_CONTEXT
    found = np.zeros((len(words), matches.shape[1]), np.float32)
    for spot in re.finditer(r"[^\W_]+", asked.text.lower()):
        inside = [i for i, (start, end) in enumerate(places) if start < spot.end() and end > spot.start()]
        if spot[0] in words and inside and not spot[0].isdigit():
            row = words.index(spot[0])
            found[row] = np.clip((matches[inside].max(axis=0) - low) / (high - low), 0, 1)
    return found


def _weighted_match(matches: Scores) -> Scores:
    """Return the mean match of a question's tokens; tokens that tell sentences apart count more."""
    if not matches.size:
        return np.zeros(matches.shape[1], np.float32)
    weights = np.maximum(matches.max(axis=1) - matches.mean(axis=1), 1e-6)
    return np.asarray((weights @ matches) / weights.sum(), np.float32)


def _z(values: Sequence[float] | Scores, languages: NDArray[np.bool_]) -> Scores:
    """Return z-scores within each language; zeros where all values of it are the same.

    Texts in the question's own language are nearer to it whatever they say; without this, a Spanish question
    would find what stands in Spanish before what answers it.
    """
    array = np.asarray(values, dtype=np.float32)
    scores = np.zeros_like(array)
    for group in (languages, ~languages):
        spread = float(array[group].std()) if group.any() else 0.0
        if spread > 1e-9:
            scores[group] = np.minimum((array[group] - array[group].mean()) / spread, OUTLIER)
    return scores
