"""A small run of the faithfulness suite, made by hand, with one of each thing that can go wrong."""

from __future__ import annotations

from dataclasses import replace

from rag_agency.evaluation.records import (
    Baseline,
    Check,
    Checker,
    Comparison,
    CurvePoint,
    Difference,
    Finding,
    Gate,
    GoldQuote,
    Item,
    ItemResult,
    Metric,
    Mutation,
    Named,
    PageText,
    Provenance,
    Run,
)
from rag_agency.records import Answer, AnswerSentence, Source

PAGE_1 = "Roads and coffee. Cooperatives in Peru have about 100 members. Buyers come from Lima."
PAGE_2 = "Potatoes are stored in three hundred sheds. Nobody counts the sheds in winter."


def source(quote: str, page: int, member: str | None = "castillo") -> Source:
    voice = "member" if member else "authors"
    return Source("study", "Roads and coffee", page, str(page), quote, member, None, voice, f"Castillo 2012, p. {page}")


def answered(text: str, *sources: Source, language: str = "en") -> Answer:
    return Answer("q", language, "answered", text, (AnswerSentence(text, sources),))


def ok(name: str) -> Check:
    return Check(name, "passed", 1.0, 1.0)


def failed(name: str, *findings: Finding, got: str = "0 of 1") -> Check:
    return Check(name, "failed", 0.0, 1.0, "1 of 1", got, findings)


def metric(name: str, value: float | None, part: str = "all", n: int = 40) -> Metric:
    if value is None:
        return Metric(name, None, part=part, why_not="the system shows no retrieval")
    low, high = max(0.0, value - 0.1), min(1.0, value + 0.1)
    return Metric(name, value, n, n // 2, low, high, "clustered bootstrap", part)


def results() -> tuple[ItemResult, ...]:
    right = Item("A1", "numeric", "en", "How many members?", members=("castillo",), vital=("100",))
    wrong = Item(
        "A2", "single_member", "es", "¿Dónde se guardan las papas?", answer="En cobertizos.", members=("tassi",),
        evidence=(GoldQuote("study", "Potatoes are stored in three hundred sheds."),),
    )  # fmt: skip
    crash = Item(
        "A3", "country", "en", "And in Colombia?", history=("How many members?",), abstain=True, reason="No report."
    )
    place = Finding("stands on p. 2, not on p. 1", "study", 1, "1", "Potatoes are stored in three hundred sheds.")
    moved = answered("“Potatoes are stored in three hundred sheds.”", source(place.quote, 1), language="es")
    return (
        ItemResult(right, answered("“Cooperatives in Peru have about 100 members.”", source("about 100 members", 1)), "", (ok("quote_verbatim"), ok("vital_nuggets"))),
        ItemResult(wrong, moved, "", (failed("quote_verbatim", place), failed("page_correct", place), failed("vital_nuggets"))),
        ItemResult(crash, None, "ValueError: <b>no</b> index", (failed("quote_verbatim", got="a crash"),)),
    )  # fmt: skip


def run() -> Run:
    """Return the run: it failed."""
    slices = [metric(n, v, p) for p, v in (("language=es", 0.4), ("language=en", 1.0), ("kind=numeric", 1.0), ("member=tassi", 0.0)) for n in ("vital_nuggets", "answer_correct")]  # fmt: skip
    metrics = (
        metric("false_attribution", 0.02),
        metric("quote_verbatim", 0.667),
        metric("vital_nuggets", 0.5),
        metric("crag_score", -0.25),
        metric("aurc", None),
    )
    gates = (
        Gate("quote_verbatim", "hard", 1.0, "failed", 0.667, "2 questions have a quote that is not on its page", ("A2", "A3")),
        Gate("false_attribution", "hard", 0.0, "passed", 0.0, ""),
        Gate("vital_nuggets", "against_baseline", 0.03, "not_computed", None, "too few questions to tell"),
    )  # fmt: skip
    quality = tuple(metric(n, v, "set=pairs, held out") for n, v in (("auc", 0.67), ("balanced_accuracy", 0.6)))
    screen = Checker("support_lex", "A lexical screen.", metric("support", 0.95), metric("support_corrected", 0.99), quality, "A note.", (metric("ragas_faithfulness", 0.94),), ("A2",))  # fmt: skip
    change = Difference(
        "vital_nuggets", 3, 0.75, 0.5, -0.25, -0.5, -0.01, 0.01, 0.02, "exact McNemar", 0.2, "worse", (), ("A2",)
    )
    return Run(
        "the program",
        Provenance("abc123", "def456", 7, False, (Named("questions.jsonl", "0" * 16),), (Named("study", "1" * 16),), (Named("a model", "2"),), (Named("numpy", "2.0"),), "2026-01-02T03:04:05", 9.0),
        results(),
        (*metrics, *slices),
        gates,
        (Baseline("always declines", "declines every question", (metric("vital_nuggets", 0.0), metric("quote_verbatim", None))),),
        (Mutation("page_plus_one", "the next page is cited", True, 10, 9, ("page_correct",), ("A1",)),),
        (screen,),
        (CurvePoint(0.5, 0.1, 0.9), CurvePoint(1.0, 0.35, 0.1)),
        Comparison("2026-01-01", 3, (), ("A3",), (change,)),
        (PageText("study", "Roads and coffee", 1, "1", PAGE_1), PageText("study", "Roads and coffee", 2, "2", PAGE_2)),
        ("No language model is at hand.",),
    )  # fmt: skip


def better_run() -> Run:
    """Return an earlier run of the same questions, in which A2 was right."""
    before = run()
    good = replace(
        before.items[1], answer=answered("Papas.", source("x", 2), language="es"), checks=(ok("quote_verbatim"),)
    )
    return replace(before, items=(before.items[0], good), gates=before.gates[1:2], comparison=None)
