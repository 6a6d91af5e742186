"""Keeps a saved pack true: each quote again on its page, and where it has gone to if it is not there.

Works from the PDFs, as the check of saved answers does: no model, and the ledger made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from rag_agency.course.records import Pack, Quote, quotes_of
from rag_agency.course.saved import is_pack, read_pack
from rag_agency.errors import ReportError
from rag_agency.recheck import Shelf
from rag_agency.records import Sentence, Source, letters_and_digits
from rag_agency.settings import Settings
from rag_agency.verify import failures

LIKE = 70.0  # per cent of letters in common from which a sentence is likely the quote reworded


@dataclass(frozen=True, slots=True)
class Gone:
    """A quote that no longer holds: in which parts of the pack, why, and the nearest place that there is now."""

    source: Source
    parts: tuple[str, ...]
    reason: str
    nearest: str

    def __str__(self) -> str:
        """Return it as one line."""
        where = f"nearest: {self.nearest}" if self.nearest else "nothing like it is left"
        return f"{', '.join(self.parts)}: {self.reason}: {self.source.quote[:60]}; {where}"


def is_pack_file(file: Path) -> bool:
    """Say whether a file holds a pack; no for one that cannot be read."""
    try:
        return is_pack(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return False


def recheck_pack(file: Path, settings: Settings) -> Iterator[str]:
    """Yield one line for each quote of a saved pack that no longer holds.

    Raises:
        RequestError: the file cannot be read or is not a pack.
    """
    yield from map(str, gone(read_pack(file), Shelf(settings)))


def gone(pack: Pack, shelf: Shelf) -> Iterator[Gone]:
    """Yield the quotes of a pack that no longer hold, each once, with the nearest new place."""
    parts: dict[Source, list[str]] = {}
    for part, quote in _quotes(pack):
        for source in quote.sources:
            known = parts.setdefault(source, [])
            if part not in known:
                known.append(part)
    for part, quote in _quotes(pack):
        if not _is_of_its_sources(quote):
            reason = f"the words shown are not those of their source: {quote.text[:60]}"
            yield Gone(quote.sources[0], (part,), reason, _nearest(quote.sources[0], shelf))
    for failure in failures(parts, shelf.stream, shelf.ledger):
        yield Gone(failure.source, tuple(parts[failure.source]), failure.reason, _nearest(failure.source, shelf))


def _quotes(pack: Pack) -> Iterator[tuple[str, Quote]]:
    for session in pack.sessions:
        yield from ((f"session {session.number}", quote) for quote in quotes_of(session))
    yield from (("glossary", entry.quote) for entry in pack.glossary)


def _is_of_its_sources(quote: Quote) -> bool:
    pieces = dict.fromkeys(source.quote for source in quote.sources)
    return letters_and_digits(quote.text) in letters_and_digits("".join(pieces))


def _nearest(source: Source, shelf: Shelf) -> str:
    """Return where the words of a source stand now, or the sentence most like them; empty for none."""
    quote = letters_and_digits(source.quote)
    sentences = list(_sentences(source.report, shelf))
    for sentence in sentences:
        if quote and quote in letters_and_digits(sentence.text):
            return _place(sentence)
    texts = [letters_and_digits(sentence.text) for sentence in sentences]
    found = process.extractOne(quote, texts, scorer=fuzz.ratio, score_cutoff=LIKE)
    return _place(sentences[found[2]]) if found else ""


def _sentences(first: str, shelf: Shelf) -> Iterator[Sentence]:
    """Yield the sentences of all reports that can be read, those of the quoted one first."""
    for report in sorted(shelf.reports, key=lambda name: name != first):
        try:
            yield from shelf.ledger(report)
        except ReportError:
            continue  # a PDF that cannot be read holds no new place


def _place(sentence: Sentence) -> str:
    return f"{sentence.report}, p. {sentence.page.label or sentence.page.number}: {sentence.text[:80]}"
