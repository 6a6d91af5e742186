"""A near miss fills one slot wrongly: another product, country, year or member than the corpus speaks of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_compose import sentence
from test_named import ROSTER

from rag_agency.asked import understand
from rag_agency.records import AskedWord, Evidence, Found, Passage, Question, Sentence, Speaker
from rag_agency.silences import is_silence
from rag_agency.slots import covered_by, slots_unfilled

COCOA = sentence("Farmers in Nicaragua sell cocoa to one firm.", Speaker("guharay"), number=0)
BEEF = sentence("In Bolivia 300 traders sell beef.", Speaker("tassi"), number=1)
LISTED = sentence("Studies were made in Bolivia, Honduras, Nicaragua and Peru.", number=2)
UNSAID = sentence("The report gives no price of quinoa in Honduras.", number=3)
AGAIN = sentence("The report does not say what maize is grown in Honduras.", number=4)


def passage(*said: Sentence) -> Passage:
    return Passage("p", "munoz-viana-2012", "", said)


COVERED = covered_by([passage(COCOA, BEEF), passage(LISTED, UNSAID, AGAIN)], ROSTER)


def asked(question: str):
    return understand(Question(question), ROSTER)


def unfilled(question: str, *said: Sentence) -> dict[str, float]:
    found = tuple(Found(s, 10.0 - i) for i, s in enumerate(said))
    values = slots_unfilled(asked(question), Evidence((passage(*said),), found), COVERED, [0.5] * len(said))
    return {name: value for name, value in values.items() if value}


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("What does the network say of quinoa?", ("quinoa",)),
        ("¿Qué dice la red de la quinua en Honduras?", ("Honduras", "quinua")),
        ("What does the network say of maize?", ("maize",)),
        ("Who sells cacao in Nicaragua?", ()),
    ],
)
def test_what_is_only_listed_or_said_to_be_missing_is_not_covered(question, lacking):
    assert COVERED.lacks(asked(question)) == lacking


def test_another_product_than_the_evidence_has_is_noticed():
    assert "another product" in unfilled("How do families sell cocoa?", BEEF)
    assert "another product" not in unfilled("How do families sell beef?", BEEF)


def test_a_member_who_never_speaks_of_a_product_is_noticed():
    assert "not of theirs" in unfilled("What does Guharay find about beef?", COCOA)
    assert "not of theirs" not in unfilled("What does Guharay find about cocoa?", COCOA)


def test_an_open_question_about_a_member_is_told_from_one_that_puts_words_in_their_mouth():
    said = replace(BEEF, members=(Speaker("tassi"),))
    found = (Found(COCOA, 9.0), Found(said, 10.0))

    def values(question: str) -> dict[str, float]:
        return slots_unfilled(asked(question), Evidence((), found), COVERED, [0.2, 0.8])

    assert values("What does Guharay say about traders?")["open, by another"] == pytest.approx(0.6)
    assert values("Why does Guharay say that traders sell beef?")["open, by another"] == 0


def test_a_count_without_a_number_and_a_year_that_is_not_there_are_noticed():
    assert {"no such number", "no count of that year"} <= set(unfilled("How many farmers were there in 1995?", COCOA))
    assert "no such number" not in unfilled("How many traders sell beef?", BEEF)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("They need: 1. credit; 2. seed.", False),
        ("1Farmers (Singh 2009) met in 2011.", False),
        ("Some 40 farmers met.", True),
        ("La mitad vende.", True),
    ],
)
def test_years_citations_and_numbers_of_lists_count_nothing(text, counts):
    assert ("no such number" in unfilled("How many farmers met?", sentence(text))) is not counts


def test_a_number_counts_only_of_what_is_asked_for():
    def lack(question: str, text: str, met: float) -> float:
        evidence = Evidence((), (Found(sentence(text), 10.0, meets=(met,)),), (AskedWord("farmers", 2.0),))
        return slots_unfilled(asked(question), evidence, COVERED, [0.5])["no such number"]

    assert lack("How many farmers are there?", "Some 40 farmers met.", 1.0) == 0
    assert lack("How many farmers are there?", "Some 40 cooperatives met.", 0.0) == 0.5
    assert lack("How much land do farmers work?", "Some 40 farmers met.", 1.0) == 0.5
    assert lack("How much land do farmers work?", "They work 3 hectares.", 0.0) == 0


def test_a_silence_of_the_report_is_a_reason_to_decline():
    assert unfilled("What is the price of beef?", UNSAID)["silence"] > 0


@pytest.mark.parametrize(
    ("text", "section", "speakers", "silent"),
    [
        ("The report gives no prices.", "", (), True),
        ("El informe no da precios del café.", "", (), True),
        ("Yields are missing too.", "What the report does not say", (), True),
        ("The state gives no credit.", "", (), False),
        ("The report gives no prices.", "", (Speaker("tassi"),), False),
        ("The report gives three reasons.", "", (), False),
    ],
)
def test_only_the_authors_saying_what_is_left_out_is_a_silence(text, section, speakers, silent):
    assert is_silence(replace(sentence(text, *speakers), section=section)) is silent
