"""Running heads, feet and page numbers: what stands on every page and belongs to none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag_agency.pages.reader import Line

EDGE_LINES = 4  # lines from the top or the bottom of a page that may be furniture
# A year that closes a citation or a sentence ('2012).') is not one.
NUMBER = re.compile(
    r"^(?!.*\.$)(?![^(\[]*[)\]])\W*(?:page|página|pág\.?|p\.)?\W*(?:\d{1,4}|[ivxlc]{1,7})\W*(?:(?:of|de|/)\W*\d+\W*)?$",
    re.I,
)


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return each page's lines without running heads, running feet and page numbers."""
    edges = [_edge(page) for page in pages]
    seen = Counter(key for edge in edges for key in {_key(line) for line in edge})
    repeated = {key for key, n in seen.items() if n >= max(2, min(4, 0.3 * len(pages)))}
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        out = {id(line) for line in edge if _key(line) in repeated or _is_page_number(line, page)}
        kept.append([line for line in page if id(line) not in out])
    return kept


def _edge(page: Sequence[Line]) -> list[Line]:
    """Return the lines nearest to the page's top and bottom."""
    rows = sorted({round(line.y) for line in page})
    outer = set(rows[: EDGE_LINES // 2] + rows[-EDGE_LINES // 2 :])
    return [line for line in page if round(line.y) in outer]


def _key(line: Line) -> tuple[str, int, float]:
    """Name a line by its words without digits, its height and its size."""
    words = re.sub(r"[\d\W]+", " ", line.text.lower()).strip()
    return words, round(line.y / 3), line.size


def _is_page_number(line: Line, page: Sequence[Line]) -> bool:
    """Whether a lone number is the outermost line of its page."""
    heights = [other.y for other in page]
    return bool(NUMBER.match(line.text)) and line.y in (min(heights), max(heights))
