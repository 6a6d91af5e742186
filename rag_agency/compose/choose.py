"""Which sentences answer: the fewest that do, each with its speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag_agency.compose.cite import Citer, locator_of
from rag_agency.records import (
    Evidence,
    Found,
    Language,
    Question,
    Sentence,
    Source,
    letters_and_digits,
)

MOST = 5  # sentences; more is a list, not an answer
WITHIN = 1.6  # of the best score: what is further off is about something else
QUOTED_WORDS = 150  # of all quotations; 220 words are the whole answer's limit


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence chosen for an answer, with its sources."""

    sentence: Sentence
    sources: tuple[Source, ...]


def compose(
    question: Question, evidence: Evidence, citer: Citer, language: Language
) -> tuple[Statement, ...]:
    """Choose the sentences that answer, grouped by speaker, in reading order within a speaker."""
    chosen = _few(_distinct(_quotable(evidence.sentences)))
    paragraphs = {(s.report, s.paragraph): p.sentences for p in evidence.passages for s in p.sentences}
    statements = []
    for found in _by_speaker(chosen):
        sentence = found.sentence
        beside = [
            s
            for s in paragraphs.get((sentence.report, sentence.paragraph), ())
            if s.paragraph == sentence.paragraph
        ]
        locator = locator_of([sentence, *beside], citer.based_on(sentence.report))
        statements.append(Statement(sentence, citer.sources(sentence, locator, language)))
    return tuple(statements)


def _quotable(sentences: Sequence[Found]) -> list[Found]:
    return [
        f for f in sentences if f.sentence.kind != "heading" and not f.sentence.text.rstrip().endswith(":")
    ]


def _distinct(sentences: Sequence[Found]) -> list[Found]:
    """Leave out sentences that repeat the words of a better one."""
    kept: list[Found] = []
    seen: set[str] = set()
    for found in sentences:
        stream = letters_and_digits(found.sentence.text)
        if stream not in seen:
            kept.append(found)
            seen.add(stream)
    return kept


def _few(sentences: Sequence[Found]) -> list[Found]:
    chosen: list[Found] = []
    words = 0
    for found in sentences[:MOST]:
        length = len(found.sentence.text.split())
        is_far = chosen and found.score < chosen[0].score - WITHIN
        if is_far or (chosen and words + length > QUOTED_WORDS):
            continue
        chosen.append(found)
        words += length
    return chosen


def _by_speaker(chosen: Sequence[Found]) -> list[Found]:
    """Order speakers by their best sentence, and each speaker's sentences as they are printed."""
    speakers = list(dict.fromkeys(_speakers(f.sentence) for f in chosen))
    return sorted(
        chosen,
        key=lambda f: (speakers.index(_speakers(f.sentence)), f.sentence.report, f.sentence.number),
    )


def _speakers(sentence: Sentence) -> tuple[str, ...]:
    return tuple(s.member for s in sentence.members) or (sentence.voice, *sentence.external)
