"""The places that a reader of an evaluation is shown: sources of an answer, and where checks looked."""

from __future__ import annotations

from dataclasses import replace

from rag_agency.evaluation.failing import failed_checks
from rag_agency.evaluation.records import Finding, ItemResult
from rag_agency.records import Source
from rag_agency.web.library import Library
from rag_agency.web.panel import sentence_of


def first_place(library: Library, result: ItemResult | None) -> tuple[Source, ...]:
    """Return where a reader should look first: the first place a failed check looked at, else the first source."""
    if result is None:
        return ()
    places = [f for check in failed_checks(result) for f in check.findings if f.quote and f.page is not None]
    return (_found(library, result, places[0]),) if places else sources_of(result)[:1]


def named_place(library: Library, kind: str, result: ItemResult, rest: list[str]) -> Source | None:
    """Return the place that a button names; None where there is no such place."""
    if not rest or not rest[-1].isdigit():
        return None
    number = int(rest[-1])
    if kind == "source":
        sources = sources_of(result)
        return sources[number] if number < len(sources) else None
    check = result.check(rest[0]) if kind == "finding" and len(rest) == 2 else None
    return _found(library, result, check.findings[number]) if check and number < len(check.findings) else None


def _found(library: Library, result: ItemResult, finding: Finding) -> Source:
    """Return a place that a check looked at: as the answer cites it, else as the ledger has it."""
    for source in sources_of(result):
        if (source.report, source.page, source.quote) == (finding.report, finding.page, finding.quote):
            return source
    place = _as_source(finding)
    reading = library.opened.index.reading_of(finding.report)
    sentence = sentence_of(reading, place) if reading else None
    if sentence is None:
        return place
    said = sentence.members[0] if sentence.members else None
    return replace(
        place, voice=sentence.voice, member=said.member if said else None, study=said.study if said else None
    )


def sources_of(result: ItemResult) -> tuple[Source, ...]:
    """Return the sources of an answer in the order in which they are shown."""
    return tuple(source for s in (result.answer.sentences if result.answer else ()) for source in s.sources)


def _as_source(finding: Finding) -> Source:
    """Return a place that a check looked at as a source, so that its page can be shown."""
    place = finding.page or 1
    citation = f"{finding.report}, p. {finding.page_label or place}"
    return Source(
        finding.report, finding.report, place, finding.page_label, finding.quote, None, None, "authors", citation
    )
