"""What the gate works on: a written sentence, and the numbered evidence it may rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag_agency.records import Language, Source


@dataclass(frozen=True, slots=True)
class Given:
    """One numbered piece of evidence: a sentence of a report with its sources, as it was offered."""

    number: int
    sources: tuple[Source, ...]
    language: Language

    @property
    def text(self) -> str:
        """The words of the report; a quote that stands on two pages is one sentence again."""
        return " ".join(dict.fromkeys(source.quote for source in self.sources))

    @property
    def members(self) -> frozenset[str]:
        """The members who say it; none where it is the authors' or an external source's."""
        return frozenset(source.member for source in self.sources if source.member)

    @property
    def outside(self) -> str:
        """The external source that says it, as printed; empty for members and authors."""
        first = self.sources[0]
        return first.citation.split(",")[0] if first.voice == "external" else ""

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies and references by which it is cited."""
        return tuple(dict.fromkeys(s for x in self.sources for s in (x.study, x.citation) if s))


def pick(cited: Sequence[int], offered: Sequence[Given]) -> tuple[Given, ...]:
    """Return the evidence with these numbers, in the order of the numbers."""
    known = {given.number: given for given in offered}
    return tuple(known[number] for number in dict.fromkeys(cited) if number in known)
