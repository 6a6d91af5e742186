"""A scripted lying endpoint: 200 lies among 100 true sentences over the shipped briefs, through the whole writer.

The sentences were written by kinds before the gate was tuned, and half of the scenes were kept out of
the tuning; a second lot was written when it had been. eval/LOG.md tells what the first looks gave.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
from lies import FIRST, FRESH, roster, scenes
from lying import Script, endpoint

from rag_agency.settings import Settings
from rag_agency.verify import Gate
from rag_agency.writers import Listener, Writing, open_model

STRUCTURAL = (
    "wrong_member",
    "invented_number",
    "moved_negation",
    "general_truth",
    "invented_quotation",
    "out_of_range",
)
LIES, TRUTHS = 200, 100
FRAMES = re.compile(r"^(?:According to|Según) \w+, ")


def shown(folder: str = FIRST, close: Callable[[str, str], float] | None = None) -> tuple[Counter, Counter]:
    """Let the endpoint say everything; count by kind what was said and what was shown as it was said."""
    said, passed = Counter(), Counter()
    for scene in scenes(folder):
        with endpoint(Script([scene.reply])) as url:
            model = open_model(Settings(writer="openai", writer_model="liar", writer_url=url))
            gate = Gate(roster(), close) if close else Gate(roster())
            written = Writing(model, gate).write(scene.question, scene.language, scene.offered, Listener())
        through = {(p.draft.text, p.draft.cited) for p in written.passed}
        for one in scene.said:
            said[one.kind] += 1
            passed[one.kind] += (one.text, one.cited) in through
        known = {_bare(one.text) for one in scene.said}
        assert {_bare(text) for text, _ in through} <= known, "the gate shows nothing that was not said but a name"
    return said, passed


def _bare(text: str) -> str:
    return FRAMES.sub("", text).lower()


def check(said: Counter, passed: Counter) -> None:
    assert (said["true"], said.total() - said["true"]) == (TRUTHS, LIES)
    assert {kind: passed[kind] for kind in STRUCTURAL} == dict.fromkeys(STRUCTURAL, 0)
    assert passed.total() - passed["true"] <= LIES // 100
    assert passed["true"] >= TRUTHS * 0.9


def check_fresh(said: Counter, passed: Counter) -> None:
    """Hold what was measured on the fresh lies (eval/LOG.md): above the aim, in the two kinds that are hardest."""
    assert (said["true"], said.total() - said["true"]) == (TRUTHS, LIES)
    assert sum(passed[kind] for kind in STRUCTURAL) <= 1  # a negation, between two languages
    assert passed.total() - passed["true"] <= 5
    # The gate drops two; ten more go with two answers of which less than a third is left beside so many lies.
    assert passed["true"] >= TRUTHS * 0.85


def test_lies_are_not_shown_and_truths_are_without_any_model_behind_the_gate():
    check(*shown())


@pytest.mark.models
def test_lies_are_not_shown_and_truths_are_with_closeness_of_meaning():
    models = pytest.importorskip("rag_agency.models")
    encoder = models.UseEmbedder()

    @cache
    def vector(text: str):
        return encoder.embed_queries([text])[0]

    def close(first: str, second: str) -> float:
        return float(vector(first) @ vector(second))

    check(*shown(close=close))
    check_fresh(*shown(FRESH, close))


def test_a_right_text_with_a_wrong_citation_is_shown_only_with_the_right_one():
    scene = next(s for s in scenes() if s.name == "S01")
    wrong = next(s for s in scene.said if s.kind == "wrong_citation")
    written = Writing(_says(f"{wrong.text} [5]"), Gate(roster())).write("?", "en", scene.offered, Listener())
    assert [p.draft.cited for p in written.passed] == [(2,)]


def _says(text: str):
    from fakes import ScriptedModel

    return ScriptedModel(text)
