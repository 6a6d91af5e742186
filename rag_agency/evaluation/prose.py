"""What an answer's text says, read as its reader would: quotations, marks, the list at its end, who is named.

Works on the text alone, so that what is shown is checked, not what the program meant to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag_agency.records import Member, letters_and_digits
from rag_agency.words import plain_words

RULE = re.compile(r"\n\s*-{3,}\s*\n")
ENTRY = re.compile(r"^\s*((?:\d+\.,\s*)*\d+)\.\s+(.+)$")
MARKS = re.compile(r"(?:\s*\[\d+\])+")
NUMBER = re.compile(r"\d+")
PAIRS = {"“": "”", "«": "»", '"': '"'}
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_]|[¿¡“«\"*])")
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+\.)\s)")  # a line's end alone parts nothing
LIST_MARK = re.compile(r"^\s*(?:[-*•]\s+|\d+\.\s+)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text up to its marks: what stands in quotation marks, what around them, the marks.

    ``leads`` is what stood around the quotation before it in the same paragraph, where this one has
    no words of its own: a speaker named once speaks until the next is named.
    """

    text: str
    quoted: tuple[str, ...]
    around: str
    marks: tuple[int, ...]
    leads: str


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of an answer: the body in segments, and the entries of its list by number."""

    body: str
    segments: tuple[Segment, ...]
    entries: tuple[tuple[int, str], ...]


def read_prose(text: str) -> Prose:
    """Read the text of an answer; a text without a list has no entries."""
    body, _, listed = _parted(text)
    entries: list[tuple[int, str]] = []
    for line in listed.splitlines():
        found = ENTRY.match(line)
        if found:
            entries.extend((int(number), found[2].strip()) for number in NUMBER.findall(found[1]))
    segments = [s for paragraph in PARAGRAPH.split(body) if paragraph.strip() for s in _segments(paragraph)]
    return Prose(body, tuple(segments), tuple(entries))


def _parted(text: str) -> tuple[str, str, str]:
    rules = list(RULE.finditer(text))
    if not rules:
        return text, "", ""
    return text[: rules[-1].start()], rules[-1][0], text[rules[-1].end() :]


def _segments(paragraph: str) -> Iterator[Segment]:
    start, leads = 0, ""
    for match in [*MARKS.finditer(paragraph), None]:
        text = paragraph[start : match.start() if match else len(paragraph)]
        marks = tuple(int(number) for number in NUMBER.findall(match[0])) if match else ()
        start = match.end() if match else start
        quoted, around = apart(text)
        bare = LIST_MARK.sub("", around).strip(" *.,;:—–-")
        if not (bare or quoted or marks):
            continue
        leads = bare or leads
        yield Segment(text.strip(), quoted, bare, marks, leads)


def apart(text: str) -> tuple[tuple[str, ...], str]:
    """Return what stands in quotation marks, outermost ones, and what is left without it."""
    quoted, around, depth, close, start = [], [], 0, "", 0
    for place, character in enumerate(text):
        if not depth and character in PAIRS:
            depth, close, start = 1, PAIRS[character], place + 1
        elif depth and character == close:
            depth -= 1
            if not depth:
                quoted.append(text[start:place])
        elif depth and PAIRS.get(character) == close:
            depth += 1
        elif not depth:
            around.append(character)
    if depth:
        quoted.append(text[start:])  # never closed: the rest is taken as quoted
    return tuple(quoted), "".join(around)


def sentences_around(segment: Segment) -> tuple[str, ...]:
    """Return the sentences of a segment's own words, quotations left out."""
    return tuple(part.strip() for part in SENTENCE.split(segment.around) if letters_and_digits(part))


def members_named(text: str, roster: Sequence[Member]) -> tuple[str, ...]:
    """Return the members that a text names by surname, full name, alias or study, spelt as in the roster."""
    words = plain_words(text)
    return tuple(member.slug for member in roster if any(_stands(name, words) for name in names_of(member)))


def names_of(member: Member) -> tuple[tuple[str, ...], ...]:
    """Return the ways to name a member, as words."""
    studies = [re.split(r"\s+(?:et al|\d)", study)[0] for study in member.studies]
    names = (member.surname, member.name, *member.aliases, *studies)
    return tuple(dict.fromkeys(tuple(plain_words(name)) for name in names if plain_words(name)))


def _stands(name: Sequence[str], words: Sequence[str]) -> bool:
    width = len(name)
    return any(tuple(words[i : i + width]) == tuple(name) for i in range(len(words) - width + 1))
