"""Promise 6: an index knows what it was built from, is swapped whole, and has one writer."""

from __future__ import annotations

import importlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest
from conftest import House
from fakes import WordHashEmbedder
from hypothesis import given
from hypothesis import strategies as st
from papers import MEMBERS_TOML, STUDY, study_paper, typeset

from rag_agency import ask, index
from rag_agency.ask import open_index
from rag_agency.errors import IndexBusy, IndexUnusable
from rag_agency.index import Fingerprint
from rag_agency.records import Question

build_room = importlib.import_module("rag_agency.build")  # the package's own `build` is the function
QUESTION = "How many members has a coffee cooperative in Peru?"
NEXT = STUDY.replace("about 100 members", "about 250 members")
HERE = Path(__file__).parent
KEPT = 2  # the current generation and the one before it
CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import House
from fakes import WordHashEmbedder
from rag_agency.settings import Settings
home = Path(sys.argv[1])
settings = Settings(index=home / "index", corpus=home / "corpus")
sys.stdout.write("begins\\n"); sys.stdout.flush()
House(settings, (WordHashEmbedder(), WordHashEmbedder("word-hash-sentences"))).build()
sys.stdout.write("done\\n")
"""
words = st.text("ab", min_size=1, max_size=3)
fingerprints = st.builds(Fingerprint, st.integers(1, 3), words, words, words, words)


@pytest.fixture
def built(house: House) -> House:
    study_paper(house.corpus / "study.pdf")
    house.build()
    return house


def says(house: House) -> str:
    """Return the first quote of the answer to the one question."""
    return ask(QUESTION, house.open()).sentences[0].sources[0].quote


def generations(house: House) -> list[Path]:
    return sorted((house.settings.index / "generations").iterdir())


# The fingerprint


@given(fingerprints, fingerprints)
def test_a_difference_is_named_where_and_only_where_there_is_one(one, other):
    named = one.difference(other)
    assert bool(named) == (one != other)
    for field in fields(Fingerprint):
        differs = getattr(one, field.name) != getattr(other, field.name)
        assert (f"{field.name} {getattr(one, field.name)} against" in named) == differs


@pytest.mark.parametrize("place", [0, 1])
def test_an_index_of_another_embedder_is_refused_by_name(built: House, place: int):
    other = WordHashEmbedder("another-model")
    embedders = (other, built.embedders[1]) if place == 0 else (built.embedders[0], other)
    with pytest.raises(IndexUnusable, match=r"word-hash.* against another-model.*rag-agency build"):
        open_index(settings=built.settings, embedders=embedders)


@pytest.mark.parametrize(("name", "value"), [("FORMAT", 99), ("TARGET_TOKENS", 50)])
def test_an_index_of_another_format_or_cutting_is_refused(built: House, monkeypatch, name: str, value: int):
    monkeypatch.setattr(build_room, name, value)
    with pytest.raises(IndexUnusable, match=rf"against .*{value}"):
        built.open()


def test_an_index_of_other_reading_code_is_refused_and_built_anew(built: House, monkeypatch):
    monkeypatch.setattr(build_room, "_reading_code", lambda: "another")
    with pytest.raises(IndexUnusable, match="against another"):
        built.open()
    result = built.build()
    assert (result.reports, result.changed) == (1, ("munoz-viana-n-d",))
    assert says(built)


def test_another_roster_makes_the_ledger_anew(built: House):
    one = MEMBERS_TOML.split("\n\n")[0]
    (built.corpus / "members.toml").write_text(one, encoding="utf-8")
    built.build()
    opened = built.open()
    assert [m.slug for m in opened.index.roster] == ["castillo"]
    assert {s.member for x in opened.index.sentences for s in x.members} == {"castillo"}


def test_an_index_that_is_not_there_says_how_to_make_it(house: House):
    with pytest.raises(IndexUnusable, match=r"No index at .*\. Build it with: rag-agency build"):
        house.open()


@pytest.mark.parametrize("part", ["index.json", "readings/munoz-viana-n-d.json", "vectors/munoz-viana-n-d.npz"])
@pytest.mark.parametrize("way", ["gone", "cut", "garbage", "empty"])
def test_a_damaged_index_is_named_and_never_half_used(built: House, part: str, way: str):
    (generation,) = generations(built)
    path = generation / part
    data = path.read_bytes()
    path.unlink()
    if way != "gone":
        path.write_bytes({"cut": data[: len(data) // 2], "garbage": b"\xff{]" * 9, "empty": b""}[way])
    with pytest.raises(IndexUnusable, match="rag-agency build"):
        built.open()


def test_a_damaged_index_is_built_anew(built: House):
    (generation,) = generations(built)
    (generation / "index.json").write_text("{", encoding="utf-8")
    assert built.build().reports == 1
    assert "100" in says(built)


# Readers


def test_a_reader_opened_before_a_build_is_undisturbed_during_and_after_it(built: House):
    reader = built.open()
    before = ask(QUESTION, reader)
    study_paper(built.corpus / "study.pdf", NEXT)
    during = []
    built.build(progress=lambda *_: during.append(ask(QUESTION, reader)))
    after = ask(QUESTION, reader)
    assert during
    assert {a.sentences for a in (*during, after)} == {before.sentences}
    assert "250" in says(built)


def test_a_reader_that_first_asks_after_a_build_still_has_its_pages(built: House):
    reader = built.open()
    study_paper(built.corpus / "study.pdf", NEXT)
    built.build()
    assert "100" in ask(QUESTION, reader).sentences[0].sources[0].quote


def test_what_a_crash_left_does_not_push_out_what_readers_hold(built: House, monkeypatch):
    reader = built.open()
    study_paper(built.corpus / "study.pdf", NEXT)
    with monkeypatch.context() as patch:
        failing_after(patch, "rag_agency.index._swap", 0)
        with pytest.raises(KeyboardInterrupt):
            built.build()
    built.build()
    assert reader.index.folder.exists()
    assert len(generations(built)) == KEPT


def test_readers_in_other_threads_never_fail_while_builds_follow_each_other(built: House):
    stop, failed = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                assert ask(QUESTION, built.open()).status == "answered"
            except Exception as error:  # whatever it is, a reader was disturbed
                failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for text in (NEXT, STUDY, NEXT):
        study_paper(built.corpus / "study.pdf", text)
        built.build()
    stop.set()
    reader.join()
    assert failed == []


def test_only_a_few_generations_are_kept(built: House):
    for text in (NEXT, STUDY, NEXT, STUDY):
        study_paper(built.corpus / "study.pdf", text)
        built.build()
    assert len(generations(built)) == KEPT
    assert says(built)


# One writer


def test_a_second_writer_is_told_to_wait(built: House):
    with index.writing(built.settings.index), pytest.raises(IndexBusy, match="Another build is writing"):
        built.build()
    built.build()


def test_the_writers_place_is_free_again_after_a_failure(built: House):
    with pytest.raises(ZeroDivisionError), index.writing(built.settings.index):
        raise ZeroDivisionError
    with index.writing(built.settings.index):
        pass


def test_readers_do_not_need_the_writers_place(built: House):
    with index.writing(built.settings.index):
        assert says(built)


# Crashes


STEPS = [
    ("rag_agency.index.keep_file", 0),
    ("rag_agency.index.write_reading", 0),
    ("rag_agency.index.write_reading", 1),
    ("rag_agency.index.np.savez", 0),
    ("rag_agency.index.VectorStore.__init__", 0),
    ("rag_agency.index.VectorStore.add", 0),
    ("rag_agency.index.VectorStore.add", 1),
    ("rag_agency.index._swap", 0),
    ("rag_agency.index.remove_old", 0),
]


@pytest.mark.parametrize(("step", "calls"), STEPS)
def test_a_crash_at_any_step_leaves_a_usable_index(built: House, monkeypatch, step: str, calls: int):
    study_paper(built.corpus / "study.pdf", NEXT)
    typeset("Llamas carry salt over the pass.", built.corpus / "other.pdf")
    with monkeypatch.context() as patch:
        seen = failing_after(patch, step, calls)
        with pytest.raises(KeyboardInterrupt):
            built.build()
        assert seen
    assert says(built) is not None
    assert ("100" in says(built)) == (step != "rag_agency.index.remove_old")
    built.build()
    assert "250" in says(built)
    assert len(built.open().index.reports) == 2


def failing_after(patch: pytest.MonkeyPatch, step: str, calls: int) -> list[int]:
    """Let the step work so many times, then stop as Ctrl-C would."""
    from _pytest.monkeypatch import derive_importpath

    name, room = derive_importpath(step, raising=True)
    real = getattr(room, name)
    seen: list[int] = []

    def fails(*args, **named):
        seen.append(1)
        if len(seen) > calls:
            raise KeyboardInterrupt
        return real(*args, **named)

    patch.setattr(step, fails)
    return seen


def test_half_a_swap_leaves_the_old_index(built: House, monkeypatch):
    study_paper(built.corpus / "study.pdf", NEXT)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            built.build()
    assert "100" in says(built)
    built.build()
    assert "250" in says(built)


def test_a_first_build_that_crashes_leaves_no_index_and_can_be_repeated(house: House, monkeypatch):
    study_paper(house.corpus / "study.pdf")
    with monkeypatch.context() as patch:
        failing_after(patch, "rag_agency.index._swap", 0)
        with pytest.raises(KeyboardInterrupt):
            house.build()
    with pytest.raises(IndexUnusable, match="No index"):
        house.open()
    assert house.build().reports == 1


def test_a_build_killed_at_any_moment_leaves_a_usable_index(built: House):
    for name in "abcd":
        typeset(STUDY + f"\n\nReport {name}.", built.corpus / f"{name}.pdf")
    moments = random.Random(6)
    killed = 0
    for turn in range(4):
        study_paper(built.corpus / "study.pdf", STUDY if turn % 2 else NEXT)
        killed += kill_a_build(built, moments.uniform(0.0, 0.8))
        assert says(built) and len(built.open().index.passages) > 0
    assert killed >= 2
    built.build()
    assert len(built.open().index.reports) == 5
    assert len(generations(built)) == KEPT


def kill_a_build(house: House, after: float) -> bool:
    """Start a build in a process of its own and kill it; return whether it was still at work."""
    home = house.settings.index.parent
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(home), str(HERE)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout and child.stdout.readline() == "begins\n"
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    done = "done" in child.stdout.read()
    child.wait()
    return not done


# What is read back


def test_what_is_opened_is_what_was_read(built: House):
    opened = built.open().index
    (reading,) = opened.readings
    assert opened.passages == reading.passages
    assert opened.sentence_vectors.shape[0] == len(opened.sentences)
    assert opened.pdf(opened.reports[0]).read_bytes() == (built.corpus / "study.pdf").read_bytes()


def test_cosines_are_those_of_the_vectors(built: House):
    opened = built.open().index
    vector = built.embedders[0].embed_queries([QUESTION])[0]
    expected = built.embedders[0].embed_passages([index.embedded_text(p) for p in opened.passages]) @ vector
    for place, cosine in opened.nearest(vector, 10, Question(QUESTION)).items():
        assert cosine == pytest.approx(float(expected[place]), abs=1e-4)


def test_a_renamed_report_is_renamed_throughout(built: House):
    opened = built.open().index
    item = index.renamed(index.stored(opened, opened.reports[0]), "new")
    reading = item.reading
    assert reading.report.id == "new"
    assert {s.report for s in reading.sentences} | {p.report for p in reading.passages} == {"new"}
    assert all(p.id.startswith("new#") for p in reading.passages)


def test_two_settings_of_one_house_do_not_meet(built: House, tmp_path: Path):
    other = replace(built, settings=replace(built.settings, index=tmp_path / "second"))
    other.build()
    assert other.open().index.name != built.open().index.name
