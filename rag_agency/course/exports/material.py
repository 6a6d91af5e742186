"""A pack as a handout: the order in which a session is told, for the trainer and for participants.

Pure. The participants' copy has everything but the key of the quiz and its traces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Literal

from rag_agency.compose.cite import in_language
from rag_agency.course.exports.handout import Block, Grid, Handout, Heading, Item, Items, Line, Paragraph, Words, plain
from rag_agency.course.exports.quiz import key_of, questions_of
from rag_agency.course.exports.words import day, in_other, quoted, say
from rag_agency.course.records import Difference, Pack, Quote, Reading, Session
from rag_agency.records import Language, Report

Copy = Literal["trainer", "participants"]


def handout_of(pack: Pack, copy: Copy) -> Handout:
    """Return all that a printed copy of a pack shows."""
    language = pack.language
    facts = (
        (say("topic", language), pack.topic),
        (say("level", language), say(pack.level, language)),
        (say("built", language), day(pack.stamp.date, language)),
        (say("index", language), f"{pack.stamp.index} ({pack.stamp.fingerprint})"),
    )
    titles = [say("session", language, session.number, session.title) for session in pack.sessions]
    blocks = [
        *_notes(pack.notes, language),
        Items(tuple(Item(plain(title)) for title in titles)),
        *(block for session in pack.sessions for block in _session(session, copy, language)),
        *_glossary(pack),
        *_references(pack),
    ]
    return Handout(pack.title, say(copy, language), running_head(pack), facts, language, tuple(blocks))


def running_head(pack: Pack) -> str:
    """Return what stands at the head of each page: title, day, fingerprint of the index."""
    made = f"{day(pack.stamp.date, pack.language)} · {say('index_short', pack.language, pack.stamp.fingerprint)}"
    return f"{pack.title}\t{made}"


def _session(session: Session, copy: Copy, language: Language) -> Iterator[Block]:
    yield Heading(1, say("session", language, session.number, session.title))
    yield from _plan(session, language)
    yield from _notes((*session.notes, *(session.trainer_notes if copy == "trainer" else ())), language)
    if session.objectives:
        yield Heading(2, say("objectives", language))
        yield Paragraph(plain(say("objectives_lead", language)))
        # One note for all that an objective rests on, else the numbers would run into one another.
        yield Items(tuple(Item(plain(o.text, *_in_one(citations(o.quotes)))) for o in session.objectives))
    if session.findings:
        yield Heading(2, say("findings", language))
        yield from (Paragraph(quote_line(quote, language), "quote") for quote in session.findings)
    yield from _table(session, language)
    yield from _difference(session.difference, language)
    yield from _discussion(session, language)
    yield from _case(session, language)
    if session.quiz:
        yield Heading(2, say("quiz", language))
        yield from questions_of(session.quiz, language)
        if copy == "trainer":
            yield Heading(2, say("key", language))
            yield from key_of(session.quiz, language)
    yield from _readings(session.readings, language)


def _plan(session: Session, language: Language) -> Iterator[Block]:
    if not session.plan:
        return
    parts = [f"{say(step.part, language)} ({say('minutes', language, step.minutes)})" for step in session.plan]
    total = say("minutes", language, session.minutes)
    yield Paragraph((Words(f"{say('plan', language)}, {total}: ", "strong"), Words(" · ".join(parts))), "note")


def _notes(notes: Sequence[str], language: Language) -> Iterator[Block]:
    for note in notes:
        yield Paragraph((Words(f"{say('notes', language)}: ", "strong"), Words(note)), "note")


def _table(session: Session, language: Language) -> Iterator[Block]:
    if not session.table:
        return
    rows = []
    for row in session.table:
        who = ((Words(row.who, "strong"),),)
        rows.append((who, tuple(said_line(quote, language) for quote in row.quotes)))
    yield Heading(2, say("table", language))
    yield Grid((say("voice", language), say("says", language)), (25, 75), tuple(rows))


def _difference(difference: Difference | None, language: Language) -> Iterator[Block]:
    if difference is None:
        return
    yield Heading(2, say("difference", language))
    yield Paragraph(plain(difference.text))
    for quote in (difference.a, difference.b):
        yield Paragraph(quote_line(quote, language), "quote")
    if difference.contrasts:
        yield Items(
            tuple(Item((Words(f"{c.kind}: ", "strong"), Words(f"{c.a} / {c.b}"))) for c in difference.contrasts)
        )


def _discussion(session: Session, language: Language) -> Iterator[Block]:
    if not session.discussion:
        return
    yield Heading(2, say("discussion", language))
    for number, question in enumerate(session.discussion, 1):
        yield Items((Item(plain(question.text), f"{number}."),), leads=bool(question.quotes))
        yield from (Paragraph(quote_line(quote, language), "quote") for quote in question.quotes)


def _case(session: Session, language: Language) -> Iterator[Block]:
    if session.case is None:
        return
    tongue = in_other(session.case.quotes[0], language)
    yield Heading(2, f"{session.case.title}{tongue}")
    yield Paragraph(plain(session.case.task))
    runs: list[Words] = []
    for quote, after in zip_longest(session.case.quotes, session.case.quotes[1:]):
        ends = after is None or after.citation != quote.citation  # one footnote where neighbours share it
        runs += [Words(quote.text, "plain", citations((quote,)) if ends else ()), Words(" ")]
    yield Paragraph((*runs, Words(tongue.strip(), "quiet")) if tongue else tuple(runs), "quote")


def _readings(readings: Sequence[Reading], language: Language) -> Iterator[Block]:
    if not readings:
        return
    yield Heading(2, say("reading", language))
    yield Items(tuple(Item(reading_line(reading, language)) for reading in readings))


def reading_line(reading: Reading, language: Language) -> Line:
    """Return a line of the reading list: reference, title, pages as printed."""
    pages = say("pages" if len(reading.labels) > 1 else "page", language, ", ".join(reading.labels))
    return (Words(reading.citation, "strong"), Words(f". {reading.title}. {pages}"))


def _glossary(pack: Pack) -> Iterator[Block]:
    if not pack.glossary:
        return
    yield Heading(1, say("glossary", pack.language))
    for entry in pack.glossary:
        yield Paragraph((Words(f"{entry.term}. ", "strong"), *quote_line(entry.quote, pack.language)))


def _references(pack: Pack) -> Iterator[Block]:
    yield Heading(1, say("references", pack.language))
    listed = {report.citation for report in pack.reports}
    restated = dict.fromkeys(report.based_on for report in pack.reports if report.based_on)
    outside = [in_language(name, pack.language) for name in restated if name not in listed]
    lines = [_reference(report, pack.language) for report in pack.reports]
    lines += [plain(say("restated", pack.language, name)) for name in outside]
    yield Items(tuple(Item(line) for line in lines))


def _reference(report: Report, language: Language) -> Line:
    year = str(report.year) if report.year else say("no_year", language)
    restates = say("restates", language, in_language(report.based_on, language)) if report.based_on else ""
    facts = (report.publisher, restates, report.licence)
    tail = "".join(f" {fact.rstrip('.')}." for fact in facts if fact)
    authors = ", ".join(report.authors)
    return plain(f"{authors} ({year}). {report.title.rstrip('.')}.{tail}" if authors else f"{report.title}.{tail}")


def quote_line(quote: Quote, language: Language) -> Line:
    """Return who says it and the words, with a footnote for each reference."""
    return (Words(f"{quote.who}: ", "strong"), *said_line(quote, language))


def said_line(quote: Quote, language: Language) -> Line:
    """Return the words alone, with a footnote for their references and, where it is another, their language."""
    tongue = in_other(quote, language)
    words = Words(quoted(quote.text), "plain", citations((quote,)))
    return (words, Words(tongue, "quiet")) if tongue else (words,)


def citations(quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return the references of quotes, each once."""
    return tuple(dict.fromkeys(quote.citation for quote in quotes))


def _in_one(sources: Sequence[str]) -> tuple[str, ...]:
    return ("; ".join(sources),) if sources else ()
