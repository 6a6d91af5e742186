"""Questions with what is right for them, from JSON lines or from a spreadsheet saved as CSV.

Both have the same columns. In a cell of a spreadsheet that holds several things, each stands on a
line of its own, or they are parted by two semicolons. eval/README.md describes the columns.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

from rag_agency.errors import RequestError
from rag_agency.evaluation.ground import pages_with_quote
from rag_agency.evaluation.records import GoldQuote, Item
from rag_agency.evaluation.system import Shelf
from rag_agency.records import Language

LISTS = ("history", "vital", "okay", "must_not_include", "members", "report_pages", "evidence")
PARTED = re.compile(r"\r?\n|;;")
TRUTHS = {
    "yes": True,
    "true": True,
    "1": True,
    "sí": True,
    "si": True,
    "x": True,
    "no": False,
    "false": False,
    "0": False,
}


class _Quote(BaseModel):
    model_config = ConfigDict(extra="forbid")

    report: str = Field(validation_alias=AliasChoices("report", "brief"))
    quote: str


class _Row(BaseModel):
    """One question as it is written down."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    kind: str = "question"
    language: Language
    question: str = Field(min_length=1)
    history: list[str] = []
    answer: str = ""
    vital: list[str] = []
    okay: list[str] = []
    must_not_include: list[str] = []
    members: list[str] = []
    report_pages: list[int] = []
    evidence: list[_Quote] = []
    abstain: bool = False
    reason: str = ""
    miss: str = ""
    style: str = "plain"
    held_out: bool = False
    parent: str = ""
    perturbation: str = ""
    attack: str = ""

    @field_validator("vital", "okay", "must_not_include")
    @classmethod
    def patterns(cls, value: list[str]) -> list[str]:
        """Refuse what cannot be searched for."""
        for pattern in value:
            try:
                re.compile(pattern, re.I | re.S)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no search pattern ({error})") from error
        return value


def read_questions(files: Sequence[Path], *, held_out: bool = False) -> tuple[Item, ...]:
    """Return the questions of the files; those that are held out only where they are asked for.

    Raises:
        RequestError: a file or a line cannot be used, an id is there twice, or no question is left.
    """
    found: dict[str, tuple[Item, str]] = {}
    for file in files:
        for place, row in _rows(file):
            item = _item(row, place)
            if item.id in found:
                raise RequestError(f"{place}: the id {item.id} is there already ({found[item.id][1]}); give another")
            found[item.id] = item, place
    items = tuple(item for item, _ in found.values())
    lost = next((i for i in items if i.parent and i.parent not in found), None)
    if lost:
        raise RequestError(f"{found[lost.id][1]}: there is no question {lost.parent}, which it names as its parent")
    kept = tuple(item for item in items if held_out or not item.held_out)
    if not kept:
        raise RequestError(f"{', '.join(map(str, files))}: no question to ask; --held-out adds those held out")
    return kept


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each row with its place, as a reader would look it up."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RequestError(f"{file} cannot be read; give a file of questions (.jsonl or .csv)") from error
    except UnicodeDecodeError as error:
        raise RequestError(f"{file} is not UTF-8; in the spreadsheet, save it as ‘CSV UTF-8’") from error
    yield from _csv_rows(file, text) if file.suffix.lower() == ".csv" else _json_rows(file, text)


def _json_rows(file: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        place = f"{file} line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise RequestError(f"{place} is not JSON ({error}); mend that line") from error
        if not isinstance(row, dict):
            raise RequestError(f"{place} is not one JSON object; mend that line")
        yield place, row


def _csv_rows(file: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # a spreadsheet in Spanish writes semicolons
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        unknown = [name for name in columns if name and name not in _Row.model_fields]
        if unknown or "question" not in columns:
            wrong = f"there is no column {unknown[0]}" if unknown else "there is no column question"
            raise RequestError(f"{file} line 1: {wrong}; the columns are {', '.join(_Row.model_fields)}")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                place = f"{file} line {reader.line_num}"
                if len(cells) > len(columns):
                    raise RequestError(f"{place} has {len(cells)} cells for {len(columns)} columns; mend that line")
                yield place, _from_cells(place, dict(zip(columns, cells, strict=False)))
    except csv.Error as error:
        raise RequestError(f"{file} line {reader.line_num} is not CSV ({error}); mend that line") from error


def _from_cells(place: str, cells: dict[str, str]) -> dict[str, Any]:
    """Return a row with lists and yes or no where the cells of a spreadsheet have text; empty cells left out."""
    row: dict[str, Any] = {}
    for name, cell in ((name, cell.strip()) for name, cell in cells.items()):
        if not cell or not name:
            continue
        parts = [part.strip() for part in PARTED.split(cell) if part.strip()]
        if name == "evidence":
            row[name] = [_quote(place, part) for part in parts]
        elif name in LISTS:
            row[name] = parts
        elif name in ("abstain", "held_out"):
            if cell.lower() not in TRUTHS:
                raise RequestError(f"{place}: {name} is {cell!r}; write yes or no")
            row[name] = TRUTHS[cell.lower()]
        else:
            row[name] = cell
    return row


def _quote(place: str, part: str) -> dict[str, str]:
    report, colon, quote = part.partition(":")
    if not colon:
        raise RequestError(f"{place}: evidence is {part[:40]!r}; write the report, a colon and the quote")
    return {"report": report.strip(), "quote": quote.strip()}


def _item(row: dict[str, Any], place: str) -> Item:
    try:
        checked = _Row.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RequestError(f"{place}: {where}: {first['msg']}; mend that line") from error
    data: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in checked}
    data["evidence"] = tuple(GoldQuote(quote.report, quote.quote) for quote in checked.evidence)
    return Item(**data)


def unplaced(items: Iterable[Item], shelf: Shelf) -> tuple[str, ...]:
    """Return, with their questions, gold quotes whose report is not there, or that stand on none of its pages."""
    found: dict[str, None] = {}
    for item in items:
        for gold in item.evidence:
            if gold.report not in shelf.reports:
                found[f"question {item.id}: there is no report {gold.report}"] = None
            elif not pages_with_quote(gold.report, gold.quote, shelf):
                found[f"question {item.id}: {gold.report} has no page with {gold.quote[:50]!r}"] = None
    return tuple(found)


def unknown_members(items: Iterable[Item], known: Sequence[str]) -> tuple[str, ...]:
    """Return, with their questions, the members that the questions name and the roster has not."""
    wrong = {(item.id, slug) for item in items for slug in item.members if slug not in known}
    return tuple(f"{slug} (question {name})" for name, slug in sorted(wrong))
