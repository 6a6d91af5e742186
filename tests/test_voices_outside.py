"""Works outside the roster: who quotes one, who only refers to it, and members set side by side."""

from __future__ import annotations

import pytest
from voices_cast import REPORT, ledger, speakers

from rag_agency.records import Report

BRIEF = Report("b", "b.pdf", "Brief", based_on="Lindqvist and Ibarra 2016")


def said(markdown: str, report: Report = REPORT) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Return for each sentence its voice, its members and the outside works it names."""
    return [(s.voice, tuple(x.member for x in s.members), s.external) for s in ledger(markdown, report)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Haugen (2009) finds that wells dry up.",
        "According to Haugen (2009), wells dry up.",
        "Wells dry up, as Haugen (2009) shows.",
        "Wells dry up, as discussed by Haugen (2009).",
        "Wells dry up (Haugen 2009).",
        "Half the wells dry up (Haugen 2009), most of them in March.",
        "Based on four surveys, Haugen (2009) reports that wells dry up.",
        "Source: based on the drawing in Haugen (2009).",
        "Según Haugen (2009), los pozos se secan.",
        "Los pozos se secan (Haugen 2009).",
    ],
)
def test_an_outside_work_speaks_where_the_sentence_reports_what_it_says(sentence: str) -> None:
    assert said(sentence, BRIEF) == [("external", (), ("Haugen 2009",))]


@pytest.mark.parametrize(
    "sentence",
    [
        "With reference to Haugen (2009), the valley counts as dry.",
        "Wells count as neighbours in the sense of Haugen (2009).",
        "Drawing on Haugen (2009), one can part two kinds of well.",
        "Two kinds of well can be parted, based on work by Haugen (2009).",
        "Following Haugen (2009), two kinds of well can be parted.",
        "The count of wells refers to Haugen (2009).",
        "The programme is built around the concept of mutual aid (Haugen 2009), which here means shared wells.",
        "Con referencia a Haugen (2009), el valle cuenta como seco.",
        "Los pozos son vecinos en el sentido de Haugen (2009).",
        "Siguiendo a Haugen (2009), se distinguen dos tipos de pozo.",
        "A partir de Haugen (2009) se distinguen dos tipos de pozo.",
        "El programa se basa en la noción de ayuda mutua (Haugen 2009), que aquí son pozos comunes.",
    ],
)
def test_a_work_that_is_only_referred_to_does_not_speak(sentence: str) -> None:
    assert said(sentence, BRIEF) == [("authors", (), ("Haugen 2009",))]


@pytest.mark.parametrize(
    "sentence",
    [
        "The synthesis treats the well as a neighbour (Haugen 2009).",
        "In dry valleys, the synthesis notes with Haugen (2009), wells are shared.",
        "Lindqvist and Ibarra conclude that wells are shared; their example is a valley (Haugen 2009).",
        "Wells are shared, the authors add, citing Haugen (2009).",
        "The authors note that Haugen (2009) counted wells.",
        "Los pozos se comparten, señala la síntesis con Haugen (2009).",
        "Los autores sostienen que los pozos se comparten (Haugen 2009).",
    ],
)
def test_what_the_authors_say_with_a_citation_is_theirs(sentence: str) -> None:
    assert said(sentence, BRIEF) == [("authors", (), ("Haugen 2009",))]


def test_they_who_write_with_reference_to_a_work_are_not_the_work() -> None:
    text = (
        "Lindqvist and Ibarra describe the well as a neighbour. "
        "In dry years, they write with reference to Ibarra (2004), the richest dig deeper. They leave the village."
    )
    assert said(text, BRIEF) == [("authors", (), ()), ("authors", (), ("Ibarra 2004",)), ("authors", (), ())]


def test_what_follows_a_reference_of_the_authors_is_not_the_works() -> None:
    text = "The authors list, from Haugen (2009), four kinds of well. Pumps came later, they add."
    assert [voice for voice, _, _ in said(text, BRIEF)] == ["authors", "authors"]
    listed = (
        "Mutual aid, for which the authors cite Haugen (2009), means three things:\n\n- sharing wells;\n- shearing."
    )
    assert [voice for voice, _, _ in said(listed, BRIEF)] == ["authors"] * 3


def test_a_member_who_goes_on_with_a_citation_keeps_the_word() -> None:
    text = "Basile worked in two valleys. He adds that wells are shared (Haugen 2009)."
    assert said(text)[1] == ("member", ("basile",), ("Haugen 2009",))
    text = "Basile argues that wells are shared. Drawing on Haugen (2009), two kinds can be parted."
    assert said(text)[1] == ("member", ("basile",), ("Haugen 2009",))
    text = "According to Basile, three things count:\n\n- aid in the sense of Haugen (2009);\n- water."
    assert said(text)[1] == ("member", ("basile",), ("Haugen 2009",))


def test_a_study_named_by_its_member_says_it() -> None:
    text = "On wells, the CEDRA study argues that they are shared. They last, the study notes (Haugen 2009)."
    assert speakers(text) == ["okoye", "okoye"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Quiroga reports from Chile that wells dry up, Basile from Peru that they are sold, and Campos from Cuba none.",
        "Quiroga sees wells at work; Basile, by contrast, stresses rain, and Campos (2012) rivers outside the law.",
        "Quiroga pairs wells with pumps; Basile stresses rain, and Campos a river beside the town.",
        "The studies of Quiroga, of Basile and of Campos suggest that wells are shared.",
        "Wells reach a limit for Quiroga and for Basile, whereas Campos describes a way out.",
        "Quiroga señala en Chile que los pozos se secan, Basile en el Perú que se venden y Campos en Cuba que sobran.",
        "Quiroga ve pozos; Basile, en cambio, insiste en la lluvia, y Campos en los ríos.",
        "Los estudios de Quiroga, de Basile y de Campos sugieren que los pozos se comparten.",
    ],
)
def test_members_set_side_by_side_are_all_credited(sentence: str) -> None:
    assert speakers(sentence) == ["quiroga+basile+campos"]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Quiroga finds policies without means in Chile, and Basile a law without wells.", "quiroga+basile"),
        ("Quiroga finds wells a barrier, and Basile ties the fate of wells to the law.", "quiroga+basile"),
        ("Quiroga finds that wells dry up, and Basile worked on rain.", "quiroga"),
        ("Quiroga criticises Basile, Campos and the state.", "quiroga"),
        ("Quiroga finds that wells dry up, while Haugen and Lie sell pumps.", "quiroga"),
        ("Quiroga says that in March, when Basile left the valley, wells dried up.", "quiroga"),
        ("Quiroga quotes a grower from the valley of Basile, Campos or Rojas.", "quiroga"),
    ],
)
def test_only_a_member_who_says_something_is_set_beside_another(sentence: str, who: str) -> None:
    assert speakers(sentence) == [who]


@pytest.mark.parametrize("stop", ["They differ by context.", "The two differ by crop.", "Difieren por su contexto."])
def test_how_members_differ_is_for_the_authors_to_say(stop: str) -> None:
    text = f"Quiroga reports from Chile that wells dry up, and Basile from Peru that they are sold. {stop}"
    assert speakers(text) == ["quiroga+basile", "authors"]


def test_a_work_that_is_only_referred_to_is_not_who_says_it() -> None:
    authors, work = ledger("The synthesis notes with Haugen (2009) that wells dry up. Rules bend (Haugen 2009).", BRIEF)
    assert (authors.external, authors.outside) == (("Haugen 2009",), ())
    assert work.outside == ("Haugen 2009",)
