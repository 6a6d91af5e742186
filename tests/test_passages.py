"""Passages: neighbours of one section, cut between sentences, never longer than the embedder reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import WordHashEmbedder
from hypothesis import given
from hypothesis import strategies as st

from rag_agency.errors import PassageTooLong
from rag_agency.passages import countries_of, cut_passages, embedded_text
from rag_agency.records import Kind, Member, Page, Piece, Sentence, Span, Speaker

count = WordHashEmbedder().count_tokens
kinds: st.SearchStrategy[Kind] = st.sampled_from(["heading", "body", "body", "list", "footnote", "block_quote"])
rows = st.lists(st.tuples(st.integers(1, 60), kinds, st.booleans(), st.booleans()), max_size=30)


def sentences_of(rows) -> tuple[Sentence, ...]:
    """Return sentences of so many words, each in the same paragraph and section or in a new one."""
    made: list[Sentence] = []
    paragraph = section = 0
    for number, (length, kind, same_paragraph, same_section) in enumerate(rows):
        section += not same_section
        paragraph += not same_paragraph or not same_section
        text = " ".join(f"w{number}" for _ in range(length))
        page = Page("r", 1 + number // 5, None, text)
        piece = Piece(Span(page, 0, len(text)), text)
        made.append(Sentence("r", number, text, (piece,), f"Section {section}", kind, paragraph))
    return tuple(made)


@given(rows, st.integers(10, 120))
def test_a_passage_is_neighbours_of_one_section_in_order(rows, target):
    for passage in cut_passages(sentences_of(rows), count, None, target):
        assert {s.section for s in passage.sentences} == {passage.section}
        numbers = [s.number for s in passage.sentences]
        assert numbers == sorted(set(numbers))


@given(rows, st.integers(10, 120))
def test_every_sentence_but_headings_stands_in_one_passage(rows, target):
    sentences = sentences_of(rows)
    held = [s for p in cut_passages(sentences, count, None, target) for s in p.sentences]
    assert sorted(s.number for s in held) == [s.number for s in sentences if s.kind != "heading"]


@given(rows, st.integers(10, 120))
def test_only_a_single_sentence_may_be_longer_than_the_target(rows, target):
    for passage in cut_passages(sentences_of(rows), count, None, target):
        assert len(passage.sentences) == 1 or sum(count([s.text for s in passage.sentences])) <= target


@given(rows, st.integers(10, 80))
def test_no_passage_is_over_the_limit_or_the_cut_raises(rows, limit):
    try:
        passages = cut_passages(sentences_of(rows), count, limit, target=40)
    except PassageTooLong as error:
        assert f"the embedder reads {limit}" in str(error) and "choose" in str(error)
    else:
        assert all(n <= limit for n in count([embedded_text(p) for p in passages]))


@given(rows)
def test_ids_are_unique_and_pages_are_those_of_the_sentences(rows):
    passages = cut_passages(sentences_of(rows), count, None, 40)
    assert len({p.id for p in passages}) == len(passages)
    for passage in passages:
        assert passage.pages == tuple(dict.fromkeys(s.page.number for s in passage.sentences))


def test_a_sentence_too_long_for_the_embedder_is_an_error_not_a_silent_cut():
    with pytest.raises(PassageTooLong, match=r"passage r#0 has \d+ tokens and the embedder reads 20"):
        cut_passages(sentences_of([(60, "body", True, True)]), count, 20)


def test_what_is_embedded_carries_the_section_and_what_is_quoted_does_not():
    (passage,) = cut_passages(sentences_of([(3, "body", True, True)]), count, None)
    assert embedded_text(passage) == "Section 0. w0 w0 w0"
    assert passage.text == "w0 w0 w0"
    assert all("Section" not in piece.text for s in passage.sentences for piece in s.pieces)


def test_a_footnote_does_not_part_the_passage_it_interrupts():
    rows = [(5, "body", True, True), (5, "footnote", False, True), (5, "body", False, True)]
    passages = cut_passages(sentences_of(rows), count, None)
    assert [[s.number for s in p.sentences] for p in passages] == [[0, 2], [1]]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("In Perú and Bolivia they sell.", ("Bolivia", "Peru")),
        ("Peruvian farmers sell.", ("Peru",)),
        ("Nobody says where.", ()),
        ("The Olivia ship.", ()),
    ],
)
def test_a_passage_has_the_countries_that_it_names(text: str, countries: tuple[str, ...]):
    roster = (Member("a", "A", countries=("Peru", "Bolivia")),)
    (passage,) = cut_passages(sentences_of([(1, "body", True, True)]), count, None)
    named = replace(passage, section="", sentences=(replace(passage.sentences[0], text=text),))
    assert countries_of(named, roster) == countries


def test_a_passage_has_the_country_of_a_member_who_works_in_one_only():
    roster = (Member("a", "A", countries=("Peru",)), Member("b", "B", countries=("Chile", "Cuba")))
    (passage,) = cut_passages(sentences_of([(1, "body", True, True)]), count, None)
    said = replace(passage.sentences[0], members=(Speaker("a"), Speaker("b")))
    assert countries_of(replace(passage, sentences=(said,)), roster) == ("Peru",)
