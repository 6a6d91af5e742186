"""``results.json``: a Run written down, and read back strictly.

A file that lacks a field, has one too many or one of another type is refused with its place.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rag_agency.errors import RequestError
from rag_agency.evaluation.records import SCHEMA, ItemResult, Run
from rag_agency.records import Answer

RESULTS = "results.json"


@cache
def _adapter() -> TypeAdapter[Run]:
    return TypeAdapter(Run)


def write_results(run: Run, folder: Path) -> Path:
    """Write ``results.json`` beside the old one and swap it in; return where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / RESULTS
    beside = target.with_suffix(".json.new")
    beside.write_bytes(_adapter().dump_json(run, indent=1) + b"\n")
    beside.replace(target)
    return target


def read_results(file: Path) -> Run:
    """Read a run back.

    Raises:
        RequestError: it cannot be read, is of another schema, or is not exactly a run.
    """
    try:
        data = file.read_bytes()
        schema = json.loads(data)["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RequestError(f"{file} is not a results.json; give one that rag-agency eval wrote") from error
    if schema != SCHEMA:
        raise RequestError(f"{file} has schema {schema}, this version reads {SCHEMA}; run rag-agency eval again")
    try:
        return _adapter().validate_json(data, strict=True, extra="forbid")
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RequestError(f"{file} at {place}: {first['msg']}; run rag-agency eval again") from error


def numbers_of(run: Run) -> str:
    """Return a short hash of all that must be the same when the same thing is run twice.

    Times are left out, the name of the index, which each build draws anew, and what another run that
    this one was compared with adds to it.
    """
    still = replace(
        run,
        items=tuple(_without_times(result) for result in run.items),
        provenance=replace(run.provenance, started="", seconds=0.0, index=""),
        gates=(),
        comparison=None,
        said=(),
    )
    return hashlib.sha256(_adapter().dump_json(still)).hexdigest()[:16]


def _without_times(result: ItemResult) -> ItemResult:
    answer: Answer | None = result.answer
    return replace(result, seconds=0.0, answer=replace(answer, seconds=0.0, index="") if answer else None)
