"""Tier B: what a support checker says of a run, beside the checker's own error. Never gated.

Each sentence of each answer is a claim, the quotes behind it are its evidence. An answer that
consists of quotations supports itself, so the rate of an extractive system is near 1 by
construction; the figure is there for systems that write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag_agency.checkers import Endpoint, LexicalScreen, NliChecker, Pair, SupportChecker, SupportJudge, Verdict
from rag_agency.errors import RequestError
from rag_agency.evaluation.checker_error import CheckerError, LabelledSet, can_be_measured, measure, read_labelled
from rag_agency.evaluation.correction import Count, rogan_gladen
from rag_agency.evaluation.figures import of_rows
from rag_agency.evaluation.prose import apart
from rag_agency.evaluation.records import Checker, ItemResult, Metric
from rag_agency.settings import Settings

Screen = Callable[[Sequence[ItemResult]], Checker]
ABOUT = {
    "support_lex": (
        "A lexical screen without any model: how many of a claim's words its evidence has, less for a missing number "
        "or name or a negation that differs. It knows no synonyms and no other language. A screen, not faithfulness."
    ),
    "support_nli": (
        "A cross-encoder for natural language inference from a local directory: how likely the evidence entails the "
        "claim. Trained on general English, as most are; its error on these reports is what stands beside it."
    ),
    "support_judge": (
        "A language model behind the endpoint that was named, asked three times at temperature 0 with the choices in "
        "another order; support counts only by words that stand in the evidence."
    ),
}


@dataclass(frozen=True, slots=True)
class _Claim:
    """One sentence of an answer: whose it is, and what is cited for it, each quote once."""

    item: str
    cluster: str
    pair: Pair


def checkers_from(
    settings: Settings, nli: Path | None, judge: bool, labelled: Sequence[Path], cache: Path
) -> tuple[Screen, ...]:
    """Return the checkers that were asked for, each as what turns the results of a run into its figures.

    The lexical screen is always there, but where there are no labelled pairs: a checker whose error
    is not known says nothing. ``labelled`` are files of such pairs: the first is our own, on which
    thresholds are set; ``cache`` is where the replies of a judge are kept.

    Raises:
        ModelError: a model or an endpoint is not there.
        RequestError: a file of labelled pairs cannot be used, or a model was asked for without one.
    """
    if not labelled:
        if nli is not None or judge:
            raise RequestError("A checker needs labelled pairs to know its own error; give --labelled FILE")
        return ()
    sets = tuple(read_labelled(file, own=place == 0) for place, file in enumerate(labelled))
    can_be_measured(sets)
    checkers: list[SupportChecker] = [LexicalScreen()]
    if nli is not None:
        checkers.append(NliChecker(nli))
    if judge:
        endpoint = Endpoint(settings.judge_url, settings.judge_model, settings.judge_key)
        checkers.append(SupportJudge(endpoint, cache))
    return tuple(_screen(checker, sets) for checker in checkers)


def _screen(checker: SupportChecker, sets: Sequence[LabelledSet]) -> Screen:
    return lambda results: screen(results, checker, sets)


def screen(results: Sequence[ItemResult], checker: SupportChecker, sets: Sequence[LabelledSet]) -> Checker:
    """Return what a checker says of the answers of a run, with its error on the labelled sets."""
    error = measure(checker, sets)
    claims = [claim for result in results for claim in _claims(result)]
    verdicts = checker.check([claim.pair for claim in claims])
    supported = [_holds(verdict, error.threshold) for verdict in verdicts]
    clusters = [claim.cluster for claim in claims]
    raw = of_rows("support", [(c, float(held), 1.0) for c, held in zip(clusters, supported, strict=True)])
    missing = sum(verdict.score is None for verdict in verdicts)
    said = [f"No verdict on {missing} of {len(claims)} sentences; each counts as unsupported."] if missing else []
    return Checker(
        checker.name,
        f"{ABOUT[checker.name]} (version {checker.version}; supported from a score of {error.threshold:.3f})",
        raw,
        _corrected(Count(sum(supported), len(supported)), error),
        error.metrics,
        note=" ".join([*error.said, *said, *_copied(claims)]),
        others=_others(claims, verdicts, supported, checker, error.threshold),
        flagged=tuple(dict.fromkeys(c.item for c, held in zip(claims, supported, strict=True) if not held)),
    )


def _claims(result: ItemResult) -> list[_Claim]:
    sentences = result.answer.sentences if result.answer else ()
    return [
        _Claim(
            result.item.id, result.item.cluster, Pair(_said(s.text), tuple(dict.fromkeys(q.quote for q in s.sources)))
        )
        for s in sentences
    ]


def _said(text: str) -> str:
    """Return what a sentence claims: without its lead-in where that only names who speaks."""
    quoted, around = apart(text)
    return " ".join(quoted) if quoted and around.strip(" *.").endswith(":") else text


def _holds(verdict: Verdict, threshold: float) -> bool:
    return verdict.score is not None and verdict.score >= threshold


def _copied(claims: Sequence[_Claim]) -> list[str]:
    """Say how many sentences are their own evidence, letter by letter: of those the rate says nothing."""
    copies = sum(claim.pair.claim in claim.pair.evidence for claim in claims)
    return [f"{copies} of {len(claims)} sentences are quotations, which support themselves."] if copies else []


def _corrected(said: Count, error: CheckerError) -> Metric | None:
    found = rogan_gladen(said, error.sensitivity, error.specificity)
    if found is None:
        return None
    about = "Rogan–Gladen, limits of Lang and Reiczigel"
    return Metric("support_corrected", found.value, said.of, said.of, found.low, found.high, about)


def _others(
    claims: Sequence[_Claim],
    verdicts: Sequence[Verdict],
    supported: Sequence[bool],
    checker: SupportChecker,
    threshold: float,
) -> tuple[Metric, ...]:
    told = list(zip(claims, supported, strict=True))
    figures = [
        _ragas(told),
        of_rows("alce_citation_recall", [(c.cluster, float(held), 1.0) for c, held in told]),
        of_rows("alce_citation_precision", _precise(told, checker, threshold)),
    ]
    if checker.name == "support_judge":
        scores = [0.0 if v.score is None else round(2 * v.score) / 2 for v in verdicts]
        rows = [(c.cluster, score, 1.0) for c, score in zip(claims, scores, strict=True)]
        figures.append(of_rows("trec_weighted_support", rows))
    return tuple(figures)


def _ragas(told: Sequence[tuple[_Claim, bool]]) -> Metric:
    """Return Ragas' faithfulness: the mean over answers of supported sentences to sentences."""
    answers: dict[tuple[str, str], list[bool]] = {}
    for claim, held in told:
        answers.setdefault((claim.cluster, claim.item), []).append(held)
    rows = [(cluster, sum(held) / len(held), 1.0) for (cluster, _), held in answers.items()]
    return of_rows("ragas_faithfulness", rows)


