"""Shortens footnotes: a source is given in full where a session first needs it, then by the number of that note.

Formats number their notes from 1 to the end of a handout, in the order in which it is read.
"""

from __future__ import annotations

from dataclasses import replace

from rag_agency.course.exports.handout import Block, Grid, Handout, Heading, Items, Line, Paragraph
from rag_agency.course.exports.words import say
from rag_agency.records import Language


def shortened(handout: Handout) -> Handout:
    """Return a handout in which no session gives one source in full twice."""
    reader = _Reader(handout.language)
    return replace(handout, blocks=tuple(reader.read(block) for block in handout.blocks))


class _Reader:
    """Reads blocks in their order and remembers the number of each note."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._count = 0
        self._numbers: dict[str, int] = {}

    def read(self, block: Block) -> Block:
        """Return a block with short notes for what was cited before it."""
        if isinstance(block, Heading):
            if block.level == 1:
                self._numbers = {}  # pages of a session may be handed out alone
            return block
        if isinstance(block, Paragraph):
            return replace(block, line=self._line(block.line))
        if isinstance(block, Items):
            return replace(block, items=tuple(replace(item, line=self._line(item.line)) for item in block.items))
        return self._grid(block)

    def _grid(self, grid: Grid) -> Grid:
        return replace(grid, rows=tuple(tuple(tuple(map(self._line, cell)) for cell in row) for row in grid.rows))

    def _line(self, line: Line) -> Line:
        return tuple(replace(words, sources=tuple(map(self._note, words.sources))) for words in line)

    def _note(self, source: str) -> str:
        self._count += 1
        first = self._numbers.setdefault(source, self._count)
        return source if first == self._count else say("as_note", self._language, first)
