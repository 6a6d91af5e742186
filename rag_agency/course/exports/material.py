"""A pack as a handout: the order in which a session is told, for the trainer and for participants.

Pure. The participants' copy has everything but the key of the quiz and its traces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag_agency.course.exports.handout import Block, Grid, Handout, Heading, Item, Items, Paragraph, Words, plain
from rag_agency.course.exports.lines import (
    Copy,
    case_line,
    citations,
    quote_line,
    reading_line,
    reference_lines,
    said_line,
    tongue,
)
from rag_agency.course.exports.quiz import key_of, questions_of
from rag_agency.course.exports.words import day, in_other, say
from rag_agency.course.records import Difference, Pack, Session
from rag_agency.records import Language


def handout_of(pack: Pack, copy: Copy) -> Handout:
    """Return all that a printed copy of a pack shows."""
    language = pack.language
    index = f"{pack.stamp.index} ({pack.stamp.fingerprint})"
    facts = [
        (say("topic", language), pack.topic),
        (say("level", language), say(pack.level, language)),
        (say("built", language), day(pack.stamp.date, language)),
    ]
    facts += [(say("index", language), index)] if copy == "trainer" else []
    titles = [say("session", language, session.number, session.title) for session in pack.sessions]
    blocks = [
        *_notes(pack.notes, say("about", language)),
        Items(tuple(Item(plain(title)) for title in titles)),
        *(block for session in pack.sessions for block in _session(session, pack, copy)),
        *_glossary(pack),
        *_references(pack),
    ]
    return Handout(
        pack.title,
        say(copy, language),
        running_head(pack),
        tuple(facts),
        language,
        tuple(blocks),
        pack.stamp.date,
        f"{say('index', language)} {index}",
    )


def running_head(pack: Pack) -> str:
    """Return what stands at the head of each page: title, day, fingerprint of the index."""
    made = f"{day(pack.stamp.date, pack.language)} · {say('index_short', pack.language, pack.stamp.fingerprint)}"
    return f"{pack.title}\t{made}"


def _session(session: Session, pack: Pack, copy: Copy) -> Iterator[Block]:
    language = pack.language
    yield Heading(1, say("session", language, session.number, session.title))
    yield from _plan(session, language)
    if copy == "trainer":
        yield from _notes((*session.notes, *session.trainer_notes), say("notes", language), leads=True)
    if session.objectives:
        yield Heading(2, say("objectives", language))
        yield Paragraph(plain(say("objectives_lead", language)), leads=True)
        yield Items(tuple(Item(plain(o.text, *citations(o.quotes, language))) for o in session.objectives))
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
    if session.readings:
        yield Heading(2, say("reading", language))
        yield Items(tuple(Item(reading_line(reading, pack)) for reading in session.readings))


def _plan(session: Session, language: Language) -> Iterator[Block]:
    if not session.plan:
        return
    parts = [f"{say(step.part, language)} ({say('minutes', language, step.minutes)})" for step in session.plan]
    total = say("minutes", language, session.minutes)
    yield Paragraph(
        (Words(f"{say('plan', language)}, {total}: ", "strong"), Words(" · ".join(parts))), "note", leads=True
    )


def _notes(notes: Sequence[str], name: str, *, leads: bool = False) -> Iterator[Block]:
    if notes:
        yield Paragraph((Words(f"{name}: ", "strong"), Words(" ".join(notes))), "note", leads)


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
    yield Paragraph(plain(difference.text), leads=True)
    for quote in (difference.a, difference.b):
        yield Paragraph(quote_line(quote, language), "quote")


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
    spoken = session.case.quotes[0].language
    yield Heading(2, f"{session.case.title}{in_other(spoken, language)}")
    yield Paragraph(plain(session.case.task), leads=True)
    yield Paragraph((*case_line(session.case.quotes, language), *tongue(spoken, language)), "quote")


def _glossary(pack: Pack) -> Iterator[Block]:
    if not pack.glossary:
        return
    yield Heading(1, say("glossary", pack.language))
    for entry in pack.glossary:
        yield Paragraph((Words(f"{entry.term}. ", "strong"), *quote_line(entry.quote, pack.language)))


def _references(pack: Pack) -> Iterator[Block]:
    yield Heading(1, say("references", pack.language), follows=bool(pack.glossary))
    yield Items(tuple(Item(line) for line in reference_lines(pack)))
