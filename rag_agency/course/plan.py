"""From a trainer's wish to a proposed outline: only what the corpus really covers.

Sessions are the subjects of the topic, and each of them together with a theme on which the corpus
has statements about both. Where the evidence is thin the session says so; a topic that the corpus
does not cover is refused, with what there is instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag_agency.ask import OpenIndex
from rag_agency.course.material import Material
from rag_agency.course.records import Level, Outline, OutlineSession
from rag_agency.course.subjects import Subject, subject_of, subjects_in, topic_in
from rag_agency.course.templates import count_of_voices, refusal, say
from rag_agency.errors import CourseRefused
from rag_agency.places import countries_in
from rag_agency.records import Language, Sentence
from rag_agency.themes import is_about, themes_of

FEWEST_STATEMENTS = 6  # on a subject; with fewer a session would be one page read aloud
THIN_STATEMENTS = 10
MOST_ALTERNATIVES = 6
MOST_SESSIONS = 12
SHORTEST, LONGEST = 15, 480  # minutes of a session


@dataclass(frozen=True, slots=True)
class Wish:
    """What a trainer asks for; no members or countries means all of them."""

    topic: str
    members: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ("en",)
    level: Level = "introductory"
    sessions: int = 3
    minutes: int = 60


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A session that could be, and the statements it would draw on."""

    session: OutlineSession
    statements: frozenset[tuple[str, int]]


def propose(wish: Wish, opened: OpenIndex) -> Outline:
    """Return a proposed outline; nothing in it is final.

    Raises:
        CourseRefused: the wish cannot be used, or the corpus does not cover the topic.
    """
    material = Material(opened)
    refuse_unknown(material, wish.members, wish.countries, wish.languages[0])
    if not wish.topic.strip() or not 1 <= wish.sessions <= MOST_SESSIONS or not SHORTEST <= wish.minutes <= LONGEST:
        limits: dict[str, object] = {"most": MOST_SESSIONS, "shortest": SHORTEST, "longest": LONGEST}
        found: dict[str, object] = {"topic": wish.topic, "sessions": wish.sessions, "minutes": wish.minutes}
        raise refusal("wish", wish.languages[0], lambda _: limits | found)
    subjects = subjects_in(wish.topic)
    _refuse_uncovered(material, subjects, wish)
    chosen, others = _parted(_candidates(material, subjects, wish), wish.sessions)
    language = wish.languages[0]
    notes: tuple[str, ...] = ()
    if len(chosen) < wish.sessions:
        notes = (say("fewer sessions", language).format(found=len(chosen), asked=wish.sessions),)
    name = topic_in(wish.topic, language)
    return Outline(
        title=say("course", language).format(topic=name) if len(wish.languages) == 1 else name,
        topic=wish.topic,
        languages=wish.languages,
        level=wish.level,
        members=wish.members,
        countries=wish.countries,
        sessions=tuple(chosen),
        alternatives=tuple(others[:MOST_ALTERNATIVES]),
        notes=notes,
    )


def refuse_unknown(material: Material, members: Sequence[str], countries: Sequence[str], language: Language) -> None:
    """Raise CourseRefused for a member or a country that the index does not know."""
    slugs = [m.slug for m in material.roster]
    places = sorted({c for m in material.roster for c in m.countries})
    for name, asked, known in (("member", members, slugs), ("country", countries, places)):
        unknown = next((one for one in asked if one not in known), None)
        if unknown is not None:
            raise _unknown(name, unknown, known, language)


def _unknown(kind: str, name: str, known: Sequence[str], language: Language) -> CourseRefused:
    values: dict[str, object] = {"name": name, "known": ", ".join(known) or "–"}
    return refusal(f"unknown {kind}", language, lambda _: values)


def counted(material: Material, session: OutlineSession, outline: Outline, language: Language) -> OutlineSession:
    """Return a session with what the corpus has for it, and a warning where that is thin."""
    found = statements_of(material, session, outline)
    voices = {material.credits.voice(s, language): None for s in found}
    pages = {(s.report, s.page.number) for s in found}
    warning = ""
    if len(voices) == 1:
        warning = say("thin one voice", language).format(who=next(iter(voices)))
    elif len(pages) == 1:
        several = count_of_voices(len(voices), language)
        warning = say("thin one page", language).format(voices=several, statements=len(found))
    elif len(found) < THIN_STATEMENTS:
        several = count_of_voices(len(voices), language)
        warning = say("thin few", language).format(voices=several, statements=len(found))
    return replace(session, statements=len(found), voices=len(voices), pages=len(pages), warning=warning)


