"""A follow-up needs the turn before it; a question that stands by itself is not mixed with it."""

from __future__ import annotations

import pytest

from rag_agency.ask import OpenIndex, ask
from rag_agency.follow_up import need_of_turn_before
from rag_agency.language import language_of
from rag_agency.records import Question

UNRELATED = ("What did the network find about coffee growers in Honduras?",)


@pytest.mark.parametrize(
    "text",
    [
        "And in Nicaragua?",
        "¿y en Nicaragua?",
        "Does he think so too?",
        "What do they shield their members from?",
        "Does Tassi see it the same way?",
        "How many tonnes does that company take?",
        "What does the second one propose?",
        "¿Cuántos de esos productores son orgánicos?",
        "¿Y qué piensa él de las cadenas de valor?",
        "¿Qué dice él?",
    ],
)
def test_what_points_back_needs_the_turn_before_it(text: str):
    assert need_of_turn_before(text, language_of(text), names_member=False) == "surely"


@pytest.mark.parametrize(
    "text",
    [
        "¿Qué dice Castillo sobre el papel de las cooperativas de café en el Perú?",
        "Who says that intermediaries call several export companies in Guatemala?",
        "Which obstacles do small producers of cocoa in Nicaragua meet in value chains?",
        "¿Qué condiciones debe cumplir una cooperativa cafetalera para sobrevivir, según Castillo?",
    ],
)
def test_articles_and_conjunctions_do_not_point_back(text: str):
    assert need_of_turn_before(text, language_of(text), names_member="Castillo" in text) != "surely"


def test_he_points_back_unless_the_question_names_him():
    text = "Why does Ranaboldo call the link between producers and law unsettled in all her cases?"
    assert need_of_turn_before(text, "en", names_member=True) == "no"
    assert need_of_turn_before(text, "en", names_member=False) == "surely"


@pytest.mark.parametrize(
    "text", ["How many members have coffee cooperatives?", "Who sets cooperatives at 100 members?"]
)
def test_a_short_question_that_is_answered_by_itself_is_not_mixed_with_an_unrelated_turn(opened: OpenIndex, text: str):
    alone, after = ask(text, opened), ask(Question(text, history=UNRELATED), opened)
    assert alone.status == after.status == "answered"
    assert (after.text, after.sentences) == (alone.text, alone.sentences)