def _precise(
    told: Sequence[tuple[_Claim, bool]], checker: SupportChecker, threshold: float
) -> list[tuple[str, float, float]]:
    """Return how many citations of each sentence are needed, and how many there are, after ALCE.

    A citation of a supported sentence is precise where it supports the sentence alone, or where the
    others without it do not; one of an unsupported sentence never is.
    """
    several = [(c, one) for c, held in told if held and len(c.pair.evidence) > 1 for one in c.pair.evidence]
    alone = [Pair(c.pair.claim, (one,)) for c, one in several]
    rest = [Pair(c.pair.claim, tuple(q for q in c.pair.evidence if q != one)) for c, one in several]
    verdicts = [_holds(v, threshold) for v in checker.check([*alone, *rest])] if several else []
    halves = zip(verdicts[: len(several)], verdicts[len(several) :], strict=True)
    needed = [
        (c.cluster, float(by_itself or not by_others))
        for (c, _), (by_itself, by_others) in zip(several, halves, strict=True)
    ]
    single = [(c.cluster, float(held)) for c, held in told if len(c.pair.evidence) == 1]
    idle = [(c.cluster, 0.0) for c, held in told if not held and len(c.pair.evidence) > 1 for _ in c.pair.evidence]
    return [(cluster, hit, 1.0) for cluster, hit in (*needed, *single, *idle)]
