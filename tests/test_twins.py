"""The same statement in the other language: by voice, page restated and closeness of two kinds."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import House

from rag_agency.ask import OpenIndex
from rag_agency.course.material import Material
from rag_agency.course.subjects import subject_of
from rag_agency.course.twins import FIT, Twins, pages_in
from rag_agency.records import Sentence


@pytest.fixture(scope="module")
def index(shipped: House) -> OpenIndex:
    return shipped.open()


def find(material: Material, report: str, words: str) -> Sentence:
    return next(s for s in material.index.sentences if s.report == report and words in s.text)


def twins(material: Material, near: float) -> Twins:
    """Return twins by page and voice, all sentences of which are so close."""
    index = material.index
    return Twins(index, lambda _a, _b: near, material.languages, material._place)  # noqa: SLF001


def test_pages_of_a_reference_are_all_that_it_spans():
    assert pages_in("Muñoz and Viaña 2012, pp. 7–8") == {7, 8}
    assert pages_in("Muñoz y Viaña 2012, p. 18") == {18}
    assert not pages_in("")


def test_one_page_restated_by_one_voice_is_told_where_the_sentences_are_close(index: OpenIndex):
    material = Material(index)
    english = find(material, "castillo-brief", "cannot treat informality")
    spanish = find(material, "castillo-brief-es", "no pueden aspirar a la informalidad")
    of_another = find(material, "castillo-brief-es", "La reforma agraria".lower())
    close, far = twins(material, FIT + 1), twins(material, -2.0)
    assert spanish in close.of(english, "es")
    assert of_another not in close.of(english, "es")  # another page
    assert all(s.spoken_by == english.spoken_by for s in close.of(english, "es"))
    assert close.is_told(english, "es") and close.are_same(english, spanish)
    assert not far.is_told(english, "es") and not far.are_same(english, spanish)


def test_what_stands_in_the_packs_language_is_not_quoted_in_the_other(index: OpenIndex):
    material = Material(index)
    english = find(material, "castillo-brief", "cannot treat informality")
    material.twins = twins(material, FIT + 1)
    assert english not in material.in_tongue([english], "es")
    alone = Material(index)
    alone.twins = twins(alone, -2.0)
    assert alone.in_tongue([english], "es") == [english]


def test_vectors_of_a_language_are_taken_from_its_own_centre(index: OpenIndex):
    material = Material(index)
    vectors = material.twins._vectors  # noqa: SLF001
    of_spanish = [i for i, s in enumerate(material.index.sentences) if material.languages[s.report] == "es"]
    assert np.abs(vectors[of_spanish].mean(axis=0)).max() < np.abs(vectors[of_spanish]).max()


def test_a_word_beside_its_opposite_is_no_statement_on_a_subject(index: OpenIndex):
    material = Material(index)
    subject = subject_of("informality")
    either = find(material, "monterroso-brief", "some formal and some informal")
    between = find(material, "ranaboldo-brief", "border zone between formal and informal")
    assert not subject.covers(either)
    assert subject.covers(between)
