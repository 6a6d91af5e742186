"""Passages to read as a case: whole paragraphs of a section, from its first one on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rag_agency.course.material import Material
from rag_agency.course.twins import voice_of
from rag_agency.differences.clarity import ABOUT_THE_REPORT
from rag_agency.differences.contexts import plain
from rag_agency.records import Sentence
from rag_agency.wholeness import OF_THE_TEXT, TWO_IN_ONE, stands_alone

WORDS = (60, 220)
SENTENCES = 3
SUMMARY = re.compile(r"in brief|summary|abstract|overview|en (?:síntesis|breve|resumen)|resumen|síntesis", re.I)


def openings(material: Material) -> Iterator[tuple[Sentence, ...]]:
    """Yield how each section begins: as many of its first paragraphs, whole, as make a case to read.

    The first sentence stands by itself; where the text speaks of the report, or of the study as such,
    it ends.
    """
    for report in material.languages:
        ledger = [s for s in material.opened.ledger(report) if s.kind not in ("heading", "footnote")]
        sections = [(name, list(found)) for name, found in groupby(ledger, key=lambda s: s.section)]
        first = next((name for name, found in sections if len(found) >= SENTENCES), "")
        for name, found in sections:
            # What opens a report is its title and summary.
            run = () if name == first or SUMMARY.match(name) else _opening(found)
            is_case = len(run) >= SENTENCES and _has_a_voice(run) and WORDS[0] <= _words(run) <= WORDS[1]
            if is_case and stands_alone(run[0]):
                yield run


def _opening(section: Sequence[Sentence]) -> tuple[Sentence, ...]:
    run: list[Sentence] = []
    for _, found in groupby(section, key=lambda s: s.paragraph):
        paragraph = list(found)
        if any(_is_of_the_text(s) for s in paragraph) or run and _words([*run, *paragraph]) > WORDS[1]:
            break
        run += paragraph
    return tuple(run)


def _is_of_the_text(sentence: Sentence) -> bool:
    """Say whether a sentence speaks of the report, or runs into a note of it."""
    is_about = ABOUT_THE_REPORT.search(plain(sentence)) or OF_THE_TEXT.search(sentence.text)
    return bool(is_about or TWO_IN_ONE.search(sentence.text))


def _has_a_voice(run: Sequence[Sentence]) -> bool:
    """Say whether half of a passage is one voice's; what goes round the table is no case."""
    voices = Counter(voice_of(sentence) for sentence in run)
    return 2 * max(voices.values()) >= len(run)


def _words(sentences: Sequence[Sentence]) -> int:
    return sum(len(s.text.split()) for s in sentences)
