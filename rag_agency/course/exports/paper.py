"""A handout as a PDF to print, and quotes as cards to cut out, both set by typst.

All text goes to the templates as data: typst shows it and never reads it as markup. Only the fonts
that typst carries are used, and they are embedded, so that a file looks the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from rag_agency.course.exports.bound import bound
from rag_agency.course.exports.handout import Block, Grid, Handout, Heading, Items, Line, Paragraph, text_of
from rag_agency.course.exports.lines import source_of
from rag_agency.course.exports.words import day, in_other, quoted, say, when
from rag_agency.course.records import Pack, Quote
from rag_agency.records import Language

LONG = 2200  # letters, about half a page: what has fewer and belongs together is not parted
HERE = Path(__file__).resolve().parent


def paper(handout: Handout) -> bytes:
    """Return the bytes of a .pdf."""
    data = asdict(handout)
    data["running"] = [handout.title, day(handout.date, handout.language)]
    data["date"] = _date(handout.date)
    data["blocks"] = [_group(group) for group in _groups(handout.blocks)]
    return _typeset("handout", data)


def cards(pack: Pack, quotes: Sequence[Quote]) -> bytes:
    """Return the bytes of a .pdf of quotes as cards to cut out."""
    data = {
        "title": f"{say('cards', pack.language)}: {pack.title}",
        "running": [pack.title, day(pack.stamp.date, pack.language)],
        "language": pack.language,
        "cards": [_card(quote, pack.language) for quote in quotes],
        "date": _date(pack.stamp.date),
        "stamp": f"{say('index', pack.language)} {pack.stamp.index} ({pack.stamp.fingerprint})",
    }
    return _typeset("cards", data)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield blocks, each with those that lead to it."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not _leads(block):
            yield group
            group = []
    if group:
        yield group


def _leads(block: Block) -> bool:
    return block.level > 1 if isinstance(block, Heading) else isinstance(block, Paragraph | Items) and block.leads


def _group(group: Sequence[Block]) -> dict[str, Any]:
    letters = sum(len(text_of(line)) for block in group for line in _lines(block))
    is_one = len(group) > 1 or (isinstance(group[0], Paragraph) and group[0].kind == "quote")
    goes_on = letters >= LONG or any(isinstance(block, Grid) and not block.is_whole for block in group)
    drawn = [{"block": type(block).__name__, **asdict(block)} for block in group]
    return {"whole": is_one and not goes_on, "blocks": drawn}


def _lines(block: Block) -> tuple[Line, ...]:
    if isinstance(block, Paragraph):
        return (block.line,)
    if isinstance(block, Items):
        return tuple(item.line for item in block.items)
    return tuple(line for row in block.rows for cell in row for line in cell) if isinstance(block, Grid) else ()


def _card(quote: Quote, language: Language) -> dict[str, str]:
    card = {
        "text": quoted(quote.text),
        "language": quote.language,
        "mark": in_other(quote.language, language),
        "who": quote.who,
        "citation": source_of(quote, language),
    }
    return {name: bound(words) for name, words in card.items()}


def _date(iso: str) -> list[int]:
    """Return year, month and day; nothing for what is no day."""
    made = when(iso)
    return [made.year, made.month, made.day] if made else []


def _typeset(template: str, data: dict[str, Any]) -> bytes:
    inputs = {template: json.dumps(data, ensure_ascii=False)}
    fonts = typst.Fonts(include_system_fonts=False)
    pdf = typst.compile(str(HERE / f"{template}.typ"), root=str(HERE), font_paths=fonts, sys_inputs=inputs)
    assert isinstance(pdf, bytes)  # a list only where an image for each page is asked for
    return pdf
