"""Do the quotations stand where they are said to stand? Letter by letter, by the second extractor."""

from __future__ import annotations

import re

from rag_agency.evaluation.ground import Ground, page_streams
from rag_agency.evaluation.records import Check, Finding
from rag_agency.evaluation.tally import tally
from rag_agency.records import Answer, Source, letters_and_digits


def quote_verbatim(answer: Answer, ground: Ground) -> Check:
    """Return how many quotes are a run of the letters and digits of the page they are cited from."""
    sources = sources_of(answer)
    wrong = [_finding(s, _where(s, ground)) for s in sources if not stands(s, ground)]
    return tally("quote_verbatim", len(sources), wrong, "each quote stands on its page")


def quote_strict(answer: Answer, ground: Ground) -> Check:
    """Return how many quotes stand on their page to the letter, only spaces and line ends passed over."""
    sources = sources_of(answer)
    wrong = [
        _finding(s, "differs in hyphens, case or punctuation")
        for s in sources
        if _spaced(s.quote) not in _spaced(ground.shelf.text(s.report, s.page) or "")
    ]
    return tally("quote_strict", len(sources), wrong, "each quote stands on its page to the letter")


def page_correct(answer: Answer, ground: Ground) -> Check:
    """Return how many quotes that stand somewhere in their report are cited from a page where they stand."""
    placed = [(s, pages) for s in sources_of(answer) if (pages := pages_with(s, ground))]
    wrong = [
        _finding(s, f"stands on {', '.join(f'p. {p}' for p in pages)}, cited from p. {s.page}")
        for s, pages in placed
        if s.page not in pages
    ]
    return tally("page_correct", len(placed), wrong, "the page cited is one where the quote stands")


def label_correct(answer: Answer, ground: Ground) -> Check:
    """Return how many page labels shown are those that the PDF gives."""
    sources = [s for s in sources_of(answer) if ground.shelf.stream(s.report, s.page) is not None]
    wrong = [
        _finding(s, f"the PDF calls it {there or 'nothing'}, shown is {s.page_label or 'nothing'}")
        for s in sources
        if (there := ground.shelf.label(s.report, s.page)) != s.page_label
    ]
    return tally("label_correct", len(sources), wrong, "the label shown is the page's own")


def sources_of(answer: Answer) -> tuple[Source, ...]:
    """Return the sources of an answer, one that stands behind two sentences once."""
    return tuple(dict.fromkeys(source for sentence in answer.sentences for source in sentence.sources))


def stands(source: Source, ground: Ground) -> bool:
    """Whether a quote stands on the page it is cited from."""
    quote = letters_and_digits(source.quote)
    return bool(quote) and quote in (ground.shelf.stream(source.report, source.page) or "")


def pages_with(source: Source, ground: Ground) -> tuple[int, ...]:
    """Return the pages of its report on which a quote stands, whole."""
    quote = letters_and_digits(source.quote)
    return tuple(
        page for page, stream in enumerate(page_streams(source.report, ground.shelf), 1) if quote and quote in stream
    )


def _where(source: Source, ground: Ground) -> str:
    if source.report not in ground.shelf.reports:
        return f"there is no report {source.report}"
    pages = pages_with(source, ground)
    if pages:
        return f"stands on p. {', '.join(map(str, pages))}, not on p. {source.page}"
    return f"these words stand nowhere in {source.report}"


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _finding(source: Source, note: str) -> Finding:
    return Finding(note, source.report, source.page, source.page_label, source.quote)
