"""What a language model wrote: the draft, what was checked of it, and what was not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

CheckName = Literal[
    "source", "form", "citations", "quotation", "speakers", "figures", "names", "wording", "support", "checker"
]


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it, with the numbers of the evidence that it says it rests on."""

    text: str
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a written sentence: whether it passed, and why not, or the figure it was judged by."""

    name: CheckName
    passed: bool
    detail: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the check as a certificate keeps it."""
        return {"check": self.name, "passed": self.passed, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was written and not shown, and why; ``mended`` where a second try was shown instead."""

    text: str
    cited: tuple[int, ...]
    check: CheckName
    reason: str
    mended: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return what was not shown as a certificate keeps it."""
        return {
            "text": self.text,
            "cited": list(self.cited),
            "check": self.check,
            "reason": self.reason,
            "mended": self.mended,
        }
