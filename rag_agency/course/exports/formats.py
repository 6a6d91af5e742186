"""The formats that a pack can be had in: a table, and nothing that knows how any of them is made.

Libraries that draw are loaded only when their format is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rag_agency.course.exports.anki import anki
from rag_agency.course.exports.bound import bound, changed
from rag_agency.course.exports.footnotes import shortened
from rag_agency.course.exports.gift import gift
from rag_agency.course.exports.lines import Copy
from rag_agency.course.exports.marked import marked
from rag_agency.course.exports.material import handout_of
from rag_agency.course.exports.references import bibtex, csl_json
from rag_agency.course.exports.words import say
from rag_agency.course.records import Pack, Quote
from rag_agency.language import without_accents
from rag_agency.records import Language
from rag_agency.words import STOP_WORDS

T = TypeVar("T")
# What XML cannot hold; such characters come out of damaged PDFs.
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
COPIES: tuple[Copy, ...] = ("trainer", "participants")
LONGEST = 56  # letters of a title in a file's name


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is called, how its files end, and what it holds where participants have no copy of theirs."""

    name: str
    ending: str
    holds: str
    make: Callable[[Pack, Copy], bytes]

    @property
    def has_copies(self) -> bool:
        """Whether the trainer and participants each get a copy."""
        return not self.holds


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

    return word(bound(shortened(handout_of(pack, copy))))


def _slides(pack: Pack, copy: Copy) -> bytes:
    from rag_agency.course.exports.slides import slides

    return slides(pack, copy)


def _paper(pack: Pack, copy: Copy) -> bytes:
    from rag_agency.course.exports.paper import paper

    return paper(bound(shortened(handout_of(pack, copy))))


def _cards(pack: Pack, _copy: Copy) -> bytes:
    from rag_agency.course.exports.paper import cards

    return cards(pack, quotes_to_cut_out(pack))


FORMATS: tuple[Format, ...] = (
    Format("docx", ".docx", "", _word),
    Format("pptx", ".pptx", "", _slides),
    Format("pdf", ".pdf", "", _paper),
    Format("markdown", ".md", "", lambda pack, copy: marked(handout_of(pack, copy))),
    Format("gift", ".gift.txt", "file_quiz", lambda pack, _copy: gift(pack)),
    Format("anki", ".anki.txt", "file_quiz", lambda pack, _copy: anki(pack)),
    Format("bibtex", ".bib", "file_references", lambda pack, _copy: bibtex(pack)),
    Format("csl", ".csl.json", "file_references", lambda pack, _copy: csl_json(pack)),
    Format("cards", ".pdf", "file_cards", _cards),
)


def exports_of(pack: Pack) -> tuple[Export, ...]:
    """Return every file that a pack can be had as."""
    stem = f"{_slug(pack.title, pack.language)}-{pack.language}"
    found = []
    for form in FORMATS:
        for copy in COPIES if form.has_copies else COPIES[:1]:
            name = say(form.holds or f"file_{copy}", pack.language)
            found.append(Export(form, copy, f"{stem}-{name}{form.ending}"))
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
    return changed(value, lambda text: _UNPRINTABLE.sub("", text))


def _slug(title: str, language: Language) -> str:
    """Return a title as the beginning of a file's name: whole words, and none at the end that leads nowhere."""
    words = _plain_words(title)
    if len("-".join(words)) > LONGEST:
        words = _plain_words(title.partition(":")[0])
    while len(words) > 1 and (len("-".join(words)) > LONGEST or words[-1] in STOP_WORDS[language]):
        words.pop()
    return "-".join(words)[:LONGEST] or say("file_course", language)


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", without_accents(text).lower())
