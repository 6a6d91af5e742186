"""The checker that stands behind the gate, as the settings name it, with the threshold it is used at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rag_agency.checkers.nli import NliChecker
from rag_agency.checkers.records import Pair, SupportChecker
from rag_agency.checkers.yes_no import NO_PROBABILITIES, YesNoChecker
from rag_agency.errors import ModelError, RequestError
from rag_agency.settings import Settings
from rag_agency.verify import Checker, Opinion
from rag_agency.writers import Model
from rag_agency.writers.models import Weighing

# The least score at which a sentence is shown. A cross-encoder's is where entailment is likelier than not, for
# none could be measured. A language model's is what 95 in 100 of the supported pairs reach with
# Qwen2.5-Coder-1.5B, of those that are not held out (eval/measure_checker.py; eval/LOG.md). Another model
# may need another: RAG_AGENCY_CHECKER_LEAST.
LEAST_ENTAILMENT = 0.5
LEAST_YES = 0.39
TRIAL = Pair("Coffee is grown in Peru.", ("Coffee is grown in Peru.",))


def open_checker(settings: Settings, model: Model | None) -> Checker | None:
    """Return the checker that the settings name; None where they name none.

    ``model`` is the one that words answers, which may be asked about its own sentences.

    Raises:
        RequestError: there is no such kind, or something it needs is missing.
        ModelError: the directory named holds no cross-encoder that can be used.
    """
    if settings.checker in ("", "none"):
        return None
    if settings.checker not in KINDS:
        raise RequestError(
            f"there is no checker {settings.checker}; set RAG_AGENCY_CHECKER to one of {', '.join(KINDS)}"
        )
    make, least = KINDS[settings.checker]
    return behind_gate(make(settings, model), least if settings.checker_least is None else settings.checker_least)


def behind_gate(checker: SupportChecker, least: float) -> Checker:
    """Return a support checker as the gate asks it; no verdict on one pair is a failure there."""
    by = f"{checker.name}, {checker.version}"

    def opinion(claim: str, evidence: str) -> Opinion:
        verdict = checker.check([Pair(claim, (evidence,))])[0]
        if verdict.score is None and verdict.note != NO_PROBABILITIES:
            raise ModelError(verdict.note)
        return Opinion(by, verdict.score, least, verdict.note)

    return opinion


def _nli(settings: Settings, _model: Model | None) -> SupportChecker:
    """Return the cross-encoder in the directory named, tried once, so that a wrong one is told before a question."""
    if not settings.checker_model:
        raise RequestError(
            "RAG_AGENCY_CHECKER is nli, but RAG_AGENCY_CHECKER_MODEL names no directory; set it to a cross-encoder's"
        )
    checker = NliChecker(Path(settings.checker_model))
    checker.check([TRIAL])
    return checker


def _model(_settings: Settings, model: Model | None) -> SupportChecker:
    if not isinstance(model, Weighing):
        raise RequestError("RAG_AGENCY_CHECKER is model, but RAG_AGENCY_WRITER names none that can be asked; set it")
    return YesNoChecker(model)


Make = Callable[[Settings, Model | None], SupportChecker]
KINDS: dict[str, tuple[Make, float]] = {"nli": (_nli, LEAST_ENTAILMENT), "model": (_model, LEAST_YES)}
