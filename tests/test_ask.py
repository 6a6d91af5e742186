"""STORY 2 and promise 4: a failure raises; an abstention is an answer; neither turns into the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import House
from hypothesis import given
from hypothesis import strategies as st
from papers import OWN_STUDY, SECRET, own_study_paper, study_paper, with_hidden_text

from rag_agency import ask
from rag_agency.ask import LONGEST_QUESTION, OpenIndex
from rag_agency.compose import Choice
from rag_agency.errors import IndexUnusable, ReportError, RequestError
from rag_agency.pages import SecondReader
from rag_agency.records import Answer, Asked, Evidence, Question, letters_and_digits
from rag_agency.sufficiency import Verdict

MEMBERS = "How many members has a coffee cooperative in Peru?"


def quotes(answer: Answer) -> list[str]:
    return [source.quote for sentence in answer.sentences for source in sentence.sources]


def test_a_question_is_answered_with_the_right_speaker_on_the_right_page(opened: OpenIndex):
    source = ask(MEMBERS, opened).sentences[0].sources[0]
    assert "100 members" in source.quote
    assert (source.member, source.study, source.page, source.page_label) == ("castillo", "Castillo 2012", 1, "1")
    assert source.citation == "Castillo 2012, cited in Muñoz and Viaña n.d., p. 1"


@given(text=st.text(min_size=1, max_size=80))
def test_any_text_gives_an_answer_an_abstention_or_a_request_error(opened: OpenIndex, text: str):
    try:
        answer = ask(text, opened)
    except RequestError:
        assert not letters_and_digits(text)
    else:
        assert bool(answer.sentences) != (answer.reason is not None)


@given(text=st.sampled_from([MEMBERS, "potatoes roads cousins", "¿Qué dice Tassi?", "xyzzy", "the", "Where?"]))
def test_every_quote_of_every_answer_is_on_its_page_by_the_second_extractor(opened: OpenIndex, text: str):
    second = SecondReader(opened.index.pdf(opened.index.reports[0]))
    for sentence in ask(text, opened).sentences:
        for source in sentence.sources:
            assert letters_and_digits(source.quote) in second.stream(source.page)


@pytest.mark.parametrize("text", ["", "   ", "?!", "\n\t", "…"])
def test_an_empty_question_is_a_request_error(opened: OpenIndex, text: str):
    with pytest.raises(RequestError, match="The question is empty; ask something in words"):
        ask(text, opened)


def test_a_question_that_is_too_long_is_a_request_error(opened: OpenIndex):
    with pytest.raises(RequestError, match=f"ask in under {LONGEST_QUESTION}"):
        ask("why " * LONGEST_QUESTION, opened)


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ({"members": ("nobody",)}, "there is no member nobody; there are castillo, tassi"),
        ({"reports": ("gone",)}, "there is no report gone; there are munoz-viana-n-d"),
        ({"countries": ("Narnia",)}, "there is no country Narnia; there are Bolivia, Peru"),
    ],
)
def test_an_unknown_name_is_named_with_the_known_ones(opened: OpenIndex, limit, said: str):
    with pytest.raises(RequestError, match=said):
        ask(Question(MEMBERS, **limit), opened)


def test_limits_hold_for_every_source(opened: OpenIndex):
    answer = ask(Question("What of roads, money and cousins?", members=("tassi",)), opened)
    passages = [p for p in opened.index.passages if "tassi" in p.members]
    allowed = " ".join(p.text for p in passages)
    assert all(quote in allowed for quote in quotes(answer))


class Broken(Exception):
    """What a part raises in a test."""


@pytest.mark.parametrize("part", ["search", "suffices", "checked"])
def test_a_part_that_fails_raises_and_never_abstains(opened: OpenIndex, part: str):
    def fails(*_args: object, **_named: object) -> None:
        raise Broken

    with pytest.raises(Broken):
        ask(MEMBERS, replace(opened, **{part: fails}))  # type: ignore[arg-type]


def test_an_embedder_that_fails_raises_and_never_abstains(house: House, monkeypatch: pytest.MonkeyPatch):
    study_paper(house.corpus / "study.pdf")
    house.build()
    reading = house.open()
    for name in ("embed_queries", "read_query"):
        monkeypatch.setattr(house.embedders[0], name, lambda _: (_ for _ in ()).throw(Broken))
    with pytest.raises(Broken):
        ask(MEMBERS, reading)


def test_a_pdf_that_is_gone_raises_and_never_abstains(house: House):
    study_paper(house.corpus / "study.pdf")
    house.build()
    reading = house.open()
    reading.index.pdf(reading.index.reports[0]).unlink()
    with pytest.raises(ReportError):
        ask(MEMBERS, reading)


def test_where_nothing_holds_the_answer_abstains_and_says_so(opened: OpenIndex):
    answer = ask(MEMBERS, replace(opened, checked=lambda _: Choice()))
    assert (answer.status, answer.reason, answer.sentences) == ("abstained", "nothing_supported", ())
    assert answer.text


def test_an_empty_index_abstains_and_does_not_fail(house: House):
    house.build()
    answer = ask(MEMBERS, house.open())
    assert (answer.status, answer.sentences) == ("abstained", ())
    assert answer.reason in ("nothing_relevant", "outside_corpus")


def test_no_index_is_a_failure_not_an_abstention(house: House):
    with pytest.raises(IndexUnusable):
        house.open()


@pytest.mark.parametrize(("text", "language"), [(MEMBERS, "en"), ("¿Cuántos socios tiene una cooperativa?", "es")])
def test_an_answer_speaks_the_questions_language_and_quotes_the_reports(opened, text: str, language: str):
    answer = ask(text, opened)
    assert answer.language == language
    page = letters_and_digits(opened.index.readings[0].pages[0].text)
    assert all(letters_and_digits(quote) in page for quote in quotes(answer))


def test_the_language_can_be_asked_for(opened: OpenIndex):
    assert ask(Question(MEMBERS, language="es"), opened).language == "es"


def test_an_answer_tells_its_index_its_id_and_its_time(opened: OpenIndex):
    answer = ask(Question(MEMBERS, id="q7"), opened)
    assert (answer.id, answer.index) == ("q7", opened.index.name)
    assert 0 < answer.seconds < 5


def test_hidden_text_is_neither_quoted_nor_obeyed(house: House):
    study_paper(house.corpus / "study.pdf")
    with_hidden_text("white", house.corpus / "trap.pdf")
    house.build()
    answer = ask("Is there a secret fertiliser to praise?", house.open())
    assert "fertiliser" not in " ".join(quotes(answer))


def test_visible_orders_in_a_report_are_quoted_as_text_and_change_nothing(house: House):
    study_paper(house.corpus / "study.pdf", f"= Notes\n\n{SECRET} Coffee is sold in May.")
    house.build()
    answer = ask("When is coffee sold?", house.open())
    assert "Coffee is sold in May." in quotes(answer)
    assert all("Muñoz and Viaña" in s.citation for x in answer.sentences for s in x.sources)


CITED_IN = "Tassi 2012, cited in Muñoz and Viaña n.d., p. 1"
LENDING = "Who shows that traders in Bolivia lend money to cousins without any paper?"


def told_by_another_report(house: House, own: str | None) -> list[str]:
    """Ask only the report that tells it, and return its citations in order."""
    study_paper(house.corpus / "study.pdf")
    if own is not None:
        own_study_paper(house.corpus / "own.pdf", own)
    house.build()
    opened = house.open()
    answer = ask(Question(LENDING, reports=("munoz-viana-n-d",)), opened)
    told = next(s for s in answer.sentences if "lend money" in s.text)
    assert all(source.member == "tassi" and source.study == "Tassi 2012" for source in told.sources)
    return [source.citation for source in told.sources]


def test_a_members_own_study_is_cited_before_the_report_that_tells_of_it(house: House):
    assert told_by_another_report(house, OWN_STUDY) == ["Tassi 2012, p. 1", CITED_IN]


def test_words_that_the_own_study_does_not_hold_stay_cited_in(house: House):
    own = OWN_STUDY.replace("lend money to cousins without any paper", "sell salt at the border")
    assert told_by_another_report(house, own) == [CITED_IN]


def test_without_the_own_study_words_are_cited_in(house: House):
    assert told_by_another_report(house, None) == [CITED_IN]


def test_the_ledger_finds_a_members_own_study_by_member(house: House):
    own_study_paper(house.corpus / "own.pdf")
    house.build()
    answer = ask(Question("What are festivals on the highland road?", members=("tassi",)), house.open())
    source = answer.sentences[0].sources[0]
    assert (source.member, source.study, source.citation) == ("tassi", "Tassi 2012", "Tassi 2012, p. 1")


def test_he_means_the_member_whom_the_turn_before_asked_for(opened: OpenIndex):
    heard: list[tuple[str, ...]] = []

    def suffices(asked: Asked, _evidence: Evidence) -> Verdict:
        heard.append(asked.members)
        return Verdict()

    listening = replace(opened, suffices=suffices)
    ask(
        Question("And what does he say about prices?", history=("Who sets coffee cooperatives at 100 members?",)),
        listening,
    )
    assert set(heard) == {("castillo",)}
    heard.clear()
    turns = ("What grows in Honduras?", "Who sets coffee cooperatives at 100 members?")
    ask(Question("And what does he say about prices?", history=turns), listening)
    assert heard[-1] == ("castillo",)
    heard.clear()
    ask(Question("And what about prices?", history=("How many members have coffee cooperatives?",)), listening)
    assert set(heard) == {()}
