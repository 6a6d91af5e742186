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

from rag_agency.ask import OpenIndex, ask
from rag_agency.compose.cite import locator_of
from rag_agency.errors import RagAgencyError
from rag_agency.pages import page_picture
from rag_agency.records import Answer, Language, Question, Report, Source
from rag_agency.web.panel import Shown, Spot, sentence_of, spot_of, unique_spots

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

    @property
    def opened(self) -> OpenIndex:
        """The index for new questions; hold on to it for the length of one."""
        return self._opened

    def refresh(self) -> None:
        """Open what the last build wrote; until that is open, the old one answers."""
        self._opened = self._reopen()

    def ask(self, question: Question) -> Answer:
        """Answer from the index that is open now."""
        with self._pdfium:
            return ask(question, self._opened)

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
            sentence.external if sentence and sentence.voice == "external" else (),
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
