"""Promises 2 and 3: no sentence without a source, and X finds only where the ledger says X."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag_agency import ask
from rag_agency.ask import OpenIndex
from rag_agency.compose import Choice, Citer, Statement, Writer, abstain, compose
from rag_agency.compose.primary import says_the_same
from rag_agency.records import (
    Answer,
    Asked,
    Evidence,
    Found,
    Language,
    Member,
    Page,
    Piece,
    Question,
    Report,
    Sentence,
    Span,
    Speaker,
    Voice,
)

ROSTER = (
    Member("castillo", "Lorenzo Castillo", countries=("Peru",), studies=("Castillo 2012",)),
    Member("tassi", "Nico Tassi", countries=("Bolivia",), studies=("Tassi 2012",)),
)
REPORT = Report("munoz-viana-2012", "r.pdf", "How?", ("Diego Muñoz",), 2012, citation="Muñoz and Viaña 2012")
BRIEF = Report("brief", "b.pdf", "Brief", citation="Evidence brief: Markets", based_on="Muñoz and Viaña 2012")
CITER = Citer((REPORT, BRIEF), ROSTER)
languages: st.SearchStrategy[Language] = st.sampled_from(["en", "es"])
voices: st.SearchStrategy[Voice] = st.sampled_from(["member", "external", "authors"])


def sentence(
    text: str = "Traders lend money.",
    *speakers: Speaker,
    label: str | None = "17",
    number: int = 0,
    report: str = REPORT.id,
) -> Sentence:
    """Return a sentence on physical page 19, said by these members or by the authors."""
    page = Page(report, 19, label, text)
    piece = Piece(Span(page, 0, len(text)), text)
    voice: Voice = "member" if speakers else "authors"
    return Sentence(report, number, text, (piece,), "", "body", 0, voice, speakers)


def cited(said: Sentence, language: Language = "en", locator: str = "") -> list[str]:
    return [source.citation for source in CITER.sources(said, locator, language)]


def statement(said: Sentence, language: Language = "en") -> Statement:
    return Statement(said, CITER.sources(said, "", language))


def answered(*said: Sentence, language: Language = "en", missing: tuple[str, ...] = ()) -> Answer:
    choice = Choice(tuple(statement(s, language) for s in said))
    writer = Writer(ROSTER, {REPORT.id: "en", BRIEF.id: "en"})
    return writer.write(Question("q"), Asked("q", language), choice, missing)


def test_a_members_words_through_another_report_are_a_secondary_citation():
    said = sentence("Traders lend money.", Speaker("tassi", "Tassi 2012"))
    assert cited(said) == ["Tassi 2012, cited in Muñoz and Viaña 2012, p. 17"]
    assert cited(said, "es") == ["Tassi 2012, citado en Muñoz y Viaña 2012, p. 17"]


def test_where_no_study_is_printed_no_year_is_made_up():
    assert cited(sentence("x", Speaker("tassi"))) == ["Tassi, cited in Muñoz and Viaña 2012, p. 17"]


def test_the_reports_own_words_are_cited_to_the_report():
    assert cited(sentence()) == ["Muñoz and Viaña 2012, p. 17"]


def test_an_external_source_is_named_as_printed():
    said = replace(sentence(), voice="external", external=("World Bank 2008",))
    assert cited(said) == ["World Bank 2008, cited in Muñoz and Viaña 2012, p. 17"]
    (source,) = CITER.sources(said, "", "en")
    assert (source.member, source.study, source.voice) == (None, None, "external")


@pytest.mark.parametrize(("label", "shown"), [("xii", "p. xii"), ("17", "p. 17"), (None, "p. 19")])
def test_the_printed_label_is_cited_and_the_physical_page_is_kept(label: str | None, shown: str):
    (source,) = CITER.sources(sentence(label=label), "", "en")
    assert source.citation.endswith(shown)
    assert (source.page, source.page_label) == (19, label)


def test_two_members_in_one_sentence_are_two_sources_with_the_same_quote():
    both = sentence("They agree.", Speaker("castillo", "Castillo 2012"), Speaker("tassi", "Tassi 2012"))
    first, second = CITER.sources(both, "", "en")
    assert (first.member, second.member) == ("castillo", "tassi")
    assert first.quote == second.quote == "They agree."


def test_a_quote_over_a_page_end_is_two_sources_each_on_its_page():
    first, second = Page(REPORT.id, 4, "2", "Traders lend"), Page(REPORT.id, 5, "3", "money.")
    pieces = (Piece(Span(first, 0, 12), "Traders lend"), Piece(Span(second, 0, 6), "money."))
    sources = CITER.sources(replace(sentence(), pieces=pieces), "", "en")
    assert [(s.page, s.quote) for s in sources] == [(4, "Traders lend"), (5, "money.")]


def test_a_brief_is_cited_with_the_report_that_it_restates():
    said = sentence("x", Speaker("tassi", "Tassi 2012"), report="brief")
    (citation,) = cited(said, locator="Muñoz and Viaña 2012, p. 21")
    assert citation == "Tassi 2012, cited in Muñoz and Viaña 2012, p. 21 (Evidence brief: Markets, p. 17)"


texts = st.text("abc defg.", min_size=1, max_size=60).filter(lambda t: any(c.isalpha() for c in t))
speakers = st.lists(st.sampled_from([Speaker("castillo", "Castillo 2012"), Speaker("tassi")]), max_size=2, unique=True)
sentences = st.lists(st.builds(lambda t, s: sentence(t.strip(), *s), texts, speakers), min_size=1, max_size=5)


@given(sentences, languages)
def test_every_sentence_of_an_answer_has_a_source_said_by_whom_the_ledger_says(said, language):
    answer = answered(*said, language=language)
    assert len(answer.sentences) == len(said)
    for one, shown in zip(said, answer.sentences, strict=True):
        assert {source.member for source in shown.sources} == ({s.member for s in one.members} or {None})
        assert {source.voice for source in shown.sources} == {one.voice}
        assert all(source.quote in one.text for source in shown.sources)


@given(sentences, languages)
def test_a_member_is_named_only_where_the_ledger_has_them(said, language):
    answer = answered(*said, language=language)
    for one, shown in zip(said, answer.sentences, strict=True):
        for member in ROSTER:
            assert (member.name in shown.text) == (member.slug in {s.member for s in one.members})


@given(sentences, languages)
def test_marks_and_the_list_behind_three_hyphens_agree(said, language):
    body, listed = answered(*said, language=language).text.split("\n---\n")
    numbers = [int(line.split(".")[0]) for line in listed.splitlines()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {f"[{n}]" for n in numbers} == set(re.findall(r"\[\d+\]", body))


@given(sentences)
def test_no_mark_stands_in_a_record(said):
    answer = answered(*said)
    assert not any("[1]" in s.text or "[1]" in source.quote for s in answer.sentences for source in s.sources)


@pytest.mark.parametrize(("language", "lead"), [("en", "The report’s authors"), ("es", "Los autores del informe")])
def test_what_stands_around_the_quotes_is_in_the_readers_language(language: Language, lead: str):
    text = answered(sentence(), language=language).text
    assert lead in text and "Traders lend money." in text


def test_what_is_missing_makes_an_answer_partial_and_is_said():
    answer = answered(sentence(), missing=("quinoa",))
    assert (answer.status, answer.missing) == ("partial", ("quinoa",))
    assert "quinoa" in answer.text.split("\n---\n")[0]


@pytest.mark.parametrize("reason", ["nothing_relevant", "nothing_supported", "outside_corpus", "refused"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_abstention_has_a_reason_some_words_and_no_sentence(reason, language: Language):
    answer = abstain(Question("q", id="7"), language, reason, ["x"])
    assert (answer.status, answer.reason, answer.sentences, answer.id) == ("abstained", reason, (), "7")
    assert answer.text and answer.missing == ("x",)


# Through the whole story


QUESTIONS = [
    "How many members has a coffee cooperative in Peru?",
    "What do Castillo and Tassi say of roads?",
    "Who lends money to cousins?",
    "¿Dónde se guardan las papas?",
    "Where are potatoes stored?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_short_and_ends_with_its_list(opened: OpenIndex, question: str):
    answer = ask(question, opened)
    body, _, listed = answer.text.partition("\n---\n")
    assert len(body.split()) < 220
    if answer.status != "abstained":
        assert listed.startswith("1. ")


@pytest.mark.parametrize("question", QUESTIONS)
def test_one_speakers_sentences_stand_together_in_reading_order(opened: OpenIndex, question: str):
    answer = ask(question, opened)
    order = {s.text: s.number for s in opened.index.sentences}
    said = [(tuple(x.member for x in s.sources), order[s.sources[0].quote]) for s in answer.sentences]
    speakers = [who for who, _ in said]
    assert speakers == sorted(speakers, key=speakers.index)
    for who in set(speakers):
        numbers = [n for one, n in said if one == who]
        assert numbers == sorted(numbers)


def test_no_sentence_is_said_twice_and_no_heading_is_quoted(opened: OpenIndex):
    for question in QUESTIONS:
        quotes = [s.sources[0].quote for s in ask(question, opened).sentences]
        assert len(quotes) == len(set(quotes))
        assert not {"Potatoes", "Coffee cooperatives"} & set(quotes)


@pytest.mark.parametrize(
    ("told", "own", "same"),
    [
        (
            "Tassi shows that ‘traders lend money without any paper’.",
            "Here traders lend money without any paper.",
            True,
        ),
        ("Traders lend money without any paper (Tassi 2012).", "Traders lend money without any paper.", True),
        (
            "Tassi finds that kinship networks carry the trade of beef to Bolivian cities.",
            "Kinship networks carry trade in beef to the cities, finds this Bolivian study.",
            True,
        ),
        (
            "About 100 members farm coffee on slopes near rivers.",
            "About 200 members farm coffee on slopes near rivers.",
            False,
        ),
        ("Traders lend money without any paper.", "Traders never lend money to strangers.", False),
        (
            "Tassi shows that traders in Bolivia lend salt to cousins.",
            "Traders in Bolivia lend salt to cousins.",
            False,
        ),
        (
            "Tassi shows that traders in Bolivia lend salt to young cousins abroad.",
            "Traders in Bolivia lend salt to young cousins abroad.",
            True,
        ),
        (
            "Networks of cousins are not able to carry beef over the border in winter.",
            "Networks of cousins are able to carry beef over the border in winter.",
            False,
        ),
        ("Tassi speaks of ‘lent money’.", "There is lent money.", False),
    ],
)
def test_a_study_says_the_same_in_the_same_words_or_not_at_all(told: str, own: str, same: bool):
    found = says_the_same(sentence(told), [sentence(own, number=1)])
    assert (found is not None) == same


def test_a_comparison_keeps_to_the_two_and_sets_them_beside_each_other():
    castillo, tassi = Speaker("castillo", "Castillo 2012"), Speaker("tassi", "Tassi 2012")
    third = Speaker("ranaboldo", "Ranaboldo et al. 2011")
    with_a_third = sentence("Both see a limit of trade there.", castillo, third, number=0)
    his = sentence("Rules hold members of cooperatives together.", castillo, number=1)
    theirs = sentence("Feasts hold the traders of a town together.", tassi, number=2)
    evidence = Evidence((), tuple(Found(s, 9.0 - i) for i, s in enumerate((with_a_third, his, theirs))))
    asked = Asked("what holds people together", "en", "compare", ("castillo", "tassi"))
    citer = Citer((REPORT,), (*ROSTER, Member("ranaboldo", "Claudia Ranaboldo")))
    choice = compose(asked, evidence, lambda _report: (with_a_third, his, theirs), citer)
    assert [s.sentence for s in choice.statements] == [his, theirs]
    said = replace(choice, relation="These two statements differ by context.", related=(his, theirs))
    text = Writer(ROSTER, {REPORT.id: "en"}).write(Question("q"), asked, said).text
    assert "These two statements differ by context. [1][2]" in text


def premise(text: str, *said: Sentence, members: tuple[str, ...] = ()) -> Choice:
    found = tuple(Found(s, 10.0 - i) for i, s in enumerate(said))
    asked = Asked(text, "en", members=members, numbers=tuple(re.findall(r"\d+", text)))
    return compose(asked, Evidence((), found), lambda _: said, CITER)


def test_a_wrong_figure_in_the_question_meets_the_right_one_first():
    other = sentence("Traders sell beef in towns.", number=0)
    right = sentence("A cooperative has about 100 members.", Speaker("castillo"), number=1)
    choice = premise("Why should a cooperative have 250 members?", other, right)
    assert choice.not_given == "250" and choice.statements[0].sentence == right
    answer = Writer(ROSTER, {}).write(Question("q"), Asked("q", "en"), choice)
    assert answer.text.startswith("For this the corpus does not give 250")


@given(st.integers(2, 999), st.integers(2, 999))
def test_a_figure_is_called_missing_only_where_no_evidence_has_it(asked_for: int, printed: int):
    choice = premise(f"Why {asked_for} members?", sentence(f"It has some {printed} members."))
    assert bool(choice.not_given) is (asked_for != printed)


def test_no_figure_is_promised_where_its_sentence_did_not_pass_the_checks():
    right = sentence("A cooperative has about 100 members.", Speaker("castillo"), number=1)
    choice = premise("Why should it have 250 members?", sentence("Traders sell beef in towns."), right)
    left = replace(choice, statements=tuple(s for s in choice.statements if s.sentence != right))
    assert "does not give" not in Writer(ROSTER, {}).write(Question("q"), Asked("q", "en"), left).text


def test_the_same_number_of_another_thing_confirms_nothing():
    right = sentence("A cooperative has about 100 members.", number=0)
    farms = sentence("A cooperative farms 400 hectares.", number=1)
    assert premise("Why should it have 400 members?", farms, right).not_given == "400"
    assert not premise("Why should it farm 400 hectares?", farms, right).not_given


def test_a_figure_of_another_kind_corrects_nothing():
    assert not premise("Why does it have 250 members?", sentence("It farms 400 hectares.")).not_given


def test_a_member_of_whom_the_answer_has_not_a_word_is_said_to_say_nothing_of_it():
    said = sentence("Traders lend money to farmers.", Speaker("castillo", "Castillo 2012"), number=1)
    choice = premise(
        "What does he think of lending?", sentence("Lending is common in the towns."), said, members=("tassi",)
    )
    assert choice.not_said_by == ("tassi",)
    assert "no such statement by Nico Tassi. It is **Lorenzo Castillo**" in answered_with(choice)
    assert not premise("Who is he?", sentence("Nico Tassi teaches in London."), members=("tassi",)).not_said_by


def answered_with(choice: Choice) -> str:
    return Writer(ROSTER, {}).write(Question("q"), Asked("q", "en", members=("tassi",)), choice).text


@given(st.lists(st.integers(5, 60), min_size=2, max_size=9), st.data())
def test_a_quotation_that_points_back_stands_beside_what_it_points_to_or_is_left_out(lengths: list[int], data):
    paragraph = []
    for number, length in enumerate(lengths):
        opening = "They" if number and data.draw(st.booleans()) else "Farmers"
        words = " ".join(f"w{number}x{i}" for i in range(length))
        paragraph.append(sentence(f"{opening} {words}.", number=number))
    order = data.draw(st.permutations(paragraph))
    found = tuple(Found(s, 10.0 - i / 10) for i, s in enumerate(order))
    choice = compose(Asked("q", "en"), Evidence((), found), lambda _: paragraph, CITER)
    quoted = {s.sentence.number for s in choice.statements}
    for statement_ in choice.statements:
        number = statement_.sentence.number
        if statement_.sentence.text.startswith("They") and number != order[0].number and number - 1 not in quoted:
            assert number + 1 in quoted  # itself the antecedent of another, taken along for its sake


def test_a_question_for_a_number_is_answered_in_few_sentences():
    said = tuple(sentence(f"Farm number {n} sells beans{'x' * n} to town{'y' * n}.", number=n) for n in range(8))
    evidence = Evidence((), tuple(Found(s, 9.0) for s in said))

    def sentences(asked: Asked) -> int:
        return len(compose(asked, evidence, lambda _: (), CITER).statements)

    number, part = Asked("q", "en", "number"), Asked("q", "en", "number", parts=(Asked("a", "en"), Asked("b", "en")))
    assert (sentences(number), sentences(part), sentences(Asked("q", "en"))) == (4, 8, 8)


def test_a_better_sentence_with_what_it_points_to_goes_before_a_worse_one():
    def long(opening: str, number: int, paragraph: int) -> Sentence:
        words = " ".join(f"w{number}x{i}" for i in range(50))
        return replace(sentence(f"{opening} {words}.", number=number), paragraph=paragraph)

    said = [long("Farmers", 0, 0), long("Traders", 1, 1), long("They", 2, 1), long("Buyers", 3, 2), long("Banks", 4, 3)]
    ranked = (said[0], said[2], said[3], said[4])
    found = tuple(Found(s, 10.0 - i / 10) for i, s in enumerate(ranked))
    choice = compose(Asked("q", "en"), Evidence((), found), lambda _: said, CITER)
    assert {s.sentence.number for s in choice.statements} == {0, 1, 2}
