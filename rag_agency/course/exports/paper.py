"""A handout as a PDF to print, and quotes as cards to cut out, both set by typst.

All text goes to the templates as data: typst shows it and never reads it as markup. Only the fonts
that typst carries are used, and they are embedded, so that a file looks the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from rag_agency.course.exports.handout import Handout
from rag_agency.course.exports.material import running_head
from rag_agency.course.exports.words import quoted, say
from rag_agency.course.records import Pack, Quote

HERE = Path(__file__).resolve().parent


def paper(handout: Handout) -> bytes:
    """Return the bytes of a .pdf."""
    data = asdict(handout)
    data["running"] = handout.running.split("\t")
    data["blocks"] = [{"block": type(block).__name__, **asdict(block)} for block in handout.blocks]
    return _typeset("handout", data)


def cards(pack: Pack, quotes: Sequence[Quote]) -> bytes:
    """Return the bytes of a .pdf of quotes as cards to cut out."""
    data = {
        "title": f"{say('cards', pack.language)}: {pack.title}",
        "running": running_head(pack).split("\t"),
        "language": pack.language,
        "cards": [{"text": quoted(q.text), "who": q.who, "citation": q.citation} for q in quotes],
    }
    return _typeset("cards", data)


def _typeset(template: str, data: dict[str, Any]) -> bytes:
    inputs = {template: json.dumps(data, ensure_ascii=False)}
    fonts = typst.Fonts(include_system_fonts=False)
    pdf = typst.compile(str(HERE / f"{template}.typ"), root=str(HERE), font_paths=fonts, sys_inputs=inputs)
    assert isinstance(pdf, bytes)  # a list only where an image for each page is asked for
    return pdf
