"""What was read: members, reports, pages, sentences, passages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

Language = Literal["en", "es"]
Voice = Literal["member", "external", "authors"]
Kind = Literal["heading", "body", "list", "block_quote", "footnote", "box"]


@lru_cache(maxsize=100_000)  # every quote is compared with every sentence of its report
def letters_and_digits(text: str) -> str:
    """Return the stream by which words are compared: NFKC, lower case, alphanumerics only."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


@dataclass(frozen=True, slots=True)
class Member:
    """A network member, as the roster lists them."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    affiliation: str = ""
    countries: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    @property
    def surname(self) -> str:
        """The last word of the name, by which readers and reports call the member."""
        return self.name.split()[-1]


@dataclass(frozen=True, slots=True)
class Report:
    """The bibliographic record of one PDF.

    ``citation`` is its short form in running text (``Muñoz and Viaña 2012``). ``based_on`` is the
    citation of the report that this one restates, page by page; an evidence brief has one.
    """

    id: str
    file: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    publisher: str = ""
    language: Language = "en"
    licence: str = ""
    citation: str = ""
    based_on: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page: ``number`` from 1, the printed ``label`` if any, the text as extracted."""

    report: str
    number: int
    label: str | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of one page; ``start`` and ``end`` are offsets into ``page.text``."""

    page: Page
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters themselves, line ends and all."""
        return self.page.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence that stands on one page in one run, with its text for readers.

    ``text`` has joined hyphens and single spaces; its letters and digits are those of the span.
    """

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A member whose words or findings these are, and the study as printed (``SIMAS 2011b``)."""

    member: str
    study: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a report and who says it; ``text`` is for readers, ``pieces`` are for quoting.

    ``paragraph`` counts paragraphs through the report. ``explicit`` is true where the sentence
    itself names the speaker or carries the citation, false where the speaker is inherited, None
    for the authors. ``rule`` is the short name of the rule that decided. ``external`` are the works
    outside the roster that it names, speaking or only referred to.
    """

    report: str
    number: int
    text: str
    pieces: tuple[Piece, ...]
    section: str
    kind: Kind
    paragraph: int
    voice: Voice = "authors"
    members: tuple[Speaker, ...] = ()
    external: tuple[str, ...] = ()
    explicit: bool | None = None
    rule: str = ""

    @property
    def spoken_by(self) -> frozenset[str]:
        """The members whose words or findings these are."""
        return frozenset(speaker.member for speaker in self.members)

    @property
    def page(self) -> Page:
        """The page it begins on."""
        return self.pieces[0].span.page

    @property
    def outside(self) -> tuple[str, ...]:
        """The outside works that say it; none where they only stand beside somebody else's words."""
        return self.external if self.voice == "external" else ()

    def to_dict(self) -> dict[str, Any]:
        """Return the Sentence object of the public contract."""
        return {
            "report": self.report,
            "page": self.page.number,
            "page_label": self.page.label,
            "section": self.section,
            "text": self.text,
            "kind": self.kind,
            "voice": self.voice,
            "members": [{"member": s.member, "study": s.study} for s in self.members],
            "external": list(self.external),
            "explicit": self.explicit,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences of one section, short enough for the embedder to read whole."""

    id: str
    report: str
    section: str
    sentences: tuple[Sentence, ...]
    countries: tuple[str, ...] = ()
    score: float = 0.0

    @property
    def text(self) -> str:
        """The passage for readers."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def pages(self) -> tuple[int, ...]:
        """The physical pages it stands on, derived from its spans."""
        numbers = (p.span.page.number for s in self.sentences for p in s.pieces)
        return tuple(dict.fromkeys(numbers))

    @property
    def members(self) -> tuple[str, ...]:
        """The members who speak in it."""
        return tuple(dict.fromkeys(s.member for x in self.sentences for s in x.members))

    def to_dict(self) -> dict[str, Any]:
        """Return the Passage object of the public contract."""
        return {
            "report": self.report,
            "pages": list(self.pages),
            "section": self.section,
            "text": self.text,
            "members": list(self.members),
            "score": round(self.score, 4),
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one PDF; ``warnings`` are sentences for its reader."""

    report: Report
    pages: tuple[Page, ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = ()
