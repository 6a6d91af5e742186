"""What a course is made of: the outline that a trainer decides on, and the pack that is built from it.

Plain frozen data, like the other records; exports and the page are drawn from it and need nothing
else. Whatever a pack says is either a ``Quote``, which has its sources, or words of a template that
stand beside the quotes they speak of. Texts are in the language of the pack; a quote keeps the
language of its report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag_agency.differences.records import Label
from rag_agency.records import Language, Report, Source

LAST_PAGE = re.compile(r", p\. (\w+)\)$")  # where a reference ends with the page that was read
Level = Literal["introductory", "advanced"]
QuizKind = Literal["choice", "true_false", "match", "fill"]
Asks = Literal["who", "what", "number", "place", "product"]
Part = Literal["objectives", "findings", "table", "difference", "discussion", "case", "quiz", "reading"]


@dataclass(frozen=True, slots=True)
class Pin:
    """A quotation that the trainer wants in a session, as her basket keeps it: its place and words."""

    report: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class OutlineSession:
    """One session as planned: what it is about, and what the corpus has for it.

    ``theme`` is what statements must be about: a theme of the table, by slug or name, or words of the
    trainer's own; several joined by `` + `` must all be met. An empty ``title`` is made from it in
    the language of the pack. ``statements``, ``voices`` and ``pages`` count the evidence;
    ``warning`` says where it is thin, else it is empty.
    """

    title: str
    theme: str
    minutes: int = 60
    members: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    statements: int = 0
    voices: int = 0
    pages: int = 0
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A course as planned. ``alternatives`` are sessions that can take the place of one planned."""

    title: str
    topic: str
    languages: tuple[Language, ...] = ("en",)
    level: Level = "introductory"
    members: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sessions: tuple[OutlineSession, ...] = ()
    alternatives: tuple[OutlineSession, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report, whole and verbatim, with its sources; it cannot be without one.

    ``who`` names the speaker for readers, in the language of the pack. There is one source for each
    page that the sentence stands on and each speaker it is given to.
    """

    text: str
    language: Language
    who: str
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        """Hold that no line is without its source."""
        if not self.sources:
            raise ValueError(f"a quote needs a source: {self.text[:60]!r}")

    @property
    def citation(self) -> str:
        """The references of its sources, each once; what runs over two pages is one of them."""
        places: dict[str, list[str]] = {}
        for source in self.sources:
            whole = LAST_PAGE.search(source.citation)
            found = places.setdefault(source.citation[: whole.start()] if whole else source.citation, [])
            found += [whole[1]] if whole and whole[1] not in found else []
        told = {head: f", pp. {pages[0]}–{pages[-1]})" for head, pages in places.items() if len(pages) > 1}
        one = {head: f", p. {pages[0]})" for head, pages in places.items() if len(pages) == 1}
        return "; ".join(f"{head}{told.get(head) or one.get(head, '')}" for head in places)

    @property
    def members(self) -> tuple[str, ...]:
        """The members who say it, by slug."""
        return tuple(dict.fromkeys(s.member for s in self.sources if s.member))


@dataclass(frozen=True, slots=True)
class Objective:
    """What a participant can do after the session, and the quotes that make it possible."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of who says what: a voice, where it works, and what it says on the session's theme."""

    who: str
    member: str | None
    countries: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """In what two statements differ, in the language of the pack: ``country``: Peru, Nicaragua."""

    kind: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two statements to discuss and how they stand to each other; no side is declared right."""

    label: Label
    text: str
    a: Quote
    b: Quote
    contrasts: tuple[Contrast, ...] = ()


@dataclass(frozen=True, slots=True)
class Discussion:
    """A question to talk about, tied to quotes."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A longer passage to read, sentence by sentence in its order, and what to do with it."""

    title: str
    task: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice or of true or false; ``trace`` is where its truth stands, ``why`` says it."""

    text: str
    is_right: bool
    trace: Quote
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a matching item: a finding and who it belongs to."""

    left: str
    right: str
    trace: Quote


@dataclass(frozen=True, slots=True)
class QuizItem:
    """One item of a quiz with its key.

    ``prompt`` is what is asked, ``stem`` the words of a report that it is asked of, with ``____``
    for a gap and ``[…]`` for a name left out; empty for a matching item. A choice or a true or false
    has ``options``; a matching item has ``pairs`` and, in the order to be printed, ``choices``; to
    fill is ``answer``. ``trace`` carries the key. ``asks`` says what is sought, and ``member`` whom a
    true or false, or a choice of statements, is about.
    """

    id: str
    kind: QuizKind
    prompt: str
    trace: tuple[Quote, ...]
    stem: str = ""
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    choices: tuple[str, ...] = ()
    answer: str = ""
    asks: Asks = "who"
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the reading list: a report and its physical pages, with the labels printed on them."""

    report: str
    title: str
    citation: str
    pages: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term and the sentence in which a report says what it means."""

    term: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a session and the minutes planned for it."""

    part: Part
    minutes: int


@dataclass(frozen=True, slots=True)
class Session:
    """One session as built; its notes say what the evidence does not allow, to all or to the trainer alone."""

    number: int
    title: str
    theme: str
    minutes: int
    plan: tuple[Step, ...]
    objectives: tuple[Objective, ...]
    findings: tuple[Quote, ...]
    table: tuple[Row, ...]
    difference: Difference | None
    discussion: tuple[Discussion, ...]
    case: Case | None
    quiz: tuple[QuizItem, ...]
    readings: tuple[Reading, ...]
    notes: tuple[str, ...] = ()
    trainer_notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """Of what a pack was built: the generation of the index, its fingerprint, and the day (ISO 8601)."""

    index: str
    fingerprint: str
    date: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Course material in which every line can be traced, in one language."""

    title: str
    topic: str
    language: Language
    level: Level
    stamp: Stamp
    sessions: tuple[Session, ...]
    glossary: tuple[GlossaryEntry, ...]
    reports: tuple[Report, ...]
    notes: tuple[str, ...] = ()


def quotes_of(session: Session) -> tuple[Quote, ...]:
    """Return every quote of a session, each once: of its objectives, what it tells, what it asks."""
    aims = [q for o in session.objectives for q in o.quotes]
    return tuple(dict.fromkeys([*aims, *taught_quotes(session), *(q for i in session.quiz for q in quotes_of_item(i))]))


def taught_quotes(session: Session) -> tuple[Quote, ...]:
    """Return the quotes that a session tells before it asks, each once."""
    found = [*session.findings, *(q for row in session.table for q in row.quotes)]
    found += [session.difference.a, session.difference.b] if session.difference else []
    found += [q for d in session.discussion for q in d.quotes]
    return tuple(dict.fromkeys([*found, *(session.case.quotes if session.case else ())]))


def shown_quotes(item: QuizItem) -> tuple[Quote, ...]:
    """Return the quotes of which an item shows the words: of its key, its pairs, and statements to choose from."""
    options = [o.trace for o in item.options] if item.asks == "what" else []
    return tuple(dict.fromkeys([*item.trace, *options, *(p.trace for p in item.pairs)]))


def quotes_of_item(item: QuizItem) -> tuple[Quote, ...]:
    """Return every quote that a quiz item rests on: of its key, its options and its pairs."""
    found = [*item.trace, *(o.trace for o in item.options), *(p.trace for p in item.pairs)]
    return tuple(dict.fromkeys(found))
