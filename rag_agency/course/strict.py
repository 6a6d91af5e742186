"""Data from outside read into records: every field of its kind, and none that a record does not have."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from rag_agency.errors import RequestError

Record = TypeVar("Record")


def read_strictly(adapter: TypeAdapter[Record], data: object, name: str, remedy: str) -> Record:
    """Return the record that plain data stands for.

    Raises:
        RequestError: a field is of another kind, missing or unknown; ``remedy`` says what to do.
    """
    try:
        record = adapter.validate_json(json.dumps(data), strict=True)
    except (ValidationError, ValueError, TypeError) as error:
        raise RequestError(f"{name} cannot be used: {_said(error)}; {remedy}") from error
    stray = _first_stray(data, json.loads(adapter.dump_json(record)), "")
    if stray:
        raise RequestError(f"{name} cannot be used: there is no field {stray}; {remedy}")
    return record


def _said(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _first_stray(read: Any, known: Any, path: str) -> str:  # noqa: ANN401 (JSON)
    """Return the first field that was read and that a record has not; empty where there is none."""
    if isinstance(read, dict) and isinstance(known, dict):
        for key, value in read.items():
            if key not in known:
                return f"{path}{key}"
            if stray := _first_stray(value, known[key], f"{path}{key}."):
                return stray
    if isinstance(read, list) and isinstance(known, list):
        for number, (one, other) in enumerate(zip(read, known, strict=True)):
            if stray := _first_stray(one, other, f"{path}{number}."):
                return stray
    return ""
