"""A report's sentence as a quiz may show it: names that give the answer away left out, a gap put in.

What is left out is shown as ``[…]``; all other words stay as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rag_agency.language import without_accents
from rag_agency.places import COUNTRIES, countries_in
from rag_agency.records import Language, Member, letters_and_digits
from rag_agency.voices.names import folded
from rag_agency.voices.verbs import SAY, SAY_ES

LEFT_OUT, GAP = "[…]", "____"
CITATION = re.compile(r"\s*\([^()]*\d{4}[^()]*\)")
PRONOUN = re.compile(r"\b(?:he|she|his|her|hers|him|él|ella|ellos|ellas|the researcher|el antropólogo)\b", re.I)
# Somebody who is said to say it and is no member works with one: ‘Trivelli adds’.
COLLEAGUE = re.compile(rf"(?<![.!?:“‘«] )(?<!^)\b[A-Z][a-z]+\s+(?i:{SAY})|\b(?i:{SAY_ES})\s+[A-Z][a-z]+\b")
AUTHORS = re.compile(r"\b(?:the authors|Muñoz (?:and|y) Viaña|los autores|the synthesis|la síntesis)\b", re.I)
NUMBER = re.compile(r"(?<![\w.,–/-])\d{1,3}(?:[.,]\d{3})+(?![\w–-]|[.,]\d)|(?<![\w.,–/-])\d+(?![\w–-]|[.,]\d)")
YEAR = re.compile(r"^(?:1[89]|20)\d\d$")
NAMES_ES = {"Peru": "Perú", "Mexico": "México", "Brazil": "Brasil", "Panama": "Panamá"}


def without_citations(text: str) -> str:
    """Return a sentence without what stands in brackets after a finding: study, report, page."""
    return re.sub(r"\s+([.,;])", r"\1", CITATION.sub("", text)).strip()


def without_names(text: str, roster: Sequence[Member]) -> str | None:
    """Return a sentence without the names that tell its speaker; None where it still does.

    Left out are the members' names and the name of a country that one of them studied.
    """
    bare = without_members(text, roster)
    if PRONOUN.search(bare) or AUTHORS.search(bare) or bare.count(LEFT_OUT) > 1:
        return None
    places = _places_in(bare, roster)
    if len(places) > 1 or gives_away(bare, roster) or COLLEAGUE.search(folded(bare)):
        return None
    for place in places:
        bare = f"{bare[: place.start()]}{LEFT_OUT}{bare[place.end() :]}"
    return bare


def without_members(text: str, roster: Sequence[Member]) -> str:
    """Return a sentence without citations and without the members' names."""
    bare = without_citations(text)
    for name in sorted(_names(roster), key=len, reverse=True):
        bare = re.sub(rf"{re.escape(name)}(?: et al\.)?(?:['’]s)?", LEFT_OUT, bare)
    return bare


def gives_away(text: str, roster: Sequence[Member]) -> bool:
    """Say whether a text names a member or the place where one works."""
    plain = without_accents(text)
    names = (*_names(roster), *_employers(roster))
    return any(re.search(rf"\b{re.escape(without_accents(name))}(?!\w)", plain) for name in names)


def numbers_in(text: str) -> tuple[re.Match[str], ...]:
    """Return the numbers of a sentence that a question can ask for: not those in brackets."""
    hidden = [m.span() for m in CITATION.finditer(text)]
    found = NUMBER.finditer(text)
    return tuple(m for m in found if not any(start <= m.start() < end for start, end in hidden))


def figures_in(text: str) -> frozenset[str]:
    """Return the values that a sentence gives, years and lone digits aside: they tell findings from one another."""
    values = (digits(match[0]) for match in numbers_in(text) if not is_year(match[0]))
    return frozenset(value for value in values if len(value) > 1)


def digits(number: str) -> str:
    """Return the value of a number however its thousands are parted: 6,000 and 6.000 are one."""
    return re.sub(r"\D", "", number)


def is_year(number: str) -> bool:
    """Say whether a number is a year; a year and a quantity cannot be taken for each other."""
    return bool(YEAR.match(number))


def with_gap(text: str, start: int, end: int) -> str:
    """Return a sentence with a gap in the place of some of its letters, without citations."""
    return without_citations(f"{text[:start]}{GAP}{text[end:]}")


@lru_cache(maxsize=4096)  # every item with a gap is compared with all statements
def countries_told(text: str) -> tuple[str, ...]:
    """Return the countries that a text names or whose people it names."""
    return countries_in(text)


@lru_cache(maxsize=4096)
def country_named(text: str) -> tuple[str, re.Match[str]] | None:
    """Return the one country that a sentence names outside brackets, and where; None for none or several."""
    bare = CITATION.sub(lambda m: " " * len(m[0]), text)
    countries = countries_in(bare)
    if len(countries) != 1:
        return None
    names = {countries[0], NAMES_ES.get(countries[0], countries[0])}
    places = list(re.finditer("|".join(rf"\b{re.escape(name)}\b" for name in names), bare))
    if len(places) != 1 or countries_in(bare[: places[0].start()] + bare[places[0].end() :]):
        return None
    return countries[0], places[0]


def country_in(name: str, language: Language) -> str:
    """Return a country as a language writes it."""
    return NAMES_ES.get(name, name) if language == "es" else name


def parts_of(stem: str) -> tuple[str, ...]:
    """Return the runs of letters and digits of a stem between gaps and what was left out."""
    pieces = re.split(rf"{re.escape(LEFT_OUT)}|{re.escape(GAP)}", stem)
    return tuple(run for piece in pieces if (run := letters_and_digits(piece)))


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the words, without accents, that English texts write with a capital and never without one."""
    capital, small = set[str](), set[str]()
    for text in texts:
        small |= {without_accents(word) for word in re.findall(r"(?<![^\W\d_])[a-záéíóúñü]{3,}", text)}
        capital |= {without_accents(word) for word in re.findall(r"(?<=[a-z,;] )[A-ZÁÉÍÓÚÑ][^\W\d_]{2,}", text)}
    return frozenset(capital - small)


def _names(roster: Sequence[Member]) -> Iterator[str]:
    for member in roster:
        yield member.name
        yield member.surname
        yield from (alias for alias in member.aliases if len(alias.split()) < 4)
        yield from (re.split(r"\s+\d", study)[0] for study in member.studies)


def _places_in(text: str, roster: Sequence[Member]) -> list[re.Match[str]]:
    """Return where a text names a country that a member studied, its people or its things."""
    stems = sorted({stem for m in roster for country in m.countries for stem in COUNTRIES.get(country, ())})
    pattern = "|".join(rf"\b{re.escape(stem)}\w*" for stem in stems) or "(?!)"
    return list(re.finditer(pattern, folded(text), re.I))


def _employers(roster: Sequence[Member]) -> Iterator[str]:
    """Yield where the members work: whoever knows the place knows the person."""
    for member in roster:
        parts = re.split(r"[(),]", member.affiliation)
        yield from (name for part in parts if len(name := part.strip()) > 4 and " " in name)
