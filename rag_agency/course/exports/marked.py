"""A handout as Markdown: headings, lists, pipe tables, and footnotes for the sources.

Whatever a report says is shown and never read as markup: what could begin some is escaped.
"""

from __future__ import annotations

import re
from functools import singledispatchmethod

from rag_agency.course.exports.handout import Block, Grid, Handout, Heading, Items, Line, Paragraph

_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~&$^{}])")  # may begin emphasis, code, links, HTML, notes or mathematics
_OPENING = re.compile(r"^(\d+)([.)])|^([-+=:])")  # at the head of a line: lists, rules, definitions


def marked(handout: Handout) -> bytes:
    """Return the bytes of a .md."""
    writer = _Writer()
    facts = "".join(f"- **{escaped(name)}:** {escaped(value)}\n" for name, value in handout.facts)
    parts = [f"# {escaped(handout.title)}\n", f"*{escaped(handout.subtitle)}*\n", facts]
    parts += [writer.drawn(block) for block in handout.blocks]
    notes = "".join(f"[^{number}]: {escaped(note)}\n" for number, note in enumerate(writer.notes, 1))
    return "\n".join([*parts, notes]).encode()


def escaped(text: str) -> str:
    """Return text on one line that Markdown shows letter by letter."""
    one = _ACTIVE.sub(r"\\\1", " ".join(text.split()))
    return _OPENING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", one)


class _Writer:
    """Draws blocks and gathers their footnotes, numbered through the file; one source has one number."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    @singledispatchmethod
    def drawn(self, block: Block) -> str:
        """Return a block as Markdown."""
        raise TypeError(f"no way to draw {type(block).__name__}")

    @drawn.register
    def _(self, block: Heading) -> str:
        return f"{'#' * (block.level + 1)} {escaped(block.text)}\n"

    @drawn.register
    def _(self, block: Paragraph) -> str:
        return f"{'> ' if block.kind == 'quote' else ''}{self._line(block.line)}\n"

    @drawn.register
    def _(self, block: Items) -> str:
        lines = [f"- {self._mark(item.mark)}{self._line(item.line)}" for item in block.items]
        return "\n".join(f"{'    ' * block.depth}{line}" for line in lines) + "\n"

    @drawn.register
    def _(self, block: Grid) -> str:
        head = f"| {' | '.join(escaped(head) for head in block.heads)} |\n|{' --- |' * len(block.heads)}\n"
        rows = (" | ".join("<br>".join(map(self._line, cell)) for cell in row) for row in block.rows)
        return head + "".join(f"| {row} |\n" for row in rows)

    def _mark(self, mark: str) -> str:
        return f"{escaped(mark)} " if mark else ""

    def _line(self, line: Line) -> str:
        parts = []
        for words in line:
            text = escaped(words.text)
            if words.tone == "strong" and text:
                text = f"**{text}**"
            lead = " " if words.text[:1].isspace() else ""
            tail = " " if words.text[-1:].isspace() and text else ""
            parts.append(f"{lead}{text}{tail}{''.join(map(self._note, words.sources))}")
        return "".join(parts).strip()

    def _note(self, source: str) -> str:
        self.notes += [] if source in self.notes else [source]
        return f"[^{self.notes.index(source) + 1}]"
