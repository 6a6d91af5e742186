"""The trainer's commands: propose an outline, and build the course from it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from rag_agency.cli.application import app
from rag_agency.cli.options import CountryOption, IndexOption, MemberOption, settings_with
from rag_agency.errors import RequestError
from rag_agency.records import Language

if TYPE_CHECKING:
    from rag_agency.course.records import Level

PACK_FILE = "pack.json"
LANGUAGES: dict[str, tuple[Language, ...]] = {"en": ("en",), "es": ("es",), "both": ("en", "es")}


@app.command()
def outline(  # noqa: PLR0913 (a wish has as many parts)
    topic: Annotated[str, typer.Argument(help="What the course is about, in Spanish or English.")],
    member: MemberOption = None,
    country: CountryOption = None,
    language: Annotated[str, typer.Option("--language", metavar="en|es|both", help="Of the course.")] = "en",
    level: Annotated[
        str, typer.Option("--level", metavar="introductory|advanced", help="How much is asked.")
    ] = "introductory",
    sessions: Annotated[int, typer.Option("--sessions", help="How many sessions.")] = 3,
    minutes: Annotated[int, typer.Option("--minutes", help="Length of a session.")] = 60,
    out: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write it there.")] = None,
    folder: IndexOption = None,
) -> None:
    """Propose the outline of a course, as TOML, from what the corpus covers."""
    from rag_agency.ask import open_index
    from rag_agency.course import Wish, outline_text, propose

    if language not in LANGUAGES:
        raise RequestError(f"there is no language {language}; use {', '.join(LANGUAGES)}")
    wish = Wish(
        topic=topic,
        members=tuple(member or ()),
        countries=tuple(country or ()),
        languages=LANGUAGES[language],
        level=_level(level),
        sessions=sessions,
        minutes=minutes,
    )
    proposed = propose(wish, open_index(settings=settings_with(folder)))
    for note in (*proposed.notes, *(s.warning for s in proposed.sessions if s.warning)):
        sys.stderr.write(f"note: {note}\n")
    if out is None:
        sys.stdout.write(outline_text(proposed))
    else:
        write_text(out, outline_text(proposed))


@app.command()
def course(
    file: Annotated[Path, typer.Argument(metavar="OUTLINE.toml", help="An outline, as `outline` gives it.")],
    out: Annotated[Path, typer.Option("-o", metavar="DIR", help="The folder to write to.")],
    folder: IndexOption = None,
) -> None:
    """Build a course from an outline: slides, papers, quiz, references, and the pack itself as JSON."""
    from rag_agency.ask import open_index
    from rag_agency.course import build_course, read_outline, write_pack
    from rag_agency.course.exports import write_all

    planned = read_outline(file)
    packs = build_course(planned, open_index(settings=settings_with(folder)), date.today().isoformat())
    for pack in packs:
        target = out / pack.language if len(packs) > 1 else out
        make_folder(target)
        write_pack(pack, target / PACK_FILE)
        for path in (target / PACK_FILE, *write_all(pack, target)):
            sys.stdout.write(f"{path}\n")


def make_folder(path: Path) -> None:
    """Make a folder where there is none; raise RequestError where that cannot be done."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"{path} cannot be made a folder; name another with -o") from error


def write_text(path: Path, text: str) -> None:
    """Write a file beside its place and swap it in; raise RequestError where that cannot be done."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise RequestError(f"{path} cannot be written; name a file in a folder that is there") from error


def _level(name: str) -> Level:
    from rag_agency.course.records import Level

    levels: tuple[Level, ...] = get_args(Level)
    for level in levels:
        if level == name:
            return level
    raise RequestError(f"there is no level {name}; use {', '.join(levels)}")
