"""A question that failed: what was answered, what was expected, and each quote in its page.

A page's text is shown around the quote; where the quote does not stand on that page, the page's
beginning is shown and it is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag_agency.evaluation.failing import failed_checks, fell_short, has_failed
from rag_agency.evaluation.marking import place_of
from rag_agency.evaluation.records import Check, ItemResult, PageText, Run
from rag_agency.evaluation.report.figures import title_of
from rag_agency.records import Source

AROUND = 260  # characters of the page before and after a quote: some four lines
BEGINNING = 400  # characters of a page on which the quote does not stand

LINE_END_HYPHEN = "\ufffe"  # what pdfium puts for it

Pages = Mapping[tuple[str, int], PageText]


@dataclass(frozen=True, slots=True)
class Marked:
    """A quote in the text of its page; ``stands`` is false where it is not there.

    ``known`` is false where the run has no text of that page. ``elsewhere`` is the quote in another
    page of the same report, where it does not stand on this one.
    """

    title: str
    place: str
    before: str
    quote: str
    after: str
    stands: bool
    known: bool = True
    elsewhere: Marked | None = None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check that failed: what was expected, and what was got."""

    name: str
    title: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A place that checks looked at: what each had to say, and the quote in its page where there is one."""

    notes: tuple[tuple[str, str], ...]
    page: Marked | None


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One sentence of an answer with the reference, the speaker and the page of each source."""

    text: str
    sources: tuple[tuple[str, str, Marked | None], ...]


@dataclass(frozen=True, slots=True)
class Drill:
    """All that is shown of one question."""

    result: ItemResult
    checks: tuple[CheckRow, ...]
    short: tuple[CheckRow, ...]
    findings: tuple[FindingRow, ...]
    sentences: tuple[SentenceRow, ...]
    expected: tuple[Marked, ...]
    since: str
    earlier_text: str
    hard: bool


def drills_of(run: Run, earlier: Run | None) -> tuple[Drill, ...]:
    """Return the questions with a failed check, those that fail a hard gate first."""
    pages = pages_of(run)
    hard = {name for gate in run.gates if gate.kind == "hard" and gate.outcome == "failed" for name in gate.items}
    before = {result.item.id: result for result in earlier.items} if earlier else {}
    found = [
        _drill(result, before.get(result.item.id), pages, result.item.id in hard)
        for result in run.items
        if has_failed(result)
    ]
    return tuple(sorted(found, key=lambda drill: (not drill.hard, drill.result.answer is not None)))


def pages_of(run: Run) -> Pages:
    """Return the texts of pages by report and physical number."""
    return {(page.report, page.page): page for page in run.pages}


def _drill(result: ItemResult, before: ItemResult | None, pages: Pages, hard: bool) -> Drill:
    answer = result.answer
    sentences = tuple(
        SentenceRow(
            s.text, tuple((source.citation, _speaker(source), marked_source(source, pages)) for source in s.sources)
        )
        for s in (answer.sentences if answer else ())
    )
    expected = tuple(_expected(quote.report, quote.quote, pages) for quote in result.item.evidence)
    failed = failed_checks(result)
    checks, short = (
        tuple(CheckRow(c.name, title_of(c.name), c.expected, c.got) for c in found)
        for found in (failed, fell_short(result))
    )
    since, text = _since(result, before)
    return Drill(result, checks, short, _findings(failed, pages), sentences, expected, since, text, hard)


def _speaker(source: Source) -> str:
    return (
        source.study
        or source.member
        or {"authors": "the report’s authors", "external": "an outside source"}.get(source.voice, source.voice)
    )


def _findings(checks: Sequence[Check], pages: Pages) -> tuple[FindingRow, ...]:
    """Return what the checks found, each place once however many of them looked at it."""
    notes: dict[tuple[str, int | None, str], list[tuple[str, str]]] = {}
    for check in checks:
        for finding in check.findings:
            place = (finding.report, finding.page, finding.quote) if finding.quote else (check.name, None, finding.note)
            notes.setdefault(place, []).append((title_of(check.name), finding.note))
    return tuple(
        FindingRow(tuple(dict.fromkeys(said)), None if page is None else _quoted(quote, report, page, pages))
        for (report, page, quote), said in notes.items()
    )


def _quoted(quote: str, report: str, page: int, pages: Pages, title: str = "") -> Marked:
    """Return a quote in the page that is named, and where it stands if not there."""
    here = pages.get((report, page))
    found = marked(quote, here, title or _title(report, pages), page)
    if found.stands:
        return found
    others = [other for (name, _), other in pages.items() if name == report and other is not here]
    right = next((other for other in others if place_of(quote, other.text)), None)
    return replace(found, elsewhere=marked(quote, right, right.title, right.page)) if right else found


def marked_source(source: Source, pages: Pages) -> Marked:
    """Return the quote of a source in the page that it names."""
    return _quoted(source.quote, source.report, source.page, pages, source.title)


def _title(report: str, pages: Pages) -> str:
    return next((page.title for (name, _), page in pages.items() if name == report), report)


def _expected(report: str, quote: str, pages: Pages) -> Marked:
    """Return a quote that should have been found, in whichever page of its report it stands."""
    here = [page for (name, _), page in pages.items() if name == report and place_of(quote, page.text)]
    return marked(quote, here[0] if here else None, _title(report, pages), None)


def marked(quote: str, page: PageText | None, title: str, number: int | None) -> Marked:
    """Return a quote among the words of a page; without the page the quote alone."""
    if page is None:
        where = f"page {number}" if number else "on a page that this run has not read"
        return Marked(title, where, "", quote, "", stands=False, known=False)
    label = page.page_label
    where = f"page {page.page}" if label in (None, str(page.page)) else f"page {label} (page {page.page} of the PDF)"
    place = place_of(quote, page.text)
    if place is None:
        return Marked(page.title, where, _clean(page.text[:BEGINNING]), quote, "", stands=False)
    start, end = place
    before, after = page.text[max(0, start - AROUND) : start], page.text[end : end + AROUND]
    before = f"… {before}" if start > AROUND else before
    after = f"{after} …" if end + AROUND < len(page.text) else after
    return Marked(page.title, where, _clean(before), _clean(page.text[start:end]), _clean(after), stands=True)


def _clean(text: str) -> str:
    return text.replace(LINE_END_HYPHEN, "")


def _since(result: ItemResult, before: ItemResult | None) -> tuple[str, str]:
    """Say how the earlier run did on the same question, with its answer where that was another."""
    if before is None:
        return "", ""
    text = _text(before)
    other = text if text != _text(result) else ""
    now, then = ({check.name for check in failed_checks(one)} for one in (result, before))
    if before.answer is None:
        return "The earlier run crashed on it.", other
    parts = [
        (_names(now - then), "New since the earlier run: {}."),
        (_names(now & then), "Failed in the earlier run too: {}."),
        (_names(then - now), "Mended since the earlier run: {}."),
    ]
    return " ".join(words.format(names) for names, words in parts if names), other


def _names(names: set[str]) -> str:
    return ", ".join(sorted(title_of(name) for name in names))


def _text(result: ItemResult) -> str:
    return result.answer.text if result.answer else result.error


def by_check(drills: Sequence[Drill]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return each check that failed with its title and the questions where it did, the commonest first."""
    found: dict[str, list[str]] = {}
    for drill in drills:
        for check in drill.checks:
            found.setdefault(check.name, []).append(drill.result.item.id)
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return tuple((name, title_of(name), tuple(ids)) for name, ids in ordered)
