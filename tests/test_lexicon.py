"""Words that mean the same meet each other; numbers meet only themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag_agency.lexicon import WordCounts, WordVectors, asked_words, content_words, lexicon_of

# Two words that mean the same, one that does not, and two numbers that are alike.
VOCABULARY = WordVectors(
    ("buyers", "goats", "100", "101"),
    np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0.02, 1]], np.float16),
)
TEXTS = (("The buyers came.", "en"), ("100 goats were sold.", "en"), ("Nobody.", "en"))
LEXICON = lexicon_of([VOCABULARY], TEXTS, (0.6, 0.85))


def test_a_word_is_met_where_it_or_one_that_means_the_same_stands():
    near_buyers = np.array([[0.9, np.sqrt(1 - 0.81), 0]], np.float32)
    assert LEXICON.matches(["shoppers"], near_buyers).tolist() == [[1, 0, 0]]


def test_a_word_that_is_near_but_not_the_same_is_met_in_part():
    half = np.array([[0.725, np.sqrt(1 - 0.725**2), 0]], np.float32)
    met = LEXICON.matches(["traders"], half)[0]
    assert 0.4 < met[0] < 0.6


def test_a_number_is_met_by_itself_alone():
    like_101 = np.array([[0, 0.02, 1]], np.float32)
    assert LEXICON.matches(["101"], like_101)[0].tolist() == [0, 0, 0]
    assert LEXICON.matches(["100"], like_101)[0].tolist() == [0, 1, 0]


def test_no_words_meet_nothing():
    assert LEXICON.matches([], np.zeros((0, 3), np.float32)).shape == (0, 3)
    assert lexicon_of([], [("Any text.", "en")], (0, 1)).matches(["text"], np.ones((1, 1), np.float32)).tolist() == [
        [0]
    ]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("What does Tassi say about the Aymara markets?", "en", ["tassi", "aymara", "markets"]),
        ("¿Qué dice el estudio de la cooperativa cafetalera?", "es", ["cooperativa", "cafetalera"]),
    ],
)
def test_what_only_frames_a_question_is_no_word_of_it(text: str, language: str, words: list[str]):
    assert asked_words(text, language) == words


@given(st.lists(st.text("abcde 1.", max_size=30), max_size=6))
def test_every_sentence_meets_each_of_its_own_words_wholly(texts: list[str]):
    words = tuple(dict.fromkeys(w for text in texts for w in content_words(text, "en")))
    vectors = np.eye(max(len(words), 1), dtype=np.float16)[: len(words)]
    lexicon = lexicon_of([WordVectors(words, vectors)], [(text, "en") for text in texts], (0.5, 1.0))
    met = lexicon.matches(words, vectors.astype(np.float32))
    for row, word in enumerate(words):
        assert met[row].tolist() == [float(word in content_words(text, "en")) for text in texts]


def test_texts_without_words_can_be_counted():
    assert WordCounts([[], []]).scores(["market"]).tolist() == [0, 0]
    scores = WordCounts([["market"], []]).scores(["market", "unknown"])
    assert scores[0] > scores[1] == 0
