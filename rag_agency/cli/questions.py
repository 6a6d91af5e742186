"""Questions as a command gets them: one, or a file of JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from rag_agency.errors import RequestError
from rag_agency.records import Language, Question


class _BatchRow(BaseModel):
    """One line of a file of questions."""

    model_config = ConfigDict(extra="ignore")

    question: str
    id: str | int | None = None
    history: list[str] = []
    members: list[str] = []
    countries: list[str] = []
    reports: list[str] = []
    language: Language | None = None


def read_questions(question: str | None, batch: Path | None) -> list[Question]:
    """Return the one question, or those of the file; raise RequestError where neither or both are given."""
    if (question is None) == (batch is None):
        raise RequestError("give either a question or --batch FILE")
    return [Question(question)] if question is not None else list(_batch(batch)) if batch else []


def _batch(file: Path) -> Iterator[Question]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{file} cannot be read as text; give a file of JSON lines") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _BatchRow.model_validate_json(line)
        except ValidationError as error:
            raise RequestError(f"{file} line {number}: {error.errors()[0]['msg']}; mend that line") from error
        yield Question(
            text=row.question,
            id=None if row.id is None else str(row.id),
            history=tuple(row.history),
            members=tuple(row.members),
            countries=tuple(row.countries),
            reports=tuple(row.reports),
            language=row.language,
        )
