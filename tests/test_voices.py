"""Who says it, in English: one pattern a test, with invented people."""

from __future__ import annotations

import pytest
from voices_cast import CAST, ledger, rules, speakers

from rag_agency.records import Report
from rag_agency.voices.own import own_speakers


@pytest.mark.parametrize(
    "sentence",
    [
        "Quiroga points out that wells dry up in March.",
        "According to Quiroga, wells dry up in March.",
        "For her part, Elena Quiroga from Chile holds that wells dry up in March.",
        "As Quiroga puts it, a well is a neighbour.",
        "As Quiroga (2014) points out, wells dry up in March.",
        "Wells, Quiroga finds, dry up in March.",
        "In Quiroga’s view, wells dry up in March.",
        "For Quiroga, wells are neighbours.",
        "Quiroga’s study of three valleys found that wells dry up in March.",
        "The study by Quiroga shows that wells dry up in March.",
        "Elena Quiroga, who is an engineer and a grower, states that wells dry up in March.",
        "Wells dry up in March, as Quiroga also pointed out.",
        "Based on Quiroga’s findings, one can say that wells dry up in March.",
    ],
)
def test_narrated_speech_is_the_members(sentence: str) -> None:
    assert speakers(sentence) == ["quiroga"]


@pytest.mark.parametrize(
    ("sentence", "study"),
    [
        ("Wells dry up in March (Quiroga 2014).", "Quiroga 2014"),
        ("Wells dry up in March (Quiroga, 2014, p. 7).", "Quiroga 2014"),
        ("Wells dry up in March (see Bustamante et al. 2011).", "Bustamante et al. 2011"),
        ("Wells dry up in March (CEDRA 2012b).", "CEDRA 2012b"),
    ],
)
def test_a_citation_in_brackets_names_member_and_study(sentence: str, study: str) -> None:
    (only,) = ledger(sentence)
    assert [s.study for s in only.members] == [study]
    assert only.explicit and only.rule == "citation"


def test_two_studies_of_one_year_are_both_cited() -> None:
    (only,) = ledger("Flocks shrink (CEDRA 2012 a and b).")
    assert [(s.member, s.study) for s in only.members] == [
        ("okoye", "CEDRA 2012a"),
        ("okoye", "CEDRA 2012b"),
    ]


def test_an_outside_citation_is_external_as_printed() -> None:
    (only,) = ledger("Rain is rarer (Haugen and Lie 2009).")
    assert (only.voice, only.external, only.members) == ("external", ("Haugen and Lie 2009",), ())


def test_the_reports_own_authors_are_no_external_source() -> None:
    assert speakers("Rain is rarer (Lindqvist and Ibarra 2016).") == ["authors"]


def test_page_locators_of_the_restated_report_name_nobody() -> None:
    brief = Report("b", "b.pdf", "Brief", based_on="Lindqvist and Ibarra 2016")
    text = (
        "Quiroga finds that wells dry up (Lindqvist and Ibarra 2016, p. 4). "
        "Lindqvist and Ibarra set a limit of their own."
    )
    assert speakers(text, brief) == ["quiroga", "authors"]


def test_a_displayed_quotation_belongs_to_the_citation_at_its_end() -> None:
    text = """
Water has a price:

> A well is dug by ten. It is used by a hundred.

> … [The] hundred forget the ten (Quiroga 2014).
"""
    assert speakers(text) == ["authors", "quiroga", "quiroga", "quiroga"]


def test_of_three_people_in_the_lead_in_only_the_source_is_quoted() -> None:
    text = """
Wells fail for many reasons, as the studies by Quiroga, Basile and Okoye suggest.

> A well is dug by ten. It is used by a hundred (Basile 2013).
"""
    assert speakers(text) == ["quiroga+basile+okoye", "basile", "basile"]


def test_two_quotations_in_a_row_have_two_speakers() -> None:
    text = """
With regard to this, Quiroga and Basile comment:

> A well is dug by ten. It is used by a hundred (Quiroga 2014).

> Nobody owns the rain. Everybody owns the mud (Basile 2013).
"""
    assert speakers(text) == ["quiroga+basile", "quiroga", "quiroga", "basile", "basile"]


