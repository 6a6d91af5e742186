"""``rag-agency eval``: the faithfulness suite from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rag_agency.cli.application import app
from rag_agency.cli.options import IndexOption, settings_with

OUT = Path("eval/results")
LABELLED = Path("eval/questions/support_pairs.jsonl")
CACHE = "judge-replies"

SetOption = Annotated[
    list[Path] | None,
    typer.Option("--set", metavar="FILE", help="Questions (.jsonl or .csv); may be repeated. Default: the project's."),
]
OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the reports are written.")]
BaselineOption = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="The results.json of an earlier run, to compare with."),
]
GatesOption = Annotated[
    Path | None, typer.Option("--gates", metavar="FILE", help="The bounds to hold; default: eval/gates.toml.")
]
HeldOutOption = Annotated[
    bool, typer.Option("--held-out", help="Ask the questions held out too. For a last measurement only.")
]
QuickOption = Annotated[
    bool, typer.Option("--quick", help="Leave out poisoned PDFs, rewordings by rule and baselines.")
]
NliOption = Annotated[
    Path | None, typer.Option("--nli", metavar="DIR", help="A local cross-encoder that judges support, never gated.")
]
JudgeOption = Annotated[
    bool,
    typer.Option("--judge", help="Let the language model named by RAG_AGENCY_JUDGE_URL judge support, never gated."),
]
LabelledOption = Annotated[
    list[Path] | None,
    typer.Option("--labelled", metavar="FILE", help="Labelled pairs on which checkers are measured; may be repeated."),
]


@app.command("eval")
def evaluate(  # noqa: PLR0913 (a command has as many options as it needs)
    sets: SetOption = None,
    out: OutOption = OUT,
    baseline: BaselineOption = None,
    gates: GatesOption = None,
    held_out: HeldOutOption = False,
    quick: QuickOption = False,
    nli: NliOption = None,
    judge: JudgeOption = False,
    labelled: LabelledOption = None,
    folder: IndexOption = None,
) -> None:
    """Check how faithful the answers are, with figures, reasons and gates; exit 1 if a gate failed."""
    from rag_agency.evaluation.junit import write_junit
    from rag_agency.evaluation.report import write_report
    from rag_agency.evaluation.results import read_results, write_results
    from rag_agency.evaluation.screen import first_screen
    from rag_agency.evaluation.suite import GATES, Choice, run_suite
    from rag_agency.evaluation.support import checkers_from
    from rag_agency.progress import progress_bar

    settings = settings_with(folder)
    pairs = labelled or [file for file in (LABELLED,) if file.exists()]
    checkers = checkers_from(settings, nli, judge, pairs, out / CACHE)
    choice = Choice(tuple(sets or ()), gates or GATES, baseline, held_out, quick)
    with progress_bar() as progress:
        run = run_suite(settings, choice, progress, checkers)
    earlier = read_results(baseline) if baseline else None
    written = [write_report(run, out, earlier), write_results(run, out), write_junit(run, out)]
    sys.stdout.write(first_screen(run))
    sys.stderr.write(f"written: {', '.join(map(str, written))}\n")
    if not run.passed:
        raise typer.Exit(1)
