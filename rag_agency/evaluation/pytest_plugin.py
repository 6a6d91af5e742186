"""``pytest -p rag_agency.evaluation.pytest_plugin --faithfulness SET``: each question of a set is one test.

pytest -p rag_agency.evaluation.pytest_plugin --faithfulness questions.csv --faithfulness-index my-index
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag_agency.errors import RagAgencyError
from rag_agency.evaluation.cases import Case, Unfaithful, faithfulness_cases


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("faithfulness", "answers of rag_agency checked against their reports")
    group.addoption("--faithfulness", action="append", default=[], metavar="SET", help="Questions, .jsonl or .csv.")
    group.addoption("--faithfulness-index", metavar="DIR", help="The index to ask; default: the project's own.")
    group.addoption(
        "--faithfulness-answers",
        action="store_true",
        help="The vital facts must be said too, and questions without an answer declined.",
    )


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for each question."""
    files = [Path(name) for name in config.getoption("--faithfulness")]
    if not files:
        return
    index = config.getoption("--faithfulness-index")
    try:
        cases = faithfulness_cases(files, index, answers_too=config.getoption("--faithfulness-answers"))
    except RagAgencyError as error:
        raise pytest.UsageError(str(error)) from error
    items.extend(_tests(session, cases))


def _tests(session: pytest.Session, cases: tuple[Case, ...]) -> Iterator[pytest.Item]:
    for case in cases:
        yield Question.from_parent(session, name=f"faithfulness[{case}]", case=case)


class Question(pytest.Item):
    """One question of the set."""

    def __init__(self, name: str, parent: pytest.Session, case: Case) -> None:
        """Remember the case."""
        super().__init__(name, parent)
        self._case = case

    def runtest(self) -> None:
        """Ask it."""
        self._case.hold()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Return why the answer does not hold, without a traceback."""
        if isinstance(excinfo.value, Unfaithful):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return what stands in pytest's list."""
        return self.path, None, self.name
