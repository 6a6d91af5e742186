"""Options and output that several commands share."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from rag_agency.settings import Settings, from_environment

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


def settings_with(folder: Path | None) -> Settings:
    """Return the settings of the environment, with another index folder where one is named."""
    settings = from_environment()
    return replace(settings, index=folder) if folder else settings


def print_json(data: dict[str, Any]) -> None:
    """Print one object on one line of standard output, at once."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    sys.stdout.flush()
