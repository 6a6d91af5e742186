"""When a question counts as failed in a list of failures.

Many checks give a share that is seldom all there is: how many of the first five passages answer,
which members were cited besides, how far a quote is the same to the comma. Falling short of such a
share is shown with the question, but alone it is no failure to look into.
"""

from __future__ import annotations

from rag_agency.evaluation.catalogue import BY_NAME
from rag_agency.evaluation.checking import INFORMATIVE
from rag_agency.evaluation.records import Check, ItemResult

SHARES = frozenset({"members_f1", "all_nuggets", "crag_score", *(check.__name__ for check in INFORMATIVE)})
SEARCH = "search"  # the group of figures that rank what was retrieved


def counts(name: str) -> bool:
    """Say whether failing a check makes a question one that failed."""
    measure = BY_NAME.get(name)
    return name not in SHARES and not (measure and measure.group == SEARCH)


def failed_checks(result: ItemResult) -> tuple[Check, ...]:
    """Return the checks because of which a question counts as failed."""
    return tuple(check for check in result.failed if counts(check.name))


def fell_short(result: ItemResult) -> tuple[Check, ...]:
    """Return the other checks that gave less than all."""
    return tuple(check for check in result.failed if not counts(check.name))


def has_failed(result: ItemResult) -> bool:
    """Say whether a question failed: it crashed, or a check that counts did not hold."""
    return result.answer is None or bool(failed_checks(result))
