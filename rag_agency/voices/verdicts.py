"""A verdict: whose words a sentence holds, by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rag_agency.records import Speaker, Voice


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whose words a sentence holds; ``rule`` is the short name of what decided."""

    voice: Voice
    speakers: tuple[Speaker, ...] = ()
    external: tuple[str, ...] = ()
    explicit: bool | None = None
    rule: str = "authors"


AUTHORS = Verdict("authors")
UNCLEAR = Verdict("authors", rule="unclear")


def member_verdict(
    speakers: Iterable[Speaker], rule: str, *, explicit: bool, external: tuple[str, ...] = ()
) -> Verdict:
    """Return the verdict for words of members; one member's bare name yields to a named study."""
    return Verdict("member", _tidy(speakers), external, explicit, rule)


def external_verdict(works: tuple[str, ...], rule: str, *, explicit: bool) -> Verdict:
    """Return the verdict for words of a source outside the roster."""
    return Verdict("external", (), works, explicit, rule)


def _tidy(speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    unique = tuple(dict.fromkeys(speakers))
    known = {s.member for s in unique if s.study}
    return tuple(s for s in unique if s.study or s.member not in known)
