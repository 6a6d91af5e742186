"""The commands: parse, call the library, print. Data to stdout, everything else to stderr."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from rag_agency.cli.application import app
from rag_agency.cli.options import (
    BatchOption,
    CountryOption,
    IndexOption,
    JsonOption,
    MemberOption,
    QuestionArgument,
    ReportOption,
    print_json,
    settings_with,
)
from rag_agency.cli.questions import read_questions
from rag_agency.errors import RequestError


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
        result = build_index(settings_with(folder), places or [], members=members, progress=progress)
    for file, warnings in result.warnings.items():
        sys.stderr.write("".join(f"warning: {file}: {warning}\n" for warning in warnings))
    for _, error in result.failed:
        sys.stderr.write(f"not read: {error}\n")
    if as_json:
        print_json(result.to_dict())
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
    asked = read_questions(question, batch)
    limits: dict[str, Any] = {"members": member, "countries": country, "reports": report}
    limits = {name: tuple(value) for name, value in limits.items() if value}
    opened = open_index(settings=settings_with(folder))
    for one in asked:
        limited = replace(one, **limits, language=language or one.language)  # type: ignore[arg-type]
        result = answer(limited, opened)
        if as_json or batch:
            print_json(result.to_dict())
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

    asked = read_questions(question, batch)
    opened = open_index(settings=settings_with(folder))
    for one in asked:
        passages = opened.search(one, understand(one, opened.index.roster), k).passages
        if as_json or batch:
            print_json({"id": one.id, "question": one.text, "passages": [p.to_dict() for p in passages]})
            continue
        for passage in passages:
            pages = ", ".join(str(page) for page in passage.pages)
            sys.stdout.write(f"{passage.score:.2f}  {passage.report}, p. {pages}: {passage.text}\n\n")


@app.command()
def sentences(report: ReportOption = None, folder: IndexOption = None) -> None:
    """Print the voice ledger: every sentence with who says it, one JSON object a line."""
    from rag_agency.index import open_generation

    settings = settings_with(folder)
    found = open_generation(settings.index, settings.chroma_url, searchable=False)
    unknown = [name for name in report or [] if found.reading_of(name) is None]
    if unknown:
        known = ", ".join(r.id for r in found.reports) or "none"
        raise RequestError(f"there is no report {unknown[0]}; there are {known}")
    for reading in found.readings:
        if not report or reading.report.id in report:
            for sentence in reading.sentences:
                print_json(sentence.to_dict())


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="Answers as `ask --json` gives them, or a course pack.")],
    folder: IndexOption = None,
) -> None:
    """Check answers or a course pack again against the PDFs, with no model; print what fails."""
    from rag_agency.course.keep import is_pack_file, recheck_pack
    from rag_agency.recheck import recheck, recorded_only

    is_pack = is_pack_file(file)
    check = recheck_pack if is_pack else recheck
    failed = 0
    for line in check(file, settings_with(folder)):
        failed += 1
        sys.stdout.write(line + "\n")
    if not is_pack and (asked := recorded_only(file)):
        sys.stderr.write(f"A checker model’s word on {asked} sentences is as recorded; it was not asked again.\n")
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

    serve(settings_with(folder), host=host, port=port, auth_file=auth_file)
