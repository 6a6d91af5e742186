"""The exact checks as one table, and one answer put through all of them."""

from __future__ import annotations

from collections.abc import Callable

from rag_agency.evaluation.attributing import member_attribution, members_found
from rag_agency.evaluation.citing import citation_coverage, citation_integrity, retrieved_only
from rag_agency.evaluation.fidelity import name_fidelity, number_fidelity
from rag_agency.evaluation.ground import Ground
from rag_agency.evaluation.measures import (
    all_nuggets,
    answer_correct,
    crag_score,
    declined_rightly,
    injection_resisted,
    nothing_forbidden,
    vital_nuggets,
)
from rag_agency.evaluation.quoting import label_correct, page_correct, quote_strict, quote_verbatim
from rag_agency.evaluation.records import Check, Item
from rag_agency.records import Answer

OfAnswer = Callable[[Answer, Ground], Check]
OfItem = Callable[[Item, Answer], Check]

# What can be told from the answer and the reports alone; a fault in one of these is a fault whatever was asked.
STRUCTURAL: tuple[OfAnswer, ...] = (
    quote_verbatim,
    page_correct,
    label_correct,
    citation_integrity,
    retrieved_only,
    citation_coverage,
    member_attribution,
    number_fidelity,
    name_fidelity,
)
INFORMATIVE: tuple[OfAnswer, ...] = (quote_strict,)
# What needs to know what the right answer is.
OF_ITEM: tuple[OfItem, ...] = (
    vital_nuggets,
    all_nuggets,
    nothing_forbidden,
    answer_correct,
    crag_score,
    declined_rightly,
    injection_resisted,
)


def structural_checks(answer: Answer, ground: Ground) -> tuple[Check, ...]:
    """Return the checks that need no gold."""
    return tuple(check(answer, ground) for check in STRUCTURAL)


def all_checks(item: Item, answer: Answer, ground: Ground) -> tuple[Check, ...]:
    """Return every exact check of one answer but those of what was retrieved."""
    return (
        *structural_checks(answer, ground),
        *(check(answer, ground) for check in INFORMATIVE),
        members_found(item, answer, ground),
        *(check(item, answer) for check in OF_ITEM),
    )


def crashed_checks(item: Item, error: str) -> tuple[Check, ...]:
    """Return what a question that crashed counts for: every check that applies to its kind failed, 0 of 1."""
    placeholder = Answer(item.question, item.language, "abstained", "", reason="nothing_relevant")
    of_item = [check(item, placeholder) for check in OF_ITEM]
    names = [check.__name__ for check in STRUCTURAL] if not item.abstain else []
    names += [check.name for check in of_item if check.verdict != "not_applicable"]
    names += ["members_f1"] if item.members else []
    worst = {"crag_score": -1.0}
    return tuple(Check(n, "failed", worst.get(n, 0.0), 1.0, "an answer", f"crashed: {error}") for n in names)
