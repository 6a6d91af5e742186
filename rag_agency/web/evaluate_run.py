"""An evaluation from the page: which questions, in a thread of its own, one at a time, to be stopped at any question.

It asks the index that the page itself answers from. Asking and reading pages use pdfium, which
allows one thread at a time: each call waits for its turn, and so does a reader's question.
"""

from __future__ import annotations

import logging
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rag_agency.errors import RagAgencyError, RequestError
from rag_agency.evaluation.baselines import rivals
from rag_agency.evaluation.gates import read_gates
from rag_agency.evaluation.opened import shelf_of, system_of
from rag_agency.evaluation.provenance import provenance_of
from rag_agency.evaluation.questions import read_questions
from rag_agency.evaluation.records import Run
from rag_agency.evaluation.report import write_report
from rag_agency.evaluation.results import write_results
from rag_agency.evaluation.run import Plan, evaluate
from rag_agency.evaluation.suite import GATES, QUESTIONS, SETS
from rag_agency.evaluation.system import Progress, Shelf, System
from rag_agency.settings import Settings
from rag_agency.web.library import Library

MOST_BYTES = 5 * 1024 * 1024
KINDS = (".csv", ".jsonl")
TICK = 1.0  # seconds after which a reader is shown that time passes

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What to evaluate; ``thorough`` adds rewordings and baselines, which ask each question several times."""

    files: tuple[Path, ...]
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What is done now, how many are done, of how many; ``of`` is 0 before that is known."""

    what: str = ""
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """A run with the folder that its report and results were written to."""

    run: Run
    folder: Path


Evaluator = Callable[[Order, Progress], Run]


class Stopped(Exception):
    """The reader stopped the run."""


class Evaluations:
    """Holds the one evaluation that may run."""

    def __init__(self, evaluator: Evaluator) -> None:
        """Remember what evaluates."""
        self._evaluator = evaluator
        self._busy = threading.Lock()
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the run to stop before its next question."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Say whether the run was asked to stop and has not done so yet."""
        return self._stop.is_set()

    def run(self, order: Order) -> Iterator[Step | Finished]:
        """Yield a step at least every second and the finished run last; closing it stops the run.

        Raises:
            RequestError: another evaluation is running, or the questions cannot be used.
            Stopped: the reader stopped it.
        """
        if not self._busy.acquire(blocking=False):
            raise RequestError("Another evaluation is running on this page; wait until it is done")
        stop = self._stop = threading.Event()
        told: queue.Queue[Step | Run | BaseException] = queue.Queue()
        threading.Thread(target=self._work, args=(order, told, stop), daemon=True).start()
        try:
            yield from _events(told)
        finally:
            stop.set()

    def _work(self, order: Order, told: queue.Queue[Step | Run | BaseException], stop: threading.Event) -> None:
        def progress(what: str, done: int, of: int) -> None:
            if stop.is_set():
                raise Stopped
            told.put(Step(what, done, of))

        outcome: Run | BaseException
        try:
            outcome = self._evaluator(order, progress)
        except (RagAgencyError, Stopped) as expected:
            outcome = expected
        except Exception as error:  # the edge of the thread: whatever went wrong, the page is told so
            logger.exception("an evaluation failed")
            outcome = error
        finally:
            self._busy.release()
        told.put(outcome)


def _events(told: queue.Queue[Step | Run | BaseException]) -> Iterator[Step | Finished]:
    step = Step()
    while True:
        yield step
        try:
            news = told.get(timeout=TICK)
            while isinstance(news, Step) and not told.empty():
                news = told.get_nowait()
        except queue.Empty:
            continue
        if isinstance(news, BaseException):
            raise news
        if isinstance(news, Run):
            yield _kept(news)
            return
        step = news


def _kept(run: Run) -> Finished:
    folder = Path(tempfile.mkdtemp(prefix="rag-agency-evaluation-"))
    write_results(run, folder)
    write_report(run, folder)
    return Finished(run, folder)


def discard(finished: Finished | None) -> None:
    """Remove the folder of a run."""
    if finished:
        shutil.rmtree(finished.folder, ignore_errors=True)


def evaluator_of(library: Library, settings: Settings) -> Evaluator:
    """Return what evaluates the index that the page answers from."""

    def evaluated(order: Order, progress: Progress) -> Run:
        opened = library.opened
        items = read_questions(order.files)
        system = _in_turn(system_of(opened), library)
        plan = Plan(
            gates=read_gates(GATES) if GATES.is_file() else (),
            provenance=provenance_of(opened, order.files, held_out=False),
            rivals=rivals(opened, system) if order.thorough else (),
            rewords=order.thorough,
        )
        return evaluate(items, system, _shelf_in_turn(shelf_of(opened, settings.pdf_password), library), plan, progress)

    return evaluated


def _in_turn(system: System, library: Library) -> System:
    without = library.in_turn(system.without) if system.without else None
    return replace(system, answer=library.in_turn(system.answer), without=without)


def _shelf_in_turn(shelf: Shelf, library: Library) -> Shelf:
    return replace(
        shelf,
        stream=library.in_turn(shelf.stream),
        text=library.in_turn(shelf.text),
        label=library.in_turn(shelf.label),
        spoken=library.in_turn(shelf.spoken),
    )


def shipped_sets() -> tuple[Path, ...]:
    """Return the files of questions that are there; none where the program runs away from its folder."""
    return tuple(file for name in SETS if (file := QUESTIONS / f"{name}.jsonl").is_file())


def problem_of(path: Path) -> str:
    """Return the label of why a file is not taken as questions; empty where it is."""
    if path.suffix.lower() not in KINDS:
        return "evaluate_not_questions"
    if path.stat().st_size > MOST_BYTES:
        return "evaluate_too_large"
    return "" if b"\0" not in path.read_bytes() else "evaluate_not_questions"
