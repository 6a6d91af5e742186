"""What the checks know besides the answer: the reports, what was retrieved, and the gold of the set."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rag_agency.evaluation.records import Item
from rag_agency.evaluation.system import Shelf
from rag_agency.records import Evidence, letters_and_digits

LONG_ENOUGH = 40  # letters and digits, about eight words: a shorter run recurs by chance (15.8 % of such spans)
SHORTEST_PART = 12  # letters and digits of the part before a page's end


@dataclass(frozen=True, slots=True)
class GoldSpeakers:
    """Which members the questions' authors give a quote to: (report, letters and digits, members)."""

    quotes: tuple[tuple[str, str, frozenset[str]], ...] = ()

    def contradict(self, report: str, quote: str, member: str) -> bool:
        """Whether the gold gives these words to members, and this is none of them."""
        stream = letters_and_digits(quote)
        said = [who for place, gold, who in self.quotes if place == report and _overlap(stream, gold)]
        return bool(said) and not any(member in who for who in said)


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer is checked against. ``evidence`` is None where the system does not show it."""

    shelf: Shelf
    speakers: GoldSpeakers = field(default_factory=GoldSpeakers)
    evidence: Evidence | None = None


def gold_speakers(items: Iterable[Item]) -> GoldSpeakers:
    """Gather from the questions which members say which quotes; questions without members say nothing."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for item in items:
        for gold in item.evidence if item.members else ():
            key = gold.report, letters_and_digits(gold.quote)
            found[key] = found.get(key, frozenset()) | frozenset(item.members)
    return GoldSpeakers(tuple((report, quote, who) for (report, quote), who in found.items()))


def _overlap(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return len(short) >= LONG_ENOUGH and short in long


def pages_with_quote(report: str, quote: str, shelf: Shelf) -> tuple[int, ...]:
    """Return the pages of a report on which a quote stands.

    A quote in the gold may be cut in two by a page's end or a footnote; then both parts are looked for.
    """
    wanted, pages = letters_and_digits(quote), page_streams(report, shelf)
    whole = tuple(number for number, stream in enumerate(pages, 1) if wanted and wanted in stream)
    if whole or not wanted:
        return whole
    for number, (first, second) in enumerate(zip(pages, [*pages[1:], ""], strict=False), 1):
        cut = _beginning(wanted, first)
        if cut >= SHORTEST_PART and wanted[cut:] in first:
            return (number,)
        if cut >= SHORTEST_PART and wanted[cut:] in second:
            return number, number + 1
    return ()


def _beginning(wanted: str, stream: str) -> int:
    """Return how many letters of the beginning stand in a stream in one run."""
    return bisect_right(range(1, len(wanted)), False, key=lambda length: wanted[:length] not in stream)


def page_streams(report: str, shelf: Shelf) -> list[str]:
    """Return the letters and digits of every page of a report; none where there is no such report."""
    found: list[str] = []
    while report in shelf.reports and (stream := shelf.stream(report, len(found) + 1)) is not None:
        found.append(stream)
    return found


def streams(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the letters and digits of each text."""
    return tuple(letters_and_digits(text) for text in texts)
