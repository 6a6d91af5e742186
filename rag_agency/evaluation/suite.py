"""The whole suite on an index: what the command line and the page in the browser both run."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag_agency.ask import open_index
from rag_agency.errors import RequestError
from rag_agency.evaluation.baselines import rivals
from rag_agency.evaluation.gates import read_gates
from rag_agency.evaluation.opened import remembering, shelf_of, system_of
from rag_agency.evaluation.poison import poisoned_index
from rag_agency.evaluation.provenance import provenance_of
from rag_agency.evaluation.questions import read_questions
from rag_agency.evaluation.records import Run
from rag_agency.evaluation.results import read_results
from rag_agency.evaluation.run import CheckerCall, Plan, Poisoned, evaluate
from rag_agency.evaluation.system import Progress
from rag_agency.models import Embedder, Reader, open_embedders
from rag_agency.settings import Settings

QUESTIONS = Path("eval/questions")
SETS = ("answerable", "unanswerable", "wrong_premise", "injection", "robustness")
GATES = Path("eval/gates.toml")
Embedders = tuple[Reader, Embedder]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is run. ``is_quick`` leaves out poison, rewordings and baselines."""

    files: tuple[Path, ...] = ()
    gates: Path = GATES
    baseline: Path | None = None
    held_out: bool = False
    is_quick: bool = False


def run_suite(
    settings: Settings,
    choice: Choice,
    progress: Progress,
    checkers: Sequence[CheckerCall] = (),
    embedders: Embedders | None = None,
) -> Run:
    """Run the suite on the index of the settings.

    Raises:
        RequestError: the questions, the gates or the earlier run cannot be used.
        IndexUnusable: there is no index, or it was built with something else.
    """
    files = choice.files or default_sets()
    items = read_questions(files, held_out=choice.held_out)
    gates = read_gates(choice.gates)
    earlier = read_results(choice.baseline) if choice.baseline else None
    embedders = embedders or open_embedders(settings)
    opened = open_index(settings=settings, embedders=embedders)
    system, shelf = remembering(system_of(opened)), shelf_of(opened, settings.pdf_password)
    provenance = provenance_of(opened, files, held_out=choice.held_out)
    if choice.is_quick:
        plan = Plan(gates, provenance, checkers=tuple(checkers), earlier=earlier, rewords=False)
        return evaluate(items, system, shelf, plan, progress)
    with tempfile.TemporaryDirectory() as folder:
        progress("poisoning a copy of the index", 0, 1)
        poisoned, attacks = poisoned_index(settings, Path(folder), embedders)
        plan = Plan(
            gates,
            provenance,
            rivals(opened, system),
            tuple(checkers),
            Poisoned(
                system_of(poisoned, "rag_agency beside poison"),
                shelf_of(poisoned, settings.pdf_password, shelf),
                attacks,
            ),
            earlier,
        )
        return evaluate(items, system, shelf, plan, progress)


def default_sets() -> tuple[Path, ...]:
    """Return the project's own files of questions.

    Raises:
        RequestError: there are none in the working folder.
    """
    files = tuple(path for name in SETS if (path := QUESTIONS / f"{name}.jsonl").exists())
    if not files:
        raise RequestError(f"there are no questions in {QUESTIONS}; name a file: rag-agency eval --set FILE")
    return files
