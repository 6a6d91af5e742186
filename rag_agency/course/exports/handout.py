"""A handout: what every printed format shows, in blocks, before any format knows of it.

Pure records. Word, the printable PDF and Markdown draw the same handout, so that no copy can say
more than another; what a pack has to say is put into blocks in ``material`` and ``quiz``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag_agency.records import Language

Tone = Literal["plain", "strong", "quiet"]
Kind = Literal["body", "quote", "note"]


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words in one tone; each of ``sources`` becomes a footnote behind it."""

    text: str
    tone: Tone = "plain"
    sources: tuple[str, ...] = ()


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a session and a new page."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: plain, quoted, or a note set apart; one that ``leads`` stays with what follows it."""

    line: Line
    kind: Kind = "body"
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list with the mark before it; an empty mark is a bullet."""

    line: Line
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; one of ``depth`` 1 stands under an item, one that ``leads`` stays with what follows it."""

    items: tuple[Item, ...]
    depth: int = 0
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head; ``widths`` are percent of the page's width; a cell holds lines."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


Block = Heading | Paragraph | Items | Grid


@dataclass(frozen=True, slots=True)
class Handout:
    """All that a printed copy shows: title block, running head, blocks."""

    title: str
    subtitle: str
    running: str
    facts: tuple[tuple[str, str], ...]
    language: Language
    blocks: tuple[Block, ...]


def plain(text: str, *sources: str) -> Line:
    """Return a line of one run."""
    return (Words(text, "plain", sources),)
