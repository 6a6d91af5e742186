"""Questions from JSON lines and from a spreadsheet: the same, and refused with their line."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from rag_agency.errors import RequestError
from rag_agency.evaluation import Item, read_questions
from rag_agency.evaluation.judged import GoldQuote
from rag_agency.evaluation.rewording import reworded
from rag_agency.records import Member

HOME = Path(__file__).parents[1] / "eval" / "questions"
ROW = {
    "id": "A1",
    "kind": "numeric",
    "language": "es",
    "question": "¿Cuántos socios?",
    "vital": ["\\b100\\b|cien", "caf[eé]"],
    "members": ["castillo"],
    "report_pages": [7, 8],
    "evidence": [{"report": "study", "quote": "about 100 members: no more"}],
    "abstain": False,
}
CELLS = {
    "id": "A1",
    "kind": "numeric",
    "language": "es",
    "question": "¿Cuántos socios?",
    "vital": "\\b100\\b|cien\ncaf[eé]",
    "members": "castillo",
    "report_pages": "7 ;; 8",
    "evidence": "study: about 100 members: no more",
    "abstain": "no",
}


def written(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def spreadsheet(path: Path, *rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_says_the_same_as_json_lines(tmp_path: Path, delimiter: str):
    from_json = read_questions([written(tmp_path / "a.jsonl", ROW)])
    from_csv = read_questions([spreadsheet(tmp_path / "a.csv", CELLS, delimiter=delimiter)])
    assert from_json == from_csv
    assert from_csv[0].evidence == (GoldQuote("study", "about 100 members: no more"),)
    assert from_csv[0].report_pages == (7, 8)


@pytest.mark.parametrize("word", ["yes", "Sí", "x", "TRUE", "1"])
def test_yes_is_yes_in_either_language(tmp_path: Path, word: str):
    assert read_questions([spreadsheet(tmp_path / "a.csv", CELLS | {"abstain": word})])[0].abstain


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"abstain": "maybe"}, "a.csv line 3: abstain is 'maybe'; write yes or no"),
        ({"language": "fr"}, "a.csv line 3: language"),
        ({"question": ""}, "a.csv line 3: question"),
        ({"vital": "100("}, "a.csv line 3: vital: Value error, '100(' is no search pattern"),
        ({"evidence": "no colon here"}, "a.csv line 3: evidence is 'no colon here'; write the report, a colon"),
        ({"report_pages": "seven"}, "a.csv line 3: report_pages"),
    ],
)
def test_a_cell_that_cannot_be_used_is_refused_with_its_line(tmp_path: Path, change: dict[str, str], says: str):
    row = {name: cell.replace("\n", ";;") for name, cell in CELLS.items()}
    file = spreadsheet(tmp_path / "a.csv", row, row | {"id": "A2"} | change)
    with pytest.raises(RequestError, match=re.escape(says)):
        read_questions([file])


def test_a_column_that_nobody_knows_is_refused_and_the_columns_are_named(tmp_path: Path):
    with pytest.raises(RequestError, match="there is no column vitals; the columns are id, kind, language"):
        read_questions([spreadsheet(tmp_path / "a.csv", {"vitals": "x", "question": "y"})])


def test_a_spreadsheet_in_another_encoding_is_refused_with_what_to_do(tmp_path: Path):
    with pytest.raises(RequestError, match="save it as ‘CSV UTF-8’"):
        read_questions([spreadsheet(tmp_path / "a.csv", CELLS, encoding="cp1252")])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1 is not JSON"),
        ("[1]", "line 1 is not one JSON object"),
        (json.dumps(ROW | {"vitals": []}), "line 1: vitals: Extra inputs"),
        (json.dumps({"id": "A1", "question": "y"}), "line 1: language: Field required"),
        (json.dumps(ROW | {"parent": "A9"}), "line 1: there is no question A9"),
        (json.dumps(ROW) + "\n" + json.dumps(ROW), "line 2: the id A1 is there already"),
        (json.dumps(ROW | {"held_out": True}), "no question to ask; --held-out adds"),
        ("", "no question to ask"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused(tmp_path: Path, line: str, says: str):
    file = tmp_path / "a.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(RequestError, match=re.escape(says)):
        read_questions([file])


def test_what_is_held_out_is_asked_only_where_it_is_asked_for(tmp_path: Path):
    file = written(tmp_path / "a.jsonl", ROW, ROW | {"id": "A2", "held_out": True})
    assert [item.id for item in read_questions([file])] == ["A1"]
    assert [item.id for item in read_questions([file], held_out=True)] == ["A1", "A2"]


def test_the_projects_own_questions_can_be_read_and_are_as_many_as_promised():
    names = ("answerable", "unanswerable", "wrong_premise", "injection", "robustness")
    items = read_questions([HOME / f"{name}.jsonl" for name in names], held_out=True)
    kinds = [item.kind for item in items if not item.parent]
    assert sum(kind in ("unanswerable", "out_of_scope") for kind in kinds) >= 60
    assert kinds.count("wrong_premise") >= 40
    assert kinds.count("injection") >= 60
    assert sum(not item.abstain and item.kind not in ("injection", "wrong_premise") for item in items) >= 220
    assert {item.language for item in items} == {"en", "es"}


def test_no_rewording_gives_away_a_question_that_is_held_out():
    names = ("answerable", "unanswerable", "wrong_premise", "injection", "robustness")
    items = {item.id: item for item in read_questions([HOME / f"{name}.jsonl" for name in names], held_out=True)}
    pairs = [item for item in items.values() if item.parent]
    assert len(pairs) >= 50
    assert not [item.id for item in pairs if item.held_out or items[item.parent].held_out]
    assert all(item.vital == items[item.parent].vital for item in pairs)


def test_rewordings_by_rule_are_the_same_every_time_and_keep_the_gold():
    roster = (Member("castillo", "Lorenzo Castillo"),)
    plain = Item("A1", "numeric", "en", "What does Castillo say about cooperatives in Peru?", vital=("100",))
    found = reworded([plain], roster)
    assert found == reworded([plain], roster)
    assert {item.perturbation for item in found} == {"typo", "casing", "misspelt_member"}
    assert all(item.parent == "A1" and item.vital == ("100",) and item.question != plain.question for item in found)
    misspelt = next(item for item in found if item.perturbation == "misspelt_member")
    assert "Castillo" not in misspelt.question


def test_questions_without_an_answer_are_not_reworded():
    assert reworded([Item("U1", "unanswerable", "en", "What about Colombia and coffee?", abstain=True)], ()) == ()
