"""The opened index behind the page: one at a time, replaced whole after a build.

Asking and drawing use pdfium, which allows one thread at a time; builds run in a process of their
own, so that questions need not wait for them.
"""

from __future__ import annotations

import base64
import io
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, TypeVarTuple

from PIL import ImageChops

from rag_agency.ask import OpenIndex, ask, reworded
from rag_agency.compose import Choice
from rag_agency.compose.cite import locator_of
from rag_agency.course import Wish, build_course, propose
from rag_agency.course.records import Outline, Pack
from rag_agency.errors import RagAgencyError
from rag_agency.pages import page_picture
from rag_agency.records import Answer, Language, Question, Report, Sentence, Source, letters_and_digits
from rag_agency.settings import Settings
from rag_agency.web.panel import Shown, Spot, sentence_of, spot_of, unique_spots
from rag_agency.writers import Listener, Writing

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

PIXELS_A_POINT = 1.8  # sharp in the panel of a dense screen, and still under 300 kB
QUALITY = 82


class Library:
    """Holds the opened index for all handlers."""

    def __init__(self, reopen: Callable[[], OpenIndex], password: str = "") -> None:
        """Open the index; raise IndexUnusable where there is none to open."""
        self._reopen = reopen
        self._password = password
        self._pdfium = threading.Lock()
        self._opened = reopen()
        self._configured = self._opened.writing

    @property
    def opened(self) -> OpenIndex:
        """The index for new questions; hold on to it for the length of one."""
        return self._opened

    def refresh(self) -> None:
        """Open what the last build wrote; until that is open, the old one answers. The model stays as it is."""
        opened = self._reopen()
        writing = _for_roster(self._opened.writing, opened)
        self._opened = replace(opened, writing=writing) if writing else opened

    def word_with(self, settings: Settings) -> None:
        """Have answers worded by the model that these settings name, from now on.

        Raises:
            RequestError: something that the model needs is missing.
        """
        self._opened = reworded(self._opened, settings)

    def word_as_configured(self) -> None:
        """Have answers worded as the settings had it when the page was opened."""
        self._opened = replace(self._opened, writing=_for_roster(self._configured, self._opened))

    @property
    def model(self) -> str:
        """The name of the language model that may word answers; empty where there is none."""
        return self._opened.writing.model.name if self._opened.writing else ""

    def ask(self, question: Question, listener: Listener | None = None) -> Answer:
        """Answer from the index that is open now; in a model's words only where there is a listener.

        A model takes long: only what reads PDFs before it holds the others up.
        """
        opened = self._opened
        if listener is None or opened.writing is None:
            with self._pdfium:
                return ask(question, replace(opened, writing=None))

        def checked(choice: Choice) -> Choice:
            with self._pdfium:
                return opened.checked(choice)

        return ask(question, replace(opened, checked=checked), listener)

    def in_turn(self, call: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
        """Return the same call, made to wait until nobody else uses pdfium."""

        def waiting(*values: *Ts) -> T:
            with self._pdfium:
                return call(*values)

        return waiting

    def report(self, name: str) -> Report | None:
        """Return a report by its id."""
        return next((r for r in self._opened.index.reports if r.id == name), None)

    def sources_of(self, report: str, number: int, language: Language) -> tuple[Source, ...]:
        """Return the sources of one sentence of the ledger; none where there is no such sentence."""
        opened = self._opened
        reading = opened.index.reading_of(report)
        if reading is None or not number < len(reading.sentences):
            return ()
        sentence = reading.sentences[number]
        paragraph = [s for s in reading.sentences if s.paragraph == sentence.paragraph]
        locator = locator_of([sentence, *paragraph], opened.citer.based_on(report))
        return opened.citer.sources(sentence, locator, language)

    def sentence(self, report: str, number: int) -> Sentence | None:
        """Return a sentence of the ledger."""
        reading = self._opened.index.reading_of(report)
        return reading.sentences[number] if reading and 0 <= number < len(reading.sentences) else None

    def sentence_of(self, report: str, page: int, quote: str) -> Sentence | None:
        """Return the sentence that words are taken from; None where they no longer stand in their report."""
        reading = self._opened.index.reading_of(report)
        words = letters_and_digits(quote)
        here = [s for s in reading.sentences if words in letters_and_digits(s.text)] if reading and words else []
        return next((s for s in here if page in {p.span.page.number for p in s.pieces}), here[0] if here else None)

    def propose(self, wish: Wish) -> Outline:
        """Return a course as the index that is open now allows it."""
        with self._pdfium:
            return propose(wish, self._opened)

    def build(self, outline: Outline, date: str) -> tuple[Pack, ...]:
        """Return the material of a course, one pack for each language."""
        with self._pdfium:
            return build_course(outline, self._opened, date)

    def show(self, sources: tuple[Source, ...]) -> Shown | None:
        """Return what the panel shows of a citation; None where its report is no longer there."""
        index = self._opened.index
        reading = index.reading_of(sources[0].report) if sources else None
        if reading is None:
            return None
        members = {member.slug: member for member in index.roster}
        spoken = dict.fromkeys((s.member, s.study) for s in sources if s.member in members)
        sentence = sentence_of(reading, sources[0])
        spots = tuple(self._drawn(spot_of(reading, s), reading.report) for s in unique_spots(sources))
        return Shown(
            reading.report,
            tuple((members[slug], study) for slug, study in spoken if slug),
            sentence.outside if sentence else (),
            spots,
        )

    def _drawn(self, spot: Spot, report: Report) -> Spot:
        path = self._opened.index.pdf(report)
        quote, number = spot.source.quote, spot.source.page
        try:
            with self._pdfium:
                image = page_picture(path, number, quote, PIXELS_A_POINT, self._password)
                plain = page_picture(path, number, "", PIXELS_A_POINT, self._password)
        except RagAgencyError as error:
            return replace(spot, problem=str(error))
        box = ImageChops.difference(image, plain).getbbox()
        mark = (box[1] / image.height, box[3] / image.height) if box else None
        file = io.BytesIO()
        image.save(file, "JPEG", quality=QUALITY)
        picture = f"data:image/jpeg;base64,{base64.b64encode(file.getvalue()).decode()}"
        return replace(spot, picture=picture, mark=mark)


def _for_roster(writing: Writing | None, opened: OpenIndex) -> Writing | None:
    """Return a model with its gate for the members of an index: loaded once, it outlives builds."""
    return writing and replace(writing, gate=replace(writing.gate, roster=tuple(opened.index.roster)))
