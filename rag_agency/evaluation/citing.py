"""Do marks, list and sources belong together, as the reader sees them? And has each claim a mark?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rag_agency.evaluation.ground import Ground, streams
from rag_agency.evaluation.prose import Prose, Segment, read_prose, sentences_around
from rag_agency.evaluation.quoting import sources_of
from rag_agency.evaluation.records import Check, Finding
from rag_agency.evaluation.tally import not_applicable, not_computed, tally
from rag_agency.records import Answer, Source, letters_and_digits

GAP = re.compile(r"\[?(?:…|\.\.\.)\]?")
# Sentences that say what the answer is, not what a report says: they need no mark.
FRAMING = re.compile(
    r"\b(?:the corpus|this corpus|el corpus|este corpus|the reports? (?:do|does) not|los informes no|"
    r"from the reports alone|a partir de los informes|i only answer|solo respondo|"
    r"quotations? (?:are|is)|citas? en|no such statement|tal afirmaci[oó]n|not found|no se encontr\w*|"
    r"nearest there is|lo m[aá]s cercano|says? nothing|no dice nada|they agree|they differ|coinciden|difieren|"
    r"on this|sobre esto)\b",
    re.I,
)
FEWEST_WORDS = 5  # of its own words; less is a lead-in (‘The caution belongs to it’), not a claim
Part = tuple[int, tuple[Finding, ...]]  # how many were looked at, and what was wrong


def citation_integrity(answer: Answer, ground: Ground) -> Check:
    """Return how many marks, entries, sources and quotations of the text belong together."""
    if not answer.sentences:
        return not_applicable("citation_integrity", "no sentences")
    prose, sources = read_prose(answer.text), sources_of(answer)
    parts = [*_marks(prose), *_entries(prose, sources), *_quotations(answer, prose)]
    of = sum(count for count, _ in parts)
    wrong = [finding for _, findings in parts for finding in findings]
    return tally("citation_integrity", of, wrong, "every mark has its entry, every entry its mark and its source")


def retrieved_only(answer: Answer, ground: Ground) -> Check:
    """Return how many sources stand in a section of which search brought something for this question.

    The section and not the passage, because a sentence may take its neighbours along.
    """
    name = "retrieved_only"
    if not answer.sentences:
        return not_applicable(name, "no sentences")
    if ground.evidence is None:
        return not_computed(name, "the system does not show what it retrieved")
    brought = ground.evidence
    sections = {(f.sentence.report, f.sentence.section) for f in brought.sentences}
    sections |= {(p.report, p.section) for p in brought.passages}
    sources = sources_of(answer)
    wrong = [
        _finding(source, "search brought nothing from this section")
        for source in sources
        if not any((source.report, s.section) in sections for s in ground.shelf.spoken(source.report, source.quote))
    ]
    return tally(name, len(sources), wrong, "each source is from what was retrieved")


def citation_coverage(answer: Answer, ground: Ground) -> Check:
    """Return how many sentences of the text that state something carry a mark."""
    prose = read_prose(answer.text)
    if not answer.sentences:
        return not_applicable("citation_coverage", "no sentences")
    claims = [claim for segment in prose.segments for claim in _claims(segment)]
    wrong = [Finding("states something without a citation", quote=text) for text, cited in claims if not cited]
    return tally("citation_coverage", len(claims), wrong, "every statement is cited")


def _claims(segment: Segment) -> Iterator[tuple[str, bool]]:
    """Yield what a segment states, and whether it is cited: its quotation, or its own last sentence."""
    own = [s for s in sentences_around(segment) if len(s.split()) >= FEWEST_WORDS and not FRAMING.search(s)]
    leads_in = bool(segment.quoted)
    for i, sentence in enumerate(own):
        is_last = i == len(own) - 1
        if not (leads_in and is_last):  # what leads into the quotation shares its mark
            yield sentence, bool(segment.marks) and is_last
    if segment.quoted or (segment.marks and not own):
        yield segment.text, bool(segment.marks)


def _marks(prose: Prose) -> Iterator[Part]:
    numbers = {number for number, _ in prose.entries}
    marks = [(mark, segment) for segment in prose.segments for mark in segment.marks]
    yield len(marks), tuple(Finding(f"mark [{m}] has no entry", quote=s.text) for m, s in marks if m not in numbers)
    used = {mark for mark, _ in marks}
    entries = prose.entries
    yield len(entries), tuple(Finding(f"entry {n} is cited nowhere", quote=e) for n, e in entries if n not in used)


def _entries(prose: Prose, sources: Sequence[Source]) -> Iterator[Part]:
    """Yield whether entries are citations of sources, all of them, and name the source's page and study."""
    known = {source.citation for source in sources}
    listed = {entry for _, entry in prose.entries}
    yield len(listed), tuple(Finding("an entry that is no source's citation", quote=e) for e in listed - known)
    tests: tuple[tuple[str, Callable[[Source], bool]], ...] = (
        ("its citation is not in the list", lambda s: s.citation in listed),
        ("its citation does not name its page", _names_page),
        ("its citation does not name its study", lambda s: not s.study or s.study in s.citation),
    )
    for note, holds in tests:
        yield len(sources), tuple(_finding(s, note) for s in sources if not holds(s))


def _names_page(source: Source) -> bool:
    """Whether a citation ends with the page as its reader finds it: the label, else the number."""
    shown = source.page_label or str(source.page)
    return bool(re.search(rf"\bpp?\. {re.escape(shown)}(?!\w)", source.citation))


def _quotations(answer: Answer, prose: Prose) -> Iterator[Part]:
    """Yield whether what the text shows in quotation marks is what the sources quote."""
    by_mark: dict[str, list[Source]] = {}
    for source in sources_of(answer):
        by_mark.setdefault(source.citation, []).append(source)
    entries = dict(prose.entries)
    for segment in prose.segments:
        behind = [s for mark in segment.marks for s in by_mark.get(entries.get(mark, ""), ())]
        for quoted in segment.quoted if segment.marks else ():
            wrong = (
                ()
                if _is_quoted(quoted, behind)
                else (Finding("quoted words that its sources do not have", quote=quoted),)
            )
            yield 1, wrong


def _is_quoted(quoted: str, behind: Sequence[Source]) -> bool:
    """Whether each piece of a quotation stands in the quotes of its sources, alone or one after the other."""
    quotes = tuple(dict.fromkeys(source.quote for source in behind))
    runs = [*streams(quotes), letters_and_digits("".join(quotes))]
    runs += [letters_and_digits(a + b) for a in quotes for b in quotes if a != b]  # a sentence over a page's end
    return all(any(piece in run for run in runs) for piece in streams(GAP.split(quoted)) if piece)


def _finding(source: Source, note: str) -> Finding:
    return Finding(note, source.report, source.page, source.page_label, source.quote)
