"""Sentences to Sources: the quote, the page, the speaker, and the reference as a reader would print it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag_agency.compose.primary import says_the_same
from rag_agency.named import members_in
from rag_agency.records import Language, Member, Passage, Piece, Report, Sentence, Source, Speaker
from rag_agency.voices.own import own_speakers

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "cited in": "cited in",
        "and": "and",
        "brief": "evidence brief",
        "p.": "p.",
        "pp.": "pp.",
    },
    "es": {
        "cited in": "citado en",
        "and": "y",
        "brief": "síntesis de evidencia",
        "p.": "p.",
        "pp.": "pp.",
    },
}
MARKER = re.compile(r"^(?:[•▪◦·]\s*|\(?\d{1,2}[.)]\s*(?=[^\W\d])|\(?[a-z]\)\s+)")


class Citer:
    """Makes the sources of sentences of the reports it knows."""

    def __init__(self, reports: Sequence[Report], roster: Sequence[Member]) -> None:
        """Remember reports by id and members by slug."""
        self._reports = {report.id: report for report in reports}
        self._members = {member.slug: member for member in roster}
        self._own = {report.id: own_speakers(report, roster) for report in reports}
        self._studies = {speaker: report for report, speakers in self._own.items() for speaker in speakers}

    def names(self, member: str, text: str) -> bool:
        """Whether a text names a member, by surname or by what stands for them."""
        return member in members_in(text, [self._members[member]])

    def based_on(self, report: str) -> str:
        """Return the reference of the report that a brief restates; empty for other reports."""
        return self._reports[report].based_on

    def place(self, passage: Passage) -> str:
        """Return a passage's report and pages, as a reader would look it up, and the members who speak there."""
        sentences = passage.sentences
        labels = dict.fromkeys(p.span.page.label or str(p.span.page.number) for s in sentences for p in s.pieces)
        pages = list(labels)
        where = f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}–{pages[-1]}"
        speakers = ", ".join(self._members[slug].name for slug in passage.members if slug in self._members)
        return f"{self._reports[passage.report].citation}, {where}" + (f" ({speakers})" if speakers else "")

    def sources(self, sentence: Sentence, locator: str, language: Language) -> tuple[Source, ...]:
        """Return one source a speaker and a page; ``locator`` is where a brief says its fact stands."""
        speakers: tuple[Speaker | None, ...] = sentence.members or (None,)
        return tuple(
            self._source(sentence, piece, speaker, locator, language)
            for speaker in speakers
            for piece in sentence.pieces
        )

    def primary(
        self, sentence: Sentence, ledger: Callable[[str], Sequence[Sentence]], language: Language
    ) -> tuple[Source, ...]:
        """Return sources in the members' own studies for what another report tells of them, where they say it."""
        found: list[Source] = []
        for speaker in sentence.members:
            study = self._studies.get(speaker)
            if study is None or study == sentence.report:
                continue
            own = says_the_same(sentence, (s for s in ledger(study) if speaker in s.members))
            found += [self._source(own, piece, speaker, "", language) for piece in own.pieces] if own else []
        return tuple(found)

    def _source(
        self,
        sentence: Sentence,
        piece: Piece,
        speaker: Speaker | None,
        locator: str,
        language: Language,
    ) -> Source:
        report = self._reports[sentence.report]
        page = piece.span.page
        return Source(
            report=report.id,
            title=report.title,
            page=page.number,
            page_label=page.label,
            quote=without_marker(piece.text) if piece is sentence.pieces[0] else piece.text,
            member=speaker.member if speaker else None,
            study=speaker.study if speaker else None,
            voice=sentence.voice,
            citation=self._citation(sentence, piece, speaker, locator, language),
        )

    def _citation(
        self,
        sentence: Sentence,
        piece: Piece,
        speaker: Speaker | None,
        locator: str,
        language: Language,
    ) -> str:
        words = WORDS[language]
        report = self._reports[sentence.report]
        label = f"{words['p.']} {piece.span.page.label or piece.span.page.number}"
        place = f"{in_language(report.citation, language)}, {label}"
        if report.based_on:
            read = f"{report.citation}, {label}"
            place = f"{in_language(locator or report.based_on, language)} ({read})"
        outside = "; ".join(sentence.outside)
        if speaker in self._own[sentence.report]:
            return place  # the study itself
        said = self._study(speaker) if speaker else outside
        return f"{said}, {words['cited in']} {place}" if said else place

    def _study(self, speaker: Speaker) -> str:
        """Return the study as printed; the surname alone where no study is printed, no year made up."""
        return speaker.study or self._members[speaker.member].surname


def without_marker(text: str) -> str:
    """Return a sentence without the number or bullet that a list or a footnote puts before it."""
    return MARKER.sub("", text, count=1)


def locator_of(sentences: Sequence[Sentence], based_on: str) -> str:
    """Return the first reference to ``based_on`` with its page in the sentences, without brackets."""
    names = re.split(r"\s+(?:and|y|\d)", based_on)
    if not based_on or not names[0]:
        return ""
    pattern = re.compile(
        rf"\(({re.escape(names[0])}[^()]*\d{{4}},?\s*p{{1,2}}\.\s*[\d–,\-\s]+\d|{re.escape(names[0])}[^()]*p\.\s*\d+)\)"
    )
    for sentence in sentences:
        match = pattern.search(sentence.text)
        if match:
            return match[1]
    return ""


def in_language(citation: str, language: Language) -> str:
    """Return a reference with the reader's word between two authors."""
    other = WORDS["es" if language == "en" else "en"]["and"]
    return re.sub(rf"(?<=\w) {other} (?=[A-ZÁÉÍÓÚÑ])", f" {WORDS[language]['and']} ", citation)
