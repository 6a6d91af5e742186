"""Lines that every printed format shares: a quotation with its speaker, a source, a reading, a reference.

Pure. What is in another language than the pack is marked wherever its words stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Literal

from rag_agency.compose.cite import WORDS as CITED
from rag_agency.compose.cite import in_language
from rag_agency.course.exports.handout import Line, Words, plain, text_of
from rag_agency.course.exports.references import name_of
from rag_agency.course.exports.words import in_other, quoted, say
from rag_agency.course.records import Pack, Quote, Reading
from rag_agency.language import without_accents
from rag_agency.records import Language, Report

Copy = Literal["trainer", "participants"]


def quote_line(quote: Quote, language: Language) -> Line:
    """Return who says it and the words, with a footnote for their source."""
    return (Words(f"{quote.who}: ", "strong"), *said_line(quote, language))


def said_line(quote: Quote, language: Language) -> Line:
    """Return the words alone, with a footnote for their source and, where it is another, their language."""
    words = Words(quoted(quote.text), "plain", (source_of(quote, language),), quote.language)
    return (words, *tongue(quote.language, language))


def tongue(spoken: Language, language: Language) -> Line:
    """Return the mark of words that are in another language than the pack; nothing where they are in it."""
    mark = in_other(spoken, language)
    return (Words(mark, "quiet"),) if mark else ()


def case_line(quotes: Sequence[Quote], language: Language | None = None) -> Line:
    """Return a passage to read; with a language, a footnote where the source of its sentences changes."""
    runs: list[Words] = []
    for quote, after in zip_longest(quotes, quotes[1:]):
        ends = after is None or after.citation != quote.citation  # one footnote where neighbours share it
        sources = (source_of(quote, language),) if ends and language else ()
        runs += [Words(quote.text, "plain", sources, quote.language), Words(" ")]
    return tuple(runs[:-1])


def source_of(quote: Quote, language: Language) -> str:
    """Return where a quotation stands; several speakers on one page of one report share its name."""
    cited = f", {CITED[language]['cited in']} "
    heads: dict[str, list[str]] = {}
    for reference in quote.citation.split("; "):
        head, _, place = reference.partition(cited)
        heads.setdefault(place and f"{cited}{place}", []).append(head)
    return "; ".join(f"{'; '.join(dict.fromkeys(names))}{place}" for place, names in heads.items())


def citations(quotes: Sequence[Quote], language: Language) -> tuple[str, ...]:
    """Return where quotations stand, each place once."""
    return tuple(dict.fromkeys(source_of(quote, language) for quote in quotes))


def reading_line(reading: Reading, pack: Pack) -> Line:
    """Return a line of the reading list: reference, title, pages as printed, and the language if it is another."""
    pages = say("pages" if len(reading.labels) > 1 else "page", pack.language, ", ".join(reading.labels))
    spoken = next((report.language for report in pack.reports if report.id == reading.report), pack.language)
    title = Words(f". {_ended(reading.title)} ", language=spoken)
    return (Words(reading.citation, "strong", language=spoken), title, Words(pages), *tongue(spoken, pack.language))


def reference_lines(pack: Pack) -> list[Line]:
    """Return the references of a pack: its reports, and the reports that these restate and that are not known."""
    listed = {report.citation for report in pack.reports}
    restated = dict.fromkeys(report.based_on for report in pack.reports if report.based_on)
    outside = [in_language(name, pack.language) for name in restated if name not in listed]
    lines = [_reference(report, pack.language) for report in pack.reports]
    lines += [plain(say("restated", pack.language, name)) for name in outside]
    return sorted(lines, key=lambda line: without_accents(text_of(line)))


def _reference(report: Report, language: Language) -> Line:
    year = str(report.year) if report.year else say("no_year", language)
    restates = say("restates", language, in_language(report.based_on, language)) if report.based_on else ""
    facts = (report.publisher, restates, report.licence)
    tail = "".join(f" {_ended(fact)}" for fact in facts if fact)
    title = Words(_ended(report.title), language=report.language)
    names = (name_of(author, report.citation) for author in report.authors)
    named = "; ".join(f"{family}, {given}" if given else family for given, family in names)
    authors = (Words(f"{named} ({year}). "),) if named else ()
    return (*authors, title, *tongue(report.language, language), Words(tail))


def _ended(text: str) -> str:
    """Return text with a full stop, unless it ends with a mark of its own."""
    return text if text.endswith(("?", "!")) else f"{text.rstrip('.')}."
