"""From an outline to packs: one for each language of the course."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from rag_agency.ask import OpenIndex
from rag_agency.compose.cite import in_language
from rag_agency.corpus import REPORTS_FILE, read_reports
from rag_agency.course.material import Material
from rag_agency.course.outline import title_of
from rag_agency.course.plan import refuse_unknown, statements_of
from rag_agency.course.reading import glossary_of
from rag_agency.course.records import Outline, OutlineSession, Pack, Quote, Stamp, quotes_of
from rag_agency.course.session import FEWEST, SessionBuilder
from rag_agency.course.subjects import subject_of, topic_in
from rag_agency.course.templates import LANGUAGES, refusal, say
from rag_agency.errors import CourseRefused
from rag_agency.index import Index
from rag_agency.records import Language, Report
from rag_agency.settings import from_environment


def build_course(
    outline: Outline, opened: OpenIndex, date: str, catalogue: Sequence[Report] | None = None
) -> tuple[Pack, ...]:
    """Return a pack in each language of an outline, stamped with a day (ISO 8601).

    ``catalogue`` has the reports that briefs restate and that are not in the index themselves; by default
    it is that of the corpus.

    Raises:
        CourseRefused: a session has too little evidence, a member or country is not known, or a pinned
            quotation does not stand where it is said to.
    """
    material = Material(opened)
    _refuse_empty(material, outline)
    known = read_reports(from_environment().corpus / REPORTS_FILE) if catalogue is None else catalogue
    return tuple(_pack(material, outline, language, date, known) for language in outline.languages)


def fingerprint_of(index: Index) -> str:
    """Return a short name for what an index holds: the same for the same reports, read in the same way."""
    held = [asdict(index.fingerprint), sorted((report.id, report.sha256) for report in index.reports)]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:12]


def _refuse_empty(material: Material, outline: Outline) -> None:
    language = outline.languages[0]
    refuse_unknown(material, outline.members, outline.countries, language)
    for session in outline.sessions:
        refuse_unknown(material, session.members, session.countries, language)
        found = statements_of(material, session, outline)
        if len(found) < FEWEST:
            raise _too_thin(session, len(found), language)


def _too_thin(session: OutlineSession, found: int, language: Language) -> CourseRefused:
    return refusal(
        "empty session",
        language,
        lambda code: {"title": title_of(session, code), "theme": session.theme, "found": found, "fewest": FEWEST},
    )


def _pack(material: Material, outline: Outline, language: Language, date: str, catalogue: Sequence[Report]) -> Pack:
    builder = SessionBuilder(material, outline, language)
    sessions = tuple(builder.build(number, planned) for number, planned in enumerate(outline.sessions, 1))
    quotes = [quote for session in sessions for quote in quotes_of(session)]
    subjects = [subject_of(planned.theme) for planned in outline.sessions]
    glossary = glossary_of(material, quotes, subjects, language)
    quotes += [entry.quote for entry in glossary]
    reports = _reports_of(quotes, material.index, catalogue)
    return Pack(
        title=_title(outline, language),
        topic=topic_in(outline.topic, language),
        language=language,
        level=outline.level,
        stamp=Stamp(material.index.name, fingerprint_of(material.index), date),
        sessions=sessions,
        glossary=glossary,
        reports=reports,
        notes=_notes(quotes, reports, language),
    )


def _title(outline: Outline, language: Language) -> str:
    """Return the trainer's title, or one in the language of the pack where it was only proposed from the topic."""
    named = {topic_in(outline.topic, code) for code in LANGUAGES}
    typed = outline.topic[:1].upper() + outline.topic[1:]
    proposed = {say("course", code).format(topic=name) for name in (*named, typed) for code in LANGUAGES}
    proposed |= named if len(outline.languages) > 1 else set()  # in two, a title has no words of either
    if outline.title not in proposed:
        return outline.title
    return say("course", language).format(topic=topic_in(outline.topic, language))


def _reports_of(quotes: Iterable[Quote], index: Index, catalogue: Sequence[Report]) -> tuple[Report, ...]:
    """Return the reports that are quoted and those that they restate, whose file need not be there."""
    quoted = {source.report for quote in quotes for source in quote.sources}
    restated = {report.based_on for report in index.reports if report.id in quoted} - {""}
    found = [report for report in index.reports if report.id in quoted or report.citation in restated]
    listed = {report.citation for report in found}
    absent = (r for r in catalogue if r.citation in restated - listed)
    return (*found, *(replace(report, licence="") for report in absent))  # a licence is that of a file


def _notes(quotes: Iterable[Quote], reports: Iterable[Report], language: Language) -> tuple[str, ...]:
    notes = []
    if any(quote.language != language for quote in quotes):
        notes.append(say("languages", language))
    restated = dict.fromkeys(report.based_on for report in reports if report.based_on)
    notes += [say("briefs", language).format(report=in_language(report, language)) for report in restated]
    return tuple(notes)
