"""Paragraphs to Sentences: clean text whose every character knows its place on its page.

Knows nothing of who speaks. A sentence ends where a reader would end it; a citation that stands
behind a full stop stays with the sentence it documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag_agency.records import Page, Piece, Sentence, Span

if TYPE_CHECKING:
    from rag_agency.pages import Paragraph

HYPHENS = "-\u2010\u2011\u00ad"
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LONGEST = 150  # words; longer runs are tables or lists, and no embedder reads them whole
FOOTNOTE_START = re.compile(r"^(\d{1,2})[.)]?\s?[A-ZÁÉÍÓÚÑ¿¡‘“«]")
NOTE_MARK = re.compile(r"(?<=[^\W\d_][^\W\d_])([,.;:)’”»]?)(\d{1,2})(?=[\s,.;:)]|$)")
BOUNDARY = re.compile(
    r"""(?P<stop>[.!?…]+["'’”»)\]]*[⁰¹²³⁴-⁹]*)      # the stop, closing marks, a note's digit
        (?:\s*(?P<cite>\([^()]*\d{4}[^()]*\)\.?))?    # a citation behind the stop
        (?:\s+(?=["'‘“«(\[¿¡…•\d]*\s?[^\W\d_a-záéíóúñü]|["'‘“«(\[]*\d|…)|$)""",
    re.X,
)
ABBREVIATIONS = frozenset(
    "al p pp pág págs pag cf e.g i.e vs sr sra dr dra mr mrs ms st núm ed eds vol inc ltd "
    "s.r.l s.a u.s ee.uu approx ca aprox lic ing prof op cit ibid".split()
)
NUMBERING = frozenset("no nos art fig".split())  # words of their own where no number follows
ITEM_INSIDE = re.compile(r"\s(?=•\s)")


@dataclass(frozen=True, slots=True)
class _Flow:
    """A paragraph's clean text; ``places[i]`` is the page and offset of ``text[i]``, None for joins."""

    text: str
    places: tuple[tuple[Page, int] | None, ...]


def cut_sentences(paragraphs: Sequence[Paragraph], report: str) -> tuple[Sentence, ...]:
    """Return the sentences of a report in reading order; voices are decided elsewhere."""
    words = _vocabulary(paragraphs)
    notes = _note_numbers(paragraphs)
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        flow = _superscript_notes(_flow(paragraph, words), notes)
        for start, end in _sentence_ranges(flow.text, whole=paragraph.kind == "heading"):
            pieces = tuple(_pieces(flow, start, end))
            if not pieces:
                continue
            text = flow.text[start:end].strip()
            place = len(sentences)
            sentences.append(Sentence(report, place, text, pieces, paragraph.section, paragraph.kind, number))
    return tuple(sentences)


def _vocabulary(paragraphs: Iterable[Paragraph]) -> Counter[str]:
    """Count the words that stand whole on a line, hyphenated ones as one word."""
    words: Counter[str] = Counter()
    for paragraph in paragraphs:
        is_cut = False
        for line in paragraph.lines:
            plain = re.sub(f"[{HYPHENS}]", "-", line.text.lower())
            found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", plain)
            # The halves of a word that a line end cuts are no words.
            words.update(found[is_cut : len(found) - plain.endswith("-")])
            is_cut = plain.endswith("-")
    return words


def _note_numbers(paragraphs: Iterable[Paragraph]) -> frozenset[str]:
    starts = (FOOTNOTE_START.match(p.text) for p in paragraphs if p.kind in ("footnote", "body"))
    return frozenset(match[1] for match in starts if match)


def _flow(paragraph: Paragraph, words: Counter[str]) -> _Flow:
    letters: list[str] = []
    places: list[tuple[Page, int] | None] = []
    for i, line in enumerate(paragraph.lines):
        following = paragraph.lines[i + 1].text if i + 1 < len(paragraph.lines) else ""
        raw, glue = _line_end(line.text, following, words)
        for offset, character in enumerate(raw, line.start):
            for letter in _clean(character):
                letters.append(letter)
                places.append((line.page, offset))
        if following and glue:
            letters.append(glue)
            places.append(None)
    return _single_spaced(letters, places)


def _clean(character: str) -> str:
    if character in HYPHENS:
        return "-"
    if not character.isprintable():
        return " "
    return LIGATURES.get(character, character)


def _line_end(text: str, following: str, words: Counter[str]) -> tuple[str, str]:
    """Return a line without a typographic hyphen at its end, and what joins it to the next line."""
    if not text or text[-1] not in HYPHENS or not following[:1].isalpha():
        return text, " "
    head = re.search(r"([^\W\d_]+)[^\w]$", text)
    tail = re.match(r"[^\W\d_]+", following)
    if not head or not tail:
        return text, ""
    first, second = head[1].lower(), tail[0].lower()
    whole, hyphenated = words[first + second], words[f"{first}-{second}"]
    both_stand_alone = words[first] > 0 and words[second] > 0 and len(second) > 3 and len(first) > 3
    keeps = hyphenated > whole or (whole == hyphenated == 0 and (both_stand_alone or following[:1].isupper()))
    return (text, "") if keeps else (text[:-1], "")


def _single_spaced(letters: Sequence[str], places: Sequence[tuple[Page, int] | None]) -> _Flow:
    kept: list[str] = []
    kept_places: list[tuple[Page, int] | None] = []
    for letter, place in zip(letters, places, strict=True):
        if letter.isspace():
            if not kept or kept[-1] == " ":
                continue
            letter, place = " ", None
        kept.append(letter)
        kept_places.append(place)
    return _Flow("".join(kept), tuple(kept_places))


def _superscript_notes(flow: _Flow, notes: frozenset[str]) -> _Flow:
    """Raise the digits of note marks, so that ``singanis3`` reads singanis³; NFKC keeps them equal."""

    def raised(match: re.Match[str]) -> str:
        return match[1] + (match[2].translate(SUPERSCRIPTS) if match[2] in notes else match[2])

    return _Flow(NOTE_MARK.sub(raised, flow.text), flow.places)


def _sentence_ranges(text: str, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence; together they cover the text."""
    start = 0
    for end in [] if whole else _ends(text):
        part = text[start:end]
        if sum(c.isalnum() for c in part) < 3 and end < len(text):
            continue  # dots of an omission belong to the next sentence
        yield from _short_enough(text, start, end)
        start = end
    if text[start:].strip():
        yield from _short_enough(text, start, len(text))


def _ends(text: str) -> list[int]:
    """Return the offsets at which sentences end."""
    ends = []
    for match in BOUNDARY.finditer(text):
        before = text[: match.end("stop")]
        if match["stop"].startswith(".") and len(match["stop"]) == 1 and _is_abbreviation(before, text[len(before) :]):
            continue
        if _is_inside_brackets(before):
            continue
        ends.append(match.end("cite") if match["cite"] else match.end("stop"))
    ends += [match.start() for match in ITEM_INSIDE.finditer(text)]
    return sorted(set(ends))


def _is_abbreviation(before: str, after: str) -> bool:
    word = re.search(r"([^\s(]+)\.$", before)
    if not word:
        return False
    name = word[1].lower().lstrip("‘'“\"[")
    is_initial = len(name) == 1 and name.isalpha() and word[1].isupper()
    is_item = bool(re.fullmatch(r"\d{1,2}|[a-z]", name)) and len(before.strip()) == len(word[0])
    is_numbering = name in NUMBERING and bool(re.match(r"\s*\d", after))
    return name in ABBREVIATIONS or is_initial or is_item or is_numbering


def _is_inside_brackets(before: str) -> bool:
    """Whether a round bracket opened in the last 300 characters is still open."""
    recent = before[-300:]
    return recent.rfind("(") > recent.rfind(")")


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range, or parts of it where it is longer than any sentence."""
    words = list(re.finditer(r"\S+", text[start:end]))
    while len(words) > LONGEST:
        cut = next((i for i in range(LONGEST, LONGEST // 2, -1) if words[i - 1][0][-1] in ";:,"), LONGEST)
        yield start, start + words[cut - 1].end()
        start += words[cut - 1].end()
        words = list(re.finditer(r"\S+", text[start:end]))
    yield start, end


def _pieces(flow: _Flow, start: int, end: int) -> Iterator[Piece]:
    """Yield the parts of a sentence that stand in one run on one page."""
    first = last = None
    letters: list[str] = []
    for i in range(start, end):
        place = flow.places[i]
        if place is not None:
            if first and last and not _is_one_run(last, place):
                yield _piece(first, last, letters)
                first, letters = None, []
            first, last = first or place, place
        letters.append(flow.text[i])
    if first and last and any(c.isalnum() for c in "".join(letters)):
        yield _piece(first, last, letters)


def _is_one_run(last: tuple[Page, int], place: tuple[Page, int]) -> bool:
    between = last[0].text[last[1] + 1 : place[1]]
    return last[0] is place[0] and place[1] >= last[1] and not any(c.isalnum() for c in between)


def _piece(first: tuple[Page, int], last: tuple[Page, int], letters: Sequence[str]) -> Piece:
    return Piece(Span(first[0], first[1], last[1] + 1), "".join(letters).strip())
