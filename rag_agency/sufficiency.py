"""Does the evidence answer what is asked? If not, what is missing.

Knows the question's slots (whose, where, which number) and how closely the best sentences meet it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag_agency.places import countries_in
from rag_agency.records import Asked, Evidence, Member, Passage, Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer: no reason means yes. ``missing`` names what the corpus does not say."""

    reason: Reason | None = None
    missing: tuple[str, ...] = ()


def judge_of(passages: Sequence[Passage], roster: Sequence[Member]) -> Callable[[Asked, Evidence], Verdict]:
    """Return what judges evidence on questions about a corpus."""
    covered = {c for p in passages for c in p.countries} | {c for m in roster for c in m.countries}
    mentioned = covered | {c for p in passages for c in countries_in(p.text)}

    def judge(asked: Asked, evidence: Evidence) -> Verdict:
        if asked.is_instruction:
            return Verdict("refused")
        if not evidence.sentences:
            return Verdict("nothing_relevant")
        unknown = tuple(country for country in asked.countries if country not in mentioned)
        return Verdict("nothing_relevant", unknown) if unknown else Verdict()

    return judge
