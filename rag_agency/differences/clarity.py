"""Which sentences say something by themselves, and of which it is clear who says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_agency.differences.contexts import plain
from rag_agency.language import without_accents
from rag_agency.records import Member, Report, Sentence

FEWEST_WORDS = 5
SPEAKS_OF_ITSELF = re.compile(
    r"\b(?:the authors|authors add|munoz (?:and|y) viana|the synthesis|the report’s authors|los autores|la sintesis)"
)
TOGETHER = re.compile(r"\b(?:agree(?:s|d|ing)?\b|both\b|all found|three|coincid|ambos|los tres|tanto)")
SAYS_ANOTHERS_VIEW = re.compile(
    r"^\W*(?:according to the (?:official|dominant|prevailing)|segun el discurso|segun la vision (?:oficial|dominante)|"
    r"on this view|in this view|desde esta|segun esta vision|para esta vision)"
)
ABOUT_THE_REPORT = re.compile(
    r"\b(?:the report|el informe|this brief|the study (?:deals|examines)|su estudio (?:para|examina)|citation|"
    r"unpublished|inedit\w+|returns to the point|"
    r"quotations?|footnote|differ by context|difieren por|evidence briefs?|"
    r"sintesis de evidencia|licen[cs]e cc|licencia cc)\b"
)


class Clarity:
    """Says of sentences of the reports it knows whether they can stand alone under their speaker's name."""

    def __init__(self, reports: Sequence[Report], roster: Sequence[Member]) -> None:
        """Remember which reports restate another, and the members' names."""
        self._based_on = {report.id: report.based_on for report in reports}
        self._names = {m.slug: re.compile(rf"\b{re.escape(without_accents(m.surname))}\b") for m in roster}

    def __call__(self, sentence: Sentence) -> bool:
        """Return whether a sentence says something, and it is clear who says it."""
        text = plain(sentence)
        if sentence.kind in ("heading", "footnote") or text.rstrip().endswith((":", "?")):
            return False
        if len(text.split()) < FEWEST_WORDS or ABOUT_THE_REPORT.search(text) or SAYS_ANOTHERS_VIEW.match(text):
            return False
        return self._has_one_voice(sentence, text)

    def _has_one_voice(self, sentence: Sentence, text: str) -> bool:
        """Return whether one voice speaks.

        It does not where another member is named, where several do not speak together, and where the
        authors of a report that restates another do not say that it is they who say so.
        """
        named = {slug for slug, pattern in self._names.items() if pattern.search(text)}
        members = {speaker.member for speaker in sentence.members}
        if named - members or (len(members) > 1 and not TOGETHER.search(text)):
            return False
        is_theirs = not self._based_on.get(sentence.report) or bool(SPEAKS_OF_ITSELF.search(text))
        return sentence.voice != "authors" or is_theirs
