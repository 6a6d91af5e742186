"""A handout on the page, to be looked over before it is taken away: blocks to HTML.

Pure. Sources stand behind a small number, as on paper, and are listed at the end of each session.
"""

from __future__ import annotations

from functools import singledispatchmethod

from rag_agency.course.exports.handout import Block, Grid, Handout, Heading, Items, Line, Paragraph
from rag_agency.web.markup import escape, unbroken

TONES = {"plain": "{0}", "strong": "<strong>{0}</strong>", "quiet": '<span class="quiet">{0}</span>'}
KINDS = {"body": "<p>{0}</p>", "quote": "<blockquote>{0}</blockquote>", "note": '<p class="quiet">{0}</p>'}


def handout_html(handout: Handout) -> str:
    """Return a handout as sections that open and close, one for each heading of the first level."""
    writer = _Writer()
    sections: list[tuple[str, list[str]]] = [("", [])]
    for block in handout.blocks:
        if isinstance(block, Heading) and block.level == 1:
            sections[-1][1].append(writer.notes_html())
            sections.append((block.text, []))
        else:
            sections[-1][1].append(writer.drawn(block))
    sections[-1][1].append(writer.notes_html())
    folded = (
        f"<details><summary>{escape(title)}</summary>{''.join(parts)}</details>" if title else "".join(parts)
        for title, parts in sections
    )
    return f'<div class="handout" lang="{handout.language}">{"".join(folded)}</div>'


class _Writer:
    """Draws blocks and gathers the sources of a section."""

    def __init__(self) -> None:
        self._before = 0
        self._notes: list[str] = []

    @singledispatchmethod
    def drawn(self, block: Block) -> str:
        """Return a block as HTML."""
        raise TypeError(f"no way to draw {type(block).__name__}")

    @drawn.register
    def _(self, block: Heading) -> str:
        return f"<h4>{escape(block.text)}</h4>"

    @drawn.register
    def _(self, block: Paragraph) -> str:
        return KINDS[block.kind].format(self._line(block.line))

    @drawn.register
    def _(self, block: Items) -> str:
        items = (f"<li>{escape(item.mark)} {self._line(item.line)}</li>" for item in block.items)
        kind = "marked" if block.items and block.items[0].mark else "bullets"
        return f'<ul class="{kind} depth-{block.depth}">{"".join(items)}</ul>'

    @drawn.register
    def _(self, block: Grid) -> str:
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in block.heads)
        rows = "".join(f"<tr>{''.join(map(self._cell, row))}</tr>" for row in block.rows)
        body = f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
        return f'<div class="grid" tabindex="0"><table>{body}</table></div>'

    def _cell(self, lines: tuple[Line, ...]) -> str:
        return f"<td>{'<br>'.join(map(self._line, lines))}</td>"

    def notes_html(self) -> str:
        """Return the sources gathered since the last call, and begin anew behind their numbers."""
        items = "".join(f"<li>{unbroken(note)}</li>" for note in self._notes)
        html = f'<ol class="notes" start="{self._before + 1}">{items}</ol>' if items else ""
        self._before += len(self._notes)
        self._notes = []
        return html

    def _line(self, line: Line) -> str:
        parts = []
        for words in line:
            marks = "<sup>,</sup>".join(map(self._note, words.sources))
            parts.append(TONES[words.tone].format(escape(words.text)) + marks)
        return "".join(parts)

    def _note(self, source: str) -> str:
        self._notes.append(source)
        return f'<sup title="{escape(source)}">{self._before + len(self._notes)}</sup>'