def test_a_quotation_without_citation_is_its_lead_ins() -> None:
    text = """
In his report, Basile states:

> Nobody owns the rain. Everybody owns the mud.

Mud is everywhere.
"""
    assert speakers(text) == ["basile", "basile", "basile", "authors"]


def test_a_quotation_that_nobody_introduces_or_signs_is_unclear() -> None:
    text = """
The mud speaks for itself:

> Nobody owns the rain.
"""
    assert rules(text) == ["authors", "unclear"]


def test_a_footnote_between_does_not_part_a_quotation() -> None:
    text = """
> A well is dug by ten.

[^1]: A unit of labour in the valley.

> It is used by a hundred (Quiroga 2014).
"""
    assert speakers(text) == ["quiroga", "authors", "quiroga"]


def test_a_work_cited_inside_a_quotation_stays_external() -> None:
    text = """
> A well is dug by ten (Gose 1994). It is used by a hundred (Quiroga 2014).
"""
    first, second = ledger(text)
    assert (first.voice, first.members[0].member, first.external) == (
        "member",
        "quiroga",
        ("Gose 1994",),
    )
    assert second.explicit and not first.explicit


def test_an_inline_quotation_runs_over_several_sentences() -> None:
    text = (
        "Basile says that herders need ‘salt, shade and time. They need the elders’ consent. "
        "And they need rain.’ Rain is scarce."
    )
    assert speakers(text)[:3] == ["basile"] * 3


def test_an_inline_quotation_belongs_to_the_citation_where_it_closes() -> None:
    text = "Besides, ‘the herd walks at night. It rests at noon’ (Basile 2013)."
    assert speakers(text) == ["basile", "basile"]


def test_pronouns_carry_the_speaker_over_paragraphs() -> None:
    text = """
Quiroga argues that wells are neighbours.

She also points out that they dry up in March.

Her work identifies two causes.
"""
    assert speakers(text) == ["quiroga"] * 3


def test_a_pronoun_of_the_other_gender_is_not_the_last_speaker() -> None:
    text = (
        "Elena Quiroga argues that wells are neighbours. Marco Basile disagrees with the idea. "
        "She adds that a neighbour can be deep."
    )
    assert speakers(text) == ["quiroga", "basile", "quiroga"]


def test_his_study_is_that_of_a_member_named_without_speaking() -> None:
    text = "Marco Basile was one of the members whose work looked at herds. His study found that herds walk at night."
    assert speakers(text) == ["authors", "basile"]


@pytest.mark.parametrize(
    "sentence",
    [
        "They point out that mud is everywhere.",
        "These two researchers point out that mud is everywhere.",
        "For both researchers, mud is everywhere.",
    ],
)
def test_two_members_agree_and_go_on_together(sentence: str) -> None:
    assert speakers(f"Quiroga and Basile agree that rain is rare. {sentence}") == ["quiroga+basile"] * 2


def test_the_three_authors_are_the_last_three_named() -> None:
    text = """
The studies carried out by Quiroga, Basile and Okoye all found that rain is rare.

With regard to this, the three authors point out that:

> Mud is everywhere (CEDRA 2012a).
"""
    assert speakers(text) == ["quiroga+basile+okoye", "quiroga+basile+okoye", "okoye"]


def test_producers_are_not_they_who_say() -> None:
    text = "Quiroga and Basile agree that rain is rare.\n\nHerders are poor. They walk at night."
    assert speakers(text)[1:] == ["authors", "authors"]


def test_a_numbered_list_is_its_lead_ins() -> None:
    text = """
Quiroga argues that three measures are essential:

1. Dig deeper. Dig together.
2. Share the rope.
3. Count the days (Quiroga 2014).

Ropes are cheap.
"""
    assert speakers(text) == ["quiroga"] * 5 + ["authors"]


def test_a_list_that_nobody_introduces_is_the_authors() -> None:
    assert speakers("The options are:\n\n- dig;\n- wait.") == ["authors"] * 3


@pytest.mark.parametrize(
    "stop",
    [
        "It is therefore important to review the rules.",
        "What all the network’s studies found is that rules bend.",
        "As mentioned above, rules bend.",
        "We believe that rules bend.",
        "Almost all the studies found that rules bend.",
    ],
)
def test_the_authors_take_the_word_back(stop: str) -> None:
    assert speakers(f"Quiroga argues that wells are neighbours. {stop}") == ["quiroga", "authors"]


