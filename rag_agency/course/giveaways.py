"""What gives an answer away to whoever does not know it: a country, a length, a unit, the odd one out.

Judges words as they are shown; whether an answer is right it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Literal

from rag_agency.course.masking import GAP, LEFT_OUT, countries_told, digits, is_year
from rag_agency.language import without_accents
from rag_agency.records import Language, Member

LONGER = 2.0  # times the words of the right answer from which another is seen to be of another kind
LONGEST = 4 / 3  # times the longest wrong answer from which the right one is seen to be the longest
WHOLE = 100  # per cent
FORMS = (
    re.compile(r"\d"),
    re.compile(r"^\W*(?:In|En) "),
    re.compile("[‘“«]"),
)  # a figure, a place first, a quoted word
REGION = re.compile(r"\b(?:\w*america\w*|\w*continent\w*|andean|andin[oa]s?|altiplano|pacific\w*|caribbean|caribe)\b")
EXAMPLE = re.compile(r"\b(?:such as|like|for example|for instance|e\.g\.|como|por ejemplo),?(?: the| el| la)? $", re.I)
FARTHER = 10.0  # times a number from which another is no likely answer
SEPARATOR: dict[Language, str] = {"en": ",", "es": "."}
PER_CENT = re.compile(r"^\s*(?:%|per cent|percent|por ciento)", re.I)
NumberKind = Literal["year", "per cent", "count"]


def telling_country(shown: str, candidates: Collection[str], roster: Sequence[Member]) -> str:
    """Return a country in the words shown that some of the candidates studied and others did not; empty for none."""
    studied = [set(m.countries) for m in roster if m.slug in candidates]
    for country in countries_told(shown):
        knowing = sum(country in countries for countries in studied)
        if 0 < knowing < len(studied):
            return country
    return ""


def tells_place(stem: str, names: Collection[str]) -> str:
    """Return a word beside a gap for a country that tells it: a name of people or places, a part of the world."""
    if region := REGION.search(without_accents(stem)):
        return region[0]
    plain = without_accents(stem.replace(LEFT_OUT, " "))
    return next((word for word in re.findall(r"[a-z]{3,}", plain) if {word, word.removesuffix("s")} & set(names)), "")


def is_example(stem: str) -> bool:
    """Say whether a gap is for one of many, ‘a country such as ____’: another may be as true."""
    return bool(EXAMPLE.search(stem.partition(GAP)[0]))


def cannot_stand(stem: str, number: str) -> bool:
    """Say whether a number cannot stand in a gap: a share of a hundred or more."""
    return bool(PER_CENT.match(stem.partition(GAP)[2])) and float(digits(number)) >= WHOLE


def odd_one(right: str, wrong: Sequence[str]) -> str:
    """Return in what the right statement stands out among the wrong ones, in words; empty for nothing."""
    if any(odd_length(right, other) for other in wrong):
        return "the answers are of very different lengths"
    if wrong and len(right.split()) > LONGEST * max(len(other.split()) for other in wrong):
        return "the right answer is the longest by more than a third"
    if wrong and all((LEFT_OUT in other) != (LEFT_OUT in right) for other in wrong):
        return "a name is left out in the right answer alone, or in all the others"
    for form in FORMS:
        if wrong and all(bool(form.search(other)) != bool(form.search(right)) for other in wrong):
            return "the right answer alone is of another form"
    return ""


def odd_length(right: str, other: str) -> bool:
    """Say whether a statement is so much longer or shorter than the right one that it is seen."""
    words = len(right.split())
    return not words / LONGER <= len(other.split()) <= words * LONGER


def odd_number(right: str, wrong: Sequence[str]) -> str:
    """Return in what the right number stands out among the wrong ones, in words; empty for nothing."""
    if any(is_year(other) != is_year(right) for other in wrong):
        return "years and quantities are mixed"
    parted = [bool(re.search(r"\D", number)) for number in (right, *wrong)]
    if wrong and parted[0] not in parted[1:]:
        return "the right number alone is written in another way"
    if not is_year(right) and any(not are_near(right, other) for other in wrong):
        return "a number is of another size"
    return ""


def are_near(first: str, second: str) -> bool:
    """Say whether two numbers are of a size, so that one can be taken for the other."""
    a, b = max(float(digits(first)), 1.0), max(float(digits(second)), 1.0)
    return max(a, b) / min(a, b) <= FARTHER


def kind_of(text: str, number: re.Match[str]) -> NumberKind:
    """Return whether a number of a text is a year, a share or a quantity."""
    if is_year(number[0]):
        return "year"
    return "per cent" if PER_CENT.match(text[number.end() :]) else "count"


def written_in(number: str, language: Language) -> str:
    """Return a quantity with its thousands parted as the language does; a year stays as it is."""
    value = digits(number)
    if is_year(number) or len(value) < 4:
        return value
    return f"{int(value):,}".replace(",", SEPARATOR[language])
