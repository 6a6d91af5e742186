"""The formats that a pack can be had in: a table, and nothing that knows how any of them is made.

Libraries that draw are loaded only when their format is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from rag_agency.course.exports.anki import anki
from rag_agency.course.exports.gift import gift
from rag_agency.course.exports.marked import marked
from rag_agency.course.exports.material import Copy, handout_of
from rag_agency.course.exports.references import bibtex, csl_json
from rag_agency.course.records import Pack, Quote
from rag_agency.language import without_accents

T = TypeVar("T")
# What XML cannot hold; such characters come out of damaged PDFs.
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
COPIES: tuple[Copy, ...] = ("trainer", "participants")


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is called, how its files end, and whether participants get a copy of their own."""

    name: str
    ending: str
    has_copies: bool
    make: Callable[[Pack, Copy], bytes]


@dataclass(frozen=True, slots=True)
class Export:
    """One file of a pack, not yet made."""

    format: Format
    copy: Copy
    file: str

    def data(self, pack: Pack) -> bytes:
        """Make the file."""
        return self.format.make(printable(pack), self.copy)


def _word(pack: Pack, copy: Copy) -> bytes:
    from rag_agency.course.exports.word import word

    return word(handout_of(pack, copy))


def _slides(pack: Pack, copy: Copy) -> bytes:
    from rag_agency.course.exports.slides import slides

    return slides(pack, copy)


def _paper(pack: Pack, copy: Copy) -> bytes:
    from rag_agency.course.exports.paper import paper

    return paper(handout_of(pack, copy))


def _cards(pack: Pack, _copy: Copy) -> bytes:
    from rag_agency.course.exports.paper import cards

    return cards(pack, quotes_to_cut_out(pack))


FORMATS: tuple[Format, ...] = (
    Format("docx", ".docx", True, _word),
    Format("pptx", ".pptx", True, _slides),
    Format("pdf", ".pdf", True, _paper),
    Format("markdown", ".md", True, lambda pack, copy: marked(handout_of(pack, copy))),
    Format("gift", "-quiz.gift.txt", False, lambda pack, _copy: gift(pack)),
    Format("anki", "-quiz.anki.txt", False, lambda pack, _copy: anki(pack)),
    Format("bibtex", "-references.bib", False, lambda pack, _copy: bibtex(pack)),
    Format("csl", "-references.csl.json", False, lambda pack, _copy: csl_json(pack)),
    Format("cards", "-cards.pdf", False, _cards),
)


def exports_of(pack: Pack) -> tuple[Export, ...]:
    """Return every file that a pack can be had as."""
    stem = f"{_slug(pack.title)}-{pack.language}"
    found = []
    for form in FORMATS:
        for copy in COPIES if form.has_copies else COPIES[:1]:
            found.append(Export(form, copy, f"{stem}{f'-{copy}' if form.has_copies else ''}{form.ending}"))
    return tuple(found)


def quotes_to_cut_out(pack: Pack) -> tuple[Quote, ...]:
    """Return the quotes that become cards: findings and both sides of each difference, each once."""
    quotes: list[Quote] = []
    for session in pack.sessions:
        quotes += session.findings
        quotes += (session.difference.a, session.difference.b) if session.difference else ()
    return tuple(dict.fromkeys(quotes))


def printable(value: T) -> T:
    """Return a record without the characters that no office file can hold and no reader can see."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(printable(one) for one in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: printable(getattr(value, field.name)) for field in fields(value)})
    return value


def _slug(title: str) -> str:
    """Return a title as the beginning of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", without_accents(title).lower()).strip("-")[:40].strip("-") or "course"
