"""The voice ledger as its readers ask it: whose sentences, on what, and how many.

Pure: reads an opened index and knows no HTML. A voice is a member's slug, or one of two names that
no slug can have: the authors, and whoever is cited from outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag_agency.index import Index
from rag_agency.records import Sentence
from rag_agency.themes import Theme, is_about, themes_of

AUTHORS, EXTERNAL = "@authors", "@external"
ANYONE = ""  # any member


def statements(index: Index, voice: str = ANYONE, theme: Theme | None = None) -> tuple[Sentence, ...]:
    """Return the sentences of a voice on a theme, in reading order."""
    return tuple(
        s
        for s in index.sentences
        if _says_something(s) and _is_said_by(s, voice) and (theme is None or is_about(s, theme))
    )


def _says_something(sentence: Sentence) -> bool:
    """Headings do not, and neither does what only leads in to a quotation or a list."""
    return sentence.kind != "heading" and not sentence.text.rstrip().endswith(":")


def _is_said_by(sentence: Sentence, voice: str) -> bool:
    if voice in (AUTHORS, EXTERNAL):
        return sentence.voice == voice.removeprefix("@")
    if sentence.voice != "member":
        return False
    return voice == ANYONE or voice in {speaker.member for speaker in sentence.members}


@lru_cache(maxsize=1)
def counts(index: Index) -> dict[tuple[str, str], int]:
    """Return how many statements each member makes on each theme, and on all (theme ``""``)."""
    found: dict[tuple[str, str], int] = {}
    themes = themes_of(index.roster)
    for sentence in statements(index):
        about = ["", *(theme.slug for theme in themes if is_about(sentence, theme))]
        for member in dict.fromkeys(speaker.member for speaker in sentence.members):
            for slug in about:
                found[member, slug] = found.get((member, slug), 0) + 1
    return found


def by_report(sentences: Sequence[Sentence]) -> Iterator[tuple[str, list[Sentence]]]:
    """Yield each report's id with its sentences, in order."""
    groups: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        groups.setdefault(sentence.report, []).append(sentence)
    yield from groups.items()
