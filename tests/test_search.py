"""Question to evidence: the best first, and only what the question's limits let in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import House, make_house
from hypothesis import given
from hypothesis import strategies as st
from papers import study_paper, typeset
from test_compose import sentence

from rag_agency.ask import OpenIndex
from rag_agency.asked import understand
from rag_agency.records import Evidence, Found, Question, Speaker
from rag_agency.search import Search, _z, of_follow_up, translations

TRADE = """
= Salt trade

Tassi (2012) finds that llama caravans in Bolivia carry salt for the traders of the valley.
"""
CATALOGUE = """
[[report]]
id = "markets"
file = "study.pdf"
title = "A study of markets"
year = 2012

[[report]]
id = "salt"
file = "salt.pdf"
title = "Salt"
year = 2015
"""
SALT = "Who carries salt for the traders?"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    """An index of two reports of two years."""
    house = make_house(tmp_path_factory.mktemp("two"))
    study_paper(house.corpus / "study.pdf")
    typeset(TRADE, house.corpus / "salt.pdf")
    (house.corpus / "reports.toml").write_text(CATALOGUE, encoding="utf-8")
    house.build()
    return house.open()


def found(opened: OpenIndex, text: str, k: int = 12, **limits) -> Evidence:
    question = Question(text, **limits)
    return opened.search(question, understand(question, opened.index.roster), k)


def test_the_passage_that_answers_comes_first(two: OpenIndex):
    assert "salt" in found(two, SALT).passages[0].text
    assert "100 members" in found(two, "How many members have coffee cooperatives?").passages[0].text


def test_passages_and_sentences_come_the_best_first(two: OpenIndex):
    evidence = found(two, SALT)
    for scores in ([p.score for p in evidence.passages], [s.score for s in evidence.sentences]):
        assert scores == sorted(scores, reverse=True)


def test_the_sentence_that_answers_comes_first(two: OpenIndex):
    assert "llama caravans" in found(two, SALT).sentences[0].sentence.text


@pytest.mark.parametrize("k", [1, 2, 12])
def test_no_more_passages_than_asked_for(two: OpenIndex, k: int):
    assert len(found(two, SALT, k).passages) <= k


@pytest.mark.parametrize("limits", [{"reports": ("markets",)}, {"years": (2012,)}])
def test_limits_by_report_and_year_keep_the_others_out(two: OpenIndex, limits):
    evidence = found(two, SALT, **limits)
    assert {p.report for p in evidence.passages} == {"markets"}
    assert {s.sentence.report for s in evidence.sentences} == {"markets"}


def test_a_limit_by_member_brings_only_passages_in_which_they_speak(two: OpenIndex):
    evidence = found(two, "roads and prices", members=("castillo",))
    assert evidence.sentences
    assert all("castillo" in {s.member for s in f.sentence.members} for f in evidence.sentences)
    assert evidence.passages
    assert all("castillo" in p.members for p in evidence.passages)


def test_a_limit_by_country_brings_only_passages_of_it(two: OpenIndex):
    evidence = found(two, SALT, countries=("Peru",))
    assert evidence.passages
    assert all("Peru" in p.countries for p in evidence.passages)


def test_two_values_of_one_limit_mean_either(two: OpenIndex):
    assert {p.report for p in found(two, SALT, reports=("markets", "salt")).passages} == {"markets", "salt"}


def test_two_limits_mean_both(two: OpenIndex):
    assert found(two, SALT, reports=("salt",), members=("castillo",)) == Evidence()
    assert {p.report for p in found(two, SALT, reports=("salt",), members=("tassi",)).passages} == {"salt"}


def test_an_empty_index_brings_nothing(house: House):
    house.build()
    opened = house.open()
    assert found(opened, SALT) == Evidence()


def test_a_follow_up_is_understood_with_the_turn_before_it(two: OpenIndex):
    history = ("What do the llama caravans carry?",)
    assert "salt" in found(two, "And for whom?", history=history).passages[0].text


def test_words_that_no_report_has_still_bring_the_nearest(two: OpenIndex):
    assert found(two, "xyzzy plugh").passages


def test_the_same_question_brings_the_same_evidence(two: OpenIndex):
    assert found(two, SALT) == found(two, SALT)


def test_signals_that_are_all_alike_count_nothing():
    assert np.array_equal(_z([3.0, 3.0, 3.0], np.zeros(3, bool)), np.zeros(3))


def test_search_holds_a_row_for_each_sentence_of_each_passage(two: OpenIndex):
    assert isinstance(two.search, Search)
    held = [s for p in two.index.passages for s in p.sentences]
    rows = [r for rows in two.search._rows for r in rows]
    assert [two.index.sentences[r] for r in rows] == held


def test_a_report_of_footnotes_and_headings_only_can_be_searched(house: House):
    path: Path = house.corpus / "heads.pdf"
    typeset("= Only a heading\n\n= And one more", path)
    house.build()
    found(house.open(), SALT)


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=6), st.data())
def test_a_follow_up_is_found_as_much_by_what_it_adds_as_by_the_turn_before(scores, data):
    said = [sentence(f"Sentence {i} says this.", number=i) for i in range(len(scores))]
    added = data.draw(st.lists(st.floats(-20, 20), min_size=len(scores), max_size=len(scores)))
    whole = Evidence((), tuple(Found(s, score) for s, score in zip(said, scores, strict=True)))
    part = Evidence((), tuple(Found(s, score) for s, score in zip(said, added, strict=True)))
    found = of_follow_up(whole, part).sentences
    assert [f.score for f in found] == sorted(((a + b) / 2 for a, b in zip(scores, added, strict=True)), reverse=True)
    assert {f.sentence.number for f in found} == set(range(len(scores)))


def test_what_a_speaker_says_in_both_languages_is_kept_in_the_readers():
    said = [
        sentence("Cooperatives need 100 members.", Speaker("castillo")),
        sentence("Las cooperativas necesitan 100 socios.", Speaker("castillo")),
        sentence("Las cooperativas necesitan 100 socios.", Speaker("tassi")),
        sentence("Prices rise.", Speaker("castillo")),
    ]
    vectors = np.array([[1, 0], [0.9, 0.4], [1, 0], [0, 1]], np.float32)
    assert translations(said, [True, False, False, True], vectors) == {1}
    assert translations(said, [False, True, True, False], vectors) == {0}
    assert translations(said, [True] * 4, vectors) == set()
