"""The application that commands are put on, and its edge: whatever goes wrong becomes one line and an exit code.

Exit codes: 0 done, 1 a check failed, 2 the request could not be carried out.
"""

from __future__ import annotations

import sys
from typing import Any

import typer

from rag_agency.errors import RagAgencyError

INTERRUPTED = 130  # what typer returns after Ctrl-C
UsageError: Any = typer.BadParameter.__base__  # typer ships its own click, whose names are private

app = typer.Typer(
    help="Answers from research reports: who found it, where, on which page, in which words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help is there in half the time
)


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
