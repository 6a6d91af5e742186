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
    """A run of words in one tone; each of ``sources`` becomes a footnote behind it.

    ``language`` is the run's own where it has one, so that it is hyphenated and read out by its rules.
    """

    text: str
    tone: Tone = "plain"
    sources: tuple[str, ...] = ()
    language: Language | None = None


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a session, or what stands behind the last of them.

    It begins a page where that leaves none nearly empty; one that ``follows`` never does.
    """

    level: int
    text: str
    follows: bool = False


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
    """A table with a head; ``widths`` are percent of the page's width; a cell holds lines.

    One that ``is_whole`` is not parted over two pages.
    """

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    is_whole: bool = False


Block = Heading | Paragraph | Items | Grid


@dataclass(frozen=True, slots=True)
class Handout:
    """All that a printed copy shows: title block, running head, blocks.

    ``date`` is the pack's day (ISO 8601) and ``stamp`` of what index it was made: the file's properties.
    """

    title: str
    subtitle: str
    running: str
    facts: tuple[tuple[str, str], ...]
    language: Language
    blocks: tuple[Block, ...]
    date: str = ""
    stamp: str = ""


def plain(text: str, *sources: str) -> Line:
    """Return a line of one run."""
    return (Words(text, "plain", sources),)


def text_of(line: Line) -> str:
    """Return what a line says, without its notes."""
    return "".join(words.text for words in line)
