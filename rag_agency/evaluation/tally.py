"""From what was wrong to a Check: counts, verdict, expected and got."""

from __future__ import annotations

from collections.abc import Sequence

from rag_agency.evaluation.records import Check, Finding


def tally(name: str, of: int, wrong: Sequence[Finding], expected: str) -> Check:
    """Return a check of ``of`` things of which ``wrong`` did not hold; with nothing to judge it does not apply."""
    if not of:
        return Check(name, "not_applicable", expected=expected, got="nothing to judge")
    right = of - len(wrong)
    got = f"{right} of {of}" + (f"; {wrong[0].note}" if wrong else "")
    return Check(name, "failed" if wrong else "passed", right, of, expected, got, tuple(wrong))


def yes_or_no(name: str, holds: bool, expected: str, got: str, findings: Sequence[Finding] = ()) -> Check:
    """Return a check of one thing that holds or does not."""
    return Check(name, "passed" if holds else "failed", float(holds), 1.0, expected, got, tuple(findings))


def score(name: str, value: float, expected: str, got: str) -> Check:
    """Return a check that gives a share from 0 to 1; it passes where all of it is there."""
    return Check(name, "passed" if value >= 1.0 else "failed", value, 1.0, expected, got)


def not_applicable(name: str, why: str) -> Check:
    """Return a check that has nothing to say of this answer."""
    return Check(name, "not_applicable", got=why)


def not_computed(name: str, why: str) -> Check:
    """Return a check that could not be carried out; it is said, never averaged away."""
    return Check(name, "not_computed", got=why)
