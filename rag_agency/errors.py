"""Everything that can go wrong, in one tree.

    RagAgencyError
    ├── CorpusError        reports.toml or members.toml says something that cannot be used
    ├── ReportError        one PDF cannot be read (the others are)
    ├── ModelError         weights are missing, altered or unknown
    ├── PassageTooLong     a passage would be cut silently by the embedder
    ├── IndexUnusable      there is no index, or it was built from something else
    ├── WriterError        a language model gave nothing that can be used (the extractive answer is given)
    ├── IndexBusy          another build is writing
    └── RequestError       a question, a filter or a file of questions cannot be used
        └── CourseRefused  a course cannot be proposed or built as it was asked for

Each message is one line: what happened, with which thing, what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class RagAgencyError(Exception):
    """Something could not be carried out; the message says what to do."""


class CorpusError(RagAgencyError):
    """A file that describes the corpus cannot be used."""


class ReportError(RagAgencyError):
    """A PDF cannot be read."""


class ModelError(RagAgencyError):
    """A model cannot be had."""


class PassageTooLong(RagAgencyError):
    """A passage is longer than the embedder reads."""


class IndexUnusable(RagAgencyError):
    """There is no index, or it does not fit what is asked of it."""


class IndexBusy(RagAgencyError):
    """Another process is writing the index."""


class RequestError(RagAgencyError):
    """What was asked for cannot be used as it is."""


class CourseRefused(RequestError):
    """A course cannot be proposed or built as asked; ``words`` say why, by the code of each language."""

    def __init__(self, words: Mapping[str, str], language: str) -> None:
        """Keep the reason in every language; the message is in the course's own."""
        super().__init__(words[language])
        self.words = words


class WriterError(RagAgencyError):
    """A language model gave nothing that can be used; ``cause`` is a short word for why."""

    def __init__(self, cause: str, message: str) -> None:
        """Keep the cause, which an answer tells its reader, beside the message."""
        super().__init__(message)
        self.cause = cause
