"""The command line: one file for the application and its edge, one for each kind of command."""

from rag_agency.cli import commands, course, evaluating
from rag_agency.cli.application import app, main

__all__ = ["app", "commands", "course", "evaluating", "main"]
