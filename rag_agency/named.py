"""What a question names: members, their studies, countries, years and themes, also misspelt.

Works from the roster and the tables of countries and themes. Knows no index and no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from rag_agency.language import without_accents
from rag_agency.places import COUNTRIES, countries_in
from rag_agency.records import Member
from rag_agency.themes import named_in, themes_of
from rag_agency.words import plain_words

YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)(?:\s?([a-d])\b)?")
BESIDE_STUDY = 3  # words between a name, or ‘study’, and the year of a study
LETTERS = 6  # of a country's name from which on a slip is allowed: ‘Chile’ is too near to other words
STUDY_WORDS = frozenset("study studies paper report estudio estudios trabajo informe et al".split())


def members_in(text: str, roster: Sequence[Member]) -> tuple[str, ...]:
    """Return the members that a text names, by surname, alias or study, also misspelt, in its order."""
    words = plain_words(text)
    found: dict[str, int] = {}
    for member in roster:
        places = [place for name in names_of(member) if (place := _place_of(name, words)) is not None]
        if places:
            found[member.slug] = min(places)
    return tuple(sorted(found, key=lambda slug: found[slug]))


def studies_in(text: str, members: Sequence[str], roster: Sequence[Member]) -> tuple[str, ...]:
    """Return the studies, as the roster prints them, of the members named, where a year stands beside a name.

    ‘SIMAS 2011’ means both studies of that year, ‘SIMAS 2011b’ one of them.
    """
    words = plain_words(text)
    asked: list[tuple[str, str]] = []
    for i, word in enumerate(words):
        year = YEAR.fullmatch(word)
        if year and _is_beside_study(words, i, members, roster):
            after = words[i + 1] if i + 1 < len(words) else ""
            asked.append((year[1], year[2] or (after if after in ("a", "b", "c", "d") else "")))
    own = [study for member in roster if member.slug in members for study in member.studies]
    return tuple(s for s in own if any(re.search(rf"\b{year}{letter or '[a-d]?'}$", s) for year, letter in asked))


def years_in(text: str, studies: Sequence[str]) -> tuple[str, ...]:
    """Return the years that a text names, those by which it names studies left out."""
    return tuple(dict.fromkeys(y[1] for y in YEAR.finditer(text.lower()) if y[1] not in years_of(studies)))


def years_of(studies: Sequence[str]) -> frozenset[str]:
    """Return the years in the printed names of studies."""
    return frozenset(year[1] for study in studies for year in YEAR.finditer(study))


def countries_asked(text: str) -> tuple[str, ...]:
    """Return the countries that a question names or whose people it names, with one slip in a longer name."""
    found = countries_in(text)
    words = [word for word in plain_words(text) if len(word) >= LETTERS]
    slips = (c for c, stems in COUNTRIES.items() if any(_is_slip(stem, word) for stem in stems for word in words))
    return found or tuple(slips)


def themes_asked(text: str, roster: Sequence[Member]) -> tuple[str, ...]:
    """Return the slugs of the roster's themes that a text names by one of their words."""
    return tuple(theme.slug for theme in themes_of(roster) if named_in(text, theme))


def names_of(member: Member) -> Iterable[list[str]]:
    """Yield a member's surname, aliases and the names on the studies, as words."""
    for name in (
        member.surname,
        *member.aliases,
        *(re.split(r"\s+(?:et al|\d)", s)[0] for s in member.studies),
    ):
        words = plain_words(name)
        if words:
            yield words


def is_same(name: str, word: str) -> bool:
    """Whether a word is the name, with one slip in six letters and two in nine."""
    slips = 0 if len(name) < 5 else 1 if len(name) < 9 else 2
    if slips == 0 or abs(len(name) - len(word)) > slips or name[0] != word[0]:
        return name == word
    return OSA.distance(name, word, score_cutoff=slips) <= slips


def _place_of(name: Sequence[str], words: Sequence[str]) -> int | None:
    for i in range(len(words) - len(name) + 1):
        if all(is_same(a, b) for a, b in zip(name, words[i : i + len(name)], strict=True)):
            return i
    return None


def _is_beside_study(words: Sequence[str], place: int, members: Sequence[str], roster: Sequence[Member]) -> bool:
    near = words[max(0, place - BESIDE_STUDY) : place + BESIDE_STUDY]
    names = {n for m in roster if m.slug in members for name in names_of(m) if len(name) <= BESIDE_STUDY for n in name}
    return any(word in STUDY_WORDS or any(is_same(name, word) for name in names) for word in near)


def _is_slip(stem: str, word: str) -> bool:
    """Whether a word begins like a country's name but for one slip: ‘Guatamala’, ‘nicaraguense’ is no slip."""
    if len(stem) < LETTERS or " " in stem or word[0] != stem[0]:
        return False
    beginnings = (word[: len(stem) + more] for more in (-1, 0, 1))
    return without_accents(word) != stem and any(OSA.distance(stem, b, score_cutoff=1) <= 1 for b in beginnings)
