"""How statements stand to each other: what is said is right, and what is not sure is not said."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import House
from hypothesis import given
from hypothesis import strategies as st

from rag_agency.differences import MEASURED, Finder, context_in_words, finder_of, question_of, sentence_of
from rag_agency.differences.clarity import Clarity
from rag_agency.differences.contexts import Setting, contrasts
from rag_agency.differences.issues import ISSUES, answers_of
from rag_agency.differences.records import Context
from rag_agency.differences.wording import SPANISH, THEMES_OF, is_on
from rag_agency.language import without_accents
from rag_agency.records import Member, Page, Piece, Report, Sentence, Span, Speaker

ROSTER = (
    Member("castillo", "Lorenzo Castillo", countries=("Peru",)),
    Member("tassi", "Nico Tassi", countries=("Bolivia",)),
    Member("guharay", "Falguni Guharay", countries=("Nicaragua",)),
    Member("galleguillos", "Luis Galleguillos", countries=("Bolivia",)),
    Member("monterroso", "Alberto Monterroso", countries=("Guatemala",)),
    Member("ranaboldo", "Claudia Ranaboldo", countries=("Argentina", "Bolivia", "Peru")),
)
REPORTS = (
    Report("synthesis", "s.pdf", "Synthesis"),
    Report("brief", "b.pdf", "Brief", based_on="Muñoz and Viaña 2012"),
)
LIMIT = "Members of cooperatives in Peru cannot treat informality as their sole option."
WAY = "Informality is an attempt to create alternative economic circuits, Tassi writes."
JUDGED = Path(__file__).resolve().parents[1] / "eval" / "questions" / "difference_wild.jsonl"


def said(
    text: str, member: str | None = None, study: str | None = "2012", report: str = "synthesis", **more: object
) -> Sentence:
    """Return a sentence as the ledger has it."""
    said.number += 1
    page = Page(report, 1, "1", text)
    speakers = (Speaker(member, f"{member} {study}" if study else None),) if member else ()
    return Sentence(
        report,
        said.number,
        text,
        (Piece(Span(page, 0, len(text)), text),),
        "",
        "body",
        1,
        voice="member" if member else "authors",
        members=speakers,
        **more,  # type: ignore[arg-type]
    )


said.number = 0


def finder(closeness: float = 0.5) -> Finder:
    return Finder(REPORTS, ROSTER, lambda _a, _b: closeness)


def label(first: Sentence, second: Sentence, closeness: float = 0.5) -> str | None:
    relation = finder(closeness).relation(first, second)
    return relation.label if relation else None


def test_different_answers_from_different_countries_differ_by_context_and_the_countries_are_named():
    relation = finder().relation(said(LIMIT, "castillo"), said(WAY, "tassi"))
    assert relation is not None
    assert relation.label == "differ_by_context"
    assert [(c.kind, c.a, c.b) for c in relation.contexts] == [("country", "Peru", "Bolivia")]


def test_a_country_that_is_only_mentioned_is_not_where_a_statement_was_found():
    ours = said("Most have no interest in other buyers, sure of their tie with the German company.", "guharay")
    theirs = said("The company forbids producers in Peru to sell to any other buyer.", "castillo")
    relation = finder().relation(ours, theirs)
    assert relation is not None
    assert ("Nicaragua", "Peru") in [(c.a, c.b) for c in relation.contexts]


def test_a_country_that_both_speak_of_is_no_other_context():
    """What is said of Argentina, Bolivia and Peru is said of Peru too."""
    relation = finder().relation(said(LIMIT, "castillo"), said(f"In Argentina, Bolivia and Peru, {WAY}", "ranaboldo"))
    assert relation is None or all(c.kind != "country" for c in relation.contexts)
    both = Setting(country=frozenset({"Argentina", "Bolivia", "Peru"}), crop=frozenset({"coffee"}))
    assert contrasts(both, Setting(country=frozenset({"Peru"}), crop=frozenset({"cocoa"}))) == (
        Context("crop", "coffee", "cocoa"),
    )


@given(*[st.frozensets(st.sampled_from(["Argentina", "Bolivia", "Guatemala", "Peru"]))] * 2)
def test_contexts_that_are_told_apart_have_nothing_in_common(a: frozenset[str], b: frozenset[str]):
    for context in contrasts(Setting(country=a), Setting(country=b)):
        assert not set(context.a.split(", ")) & set(context.b.split(", "))


def test_two_aspects_of_one_question_are_no_difference():
    income = "The chain raised incomes of the producers."
    bound = "The export company of the chain forbids trade with any other."
    paid = "The chain's intermediaries are paying producers little."
    partners = "The chain formed alliances with new actors for its producers."
    assert label(said(income, "guharay"), said(bound, "monterroso")) is None
    assert label(said(income, "guharay"), said(paid, "monterroso")) is None  # what a chain brings, what a trader pays
    forbids = "The export company of the chain forbids its producers any other partner."
    assert label(said(partners, "guharay"), said(forbids, "monterroso")) == "differ_by_context"


def test_one_question_about_two_subjects_is_no_difference():
    law = "Labour laws came from the direct participation of producers."
    trade = "Organisations were not invited to discuss the trade agreements."
    training = "The government often offered producers training in trade."
    heard = "Trade agreements came from the direct participation of producers."
    assert label(said(law, "guharay"), said(trade, "monterroso")) is None
    assert label(said(training, "guharay"), said(trade, "monterroso")) is None  # a course is no consultation
    assert label(said(heard, "guharay"), said(trade, "monterroso")) == "differ_by_context"


def test_voices_do_not_differ_where_one_of_them_gives_the_others_answer_elsewhere():
    way = said("Informality in Bolivia is an alternative circuit for producers.", "tassi")
    limit = said("Producers of Peru cannot rely on informality as a whole.", "castillo")
    both = said("Informality in Peru is an alternative for some producers.", "castillo")
    found = [r.label for r in finder().relations([way, limit])]
    assert found == ["differ_by_context"]
    assert "differ_by_context" not in [r.label for r in finder().relations([way, limit, both])]


def test_a_buyer_is_no_other_kind_of_organisation_than_a_seller():
    content = said("Members of the cooperative show no interest in any other buyer.", "guharay")
    bound = said("The export company forbids producers any other buyer.", "monterroso")
    relation = finder().relation(content, bound)
    assert relation and [c.kind for c in relation.contexts] == ["country"]


def test_every_pair_that_is_told_apart_is_of_answers_of_its_question():
    for issue in ISSUES:
        assert set().union(*issue.apart, *issue.opposed, issue.broad) <= set(issue.answers), issue.slug
        assert set(issue.opposed) <= set(issue.apart), issue.slug


def test_opposed_answers_stand_against_each_other_only_where_no_context_tells_them_apart():
    first = "Before it can act, a cooperative must win the loyalty of its members."
    relative = "The loyalty that managers of a cooperative demand is relative."
    assert label(said(first, "castillo"), said(relative)) == "contradict"
    assert label(said(first, "castillo"), said(relative, "guharay")) == "differ_by_context"


def test_opposed_answers_about_things_that_are_not_close_are_passed_over():
    first = "Before it can act, a cooperative must win the loyalty of its members."
    assert label(said(first, "castillo"), said("The loyalty of voters to a party is relative."), closeness=0.1) is None


def test_the_same_answer_of_two_voices_agrees_and_of_one_study_counts_once():
    text = "The centralised state, officials say, keeps policy from reaching small producers."
    other = "Policy fails producers because the state is centralised."
    assert label(said(text, "galleguillos"), said(other, "guharay")) == "agree"
    assert label(said(text, "galleguillos"), said(other, "galleguillos")) == "same_source"
    assert label(said(text, "galleguillos"), said(other, "guharay"), closeness=0.2) is None


def test_two_meanings_of_one_term_differ_by_definition():
    network = "The study treats territory as a network of actors with a diversified supply."
    niches = "On territory the idea of the place as niches prevails: farming there means limits."
    relation = finder().relation(said(network, "ranaboldo"), said(niches, "guharay"))
    assert relation is not None
    assert relation.label == "differ_by_definition"
    assert "territory" in sentence_of(relation, "en")
    assert "territorio" in sentence_of(relation, "es")


@pytest.mark.parametrize(
    "text",
    [
        "Tassi describes an alternative circuit, whereas Castillo says members cannot treat informality so.",
        "On this view, informality is an alternative circuit for all small producers.",
        "What is the alternative circuit of informality that small producers build?",
        "Informality is an alternative:",
    ],
)
def test_who_speaks_or_what_is_said_is_not_clear_and_so_nothing_is_said(text: str):
    assert label(said(LIMIT, "castillo"), said(text, "tassi")) is None


def test_authors_who_restate_a_report_are_heard_only_where_they_say_it_is_they():
    clear = Clarity(REPORTS, ROSTER)
    unmarked = said("Half their time goes to market centres, where they sell products.", report="brief")
    marked = said("Half their time goes to market centres, the authors add.", report="brief")
    assert not clear(unmarked)
    assert clear(marked)
    assert clear(replace(unmarked, report="synthesis"))


def test_two_sets_of_quotations_give_the_surest_relation_or_none():
    ours = [said("Coffee grows on the slopes of the valley in Peru.", "castillo"), said(LIMIT, "castillo")]
    assert finder().between(ours, [said(WAY, "tassi")]).label == "differ_by_context"
    assert finder().between(ours[:1], [said(WAY, "tassi")]) is None
    assert finder().between([], []) is None


def test_a_relation_in_words_names_both_sides_in_the_readers_language():
    relation = finder().relation(said(LIMIT, "castillo"), said(WAY, "tassi"))
    assert sentence_of(relation, "en") == "These two statements differ by context (country: Peru / Bolivia)."
    assert sentence_of(relation, "es") == "Estas dos afirmaciones difieren por su contexto (país: Perú / Bolivia)."
    assert context_in_words(relation.contexts[0], "es") == "país: Perú / Bolivia"
    assert question_of(relation, "es").startswith("¿")


def test_every_question_is_asked_in_both_languages_and_belongs_to_a_theme():
    assert {issue.slug for issue in ISSUES} == set(THEMES_OF)
    for issue in ISSUES:
        assert issue.question["en"].endswith("?")
        assert issue.question["es"].startswith("¿")
        assert len(issue.answers) >= 1


def test_every_name_that_a_context_can_have_is_known_in_spanish():
    from rag_agency.differences.contexts import TABLES
    from rag_agency.differences.definitions import TERMS

    names = {name for table in TABLES.values() for name in table} | set(TERMS)
    assert names <= set(SPANISH)


def test_both_languages_give_the_same_answer():
    pairs = [
        ("Members need legal recognition by the state.", "Los socios necesitan el reconocimiento legal del Estado."),
        ("Individual interest weakens the group.", "El interés individual debilita al grupo."),
        ("The loyalty they demand is relative.", "La lealtad que exigen es relativa."),
    ]
    for english, spanish in pairs:
        both = [
            {(issue.slug, a) for issue, found in answers_of(without_accents(t)) for a in found}
            for t in (english, spanish)
        ]
        assert both[0] & both[1], (english, both)


def test_a_difference_belongs_to_its_themes_and_to_words_that_no_table_knows():
    relation = finder().relation(said(LIMIT, "castillo"), said(WAY, "tassi"))
    assert is_on(relation, ["informality"])
    assert not is_on(relation, ["trade"])
    assert is_on(relation, ["quinoa"])


def test_on_the_shipped_briefs_no_side_is_missing_and_no_member_differs_from_themselves(shipped: House):
    index = shipped.open().index
    found = list(finder_of(index).relations(index.sentences))
    assert len({r.label for r in found}) >= 4
    for r in found:
        ours, theirs = ({s.member for s in side.members} for side in (r.a, r.b))
        assert r.label == "same_source" or not ours & theirs
        assert (r.label == "differ_by_context") == bool(r.contexts)
        assert all(c.a != c.b for c in r.contexts)
        assert sentence_of(r, "en") and sentence_of(r, "es")


def test_what_is_said_to_be_measured_is_what_was_judged():
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    drawn = Counter(row["label"] for row in rows)
    good = Counter(row["label"] for row in rows if row["right"])
    assert {m.label: (m.drawn, m.good) for m in MEASURED} == {name: (drawn[name], good[name]) for name in drawn}
