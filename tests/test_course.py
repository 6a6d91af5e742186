"""A course: planned from what is there, built so that every line has its source, and kept true."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import House
from hypothesis import given
from hypothesis import strategies as st

from rag_agency.ask import OpenIndex
from rag_agency.course import (
    Wish,
    build_course,
    from_json,
    outline_from,
    outline_text,
    propose,
    read_outline,
    read_pack,
    title_of,
    to_json,
    write_pack,
)
from rag_agency.course.checker import Checker
from rag_agency.course.keep import gone, is_pack_file, recheck_pack
from rag_agency.course.material import TWIN, Material
from rag_agency.course.notes import printed_in
from rag_agency.course.pack_checker import untruths
from rag_agency.course.records import Outline, OutlineSession, Pack, Pin, Quote, quotes_of, taught_quotes
from rag_agency.course.subjects import subject_of, subjects_in, topic_in
from rag_agency.course.tasks import steps
from rag_agency.course.templates import WORDS, say
from rag_agency.course.wrong import CONTRARY
from rag_agency.errors import CourseRefused, RequestError
from rag_agency.pages import SecondReader
from rag_agency.recheck import Shelf
from rag_agency.records import letters_and_digits
from rag_agency.verify import failures

DAY = "2026-01-31"
WISHES = (
    Wish("cooperatives"),
    Wish("informalidad y redes de parentesco", languages=("es",), level="advanced"),
    Wish("free trade", languages=("en", "es"), minutes=90),
)


@pytest.fixture(scope="module")
def index(shipped: House) -> OpenIndex:
    return shipped.open()


@pytest.fixture(scope="module")
def packs(index: OpenIndex) -> tuple[Pack, ...]:
    """The packs of three courses of three sessions."""
    return tuple(pack for wish in WISHES for pack in build_course(propose(wish, index), index, DAY))


def lines(pack: Pack) -> list[Quote]:
    return [q for session in pack.sessions for q in quotes_of(session)] + [entry.quote for entry in pack.glossary]


# Planning


def test_a_proposed_outline_counts_what_there_is(index: OpenIndex):
    outline = propose(Wish("cooperatives"), index)
    assert len(outline.sessions) == 3
    assert all(s.statements >= 6 and s.voices and s.pages for s in outline.sessions)
    assert outline.alternatives or len({s.theme for s in outline.sessions}) == 3


def test_thin_evidence_is_said_and_names_the_one_voice(index: OpenIndex):
    outline = propose(Wish("markets", members=("castillo",)), index)
    assert all("Castillo" in session.warning for session in outline.sessions)
    assert all(session.voices == 1 for session in outline.sessions)


@pytest.mark.parametrize(
    "topic", ["blockchain", "quinoa in Uruguay", "organic coffee certification", "cooperatives and blockchain"]
)
def test_a_topic_that_the_corpus_does_not_cover_is_refused_with_what_there_is_instead(topic: str, index: OpenIndex):
    with pytest.raises(RequestError, match="does not cover.*Markets"):
        propose(Wish(topic), index)


def test_the_refusal_is_in_the_trainers_language(index: OpenIndex):
    with pytest.raises(RequestError, match="El corpus no cubre.*Mercados"):
        propose(Wish("cadena de bloques y acuicultura", languages=("es",)), index)


@pytest.mark.parametrize(
    ("wish", "english", "spanish"),
    [
        (Wish("blockchain"), "does not cover", "no cubre"),
        (Wish(" "), "Name a topic", "Indique un tema"),
        (Wish("markets", sessions=0), "1 to 12 sessions", "1 a 12 sesiones"),
        (Wish("markets", members=("nobody",)), "no member nobody", "ningún miembro nobody"),
        (Wish("markets", countries=("France",)), "no country France", "ningún país France"),
    ],
)
def test_a_refusal_is_said_in_both_languages(wish: Wish, english: str, spanish: str, index: OpenIndex):
    for language in ("en", "es"):
        with pytest.raises(CourseRefused) as refused:
            propose(replace(wish, languages=(language,)), index)
        assert english in refused.value.words["en"]
        assert spanish in refused.value.words["es"]
        assert str(refused.value) == refused.value.words[language]


@pytest.mark.parametrize(
    "wish",
    [
        Wish(" "),
        Wish("markets", sessions=0),
        Wish("markets", minutes=5),
        Wish("markets", members=("nobody",)),
        Wish("markets", countries=("France",)),
    ],
)
def test_a_wish_that_cannot_be_used_is_refused(wish: Wish, index: OpenIndex):
    with pytest.raises(RequestError):
        propose(wish, index)


def test_a_country_limits_what_is_drawn_on(index: OpenIndex):
    outline = propose(Wish("markets", countries=("Guatemala",), sessions=1), index)
    (pack,) = build_course(outline, index, DAY)
    assert all("monterroso" in q.members or "Guatemala" in q.text for q in pack.sessions[0].findings)


def test_fewer_sessions_than_asked_for_are_said(index: OpenIndex):
    outline = propose(Wish("loyalty in cooperatives", sessions=5), index)
    assert len(outline.sessions) < 5
    assert outline.notes


def test_the_words_of_a_topic_become_subjects():
    assert [s.name("es") for s in subjects_in("informality and kinship networks")] == ["Informalidad", "Parentesco"]
    assert [s.name("en") for s in subjects_in("libre comercio")] == ["Free trade"]
    assert subject_of("cooperatives + policy").name("es") == "Cooperativas y políticas públicas"
    assert subject_of("kinship + informality").name("es") == "Parentesco e informalidad"


# Outlines as files


def test_an_outline_is_read_as_it_was_written(index: OpenIndex):
    outline = propose(WISHES[2], index)
    pinned = replace(outline.sessions[0], pins=(Pin("tassi-brief", 2, 'a “quote” with \\ and "marks"'),))
    outline = replace(outline, sessions=(pinned, *outline.sessions[1:]))
    assert outline_from(outline_text(outline)) == outline


@given(st.text(), st.text(), st.integers(1, 10_000))
def test_any_words_survive_an_outline_file(title: str, theme: str, minutes: int):
    outline = Outline(title, theme, sessions=(OutlineSession(title, theme, minutes),))
    assert outline_from(outline_text(outline)) == outline


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "not valid TOML"),
        ('title = "a"', "topic"),
        ('title = "a"\ntopic = "b"', "no session"),
        ('title = "a"\ntopic = "b"\n[[session]]\ntitle = "c"\ntheme = "d"\nlength = 3', "length"),
        ('title = "a"\ntopic = "b"\n[[session]]\ntitle = "c"\ntheme = "d"\nminutes = "60"', "minutes"),
        ('title = "a"\ntopic = "b"\nlevel = "hard"\n[[session]]\ntitle = "c"\ntheme = "d"', "level"),
    ],
)
def test_an_outline_that_cannot_be_used_says_where(text: str, said: str):
    with pytest.raises(RequestError, match=said):
        outline_from(text)


def test_an_outline_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(RequestError, match="cannot be read"):
        read_outline(tmp_path / "none.toml")


# Packs


def test_every_quote_is_on_its_page_by_the_second_extractor(packs: tuple[Pack, ...], shipped: House):
    readers: dict[str, SecondReader] = {}
    for pack in packs:
        files = {report.id: report.file for report in pack.reports}
        for source in {source for quote in lines(pack) for source in quote.sources}:
            reader = readers.setdefault(source.report, SecondReader(shipped.corpus / files[source.report]))
            assert letters_and_digits(source.quote) in reader.stream(source.page)


def test_every_quote_is_said_by_whom_the_ledger_says(packs: tuple[Pack, ...], index: OpenIndex):
    def stream(report: str, page: int) -> str:
        reading = index.index.reading_of(report)
        return letters_and_digits(reading.pages[page - 1].text)

    for pack in packs:
        sources = {source for quote in lines(pack) for source in quote.sources}
        assert not list(failures(sources, stream, index.ledger))


def test_a_session_has_all_its_parts_and_its_minutes_add_up(packs: tuple[Pack, ...]):
    for pack in packs:
        for session in pack.sessions:
            assert session.findings and session.objectives and session.table and session.discussion
            assert session.quiz and session.readings
            assert session.difference or session.notes
            assert sum(step.minutes for step in session.plan) == session.minutes


def test_every_line_of_a_template_stands_beside_a_quote(packs: tuple[Pack, ...]):
    for pack in packs:
        for session in pack.sessions:
            beside = [*session.objectives, *session.table, *session.discussion]
            assert all(part.quotes for part in beside)
            assert all(item.trace for item in session.quiz)


def test_the_two_sides_of_a_difference_are_two_voices_and_its_words_name_what_differs(packs: tuple[Pack, ...]):
    found = [s.difference for pack in packs for s in pack.sessions if s.difference]
    assert len(found) >= 4
    for difference in found:
        assert not set(difference.a.members) & set(difference.b.members)
        assert all(c.a in difference.text and c.b in difference.text for c in difference.contrasts)


def test_no_difference_is_discussed_twice(packs: tuple[Pack, ...], index: OpenIndex):
    material = Material(index)
    for pack in packs:
        found = [s.difference for s in pack.sessions if s.difference]
        sides = [(material.sentence_of(d.a), material.sentence_of(d.b)) for d in found]
        for i, (a, b) in enumerate(sides):
            for told in sides[:i]:
                again = [any(material.same_finding(s, t) for t in told if s and t) for s in (a, b) if s]
                assert not all(again), found[i]


def test_no_line_is_about_the_report_itself(packs: tuple[Pack, ...]):
    assert not [q.text for pack in packs for q in lines(pack) if re.search(r"CC BY|Evidence briefs", q.text)]


def test_no_finding_is_told_in_two_sessions(packs: tuple[Pack, ...]):
    for pack in packs:
        told = [quote.text for session in pack.sessions for quote in session.findings]
        assert len(told) == len(set(told))


def test_a_pack_passes_the_checker_as_a_whole(packs: tuple[Pack, ...], index: OpenIndex):
    """Its items, what they ask together, figures that were taught, findings and source notes."""
    checker = Checker(Material(index))
    for pack in packs:
        assert not checker.of_pack(pack)


def test_a_figure_that_was_not_taught_a_note_that_leaves_out_who_and_a_finding_that_points_back_are_seen(
    packs: tuple[Pack, ...], index: OpenIndex
):
    checker = Checker(Material(index))
    pack = next(p for p in packs if any(i.asks in ("number", "place") for s in p.sessions for i in s.quiz))
    session = next(s for s in pack.sessions if any(i.asks in ("number", "place") for i in s.quiz))
    untaught = replace(session, findings=(), table=(), case=None, difference=None, discussion=())
    told = checker.of_pack(replace(pack, sessions=(untaught,)))
    assert any("asks for what no finding has taught" in problem for problem in told)

    quote = next(q for q in session.findings if q.members)
    bare = replace(quote, sources=tuple(replace(s, citation="p. 3") for s in quote.sources))
    told = checker.of_pack(replace(pack, sessions=(replace(session, findings=(bare,)),)))
    assert any("the note does not say" in problem for problem in told)

    back = replace(quote, text=f"For that reason, {quote.text}")
    told = checker.of_pack(replace(pack, sessions=(replace(session, findings=(back,)),)))
    assert any("points out of the quote" in problem for problem in told)


def test_what_a_pack_says_of_itself_and_is_not_so_is_seen(packs: tuple[Pack, ...], index: OpenIndex):
    material, pack = Material(index), packs[0]
    assert not list(untruths(pack, material))
    session = pack.sessions[0]
    heard = next(m.name for m in material.roster if m.slug in session.findings[0].members)
    note = say("silent", pack.language).format(who=heard)
    item = next(i for s in pack.sessions for i in s.quiz if i.kind == "choice" and i.asks == "who")
    elsewhere = replace(session.findings[0], text="Words that stand nowhere.")
    told = [replace(o, trace=elsewhere, why=say("why not who", pack.language).format(who=o.text)) for o in item.options]
    bad = replace(session, notes=(note,), quiz=(replace(item, options=tuple(told)),))
    said = " | ".join(untruths(replace(pack, sessions=(bad,)), material))
    assert f"says that {heard} is not quoted" in said
    assert "is quoted in the course, where they are not" in said


def test_a_contrary_that_is_none_is_seen(packs: tuple[Pack, ...], index: OpenIndex):
    pack = packs[0]
    item = next(i for s in pack.sessions for i in s.quiz if i.kind == "choice" and i.asks == "who")
    said = [replace(o, why=CONTRARY["en"].format(who=o.text, quote=o.trace.text)) for o in item.options]
    session = replace(pack.sessions[0], quiz=(replace(item, options=tuple(said)),))
    found = untruths(replace(pack, sessions=(session,)), Material(index))
    assert any("the contrary what is none" in problem for problem in found)


def test_a_right_answer_that_always_stands_in_one_place_is_seen(packs: tuple[Pack, ...], index: OpenIndex):
    pack = packs[0]
    item = next(i for s in pack.sessions for i in s.quiz if i.kind == "true_false")
    session = replace(pack.sessions[0], quiz=(item,) * 4)
    found = list(untruths(replace(pack, sessions=(session,)), Material(index)))
    assert any("stands in one place" in problem for problem in found)


def test_who_is_named_as_not_quoted_is_quoted_and_asked_about_nowhere_in_the_session(
    packs: tuple[Pack, ...], index: OpenIndex
):
    for pack in packs:
        for session in pack.sessions:
            silent = [m for m in index.index.roster if m.slug not in printed_in(session)]
            noted = " ".join(session.notes)
            assert all(m.name in noted for m in silent)


def test_a_topic_is_named_in_the_language_of_the_pack_and_free_words_as_they_were_typed():
    assert topic_in("informality and kinship networks", "es") == "Informalidad y parentesco"
    assert topic_in("informality and kinship networks", "en") == "Informality and kinship networks"
    assert topic_in("salted alpaca and kinship", "es") == "Salted alpaca and kinship"


def test_a_glossary_defines_terms_of_the_courses_subjects_in_its_language_where_the_reports_do(packs: tuple[Pack, ...]):
    for pack in packs:
        topics = " ".join(session.theme for session in pack.sessions)
        for entry in pack.glossary:
            assert not re.match(r"(?:Under that|Bajo ese) ", entry.quote.text)
            term = entry.term.lower()
            assert any(word in topics for word in (term, subject_of(term).name("en").lower()))
    spanish = next(p for p in packs if p.language == "es" and p.glossary)
    assert all(entry.quote.language == "es" for entry in spanish.glossary)


def test_a_case_begins_with_its_section_and_ends_with_a_paragraph(packs: tuple[Pack, ...], index: OpenIndex):
    for case in (s.case for pack in packs for s in pack.sessions if s.case):
        ledger = index.ledger(case.quotes[0].sources[0].report)
        words = [letters_and_digits(q.text) for q in case.quotes]
        rows = [next(s for s in ledger if w in letters_and_digits(s.text)) for w in words]
        section = [s for s in ledger if s.section == rows[0].section and s.kind not in ("heading", "footnote")]
        assert rows == section[: len(rows)]
        assert len(rows) == len(section) or section[len(rows)].paragraph != rows[-1].paragraph


def test_no_question_is_discussed_in_two_sessions_and_a_country_is_named_only_where_both_quotes_do(
    packs: tuple[Pack, ...],
):
    for pack in packs:
        found = [s.difference for s in pack.sessions if s.difference]
        asked = [d.text.split("?")[0] for d in found]
        assert len(asked) == len(set(asked))
        for difference in found:
            for quote, side in ((difference.a, "a"), (difference.b, "b")):
                named = [getattr(c, side) for c in difference.contrasts if c.kind in ("country", "país")]
                assert all(name[:5] in quote.text for one in named for name in one.split(", "))


def test_what_is_passed_on_from_outside_says_so_and_is_no_finding_of_the_authors(
    packs: tuple[Pack, ...], index: OpenIndex
):
    material = Material(index)
    for pack in packs:
        for quote in lines(pack):
            for sentence in material.sentences_of(quote):
                assert all(work.split()[0] in quote.citation for work in sentence.external)
        for session in pack.sessions:
            by_authors = [q for q in session.findings if not q.members]
            told = [s for q in by_authors for s in material.sentences_of(q)]
            assert not [s for s in told if s.external]


def test_a_finding_is_given_in_the_language_of_the_pack_where_it_is_told_in_it(index: OpenIndex):
    material = Material(index)
    of_castillo = [s for s in material.statements if [x.member for x in s.members] == ["castillo"]]
    english = next(s for s in of_castillo if material.languages[s.report] == "en")
    spanish = next(s for s in of_castillo if material.languages[s.report] == "es")
    other = next(s for s in material.statements if [x.member for x in s.members] == ["tassi"])
    alike: list[float] = []
    material.closeness = lambda a, b: alike[0] if {a, b} == {english, spanish} else 0.0  # type: ignore[assignment]
    alike[:] = [TWIN]
    assert material.in_tongue([english, other, spanish], "es")[0] == spanish
    assert len(material.in_tongue([english, spanish], "es")) == 1
    assert material.twin(spanish, "es") is None
    material = Material(index)
    material.closeness = lambda a, b: TWIN - 0.01  # type: ignore[assignment] # near, and not the same
    assert material.in_tongue([english], "es") == [english]


def test_nothing_is_asked_twice_in_a_course(packs: tuple[Pack, ...]):
    for pack in packs:
        asked = [quote.text for session in pack.sessions for item in session.quiz for quote in item.trace]
        assert len(asked) == len(set(asked))


def test_a_reading_list_names_each_page_that_is_taught_from_and_no_other(packs: tuple[Pack, ...]):
    for pack in packs:
        for session in pack.sessions:
            listed = {(r.report, page) for r in session.readings for page in r.pages}
            assert listed == {(s.report, s.page) for q in taught_quotes(session) for s in q.sources}


def test_a_course_in_two_languages_is_a_pack_in_each(packs: tuple[Pack, ...]):
    english, spanish = packs[-2:]
    assert (english.language, spanish.language) == ("en", "es")
    assert spanish.title.startswith("Libre comercio")
    assert all(re.search(r"[¿áéíóúñ]", d.text) for s in spanish.sessions for d in s.discussion)


def test_quotes_in_another_language_are_announced(packs: tuple[Pack, ...]):
    for pack in packs:
        mixed = any(quote.language != pack.language for quote in lines(pack))
        assert mixed == (WORDS["languages"][pack.language] in pack.notes)


def test_the_report_that_the_quoted_briefs_restate_is_among_the_references(packs: tuple[Pack, ...]):
    for pack in packs:
        restated = next(report for report in pack.reports if report.citation == "Muñoz and Viaña 2012")
        assert restated.authors == ("Diego Muñoz", "Jorge Viaña")
        assert restated.year == 2012 and "IIED" in restated.publisher
        assert not [report for report in pack.reports if report.licence.startswith("The publishers")]


def test_the_advanced_level_asks_for_more(index: OpenIndex):
    outline = propose(Wish("markets", sessions=1), index)
    (plain,) = build_course(outline, index, DAY)
    (more,) = build_course(replace(outline, level="advanced"), index, DAY)
    assert len(more.sessions[0].quiz) > len(plain.sessions[0].quiz)


def test_a_pinned_quotation_comes_first(index: OpenIndex):
    outline = propose(Wish("informality", sessions=1), index)
    sentence = next(s for s in index.ledger("trade-brief") if "agreements" in s.text and s.members)
    pin = Pin("trade-brief", sentence.page.number, sentence.text[:60])
    pinned = replace(outline, sessions=(replace(outline.sessions[0], pins=(pin,)),))
    (pack,) = build_course(pinned, index, DAY)
    assert letters_and_digits(pin.quote) in letters_and_digits(pack.sessions[0].findings[0].text)


def test_a_pin_that_stands_nowhere_is_refused(index: OpenIndex):
    outline = propose(Wish("informality", sessions=1), index)
    lost = replace(outline.sessions[0], pins=(Pin("trade-brief", 1, "nobody wrote this"),))
    with pytest.raises(RequestError, match="nobody wrote this"):
        build_course(replace(outline, sessions=(lost,)), index, DAY)


def test_a_session_without_evidence_is_refused_by_name(index: OpenIndex):
    outline = Outline("Fish", "fish", sessions=(OutlineSession("Fish ponds", "aquaculture"),))
    with pytest.raises(RequestError, match="Fish ponds"):
        build_course(outline, index, DAY)
    with pytest.raises(RequestError, match="La sesión «Fish ponds»"):
        build_course(replace(outline, languages=("es",)), index, DAY)


def test_a_title_is_made_from_the_theme_where_there_is_none():
    assert title_of(OutlineSession("", "trade"), "es") == "Libre comercio"
    assert title_of(OutlineSession("Mine", "trade"), "es") == "Mine"


@pytest.mark.parametrize(
    ("title", "languages", "given"),
    [
        ("Informality and kinship networks: qué encuentran los informes", ("es",), "Informalidad y parentesco: qué"),
        ("Informality and kinship networks: what the reports find", ("es",), "Informalidad y parentesco: qué"),
        ("Informality and kinship networks", ("en", "es"), "Informalidad y parentesco: qué"),
        ("Kin and contraband", ("es",), "Kin and contraband"),
    ],
)
def test_a_title_that_was_only_proposed_is_in_the_language_of_the_pack(title, languages, given, index: OpenIndex):
    sessions = (OutlineSession("", "informality"),)
    outline = Outline(title, "informality and kinship networks", languages, sessions=sessions)
    assert build_course(outline, index, DAY)[-1].title.startswith(given)


@given(st.integers(15, 480), st.sets(st.sampled_from(["difference", "case", "quiz"])))
def test_the_minutes_of_a_session_are_shared_out_whole(minutes: int, left_out: set[str]):
    plan = steps(minutes, sorted(left_out))  # type: ignore[arg-type]
    assert sum(step.minutes for step in plan) == minutes
    assert all(step.minutes > 0 for step in plan)
    assert not left_out & {step.part for step in plan}


# Saved packs


def test_a_saved_pack_is_read_as_it_was_written(packs: tuple[Pack, ...], tmp_path: Path):
    for pack in packs:
        write_pack(pack, tmp_path / "pack.json")
        assert read_pack(tmp_path / "pack.json") == pack
    assert [path.name for path in tmp_path.iterdir()] == ["pack.json"]


Change = Callable[[dict], None]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(format="other"), "not a course pack"),
        (lambda d: d.update(version=99), "version 99"),
        (lambda d: d["pack"].update(level="hard"), "level"),
        (lambda d: d["pack"].update(owner="me"), "owner"),
        (lambda d: d["pack"]["sessions"][0]["findings"][0].update(sources=[]), "needs a source"),
        (lambda d: d["pack"]["sessions"][0]["findings"][0]["sources"][0].update(page="3"), "page"),
        (lambda d: d["pack"]["sessions"][0].pop("quiz"), "quiz"),
    ],
)
def test_a_pack_that_cannot_be_used_says_where(change: Change, said: str, packs: tuple[Pack, ...]):
    data = json.loads(to_json(packs[0]))
    change(data)
    with pytest.raises(RequestError, match=said):
        from_json(json.dumps(data))


# Keeping a pack true


@pytest.fixture(scope="module")
def shelf(shipped: House) -> Shelf:
    return Shelf(shipped.settings)


def altered(pack: Pack, **changes: object) -> Pack:
    """Return a pack whose first finding has another source."""
    session = pack.sessions[0]
    quote = session.findings[0]
    source = replace(quote.sources[0], **changes)  # type: ignore[arg-type]
    findings = (Quote(quote.text, quote.language, quote.who, (source,)), *session.findings[1:])
    return replace(pack, sessions=(replace(session, findings=findings),), glossary=())


def test_a_pack_that_was_just_built_holds(packs: tuple[Pack, ...], shelf: Shelf):
    for pack in packs:
        assert not list(gone(pack, shelf))


def test_a_quote_that_has_moved_is_named_with_its_new_page(packs: tuple[Pack, ...], shelf: Shelf):
    source = packs[0].sessions[0].findings[0].sources[0]
    (lost,) = gone(altered(packs[0], page=source.page + 30), shelf)
    assert lost.parts == ("session 1",)
    assert lost.nearest.startswith(f"{source.report}, p. {source.page_label}")


def test_a_quote_that_has_changed_is_named_with_the_sentence_most_like_it(packs: tuple[Pack, ...], shelf: Shelf):
    source = packs[0].sessions[0].findings[0].sources[0]
    words = source.quote.split()
    found = list(gone(altered(packs[0], quote=" ".join([*words[:2], "indeed", *words[3:]])), shelf))
    assert found
    assert all(lost.nearest.startswith(source.report) for lost in found)


def test_a_quote_whose_report_is_gone_is_named_and_looked_for_in_the_others(packs: tuple[Pack, ...], shelf: Shelf):
    source = packs[0].sessions[0].findings[0].sources[0]
    (lost,) = gone(altered(packs[0], report="sold-out"), shelf)
    assert "no report sold-out" in lost.reason
    assert source.report in lost.nearest


def test_words_shown_that_are_not_those_of_the_source_are_named(packs: tuple[Pack, ...], shelf: Shelf):
    pack = packs[0]
    session = pack.sessions[0]
    forged = replace(session.findings[0], text="Cooperatives always succeed.")
    changed = replace(pack, sessions=(replace(session, findings=(forged, *session.findings[1:])),))
    assert any("words shown" in lost.reason for lost in gone(changed, shelf))


def test_a_file_of_answers_is_not_taken_for_a_pack(tmp_path: Path, packs: tuple[Pack, ...], shipped: House):
    answers, saved = tmp_path / "answers.jsonl", tmp_path / "pack.json"
    answers.write_text('{"status": "abstained", "sentences": []}\n', encoding="utf-8")
    write_pack(packs[0], saved)
    assert not is_pack_file(answers)
    assert not is_pack_file(tmp_path / "none")
    assert is_pack_file(saved)
    assert not list(recheck_pack(saved, shipped.settings))


def test_every_template_is_there_in_both_languages_with_the_same_gaps():
    for name, words in WORDS.items():
        gaps = {language: set(re.findall(r"\{(\w+)\}", text)) for language, text in words.items()}
        assert gaps["en"] == gaps["es"], name
