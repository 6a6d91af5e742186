"""The records that cross borders: what was read, what was found, what is answered.

Plain frozen data. Nothing here reads a file, knows a model or decides anything.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["en", "es"]
Voice = Literal["member", "external", "authors"]
Kind = Literal["heading", "body", "list", "block_quote", "footnote", "box"]
Status = Literal["answered", "partial", "abstained"]
Wanted = Literal["who", "compare", "number", "place", "time", "definition", "list", "fact"]
Reason = Literal["nothing_relevant", "nothing_supported", "outside_corpus", "refused"]


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
    for the authors. ``rule`` is the short name of the rule that decided.
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
    def page(self) -> Page:
        """The page it begins on."""
        return self.pieces[0].span.page

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


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, by whom it was preceded, and to what it is limited."""

    text: str
    id: str | None = None
    history: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks, as search and the writer use it.

    ``text`` is whole by itself, earlier turns added. ``members``, ``countries`` and ``numbers`` are
    those it names or points back to; ``is_instruction`` where it gives orders instead of asking.
    """

    text: str
    language: Language
    wanted: Wanted = "fact"
    members: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    is_instruction: bool = False


@dataclass(frozen=True, slots=True)
class Signals:
    """How closely one sentence meets a question: cosines, and the share of the question's words in it."""

    tokens: float = 0.0
    meaning: float = 0.0
    light: float = 0.0
    words: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that search brought, and how well it fits the question (higher is better)."""

    sentence: Sentence
    score: float
    signals: Signals = Signals()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What search brings for a question: passages and single sentences, the best first."""

    passages: tuple[Passage, ...] = ()
    sentences: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand and whose they are; ``quote`` is verbatim on ``page`` (a physical number)."""

    report: str
    title: str
    page: int
    page_label: str | None
    quote: str
    member: str | None
    study: str | None
    voice: Voice
    citation: str

    def to_dict(self) -> dict[str, Any]:
        """Return the Source object of the public contract."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer with the sources that carry it; it cannot be without one."""

    text: str
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        """Hold promise 2: no sentence without a source."""
        if not self.sources:
            raise ValueError(f"a sentence of an answer needs a source: {self.text[:60]!r}")


@dataclass(frozen=True, slots=True)
class Answer:
    """Sentences with their sources, or the reason why there are none; never both, never neither."""

    question: str
    language: Language
    status: Status
    text: str
    sentences: tuple[AnswerSentence, ...] = ()
    reason: Reason | None = None
    missing: tuple[str, ...] = ()
    writer: str = "extractive"
    index: str = ""
    seconds: float = 0.0
    id: str | None = None

    def __post_init__(self) -> None:
        """Hold promise 4: an answer has sentences or an abstention."""
        abstained = self.status == "abstained"
        if abstained == bool(self.sentences):
            raise ValueError(f"status {self.status} with {len(self.sentences)} sentences")
        if abstained != (self.reason is not None):
            raise ValueError(f"status {self.status} with reason {self.reason}")

    def to_dict(self) -> dict[str, Any]:
        """Return the Answer object of the public contract."""
        sentences = [{"text": s.text, "sources": [source.to_dict() for source in s.sources]} for s in self.sentences]
        return {
            "id": self.id,
            "question": self.question,
            "language": self.language,
            "status": self.status,
            "reason": self.reason,
            "text": self.text,
            "sentences": sentences,
            "missing": list(self.missing),
            "writer": self.writer,
            "index": self.index,
            "seconds": round(self.seconds, 4),
        }
