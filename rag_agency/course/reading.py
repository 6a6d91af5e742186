"""What to read for a session, by page, and what its terms mean, in the reports' own sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag_agency.course.material import Material
from rag_agency.course.records import GlossaryEntry, Quote, Reading
from rag_agency.course.subjects import Subject
from rag_agency.differences.contexts import plain
from rag_agency.differences.definitions import TERMS, defined_in
from rag_agency.differences.wording import in_language
from rag_agency.language import without_accents
from rag_agency.records import Language, Report, Sentence

# ‘X is Y’ in so many words; what a study treats something as is a view of it.
DEFINES = re.compile(
    r"\bdefin|\bunderst(?:and|ood)\w* .{0,40} as\b|\b(?:entiend|entend)\w* .{0,40} como\b|is an attempt to|"
    r"es un intento de|\bmeans\b|\bsignifica\b|\bis (?:a|an|any|the)\b|\bes (?:un|una|el|la)\b"
)
MOST_MEANINGS = 2  # of one term, by different voices


def readings_of(quotes: Iterable[Quote], reports: Sequence[Report]) -> tuple[Reading, ...]:
    """Return the reports that quotes stand in, with their pages in order."""
    pages: dict[str, dict[int, str]] = {}
    for source in (source for quote in quotes for source in quote.sources):
        pages.setdefault(source.report, {})[source.page] = source.page_label or str(source.page)
    known = {report.id: report for report in reports}
    made = []
    for report, found in pages.items():
        numbers = tuple(sorted(found))
        labels = tuple(found[number] for number in numbers)
        made.append(Reading(report, known[report].title, known[report].citation, numbers, labels))
    return tuple(sorted(made, key=lambda reading: reading.citation))


def glossary_of(
    material: Material, quotes: Iterable[Quote], subjects: Iterable[Subject], language: Language
) -> tuple[GlossaryEntry, ...]:
    """Return the terms of some subjects that quotes use, as the reports define them, in the language where they do."""
    used = without_accents(" ".join(quote.text for quote in quotes))
    topics = {name.lower() for subject in subjects for part in subject.parts for name in (part.slug, part.names["en"])}
    found: dict[str, list[Sentence]] = {}
    for sentence in material.definitions:
        for term in defined_in(plain(sentence)) if DEFINES.search(plain(sentence)) else ():
            if _is_used(term, used) and topics & {term, f"{term}s"}:
                found.setdefault(term, []).append(sentence)
    for term, sentences in found.items():
        native = [s for s in sentences if material.languages[s.report] == language]
        found[term] = native or sentences
    entries = []
    for term, sentences in found.items():
        name = in_language(term, language)
        for quote in _of_different_voices(material, sentences, language):
            entries.append(GlossaryEntry(name, quote))
    return tuple(sorted(entries, key=lambda entry: without_accents(entry.term)))


def _is_used(term: str, text: str) -> bool:
    return bool(re.search(TERMS[term], text))


def _of_different_voices(material: Material, sentences: Sequence[Sentence], language: Language) -> list[Quote]:
    kept: dict[str, Quote] = {}
    for sentence in sentences:
        quote = material.quote(sentence, language)
        if quote and len(kept) < MOST_MEANINGS:
            kept.setdefault(quote.who, quote)
    return list(kept.values())
