"""Keeps together what may not be parted at the end of a line: ``p. 14``, ``pp. 1, 3``, ``16–17``, ``(in Spanish)``.

For formats that are printed or projected. It changes no letter and no digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

T = TypeVar("T")
SPACE, JOINER = "\u00a0", "\u2060"  # no-break space, word joiner
_PAGES = re.compile(r"\bpp?\. (?:\d+|[ivxl]+\b)(?:(?:–|, )\d+)*")
_TONGUE = re.compile(r"\((in|en) (?=(?:English|Spanish|inglés|español)\))")
_RANGE = re.compile(r"(?<=\d)–(?=\d)")


def bound(value: T) -> T:
    """Return a record in whose texts page numbers and marks of a language stay on one line."""
    return changed(value, _bound)


def _bound(text: str) -> str:
    for pattern in (_PAGES, _TONGUE):
        text = pattern.sub(lambda found: found[0].replace(" ", SPACE), text)
    return _RANGE.sub(f"{JOINER}–{JOINER}", text)


def changed(value: T, change: Callable[[str], str]) -> T:
    """Return a record with each text in it changed, however deep it lies."""
    if isinstance(value, str):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(changed(one, change) for one in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: changed(getattr(value, f.name), change) for f in fields(value)})
    return value
