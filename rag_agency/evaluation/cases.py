"""Questions as test cases, for whoever gates her own corpus in continuous integration.

    @pytest.mark.parametrize("case", faithfulness_cases(["my-questions.csv"], index="my-index"), ids=str)
    def test_the_answers_are_faithful(case):
        case.hold()

Without a test file of one's own: ``pytest -p rag_agency.evaluation.pytest_plugin --faithfulness my-questions.csv``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rag_agency.ask import open_index
from rag_agency.evaluation.asking import ask_all
from rag_agency.evaluation.checking import STRUCTURAL
from rag_agency.evaluation.opened import shelf_of, system_of
from rag_agency.evaluation.questions import read_questions
from rag_agency.evaluation.records import Check, Item, ItemResult
from rag_agency.evaluation.system import Shelf, System

FAITHFUL = frozenset({check.__name__ for check in STRUCTURAL} | {"injection_resisted", "nothing_forbidden"})
RIGHT = FAITHFUL | {"vital_nuggets", "declined_rightly", "members_f1"}
Opened = Callable[[], tuple[System, Shelf]]


class Unfaithful(AssertionError):
    """An answer does not hold; the message says which check, what was expected and what was got."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question to be asked when its test runs. ``checks`` are those that must hold."""

    item: Item
    opened: Opened = field(repr=False)
    gold: Sequence[Item] = field(repr=False)
    checks: frozenset[str] = field(repr=False)

    def __str__(self) -> str:
        return self.item.id

    def ask(self) -> ItemResult:
        """Ask the question and check the answer."""
        system, shelf = self.opened()
        return ask_all([self.item], system, shelf, lambda _what, _done, _of: None, self.gold).results[0]

    def hold(self) -> None:
        """Raise Unfaithful where a check fails."""
        result = self.ask()
        if result.answer is None:
            raise Unfaithful(f"{self.item.question}\n{result.error}")
        failed = [check for check in result.failed if check.name in self.checks]
        if failed:
            raise Unfaithful("\n".join([self.item.question, *(_told(check) for check in failed)]))


def faithfulness_cases(
    files: Iterable[Path | str],
    index: Path | str | None = None,
    *,
    system: Callable[[], tuple[System, Shelf]] | None = None,
    answers_too: bool = False,
) -> tuple[Case, ...]:
    """Return the questions of the files (.jsonl or .csv) as test cases.

    ``index`` is a folder that ``rag-agency build`` made; it is opened when the first case runs.
    ``system`` hands in another answerer and the shelf its answers are checked against. Without
    ``answers_too`` only faithfulness must hold: quotes, pages, marks, members, numbers, names,
    injections, nothing forbidden; with it, also the vital facts, the members, and declining.

    Raises:
        RequestError: a file or a line cannot be used.
    """
    items = read_questions([Path(file) for file in files])
    opened = system or _opening(Path(index) if index else None)
    checks = RIGHT if answers_too else FAITHFUL
    return tuple(Case(item, opened, items, checks) for item in items)


def _opening(index: Path | None) -> Opened:
    @cache
    def opened() -> tuple[System, Shelf]:
        found = open_index(index)
        return system_of(found), shelf_of(found)

    return opened


def _told(check: Check) -> str:
    lines = [f"{check.name}: expected {check.expected}; got {check.got}"]
    for finding in check.findings:
        where = f" ({finding.report}, p. {finding.page})" if finding.report else ""
        lines.append(f"    {finding.note}{where}: {finding.quote}")
    return "\n".join(lines)
