"""Outlines as TOML files and back, for a trainer to reorder, cut and reword.

A file has the fields of an outline, a ``[[session]]`` for each session and an ``[[alternative]]``
for each that can take the place of one.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path

import tomlkit
from pydantic import TypeAdapter

from rag_agency.course.records import Outline, OutlineSession
from rag_agency.course.strict import read_strictly
from rag_agency.course.subjects import subject_of
from rag_agency.errors import RequestError
from rag_agency.records import Language

TABLES = {"session": "sessions", "alternative": "alternatives"}


def outline_text(outline: Outline) -> str:
    """Return an outline as the text of its file."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Reorder, remove or reword sessions; an alternative can take the place of one."))
    document.add(tomlkit.comment("statements, voices and pages count what the corpus had for it when it was proposed."))
    for name, value in asdict(outline).items():
        if name not in TABLES.values():
            document.add(name, tomlkit.item(list(value) if isinstance(value, tuple) else value))
    for table, name in TABLES.items():
        rows = tomlkit.aot()
        for session in getattr(outline, name):
            rows.append(_table(session))
        if len(rows):
            document.add(table, rows)
    return tomlkit.dumps(document)


def _table(session: OutlineSession) -> tomlkit.items.Table:
    table = tomlkit.table()
    for name, value in asdict(session).items():
        if name == "pins":
            value = [dict(pin) for pin in value]
        table.add(name, tomlkit.item(list(value) if isinstance(value, tuple) else value))
    return table


def outline_from(text: str, name: str = "the outline") -> Outline:
    """Read an outline from the text of its file; ``name`` is for the message where that fails.

    Raises:
        RequestError: it is not TOML, or a field of it is not as it should be.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RequestError(f"{name} is not valid TOML: {error}; mend that line") from error
    fields = {TABLES.get(key, key): value for key, value in data.items()}
    outline = read_strictly(_adapter(), fields, name, "mend it there")
    if not outline.sessions or not outline.languages:
        raise RequestError(f"{name} has no session, or no language; give it at least one [[session]]")
    return outline


def read_outline(path: Path) -> Outline:
    """Read an outline from a TOML file; raise RequestError where it cannot be used."""
    try:
        return outline_from(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{path} cannot be read as text; give an outline as a TOML file") from error


def title_of(session: OutlineSession, language: Language) -> str:
    """Return a session's title, made from its theme in a language where it has none of its own."""
    return session.title or subject_of(session.theme).name(language)


@cache
def _adapter() -> TypeAdapter[Outline]:
    return TypeAdapter(Outline)
