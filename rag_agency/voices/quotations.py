"""Where quotation marks open in one sentence and close in a later one."""

from __future__ import annotations

import re
from collections.abc import Sequence

PAIRS = (("‘", "’"), ("“", "”"), ("«", "»"))
OPENS = {opening: re.compile(rf"(?:^|[\s(\[–—…/]){opening}") for opening, _ in PAIRS}
# A plural's apostrophe (producers’) looks like a closing mark; behind punctuation it is one.
CLOSES_SURELY = re.compile(r"(?:[.,;:!?…\])]|[^\Ws])’(?!\w)|’\s*(?:$|[.,;:!?)\](–])")
CLOSES = {"’": re.compile(r"’(?!\w)"), "”": re.compile("”"), "»": re.compile("»")}


def open_runs(texts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return first and last index of each quotation that runs over several sentences."""
    runs: list[tuple[int, int]] = []
    first = 0
    while first < len(texts):
        last = _closing(texts, first)
        if last is not None:
            runs.append((first, last))
        first = (last if last is not None else first) + 1
    return tuple(runs)


def _closing(texts: Sequence[str], first: int) -> int | None:
    """Return the later sentence that closes what ``first`` leaves open, if one does."""
    for opening, closing in PAIRS:
        opened = list(OPENS[opening].finditer(texts[first]))
        if not opened or _closed(texts[first][opened[-1].end() :], closing):
            continue
        for later in range(first + 1, len(texts)):
            again = OPENS[opening].search(texts[later])
            part = texts[later][: again.start()] if again else texts[later]
            if _closed(part, closing, surely=True):
                return later
            if again and not _closed(texts[later][again.end() :], closing):
                break
    return None


def _closed(text: str, closing: str, *, surely: bool = False) -> bool:
    if closing == "’" and surely:
        return bool(CLOSES_SURELY.search(text))
    return bool(CLOSES[closing].search(text))
