"""The measures are the packages' on whatever runs; each interval holds what it promises."""

from __future__ import annotations

import math

import numpy as np
import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rag_agency.evaluation import intervals
from rag_agency.evaluation.intervals import by_cluster, holm, mcnemar, paired, ratio, ratio_interval, wilson
from rag_agency.evaluation.marking import place_of
from rag_agency.evaluation.ranking import covers, scores
from rag_agency.records import letters_and_digits

DOCS = [f"d{i}" for i in range(12)]
rankings = st.lists(st.sampled_from(DOCS), unique=True, max_size=12)
relevants = st.lists(st.sampled_from(DOCS), unique=True, min_size=1, max_size=5)
runs = st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), st.tuples(relevants, rankings), min_size=1)
MEASURES = ("Success@1", "Success@5", "R@5", "R@10", "P@5", "RR@10", "nDCG@10")


@given(runs)
def test_our_rankings_measure_the_same_as_trec_eval_itself(made: dict[str, tuple[list[str], list[str]]]):
    ours = scores({q: r for q, (r, _) in made.items()}, {q: ranked for q, (_, ranked) in made.items()}, MEASURES)
    qrels = {q: {d: 1 for d in relevant} for q, (relevant, _) in made.items()}
    run = {q: {d: float(-i) for i, d in enumerate(ranked)} for q, (_, ranked) in made.items() if ranked}
    names = {"success_1", "success_5", "recall_5", "recall_10", "P_5", "ndcg_cut_10"}
    theirs = pytrec_eval.RelevanceEvaluator(qrels, names).evaluate(run)
    for name, found in ours.items():
        for ours_name, trec in (
            ("Success@1", "success_1"),
            ("Success@5", "success_5"),
            ("R@5", "recall_5"),
            ("R@10", "recall_10"),
            ("P@5", "P_5"),
            ("nDCG@10", "ndcg_cut_10"),
        ):
            assert found[ours_name] == pytest.approx(theirs[name][trec] if name in theirs else 0.0)


@given(runs)
def test_our_rankings_measure_what_the_definitions_say(made: dict[str, tuple[list[str], list[str]]]):
    ours = scores({q: r for q, (r, _) in made.items()}, {q: ranked for q, (_, ranked) in made.items()}, MEASURES)
    for name, (relevant, ranked) in made.items():
        hits = [doc in relevant for doc in ranked]
        first = next((i for i, hit in enumerate(hits[:10]) if hit), None)
        gain = sum(1 / math.log2(i + 2) for i, hit in enumerate(hits[:10]) if hit)
        best = sum(1 / math.log2(i + 2) for i in range(min(10, len(relevant))))
        assert ours[name]["R@5"] == pytest.approx(sum(hits[:5]) / len(relevant))
        assert ours[name]["RR@10"] == pytest.approx(0.0 if first is None else 1 / (first + 1))
        assert ours[name]["nDCG@10"] == pytest.approx(gain / best)


@given(st.integers(1, 400), st.data())
def test_wilson_is_scipys(n: int, data: st.DataObject):
    k = data.draw(st.integers(0, n))
    theirs = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    ours = wilson(k / n, n)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=15), st.sampled_from([0.01, 0.05, 0.2]))
def test_holm_rejects_what_stepping_down_rejects(ps: list[float], level: float):
    rejected = 0
    for step, p in enumerate(sorted(ps)):
        if p > level / (len(ps) - step):
            break
        rejected += 1
    adjusted = holm(ps)
    assert sum(p <= level * (1 + 1e-12) for p in adjusted) == rejected
    assert all(a >= p for a, p in zip(adjusted, ps, strict=True))


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_the_two_sided_sign_test(fixed: int, broken: int):
    n, most = fixed + broken, max(fixed, broken)
    tail = sum(math.comb(n, k) for k in range(most, n + 1)) / 2**n
    assert mcnemar(fixed, broken) == pytest.approx(min(1.0, 2 * tail))


def test_nothing_wrong_in_sixty_means_at_most_five_in_a_hundred():
    interval = ratio_interval(np.zeros(60), np.ones(60))
    assert (interval.low, interval.high, interval.method) == (0.0, 0.05, "rule of three")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), min_size=8, max_size=30))
def test_an_interval_lies_in_its_bounds_and_holds_its_figure(rows: list[tuple[int, int]]):
    of = np.array([o + h for h, o in rows], float)
    hits = np.array([h for h, _ in rows], float)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intervals, "RESAMPLES", 300)
        interval = ratio_interval(hits, of)
    assert 0.0 <= interval.low <= float(ratio(hits, of)) <= interval.high <= 1.0


def test_questions_that_hang_together_make_the_interval_wider():
    dice = np.random.default_rng(1)
    right = dice.random(40) < 0.7
    apart = ratio_interval(right.repeat(5).astype(float), np.ones(200))
    together = ratio_interval(*by_cluster([str(i // 5) for i in range(200)], right.repeat(5), np.ones(200)))
    assert together.high - together.low > 1.7 * (apart.high - apart.low)


def test_a_bootstrap_interval_covers_the_truth_about_as_often_as_it_says():
    dice = np.random.default_rng(2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intervals, "RESAMPLES", 400)
        held = 0
        for _ in range(150):
            found = ratio_interval((dice.random(60) < 0.7).astype(float), np.ones(60))
            held += found.low <= 0.7 <= found.high
    assert 0.88 <= held / 150 <= 0.99


def test_two_runs_that_differ_by_chance_alone_are_seldom_called_different():
    dice = np.random.default_rng(3)
    clusters = [str(i // 2) for i in range(80)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intervals, "RESAMPLES", 400)
        ps = [paired(*(dice.random((2, 80)) < 0.6).astype(float), clusters).p for _ in range(60)]
    assert sum(p < 0.05 for p in ps) <= 8


def test_a_change_as_large_as_what_could_be_seen_mostly_is_seen():
    dice = np.random.default_rng(4)
    names = [str(i) for i in range(200)]
    before = (dice.random(200) < 0.6).astype(float)
    could = paired(before, (dice.random(200) < 0.6).astype(float), names).detectable
    seen = [
        paired((dice.random(200) < 0.6).astype(float), (dice.random(200) < 0.6 + could).astype(float), names).p < 0.05
        for _ in range(25)
    ]
    assert 0.6 <= sum(seen) / 25


@given(st.text(min_size=1, max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_a_quote_is_found_where_it_stands_in_a_page(quote: str, before: str, after: str):
    if letters_and_digits(quote):
        place = place_of(quote, f"{before} {quote} {after}")
        assert place is not None
        found = f"{before} {quote} {after}"[slice(*place)]
        assert letters_and_digits(quote) in letters_and_digits(found)


def test_a_quote_is_marked_over_line_ends_and_hyphens():
    page = "Members of small coop-\neratives sell together,\nin Peru."
    start, end = place_of("cooperatives sell together", page)
    assert page[start:end] == "coop-\neratives sell together"
    assert place_of("cooperatives sell apart", page) is None


def test_a_passage_that_holds_most_of_a_quote_in_one_run_covers_it():
    quote = letters_and_digits("The harvest of coffee begins in April and ends in August")
    assert covers("… harvest of coffee begins in April and ends in", quote)
    assert not covers("The harvest of coffee. It begins in April. And ends in August.", quote[:20] + "x" * 40)
