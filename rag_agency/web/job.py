"""A build in a process of its own.

Questions are answered meanwhile, and a PDF that crashes a library crashes that process only. The
parent writes one task as JSON to the child's standard input; the child writes a JSON line for
each step and one for the outcome. ``python -m rag_agency.web.job`` is the child.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from rag_agency.build import build
from rag_agency.errors import RagAgencyError
from rag_agency.index import open_generation
from rag_agency.records import Reading
from rag_agency.settings import Settings

NOT_TOLD = {f.name for f in fields(Settings) if f.name.startswith("writer")}  # building needs no model's key
TICK = 1.0  # seconds after which a reader is shown that time passes


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be built: PDFs to add, ids of reports to take out."""

    settings: Settings
    places: tuple[Path, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: ``done`` of ``of`` files, ``file`` is being read; no file: before or after."""

    file: str = ""
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read of one report, in numbers; ``members`` is statements by slug."""

    id: str
    file: str
    title: str
    citation: str
    year: int | None
    pages: int
    sentences: int
    members: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome: what the index now holds, and the files that could not be read."""

    reports: tuple[Summary, ...]
    failed: tuple[tuple[str, str], ...] = ()


Event = Step | Done
Worker = Callable[[Task], Iterator[Event]]


def summary_of(reading: Reading) -> Summary:
    """Return what was read of a report, in numbers."""
    report = reading.report
    spoken = Counter(slug for s in reading.sentences for slug in {m.member for m in s.members})
    return Summary(
        report.id,
        report.file,
        report.title,
        report.citation,
        report.year,
        len(reading.pages),
        len(reading.sentences),
        dict(spoken),
        reading.warnings,
        report.sha256,
    )


def run_task(task: Task) -> Iterator[Event]:
    """Yield a step at least every second and the outcome last; stopping early stops the child.

    Raises RagAgencyError with the child's own words where it fails.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "rag_agency.web.job"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert child.stdin and child.stdout  # both are pipes
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_pass_on, args=(child.stdout, lines), daemon=True).start()
    try:
        child.stdin.write(_task_line(task))
        child.stdin.close()
        yield from _events(lines, child)
    finally:
        child.kill()
        child.wait()


def _pass_on(output: IO[str], lines: queue.Queue[str]) -> None:
    for line in output:
        lines.put(line)
    lines.put("")


def _events(lines: queue.Queue[str], child: subprocess.Popen[str]) -> Iterator[Event]:
    step = Step()
    while True:
        yield step
        try:
            line = lines.get(timeout=TICK)
        except queue.Empty:
            continue
        if not line:
            raise RagAgencyError(
                f"Reading stopped (exit {child.wait()}) and nothing was changed; try the files one by one"
            )
        told = json.loads(line)
        if "error" in told:
            raise RagAgencyError(told["error"])
        if "reports" in told:
            yield _done(told)
            return
        step = Step(**told)


def _done(told: dict[str, Any]) -> Done:
    reports = (Summary(**row | {"warnings": tuple(row["warnings"])}) for row in told["reports"])
    return Done(tuple(reports), tuple((file, error) for file, error in told["failed"]))


def _task_line(task: Task) -> str:
    return json.dumps(
        {
            "settings": {n: str(getattr(task.settings, n)) for f in fields(Settings) if (n := f.name) not in NOT_TOLD},
            "use_hub": task.settings.use_hub,
            "places": [str(place) for place in task.places],
            "remove": task.remove,
        }
    )


def _task(line: str) -> Task:
    told = json.loads(line)
    values: dict[str, Any] = told["settings"] | {"use_hub": told["use_hub"]}
    values |= {name: Path(values[name]) for name in ("index", "corpus", "models")}
    return Task(Settings(**values), tuple(Path(p) for p in told["places"]), tuple(told["remove"]))


def main() -> None:
    """Be the child: build, and tell of it on what was standard output."""
    tell = sys.stdout
    sys.stdout = sys.stderr  # what libraries print is not part of the conversation

    def say(told: dict[str, Any]) -> None:
        tell.write(json.dumps(told, ensure_ascii=True) + "\n")
        tell.flush()

    task = _task(sys.stdin.read())
    try:
        built = build(
            task.settings,
            task.places,
            remove=task.remove,
            progress=lambda file, done, of: say(asdict(Step(file, done, of))),
        )
        held = open_generation(task.settings.index, task.settings.chroma_url, searchable=False).readings
    except RagAgencyError as error:
        say({"error": str(error)})
    else:
        say({"reports": [asdict(summary_of(reading)) for reading in held], "failed": built.failed})


if __name__ == "__main__":
    main()
