"""A question that names a member and nothing else is answered from the ledger: what they find, or who they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from conftest import House
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from test_compose import sentence

from rag_agency.ask import OpenIndex, ask
from rag_agency.asked import understand
from rag_agency.overview import ENOUGH, overview, portrait, standing_for_all
from rag_agency.records import Asked, Member, Question, Sentence, Speaker

TASSI = Speaker("tassi", "Tassi 2012")
ROSTER = (Member("tassi", "Nico Tassi", countries=("Bolivia",)), Member("castillo", "Lorenzo Castillo"))
ASKED = Asked("Tassi", "en", "overview", ("tassi",))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What did Tassi find?", "overview"),
        ("¿Qué encontró Tassi en Bolivia?", "overview"),
        ("Resume lo que dice Tassi", "overview"),
        ("Please summarise Tassi's findings. Thanks!", "overview"),
        ("What does Tassi (2012) say?", "overview"),
        ("Who is Tassi?", "person"),
        ("¿Quién es Nico Tassi?", "person"),
        ("In which city is Tassi based, and what does he do?", "person"),
        ("¿De dónde es Tassi?", "person"),
        ("What is Tassi?", "person"),
        ("Where is land for sale, according to Tassi?", "place"),
        ("What did Tassi study?", "fact"),
        ("Where did Tassi work?", "place"),
        ("What does Tassi say about festivals?", "fact"),
        ("What did Tassi find in Peru?", "fact"),
        ("What do Tassi and Castillo find?", "compare"),
        ("What did the network find?", "fact"),
    ],
)
def test_it_is_asked_for_where_a_member_is_named_and_nothing_else(text: str, wanted: str):
    assert understand(Question(text), ROSTER).wanted == wanted


@pytest.mark.parametrize(
    ("before", "text", "wanted"),
    [
        ("Please, could you tell me who Tassi is?", "And what did he find?", "overview"),
        ("What did Castillo find?", "And Tassi?", "overview"),
        ("¿Qué encontró Tassi?", "¿Y quién es él?", "person"),
        ("What does Castillo say about cooperatives?", "And Tassi?", "fact"),
    ],
)
def test_a_follow_up_asks_for_it_where_neither_turn_asks_for_more(before: str, text: str, wanted: str):
    asked = understand(Question(text, history=(before,)), ROSTER)
    assert (asked.wanted, len(asked.members)) == (wanted, 1)


@given(
    arrays(np.float32, st.tuples(st.integers(0, 12), st.just(4)), elements=st.floats(-1, 1, width=32)),
    st.integers(1, 15),
)
def test_as_many_are_taken_as_there_is_room_for_and_none_twice(vectors, most: int):
    taken = standing_for_all(vectors @ vectors.T, most)
    assert len(taken) == len(set(taken)) == min(most, len(vectors))


def test_each_group_of_statements_has_one_that_stands_for_it():
    groups = np.repeat(np.eye(3, dtype=np.float32), (5, 3, 2), axis=0)
    assert [int(groups[i].argmax()) for i in standing_for_all(groups @ groups.T, 3)] == [0, 1, 2]


def own(number: int, text: str = "Tassi finds that traders lend money.", *speakers: Speaker) -> Sentence:
    return replace(sentence(text, *(speakers or (TASSI,)), number=number), explicit=True)


def chosen(*said: Sentence, spanish: tuple[bool, ...] = ()) -> list[Sentence]:
    vectors = np.eye(len(said), dtype=np.float32)
    return [said[i] for i in overview(ASKED, said, spanish or (False,) * len(said), vectors)]


def test_nothing_of_another_speaker_and_no_heading_or_question_is_taken():
    others = (
        sentence("The authors visited markets.", number=7),
        own(8, "Castillo and Tassi agree on roads.", TASSI, Speaker("castillo")),
        replace(own(9), kind="heading"),
        own(10, "Do traders lend money?"),
    )
    mine = tuple(own(n) for n in range(ENOUGH))
    assert set(chosen(*mine, *others)) == set(mine)


def test_statements_in_the_language_of_the_question_are_taken_where_there_are_enough():
    theirs, mine = tuple(own(n) for n in range(ENOUGH)), tuple(own(10 + n) for n in range(ENOUGH))
    assert set(chosen(*theirs, *mine, spanish=(True,) * ENOUGH + (False,) * ENOUGH)) == set(mine)
    assert set(chosen(*theirs, *mine[1:], spanish=(True,) * ENOUGH + (False,) * (ENOUGH - 1))) == {*theirs, *mine[1:]}


def test_the_study_that_is_named_is_kept_to():
    other = Speaker("tassi", "Tassi 2010")
    said = (own(0, "Tassi finds one thing.", other), own(1), own(2))
    asked = replace(ASKED, studies=("Tassi 2010",))
    assert overview(asked, said, (False,) * 3, np.eye(3, dtype=np.float32)) == [0]


def test_who_a_member_is_stands_where_the_authors_explain_the_name():
    explained = replace(sentence("Nico Tassi is an anthropologist.", number=3), paragraph=2)
    goes_on = replace(sentence("He lives in La Paz.", number=4), paragraph=2)
    said = (sentence("Nico Tassi was there.", number=0), explained, goes_on, own(5))
    assert portrait(ASKED, said, (False,) * 4, ROSTER) == [1, 2]
    assert portrait(ASKED, (sentence("Nico Tassi writes."), own(1)), (False,) * 2, ROSTER) == []


def test_of_a_list_of_members_only_the_one_who_was_asked_for_is_quoted():
    items = ("Nico Tassi, an anthropologist, works in Bolivia.", "Lorenzo Castillo manages a board.")
    said = [replace(sentence(text, number=n), kind="list") for n, text in enumerate(items)]
    assert portrait(ASKED, said, (False, False), ROSTER) == [0]


def test_what_a_member_finds_is_answered_in_their_words_alone(opened: OpenIndex):
    answer = ask("What did Tassi find?", opened)
    assert answer.status == "answered"
    assert {source.member for s in answer.sentences for source in s.sources} == {"tassi"}
    assert "lend money" in answer.text


def test_what_a_question_is_limited_to_holds_there_too(opened: OpenIndex):
    for text in ("What did Tassi find?", "Who is Tassi?"):
        limited = ask(Question(text, members=("castillo",)), opened)
        assert all("castillo" in {source.member for source in s.sources} for s in limited.sentences)


@pytest.mark.parametrize("member", ["Castillo", "Galleguillos", "Guharay", "Monterroso", "Ranaboldo", "Tassi"])
@pytest.mark.parametrize(("question", "is_by"), [("What did {} find?", True), ("¿Quién es {}?", False)])
def test_the_shipped_corpus_tells_what_each_member_finds_and_who_they_are(shipped: House, member, question, is_by):
    answer = ask(question.format(member), shipped.open())
    speakers = {source.member for s in answer.sentences for source in s.sources}
    assert speakers == ({member.lower()} if is_by else {None})
    assert is_by or member in answer.text


# greetings


@pytest.mark.parametrize(
    "text", ["Hola", "Hello!", "Muchas gracias.", "thanks, bye", "What can you do?", "¿Quién eres?"]
)
def test_a_greeting_is_met_with_what_can_be_asked(opened: OpenIndex, text: str):
    answer = ask(text, opened)
    assert (answer.status, answer.reason, answer.sentences) == ("abstained", "outside_corpus", ())
    assert "Castillo" in answer.text and "Tassi" in answer.text


@pytest.mark.parametrize(
    "text", ["Hello, who lends money?", "Gracias a qué crecen los mercados?", "What do you know about roads?"]
)
def test_a_question_is_no_greeting(text: str):
    assert not understand(Question(text), ROSTER).is_small_talk
