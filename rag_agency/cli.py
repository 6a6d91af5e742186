"""The command line: parse, call the library, print. Data to stdout, everything else to stderr.

Exit codes: 0 done, 1 a check failed, 2 the request could not be carried out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from rag_agency.errors import RagAgencyError, RequestError
from rag_agency.records import Language, Question
from rag_agency.settings import Settings, from_environment

INTERRUPTED = 130  # what typer returns after Ctrl-C
UsageError: Any = typer.BadParameter.__base__  # typer ships its own click, whose names are private

app = typer.Typer(
    help="Answers from research reports: who found it, where, on which page, in which words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help is there in half the time
)

IndexOption = Annotated[
    Path | None,
    typer.Option("--index", metavar="DIR", help="The index to use; default: the project's own."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
BatchOption = Annotated[
    Path | None,
    typer.Option("--batch", metavar="FILE", help="Questions as JSON lines; one result a line."),
]
MemberOption = Annotated[
    list[str] | None,
    typer.Option("--member", metavar="M", help="Only this member (slug); may be repeated."),
]
CountryOption = Annotated[
    list[str] | None,
    typer.Option("--country", metavar="C", help="Only this country; may be repeated."),
]
ReportOption = Annotated[
    list[str] | None,
    typer.Option("--report", metavar="R", help="Only this report (id); may be repeated."),
]
QuestionArgument = Annotated[str | None, typer.Argument(help="The question, in Spanish or English.")]


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


def main() -> None:
    """Run the command line; the last line of an error says what to do, and the exit code is 2."""
    code = 0
    try:
        code = app(standalone_mode=False) or 0  # typer returns the code of an Exit, it does not raise it
    except typer.Abort:
        code = INTERRUPTED
    except RagAgencyError as error:
        _fail(str(error))
    except UsageError as error:
        _fail(f"{error.format_message()} See: rag-agency --help")
    except Exception as error:  # the very edge: whatever went wrong, the request was not carried out
        _fail(f"failed: {type(error).__name__}: {error}; please report this with the command you gave")
    if code == INTERRUPTED:
        _fail("stopped by the user; nothing was changed")
    sys.exit(code)


def _fail(message: str) -> None:
    sys.stderr.write(f"error: {' '.join(message.split())}\n")
    sys.exit(2)


def _settings(folder: Path | None) -> Settings:
    settings = from_environment()
    return replace(settings, index=folder) if folder else settings


def _print(data: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@app.command()
def build(
    places: Annotated[list[Path] | None, typer.Argument(help="PDFs or folders; default: corpus/.")] = None,
    members: Annotated[Path | None, typer.Option("--members", metavar="FILE", help="Another members.toml.")] = None,
    folder: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make or refresh the index from PDFs. What has not changed is not read again."""
    from rag_agency.build import build as build_index
    from rag_agency.progress import progress_bar

    with progress_bar() as progress:
        result = build_index(_settings(folder), places or [], members=members, progress=progress)
    for file, warnings in result.warnings.items():
        sys.stderr.write("".join(f"warning: {file}: {warning}\n" for warning in warnings))
    for _, error in result.failed:
        sys.stderr.write(f"not read: {error}\n")
    if as_json:
        _print(result.to_dict())
        return
    sys.stdout.write(
        f"{result.reports} reports, {result.pages} pages, {result.sentences} sentences, {result.passages} passages "
        f"({len(result.added)} added, {len(result.changed)} changed, {len(result.removed)} removed, "
        f"{len(result.unchanged)} unchanged, {len(result.failed)} failed) in {result.seconds:.1f} s\n"
    )


@app.command()
def ask(  # noqa: PLR0913 (a command has as many options as the contract says)
    question: QuestionArgument = None,
    batch: BatchOption = None,
    member: MemberOption = None,
    country: CountryOption = None,
    report: ReportOption = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="en|es", help="Answer in this language.")
    ] = None,
    folder: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question with its sources, or say why there is no answer."""
    from rag_agency.ask import ask as answer
    from rag_agency.ask import open_index

    if language not in (None, "en", "es"):
        raise RequestError(f"there is no language {language}; use en or es")
    asked = _questions(question, batch)
    limits: dict[str, Any] = {"members": member, "countries": country, "reports": report}
    limits = {name: tuple(value) for name, value in limits.items() if value}
    opened = open_index(settings=_settings(folder))
    for one in asked:
        limited = replace(one, **limits, language=language or one.language)  # type: ignore[arg-type]
        result = answer(limited, opened)
        if as_json or batch:
            _print(result.to_dict())
        else:
            sys.stdout.write(result.text + "\n")


@app.command()
def search(
    question: QuestionArgument = None,
    batch: BatchOption = None,
    k: Annotated[int, typer.Option("-k", min=1, help="How many passages.")] = 10,
    folder: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the passages that search brings for a question, the best first."""
    from rag_agency.ask import open_index
    from rag_agency.asked import understand

    asked = _questions(question, batch)
    opened = open_index(settings=_settings(folder))
    for one in asked:
        passages = opened.search(one, understand(one, opened.index.roster), k).passages
        if as_json or batch:
            _print({"id": one.id, "question": one.text, "passages": [p.to_dict() for p in passages]})
            continue
        for passage in passages:
            pages = ", ".join(str(page) for page in passage.pages)
            sys.stdout.write(f"{passage.score:.2f}  {passage.report}, p. {pages}: {passage.text}\n\n")


@app.command()
def sentences(report: ReportOption = None, folder: IndexOption = None) -> None:
    """Print the voice ledger: every sentence with who says it, one JSON object a line."""
    from rag_agency.index import open_generation

    settings = _settings(folder)
    found = open_generation(settings.index, settings.chroma_url, searchable=False)
    unknown = [name for name in report or [] if found.reading_of(name) is None]
    if unknown:
        known = ", ".join(r.id for r in found.reports) or "none"
        raise RequestError(f"there is no report {unknown[0]}; there are {known}")
    for reading in found.readings:
        if not report or reading.report.id in report:
            for sentence in reading.sentences:
                _print(sentence.to_dict())


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="Answers as JSON lines, as `ask --json` gives them.")],
    folder: IndexOption = None,
) -> None:
    """Check answers again against the PDFs, with no model and no index; print what fails."""
    from rag_agency.recheck import recheck

    failed = 0
    for line in recheck(file, _settings(folder)):
        failed += 1
        sys.stdout.write(line + "\n")
    if failed:
        raise typer.Exit(1)


@app.command()
def web(
    host: Annotated[
        str, typer.Option(help="Where to listen; other machines can reach any but the loopback.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port.")] = 7860,
    auth_file: Annotated[
        Path | None,
        typer.Option("--auth-file", metavar="FILE", help="Lines of name:password that may enter."),
    ] = None,
    folder: IndexOption = None,
) -> None:
    """Serve the chat page."""
    from rag_agency.web import serve

    serve(_settings(folder), host=host, port=port, auth_file=auth_file)


def _questions(question: str | None, batch: Path | None) -> list[Question]:
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
