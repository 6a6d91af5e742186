"""What is written of a reading is read back equal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from conftest import House
from hypothesis import given
from hypothesis import strategies as st

from rag_agency.records import Page, Passage, Piece, Reading, Report, Sentence, Span, Speaker
from rag_agency.storage import read_reading, write_reading

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
voices = st.sampled_from(["member", "external", "authors"])
kinds = st.sampled_from(["heading", "body", "list", "block_quote", "footnote", "box"])


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    pages = tuple(Page("r", n, draw(st.none() | words), draw(words)) for n in range(1, draw(st.integers(1, 3)) + 1))
    sentences = tuple(draw(sentence(n, pages)) for n in range(draw(st.integers(0, 4))))
    passages = tuple(Passage(f"r#{s.number}", "r", s.section, (s,), ("Peru",)) for s in sentences)
    report = Report("r", "r.pdf", draw(words), (draw(words),), draw(st.none() | st.integers(1900, 2100)))
    return Reading(report, pages, sentences, passages, tuple(draw(st.lists(words, max_size=2))))


@st.composite
def sentence(draw: st.DrawFn, number: int, pages: tuple[Page, ...]) -> Sentence:
    found = draw(st.lists(st.sampled_from(pages), min_size=1, max_size=2))
    pieces = tuple(Piece(Span(p, 0, len(p.text)), p.text) for p in found)
    speakers = tuple(draw(st.lists(st.builds(Speaker, words, st.none() | words), max_size=2)))
    return Sentence(
        "r", number, draw(words), pieces, draw(words), draw(kinds), number, draw(voices), speakers,
        tuple(draw(st.lists(words, max_size=2))), draw(st.none() | st.booleans()), draw(words),
    )  # fmt: skip


@given(reading=readings())
def test_a_reading_survives_the_disk(reading: Reading, tmp_path_factory):
    path = tmp_path_factory.mktemp("stored") / "r.json"
    write_reading(reading, path)
    assert read_reading(path) == reading


def test_pages_are_stored_once_and_shared_again(house: House, tmp_path: Path):
    from papers import study_paper

    study_paper(house.corpus / "study.pdf")
    house.build()
    (reading,) = house.open().index.readings
    write_reading(reading, tmp_path / "r.json")
    stored = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    again = read_reading(tmp_path / "r.json")
    assert len(stored["pages"]) == len(again.pages)
    assert all(p.span.page is again.pages[0] for s in again.sentences for p in s.pieces)
    assert replace(again, warnings=()) == replace(reading, warnings=())
