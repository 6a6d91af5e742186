"""The questions of a course fit what is quoted, and do not repeat themselves from session to session."""

from __future__ import annotations

import re

import pytest
from course_packs import TASSI, quote

from rag_agency.course.questions import ON_A_DIFFERENCE, ON_ONE, ON_TWO, kind_of, on_one
from rag_agency.course.records import Difference
from rag_agency.course.tasks import discussions


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Castillo (2012) counts 120 Peruvian cooperatives in 1986, of which 10 survive.", "figure"),
        ("According to Tassi (2012), kinship ties join producers and carriers (Muñoz and Viaña 2012, p. 16).", "finding"),
        ("A working agenda should cover the entire cooperative.", "proposal"),
        ("Los autores piden mecanismos e instrumentos más flexibles.", "proposal"),
        ("Los dirigentes consultados creen que el tratado beneficia a pocos.", "opinion"),
        ("Las autoridades del Perú están convencidas de que la organización gremial es clave.", "opinion"),
        ("In the view of Muñoz and Viaña, the loyalty that managers demand is relative.", "opinion"),
        ("Las familias extensas son esenciales para vender.", "finding"),
    ],
)  # fmt: skip
def test_a_quote_is_a_figure_a_proposal_an_opinion_or_a_finding(text, kind):
    assert kind_of(quote(text)) == kind


def test_only_a_finding_is_asked_what_would_make_it_true_elsewhere():
    view = quote("Los dirigentes consultados creen que el tratado beneficia a pocos.")
    asked = [on_one(view, "Falguni Guharay", "es", turn) for turn in range(6)]
    assert not [words for words in asked if "cierto" in words or "haría falta" in words]
    assert "cierto" in on_one(quote("Las familias extensas son esenciales."), "Nico Tassi", "es", 0)


@pytest.mark.parametrize("language", ["en", "es"])
def test_two_sessions_in_a_row_do_not_ask_the_same(language):
    findings = (quote("Extended families are essential."), TASSI)
    difference = Difference("contradict", "They differ.", *findings)
    for made in (None, difference):
        asked = [{d.text for d in discussions(findings, made, language, session)} for session in (1, 2, 3)]
        assert all(len(one) == 3 for one in asked)
        assert not asked[0] & asked[1] and not asked[1] & asked[2]


def test_every_question_is_there_in_both_languages_with_the_same_gaps():
    forms = [form for kinds in ON_ONE.values() for form in kinds] + [*ON_A_DIFFERENCE, *ON_TWO]
    assert all(len(kinds) >= 3 for kinds in (*ON_ONE.values(), ON_A_DIFFERENCE, ON_TWO))
    for form in forms:
        assert re.findall(r"\{\w+\}", form["en"]) == re.findall(r"\{\w+\}", form["es"])
        assert form["en"].endswith((".", "?")) and "¿" in form["es"]
