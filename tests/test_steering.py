"""What a question names steers the search through the ledger and the roster."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_compose import sentence
from test_named import ROSTER

from rag_agency.asked import understand
from rag_agency.records import Question, Speaker
from rag_agency.steering import NamedWeights, Steering

STEERING = Steering(ROSTER)
PLAIN = sentence("Farmers sell what they grow.")


def score(question, said):
    return float(STEERING.scores(understand(Question(question), ROSTER), [said], NamedWeights())[0])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What do farmers in Nicaragua sell?", sentence("Farmers sell cocoa.", Speaker("guharay"))),
        ("¿Qué venden en Nicaragua los productores?", sentence("Farmers in Nicaragua sell cocoa.")),
        ("What does Guharay say of sales?", sentence("Farmers sell what they grow.", Speaker("guharay"))),
        ("What changed for cooperatives after 1986?", sentence("In 1986 there were 120.")),
        ("Who buys the cacao that farmers grow?", sentence("A German firm buys the cocoa.", Speaker("guharay"))),
        ("¿Qué papel tienen los lazos familiares?", sentence("Kinship ties carry the trade.")),
        ("Who says that farmers sell what they grow?", sentence("Farmers sell what they grow.", Speaker("tassi"))),
    ],
)
def test_a_sentence_with_what_is_named_goes_before_one_without(question, said):
    assert score(question, said) > score(question, PLAIN)


def test_the_study_that_is_named_goes_before_another_by_the_same_member():
    named = sentence("Policy matters.", Speaker("guharay", "SIMAS 2011b"))
    other = sentence("Policy matters.", Speaker("guharay", "SIMAS 2012"))
    assert score("What does SIMAS 2011b say of policy?", named) > score("What does SIMAS 2011b say of policy?", other)


def test_a_question_that_names_nothing_moves_nothing():
    said = sentence("Farmers in Nicaragua sold cocoa in 1986.", Speaker("guharay", "SIMAS 2012"))
    assert score("What should be done next?", said) == 0


@given(st.permutations(range(4)))
def test_the_order_of_sentences_changes_no_score(order):
    asked = understand(Question("What do Guharay and Tassi say of cocoa in Nicaragua in 1986?"), ROSTER)
    said = [PLAIN, sentence("Cocoa, 1986.", Speaker("tassi")), sentence("Nicaragua."), replace(PLAIN, section="Cocoa")]
    straight = STEERING.scores(asked, said, NamedWeights())
    assert STEERING.scores(asked, [said[i] for i in order], NamedWeights()).tolist() == straight[list(order)].tolist()
