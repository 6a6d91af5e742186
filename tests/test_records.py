"""Promises 2 and 4 stand in the records themselves: what breaks them cannot be made."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag_agency
from rag_agency import records
from rag_agency.records import (
    Answer,
    AnswerSentence,
    Page,
    Passage,
    Piece,
    Sentence,
    Source,
    Span,
    Speaker,
    letters_and_digits,
)

SOURCE = Source("r", "Title", 3, "iii", "one hundred", "castillo", "Castillo 2012", "member", "Castillo 2012")
SENTENCE = AnswerSentence("Castillo: one hundred", (SOURCE,))
statuses = st.sampled_from(["answered", "partial", "abstained"])
reasons = st.sampled_from([None, "nothing_relevant", "nothing_supported", "outside_corpus", "refused"])


@given(statuses, reasons, st.integers(0, 3))
def test_an_answer_has_sentences_or_an_abstention_never_both_never_neither(status, reason, count):
    may_be = (status == "abstained") == (count == 0) == (reason is not None)
    try:
        answer = Answer("q", "en", status, "text", (SENTENCE,) * count, reason)
    except ValueError:
        assert not may_be
    else:
        assert may_be
        assert bool(answer.sentences) != (answer.reason is not None)


@given(st.text())
def test_a_sentence_of_an_answer_without_a_source_cannot_be_made(text):
    with pytest.raises(ValueError, match="needs a source"):
        AnswerSentence(text, ())


@given(st.text())
def test_letters_and_digits_are_a_fixed_point_in_lower_case(text):
    stream = letters_and_digits(text)
    assert stream == letters_and_digits(stream)
    assert all(c.isalnum() for c in stream)


@given(st.text(), st.text())
def test_letters_and_digits_of_two_parts_are_those_of_the_whole(first, second):
    assert letters_and_digits(first + " " + second) == letters_and_digits(first) + letters_and_digits(second)


def test_ligatures_hyphens_and_accents_compare_as_they_read():
    assert letters_and_digits("eﬃ\u00ad\ncient, CAFÉ²") == "efficientcafé2"


def test_pages_of_a_passage_are_derived_from_its_spans():
    first, second = Page("r", 4, None, "abc def"), Page("r", 5, None, "ghi")
    across = Sentence(
        "r", 0, "def ghi", (Piece(Span(first, 4, 7), "def"), Piece(Span(second, 0, 3), "ghi")), "", "body", 0
    )
    after = Sentence("r", 1, "ghi", (Piece(Span(second, 0, 3), "ghi"),), "", "body", 0)
    assert Passage("r#0", "r", "", (across, after)).pages == (4, 5)
    assert across.pieces[0].span.text == "def"


@pytest.mark.parametrize("kind", [c for c in vars(records).values() if is_dataclass(c)])
def test_every_record_is_frozen_and_slotted(kind):
    assert kind.__dataclass_params__.frozen
    assert hasattr(kind, "__slots__")


def test_a_record_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        SOURCE.page = 4  # type: ignore[misc]


def test_objects_have_the_keys_of_the_contract():
    page = Page("r", 1, None, "abc")
    sentence = Sentence(
        "r",
        0,
        "abc",
        (Piece(Span(page, 0, 3), "abc"),),
        "S",
        "body",
        0,
        "member",
        (Speaker("castillo", None),),
    )
    answer = Answer("q", "en", "answered", "t", (SENTENCE,))
    wanted = {
        "report page page_label section text kind voice members external explicit": sentence.to_dict(),
        "report pages section text members score": Passage("r#0", "r", "S", (sentence,)).to_dict(),
        "report title page page_label quote member study voice citation": SOURCE.to_dict(),
        "id question language status reason text sentences missing writer index seconds": answer.to_dict(),
    }
    for keys, found in wanted.items():
        assert set(keys.split()) <= set(found)
    assert sentence.to_dict()["members"] == [{"member": "castillo", "study": None}]
    assert [f.name for f in fields(Source)] == list(SOURCE.to_dict())


def test_the_door_has_the_names_of_the_contract_and_no_others():
    contract = {"build", "ask", "open_index", "Answer", "Source", "Passage", "Sentence", "RagAgencyError"}
    assert set(rag_agency.__all__) == contract
    assert all(hasattr(rag_agency, name) for name in contract)


def test_every_error_is_one_of_the_house():
    from rag_agency import errors

    kinds = [c for c in vars(errors).values() if isinstance(c, type)]
    assert all(issubclass(c, errors.RagAgencyError) and c.__doc__ for c in kinds)
    assert all(c.__name__ in (errors.__doc__ or "") for c in kinds)
