"""A checker model's word on a written sentence, where one is set up: it can refuse, never let through.

Knows no model: what asks it is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rag_agency.errors import RagAgencyError
from rag_agency.records import Check


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely evidence supports a sentence, from 0 to 1, how likely it must be, and who says so.

    ``score`` is None where this checker can give no verdict on any sentence; ``note`` says why. One
    that fails on a sentence raises.
    """

    by: str
    score: float | None
    least: float
    note: str = ""


NOT_ASKED = "not asked"  # how the check begins where the checker can give no verdict
Checker = Callable[[str, str], Opinion]  # claim, evidence


def second_opinion(checker: Checker, claim: str, evidence: str) -> Check:
    """Return the checker's word as a check: a sentence on which it fails is not shown, for nobody has checked it."""
    try:
        opinion = checker(claim, evidence)
    except Exception as error:  # the edge to whatever was handed in
        reason = str(error) if isinstance(error, RagAgencyError) else type(error).__name__
        return Check("checker", False, f"the checker failed on it, so it is not shown ({reason})")
    if opinion.score is None:
        return Check("checker", True, f"{NOT_ASKED}: {opinion.note} ({opinion.by})")
    told = f"{opinion.score:.2f}, {opinion.least:.2f} is needed ({opinion.by})"
    if opinion.score < opinion.least:
        return Check("checker", False, f"the checker does not find that its evidence supports it: {told}")
    return Check("checker", True, told)
