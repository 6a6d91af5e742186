"""A real language model end to end: nearly all it writes is wrong, and nothing wrong is shown."""

from __future__ import annotations

import re

import pytest
from lies import roster, scenes

from rag_agency.settings import from_environment
from rag_agency.verify import Gate, pick
from rag_agency.verify.figures import unknown_figure
from rag_agency.verify.speakers import heard_in
from rag_agency.writers import Listener, Writing
from rag_agency.writers.gguf import SMOL, place_of
from rag_agency.writers.local import LocalModel

TOKENS = 40  # a sentence or two; the whole has to take under three minutes on two cores
QUESTIONS = 40
EVIDENCE = 3  # pieces a question, so that the prompt is read quickly

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(
        not place_of(SMOL, from_environment()).is_file(),
        reason=f"no {SMOL}; get it with: python -m rag_agency.writers.gguf {SMOL}",
    ),
]


def questions():
    """Two questions a scene: one on the first half of its evidence, one on the second."""
    for scene in scenes():
        half = len(scene.offered) // 2
        for part in (scene.offered[:half], scene.offered[half:]):
            yield scene, part[:EVIDENCE]


def test_forty_questions_bring_no_false_attribution_and_no_number_without_evidence():
    pytest.importorskip("xllamacpp", reason="the extra [local] is not installed")
    writing = Writing(OneTry(LocalModel(place_of(SMOL, from_environment()), TOKENS)), Gate(roster()), seconds=60)
    said = shown = 0
    asked = list(questions())[:QUESTIONS]
    for scene, offered in asked:
        written = writing.write(scene.question, scene.language, offered, Listener())
        said += len(written.passed) + len(written.dropped)
        shown += len(written.passed)
        for passed in written.passed:
            cited = pick(passed.draft.cited, offered)
            speakers = {member for given in cited for member in given.members}
            assert heard_in(passed.draft.text, roster()) <= speakers, passed
            assert not unknown_figure(passed.draft.text, " ".join(given.text for given in cited)), passed
            assert cited and not re.search(r"https?:|\]\(", passed.draft.text)
    assert len(asked) == QUESTIONS and said > QUESTIONS // 2, "the model did write"
    assert shown < said


class OneTry:
    """The model without a second try, which would double the time."""

    def __init__(self, model: LocalModel) -> None:
        self.model, self.name = model, model.name

    def say(self, messages):
        """Say something the first time, nothing when asked to mend it."""
        return self.model.say(messages) if messages[-1].text.startswith("<evidence>") else iter(())