def test_a_new_paragraph_and_a_heading_end_a_speech() -> None:
    text = "Quiroga argues that wells are neighbours.\n\nRules bend.\n\n# Mud\n\nShe sinks."
    assert speakers(text) == ["quiroga", "authors", "authors"]


def test_what_goes_on_from_a_cited_sentence_is_the_members() -> None:
    text = "Some herds have no owner (Basile 2013). These herds belong to a saint. The saint has a feast."
    assert speakers(text) == ["basile", "basile", "authors"]


def test_a_name_inside_a_finding_of_all_the_studies_does_not_speak() -> None:
    text = "All the studies found that the causes identified by Quiroga grow worse."
    assert speakers(text) == ["authors"]


def test_an_institution_stands_for_its_member() -> None:
    assert speakers("CEDRA found that flocks shrink.") == ["okoye"]


def test_a_colleague_quoted_in_a_study_speaks_for_it() -> None:
    text = """
According to Lucía Paredes, a member of the research team who worked with Teresa Bustamante:

> Girls herd the flock. Boys sell it.
"""
    assert speakers(text) == ["bustamante"] * 3


def test_a_life_and_the_scope_of_a_study_report_nothing() -> None:
    text = """
Marco Basile is a vet in Trento. In the network he worked on herds (Basile 2013, unpublished).

Okoye analysed a wool project in Jos, while Quiroga worked on wells.

[^1]: This topic was studied in depth by Elena Quiroga.
"""
    assert speakers(text) == ["authors"] * 4


def test_a_slip_in_a_long_surname_is_forgiven() -> None:
    text = "Bustamente argues that girls herd the flock. Boys sell it (Bustamente et al. 2011)."
    assert speakers(text) == ["bustamante", "bustamante"]


def test_another_year_makes_a_like_name_another_author() -> None:
    assert speakers("Boys sell the flock (Bustamonte 1987).") == ["Bustamonte 1987"]


def test_a_surname_that_is_a_word_needs_its_context() -> None:
    assert speakers("Campos are fields, and campos dry up. Campos argues that fields rest.") == [
        "authors",
        "campos",
    ]


def test_another_person_of_that_surname_is_not_the_member() -> None:
    assert speakers("Hugo Basile argues that herds rest. He adds that they walk.") == [
        "authors",
        "authors",
    ]


def test_two_members_of_one_surname_are_told_apart_or_left_unclear() -> None:
    assert speakers("Ana Rojas argues that looms break.") == ["arojas"]
    assert speakers("P. Rojas argues that looms break.") == ["projas"]
    assert speakers("Rojas (2015) argues that looms break.") == ["projas"]
    assert speakers("Looms break (Rojas 2010).") == ["arojas"]
    assert speakers("Ana Rojas argues that looms break. Rojas adds that they mend.") == [
        "arojas",
        "arojas",
    ]
    assert rules("Rojas argues that looms break.") == ["unclear"]


def test_a_box_a_heading_and_a_list_of_references_are_the_authors() -> None:
    text = """
# Box 1. Wells

Wells are neighbours.

# References

Quiroga, E. (2014) Wells. Quito.
"""
    assert speakers(text)[0] == "authors"
    assert all(s.voice == "authors" for s in ledger(text))
    assert ledger(text)[0].explicit is None


def test_without_a_roster_nobody_is_a_member() -> None:
    from ledger_pages import sentences_of

    from rag_agency.voices import attribute

    (only,) = attribute(sentences_of("Quiroga argues that wells dry up."), (), Report("t", "", ""))
    assert only.members == ()


def test_the_sentences_stay_as_they_were() -> None:
    text = "Quiroga argues that wells dry up. Rules bend (Haugen 2009)."
    before = [(s.text, s.pieces, s.number) for s in ledger(text)]
    assert [s[0] for s in before] == [
        "Quiroga argues that wells dry up.",
        "Rules bend (Haugen 2009).",
    ]
    assert len(CAST) == 7


