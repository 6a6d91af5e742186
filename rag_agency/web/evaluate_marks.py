"""Where a reader agrees with a check and where not: kept beside the index, line after line.

The last line on a verdict counts. A verdict is known by its question's words, its check and its
outcome, so that marks survive a new run and lapse where the outcome changes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from rag_agency.evaluation.records import Check, ItemResult

FOLDER, FILE = "evaluation", "marks.jsonl"


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str
    question: str
    check: str
    verdict: str
    agrees: bool | None
    at: str = ""


Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """With how many of the verdicts that readers looked at they agree; by check where they do not."""

    agreed: int
    of: int
    disputed: tuple[tuple[str, int], ...]


class Marks:
    """Reads and writes the marks of one index."""

    def __init__(self, index: Path) -> None:
        """Read what earlier readers left; a line that cannot be read is passed over."""
        self._file = index / FOLDER / FILE
        self._lock = threading.Lock()
        self._known: dict[Key, bool] = {}
        for line in self._lines():
            self._take(line)

    @property
    def known(self) -> Mapping[Key, bool]:
        """Whether readers agree, by question, check and verdict."""
        return dict(self._known)

    def set(self, result: ItemResult, check: Check, agrees: bool | None) -> None:
        """Keep that a reader agrees with a verdict or not; None takes a mark back."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = _Line(
            id=result.item.id,
            question=result.item.question,
            check=check.name,
            verdict=check.verdict,
            agrees=agrees,
            at=at,
        )
        with self._lock:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line.model_dump(), ensure_ascii=False) + "\n")
            self._take(line)

    def _take(self, line: _Line) -> None:
        key = line.question, line.check, line.verdict
        if line.agrees is None:
            self._known.pop(key, None)
        else:
            self._known[key] = line.agrees

    def _lines(self) -> Iterable[_Line]:
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return
        for line in lines:
            try:
                yield _Line.model_validate_json(line)
            except ValidationError:
                continue


def mark_of(known: Mapping[Key, bool], result: ItemResult, check: Check) -> bool | None:
    """Return whether a reader agrees with a verdict; None where nobody has said."""
    return known.get((result.item.question, check.name, check.verdict))


def agreement_of(known: Mapping[Key, bool], results: Iterable[ItemResult]) -> Agreement:
    """Return how far readers agree with the verdicts of a run that they looked at."""
    told = [(check.name, mark) for r in results for check in r.checks if (mark := mark_of(known, r, check)) is not None]
    disputed: dict[str, int] = {}
    for name, agrees in told:
        if not agrees:
            disputed[name] = disputed.get(name, 0) + 1
    ordered = sorted(disputed.items(), key=lambda pair: -pair[1])
    return Agreement(sum(agrees for _, agrees in told), len(told), tuple(ordered))
