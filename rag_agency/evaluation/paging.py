"""The text of every page that a run cites or expects, so that its report can mark quotes in it."""

from __future__ import annotations

from collections.abc import Sequence

from rag_agency.evaluation.ground import pages_with_quote
from rag_agency.evaluation.quoting import sources_of
from rag_agency.evaluation.records import ItemResult, PageText
from rag_agency.evaluation.system import Shelf


def pages_of(results: Sequence[ItemResult], shelves: Sequence[Shelf]) -> tuple[PageText, ...]:
    """Return each page once, in the order of report and number; the shelves are looked through in turn."""
    cited = {(s.report, s.page) for r in results if r.answer for s in sources_of(r.answer)}
    expected = {(gold.report, gold.quote) for r in results for gold in r.item.evidence}
    cited |= {(report, page) for report, quote in expected for page in pages_with_quote(report, quote, shelves[0])}
    cited |= {(f.report, f.page) for r in results for c in r.checks for f in c.findings if f.report and f.page}
    pages = (_page(report, page, shelves) for report, page in sorted(cited))
    return tuple(page for page in pages if page)


def _page(report: str, page: int, shelves: Sequence[Shelf]) -> PageText | None:
    for shelf in shelves:
        text = shelf.text(report, page)
        if text is not None:
            return PageText(report, shelf.reports[report].title, page, shelf.label(report, page), text)
    return None
