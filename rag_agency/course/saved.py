"""Packs as JSON files and back; whatever comes from outside is checked to the last field.

A file holds ``{"format": "rag-agency course pack", "version": 1, "pack": {...}}``, the fields being
those of the records. What a reading would not write again the same is refused.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from rag_agency.course.records import Pack
from rag_agency.course.strict import read_strictly
from rag_agency.errors import RequestError

FORMAT = "rag-agency course pack"
VERSION = 1


def write_pack(pack: Pack, path: Path) -> None:
    """Write a pack to a file, beside and then swapped."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(to_json(pack), encoding="utf-8")
    os.replace(beside, path)


def to_json(pack: Pack) -> str:
    """Return a pack as the text of its file."""
    return json.dumps({"format": FORMAT, "version": VERSION, "pack": asdict(pack)}, ensure_ascii=False, indent=1) + "\n"


def is_pack(text: str) -> bool:
    """Say whether a text calls itself a pack, whatever else is wrong with it."""
    try:
        data = json.loads(text)
    except ValueError:
        return False
    return isinstance(data, dict) and data.get("format") == FORMAT


def read_pack(path: Path) -> Pack:
    """Read a pack back, equal to the one that was written.

    Raises:
        RequestError: the file cannot be read, is no pack, or a field of it is not as it should be.
    """
    try:
        return from_json(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{path} cannot be read as text; give a pack that was saved here") from error


def from_json(text: str, name: str = "the file") -> Pack:
    """Read a pack from the text of its file; ``name`` is for the message where that fails."""
    if not is_pack(text):
        raise RequestError(f"{name} is not a course pack; give one that `rag-agency course` has written")
    data = json.loads(text)
    if data.get("version") != VERSION:
        raise RequestError(f"{name} has version {data.get('version')} and this program reads {VERSION}; build it again")
    return read_strictly(_adapter(), data.get("pack"), name, "build the pack again")


@cache
def _adapter() -> TypeAdapter[Pack]:
    return TypeAdapter(Pack)
