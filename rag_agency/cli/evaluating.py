"""``rag-agency eval``: the faithfulness suite from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rag_agency.cli.application import app
from rag_agency.cli.options import IndexOption, settings_with

OUT = Path("eval/results")


@app.command("eval")
def evaluate(  # noqa: PLR0913 (a command has as many options as it needs)
    sets: Annotated[
        list[Path] | None,
        typer.Option(
            "--set", metavar="FILE", help="Questions (.jsonl or .csv); may be repeated. Default: the project's."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the reports are written.")] = OUT,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="The results.json of an earlier run, to compare with."),
    ] = None,
    gates: Annotated[
        Path | None, typer.Option("--gates", metavar="FILE", help="The bounds to hold; default: eval/gates.toml.")
    ] = None,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Ask the questions held out too. For a last measurement only.")
    ] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out poisoned PDFs, rewordings and baselines.")] = False,
    folder: IndexOption = None,
) -> None:
    """Check how faithful the answers are, with figures, reasons and gates; exit 1 if a gate failed."""
    from rag_agency.evaluation.junit import write_junit
    from rag_agency.evaluation.results import write_results
    from rag_agency.evaluation.screen import first_screen
    from rag_agency.evaluation.suite import GATES, Choice, run_suite
    from rag_agency.progress import progress_bar

    choice = Choice(tuple(sets or ()), gates or GATES, baseline, held_out, quick)
    with progress_bar() as progress:
        run = run_suite(settings_with(folder), choice, progress)
    written = [write_results(run, out), write_junit(run, out)]
    sys.stdout.write(first_screen(run))
    sys.stderr.write(f"written: {', '.join(map(str, written))}\n")
    if not run.passed:
        raise typer.Exit(1)
