"""The words of a corpus: how often a question's words stand in a text, and which mean the same.

BM25 counts stems. Beside it, every word has a vector of its own, by the light encoder, so that
‘shoppers’ is met by ‘buyers’ and ‘socios’ by ‘members’; eval/LOG.md has what that is worth. Knows
words alone, not their context: that is for ``tokens.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag_agency.language import without_accents
from rag_agency.records import Language
from rag_agency.words import FRAME_WORDS, STOP_WORDS

if TYPE_CHECKING:
    from bm25s import BM25

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
WORD = re.compile(r"[^\W_]+")


def content_words(text: str, language: Language) -> list[str]:
    """Return the words of a text that carry its content, as printed but in lower case, in order."""
    words = [word[0] for word in WORD.finditer(text.lower())]
    plain = [without_accents(word) for word in words]
    return [
        word
        for word, bare in zip(words, plain, strict=True)
        if bare not in STOP_WORDS[language] and (len(bare) > 1 or bare.isdigit())
    ]


def asked_words(text: str, language: Language) -> list[str]:
    """Return the content words of a question, each once, without those that only frame it (‘say’, ‘study’)."""
    words = dict.fromkeys(content_words(text, language))
    return [word for word in words if without_accents(word) not in FRAME_WORDS[language]]


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Words, each once, with a vector each: an array of (words, dimensions)."""

    words: tuple[str, ...]
    vectors: NDArray[np.float16]


def vectors_of(texts: Sequence[str], language: Language, embed: Embed) -> WordVectors:
    """Return the content words of one report's sentences with their vectors."""
    words = tuple(dict.fromkeys(word for text in texts for word in content_words(text, language)))
    return WordVectors(words, embed(words or ("",))[: len(words)].astype(np.float16))


@dataclass(frozen=True)
class Lexicon:
    """The vocabulary of an index: its vectors, and for every sentence the places of its words.

    ``band`` is the pair of cosines between which two words go from unlike to the same.
    """

    vocabulary: WordVectors
    sentences: tuple[tuple[int, ...], ...]
    band: tuple[float, float]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where a word stands in the vocabulary, with whatever accents (‘Peru’ and ‘Perú’)."""
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self.vocabulary.words):
            places.setdefault(without_accents(word), []).append(place)
        return places

    @cached_property
    def _vectors(self) -> Vectors:
        return self.vocabulary.vectors.astype(np.float32)

    @cached_property
    def _flat(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Which sentences have words, where the words of each begin, and all words one after the other."""
        filled = [i for i, words in enumerate(self.sentences) if words]
        lengths = [len(self.sentences[i]) for i in filled]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
        return np.array(filled, np.int64), starts, np.array([w for i in filled for w in self.sentences[i]], np.int64)

    def matches(self, words: Sequence[str], vectors: Vectors) -> Vectors:
        """Return how far each sentence meets each word, 0 to 1: an array of (words, sentences).

        A number is met by itself only: two numbers are alike for an encoder.
        """
        found = np.zeros((len(words), len(self.sentences)), np.float32)
        filled, starts, flat = self._flat
        if not len(words) or not len(filled):
            return found
        low, high = self.band
        alike = np.clip((vectors @ self._vectors.T - low) / (high - low), 0, 1)
        for row, word in enumerate(words):
            if word.isdigit():
                alike[row] = 0
            alike[row, self._places.get(without_accents(word), [])] = 1
        found[:, filled] = np.maximum.reduceat(alike[:, flat], starts, axis=1)
        return found


def lexicon_of(
    parts: Sequence[WordVectors], texts: Sequence[tuple[str, Language]], band: tuple[float, float]
) -> Lexicon:
    """Put the vocabularies of several reports together; ``texts`` are all sentences with their language."""
    first: dict[str, NDArray[np.float16]] = {}
    for part in parts:
        first |= dict(zip(part.words, part.vectors, strict=True))
    places = {word: place for place, word in enumerate(first)}
    vectors = np.stack(list(first.values())) if first else np.zeros((0, 1), np.float16)
    sentences = tuple(
        tuple(places[word] for word in content_words(text, language) if word in places) for text, language in texts
    )
    return Lexicon(WordVectors(tuple(first), vectors), sentences, band)


class WordCounts:
    """BM25 over texts given as stems."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        """Count; documents without any word at all, which bm25s cannot take, score zero."""
        self._size = len(documents)
        self._index = _bm25(documents) if any(documents) else None

    def scores(self, stems: Sequence[str]) -> Vectors:
        """Return the score of every document for the stems; zeros where none is known."""
        known = [stem for stem in stems if self._index and stem in self._index.vocab_dict]
        if not known or self._index is None:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)


def _bm25(documents: Sequence[Sequence[str]]) -> BM25:
    import bm25s

    index = bm25s.BM25()
    index.index([list(stems) or [""] for stems in documents], show_progress=False)
    return index