@pytest.mark.parametrize(
    "lead",
    [
        "With regard to this, Elena Quiroga and Marco Basile state that:",
        "As Quiroga and Basile state in their reports:",
        "Quiroga and Basile go on to defend the idea that:",
        "Quiroga and Basile reiterate that:",
    ],
)
def test_two_members_say_with_a_plural_verb(lead: str) -> None:
    assert speakers(f"{lead}\n\n> Rain is rare (Quiroga 2014).") == ["quiroga+basile", "quiroga"]


def test_the_state_is_nobody_who_states() -> None:
    assert speakers("Quiroga worked on wells. The state in Chile owns them.") == ["authors", "authors"]


def test_who_also_says_it_joins_the_one_who_speaks() -> None:
    text = "According to Quiroga, wells dry up. These wells, however, are few, as Basile also pointed out."
    assert speakers(text) == ["quiroga", "quiroga+basile"]
    assert speakers("Rules bend. Wells are few, as Basile also pointed out.") == ["authors", "basile"]


def test_the_study_cited_at_a_lists_end_is_that_of_its_lead_in_and_items() -> None:
    text = """
Okoye argues that two measures are essential:

1. Count the flock.
2. Shear it twice (CEDRA 2012b).

Flocks shrink.
"""
    assert [[s.study for s in x.members] for x in ledger(text)] == [["CEDRA 2012b"]] * 3 + [[]]


def test_a_quotation_set_flush_is_its_lead_ins() -> None:
    text = """
As Basile puts it in his paper:

Nobody owns the rain. Everybody owns the mud.

Mud is everywhere.
"""
    assert speakers(text) == ["basile", "basile", "basile", "authors"]


def test_a_quotation_set_flush_belongs_to_the_citation_at_its_end() -> None:
    text = """
Quiroga and Basile comment on this:

Nobody owns the rain. Everybody owns the mud (Basile 2013).

The mud is as wide as the valley:

A well is dug by ten. It is used by a hundred.
"""
    assert speakers(text) == ["quiroga+basile", "basile", "basile", "authors", "authors", "authors"]


OWN = Report("o", "o.pdf", "Wells", authors=("E. Quiroga",), year=2014, citation="Quiroga 2014")


def test_in_a_members_own_study_the_authors_words_are_the_members() -> None:
    text = """
# Wells

We dug ten wells. Basile finds that herds walk at night. Rain is rarer (Haugen and Lie 2009).

# References

Haugen, O. (2009) Rain. Oslo.
"""
    said = ledger(text, OWN)
    assert [s.voice for s in said] == ["authors", "member", "member", "external", "authors", "authors", "authors"][
        : len(said)
    ]
    assert [(m.member, m.study) for m in said[1].members] == [("quiroga", "Quiroga 2014")]
    assert (said[1].explicit, said[1].rule) == (False, "own-study")
    assert [m.member for m in said[2].members] == ["basile"]


@pytest.mark.parametrize(
    ("report", "study"),
    [
        (OWN, "Quiroga 2014"),
        (Report("o", "", "", ("Elena Quiroga", "Ana Sol"), 2014, citation="Quiroga and Sol 2014"), "Quiroga 2014"),
        (Report("o", "", "", ("Quiroga, Elena",), 2014), "Quiroga 2014"),
        (Report("o", "", "", ("CEDRA",), 2012, citation="CEDRA 2012b"), "CEDRA 2012b"),
        (Report("o", "", "", ("Teresa Bustamante", "L. Paredes"), 2011), "Bustamante et al. 2011"),
        (Report("o", "", "", ("CEDRA",), 2012), None),  # of two studies of a year, which?
        (Report("o", "", "", ("Elena Quiroga",), 2011), None),
        (Report("o", "", "", ("Elena Quiroga",)), None),
        (Report("o", "", "", ("Hugo Quiroga",), 2014), None),
        (Report("o", "", "", ("Ana Rojas",), 2015), None),
        (Report("o", "", "", ("Elena Quiroga",), 2014, based_on="Lindqvist 2016"), None),
    ],
)
def test_a_report_is_a_members_study_by_its_authors_and_year(report: Report, study: str | None) -> None:
    assert [s.study for s in own_speakers(report, CAST)] == ([study] if study else [])
