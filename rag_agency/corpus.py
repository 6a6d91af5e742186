"""Which reports there are and who the members are: reports.toml, members.toml, and PDFs without an entry.

Knows files and their records; nothing of what stands in a report but its title page.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag_agency.errors import CorpusError, RequestError
from rag_agency.language import language_of
from rag_agency.records import Language, Member, Report, letters_and_digits

if TYPE_CHECKING:
    from rag_agency.pages import Document

REPORTS_FILE = "reports.toml"
MEMBERS_FILE = "members.toml"
AND = {"en": "and", "es": "y"}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ReportEntry(_Entry):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    file: str
    title: str
    authors: list[str] = []
    year: int | None = None
    publisher: str = ""
    language: Language = "en"
    licence: str = ""
    citation: str = ""
    based_on: str = ""


class _MemberEntry(_Entry):
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    aliases: list[str] = []
    affiliation: str = ""
    countries: list[str] = []
    studies: list[str] = []
    themes: list[str] = []


Checked = TypeVar("Checked", bound=_Entry)


def read_members(path: Path) -> tuple[Member, ...]:
    """Read the roster; raise CorpusError naming the file, the line and the cure."""
    entries = _read_entries(path, "member", _MemberEntry)
    _refuse_twins(path, "member", [entry.slug for entry in entries])
    return tuple(
        Member(
            e.slug,
            e.name,
            tuple(e.aliases),
            e.affiliation,
            tuple(e.countries),
            tuple(e.studies),
            tuple(e.themes),
        )
        for e in entries
    )


def read_reports(path: Path) -> tuple[Report, ...]:
    """Read the catalogue of reports; a missing file is an empty catalogue."""
    if not path.exists():
        return ()
    entries = _read_entries(path, "report", _ReportEntry)
    _refuse_twins(path, "report", [entry.id for entry in entries])
    return tuple(_completed(Report(**entry.model_dump() | {"authors": tuple(entry.authors)})) for entry in entries)


def _read_entries(path: Path, table: str, kind: type[Checked]) -> list[Checked]:
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}; put the file there") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CorpusError(f"{path} line {line}: this is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        said = str(error).replace("end of document", f"line {len(text.splitlines())}, the last")
        raise CorpusError(f"{path} is not valid TOML: {said}; mend that line") from error
    entries = data.get(table, [])
    if set(data) - {table} or not isinstance(entries, list):
        raise CorpusError(f"{path} line 1: only [[{table}]] tables are expected; found {', '.join(data)}")
    checked = []
    for number, entry in enumerate(entries):
        try:
            checked.append(kind.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            key = str(first["loc"][0]) if first["loc"] else table
            line = _line_of(text, table, number, key)
            raise CorpusError(f"{path} line {line}: {key}: {first['msg']}; mend it there") from error
    return checked


def _line_of(text: str, table: str, number: int, key: str) -> int:
    """Return the line of ``key`` in the ``number``-th table, or the line where that table begins."""
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines) if line.strip().startswith(f"[[{table}]]")]
    if number >= len(starts):
        return 1
    end = starts[number + 1] if number + 1 < len(starts) else len(lines)
    inside = (i for i in range(starts[number], end) if re.match(rf"\s*{re.escape(key)}\s*=", lines[i]))
    return next(inside, starts[number]) + 1


def _refuse_twins(path: Path, table: str, names: Sequence[str]) -> None:
    again = next((i for i, name in enumerate(names) if name in names[:i]), None)
    if again is not None:
        line = _line_of(path.read_text(encoding="utf-8"), table, again, {"member": "slug"}.get(table, "id"))
        raise CorpusError(f"{path} line {line}: {names[again]} stands twice; give each entry a name of its own")


def find_pdfs(places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the PDFs named, and those in the folders named, each once; raise RequestError for others."""
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            found |= dict.fromkeys(sorted(p.resolve() for p in place.glob("*.[pP][dD][fF]")))
        elif place.is_file():
            found[place.resolve()] = None
        else:
            raise RequestError(f"there is no file or folder {place}; name a PDF or a folder of PDFs")
    return tuple(found)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry_of(file: str, title: str, catalogue: Sequence[Report]) -> Report | None:
    name = letters_and_digits(title)
    by_title = (r for r in catalogue if name and letters_and_digits(r.title) == name)
    return next((r for r in catalogue if r.file == file), None) or next(by_title, None)


def is_outdated(report: Report, catalogue: Sequence[Report]) -> bool:
    """Whether the catalogue now says something else of a report that was described before."""
    entry = _entry_of(report.file, report.title, catalogue)
    if entry is None:
        return False
    is_named_so = re.fullmatch(rf"{re.escape(entry.id)}(?:-\d+)?", report.id)
    return not is_named_so or replace(entry, id=report.id, file=report.file, sha256=report.sha256) != report


def describe(path: Path, document: Document, catalogue: Sequence[Report], file: str = "") -> Report:
    """Return the record of a PDF: its entry by file name or title, else one from the PDF itself.

    ``file`` is the name that its user knows it by, where the PDF at ``path`` is a copy.
    """
    file = file or path.name
    entry = _entry_of(file, document.title, catalogue)
    if entry is None:
        text = " ".join(page.text for page in document.pages[:5])
        entry = _completed(
            Report(
                id="",
                file=file,
                title=document.title or _first_heading(document) or Path(file).stem,
                authors=document.authors,
                year=_printed_year(document),
                language=language_of(text),
            )
        )
        entry = replace(entry, id=_slug(entry.citation) or _slug(Path(file).stem) or "report")
    return replace(entry, file=file, sha256=sha256_of(path))


def _first_heading(document: Document) -> str:
    """Return the largest type of the first page, by which a title is printed."""
    lines = document.lines[0] if document.lines else ()
    if not lines:
        return ""
    largest = max(line.size for line in lines)
    return " ".join(line.text for line in lines if line.size == largest)[:200]


def _printed_year(document: Document) -> int | None:
    """Return the year that the first page prints beside a copyright or a publisher."""
    text = document.pages[0].text
    match = re.search(r"(?:©|copyright|published|publicado|edición)\D{0,40}((?:19|20)\d\d)\b", text, re.I)
    return int(match[1]) if match else None


def _completed(report: Report) -> Report:
    """Give a report without a citation the usual one: surnames and year."""
    if report.citation:
        return report
    names = [author.split()[-1] for author in report.authors]
    joined = f" {AND[report.language]} ".join(names[:2]) if len(names) < 3 else f"{names[0]} et al."
    year = str(report.year) if report.year else {"en": "n.d.", "es": "s. f."}[report.language]
    return replace(report, citation=f"{joined or report.title} {year}")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in ("and", "y", "et", "al")]
    return "-".join(words)[:60].strip("-")