def statements_of(material: Material, session: OutlineSession, outline: Outline) -> tuple[Sentence, ...]:
    """Return the usable statements that a session may draw on."""
    members = session.members or outline.members
    return material.about(subject_of(session.theme), members, session.countries or outline.countries)


def _refuse_uncovered(material: Material, subjects: Sequence[Subject], wish: Wish) -> None:
    places = {c for s in material.statements for c in countries_in(s.text)}
    missing = [country for country in countries_in(wish.topic) if country not in places]
    short = []
    for subject in subjects:
        found = material.about(subject, wish.members, wish.countries)
        if len(found) < FEWEST_STATEMENTS:
            short.append(f"‘{subject.code}’ ({len(found)})")
    if not short and not missing and subjects:
        return
    lacking = ", ".join([*short, *missing]) or f"‘{wish.topic}’"

    def values(language: Language) -> dict[str, object]:
        instead = "; ".join(_instead(material, wish, language)) or say("nothing", language)
        return {"lacking": lacking, "limits": _limits(wish), "fewest": FEWEST_STATEMENTS, "instead": instead}

    raise refusal("not covered", wish.languages[0], values)


def _limits(wish: Wish) -> str:
    limits = [*wish.members, *wish.countries]
    return f" [{', '.join(limits)}]" if limits else ""


def _instead(material: Material, wish: Wish, language: Language) -> list[str]:
    """Return the themes that the corpus covers, with how many statements and voices."""
    lines = []
    for theme in themes_of(material.roster):
        found = material.about(Subject(theme.slug, (theme,)), wish.members, wish.countries)
        voices = {material.credits.voice(s, language) for s in found}
        if len(found) >= FEWEST_STATEMENTS:
            several = count_of_voices(len(voices), language)
            lines.append((len(found), f"{theme.names[language]} ({len(found)}, {several})"))
    return [line for _, line in sorted(lines, reverse=True)]


def _candidates(material: Material, subjects: Sequence[Subject], wish: Wish) -> list[_Candidate]:
    """Return the sessions that could be: the subjects, pairs of them, and each with a theme."""
    wanted = list(subjects)
    wanted += [_both(a, b) for i, a in enumerate(subjects) for b in subjects[i + 1 :]]
    themes = themes_of(material.roster)
    for subject in subjects:
        own = material.about(subject)
        for theme in themes:
            shared = sum(is_about(s, theme) for s in own)
            # A theme that nearly all of them are about is the subject under another name.
            if theme not in subject.parts and shared < 0.8 * len(own):
                wanted.append(subject.also(theme))
    blank = Outline("", wish.topic, members=wish.members, countries=wish.countries)
    language = wish.languages[0]
    found = []
    for subject in {s.code: s for s in wanted}.values():
        name = subject.name(language) if len(wish.languages) == 1 else ""
        session = counted(material, OutlineSession(name, subject.code, wish.minutes), blank, language)
        if session.statements >= FEWEST_STATEMENTS:
            keys = frozenset((s.report, s.number) for s in statements_of(material, session, blank))
            found.append(_Candidate(session, keys))
    return found


def _both(first: Subject, second: Subject) -> Subject:
    return Subject(f"{first.code} + {second.code}", tuple(dict.fromkeys((*first.parts, *second.parts))))


def _parted(candidates: Sequence[_Candidate], wanted: int) -> tuple[list[OutlineSession], list[OutlineSession]]:
    """Return the sessions that add most to one another, and the others; more voices count before more statements."""
    left, chosen = list(candidates), list[_Candidate]()
    while left and len(chosen) < wanted:
        told = set().union(*(c.statements for c in chosen)) if chosen else set()
        best = max(left, key=lambda c: _worth(c, told, is_first=not chosen))
        chosen.append(best)
        left.remove(best)
    order = list(candidates)
    others = sorted(left, key=lambda c: (c.session.voices < 2, -c.session.voices, -c.session.statements))
    return [c.session for c in sorted(chosen, key=order.index)], [c.session for c in others]


def _worth(candidate: _Candidate, told: Iterable[tuple[str, int]], *, is_first: bool) -> tuple[bool, bool, float]:
    session = candidate.session
    fresh = len(candidate.statements - set(told))
    is_plain = "+" not in session.theme
    # The plain subject opens a course; beside it, what has several voices and is not told yet.
    return session.voices > 1, is_plain, fresh if is_first else min(session.voices, 4) * 5 + fresh
