"""What the page says, in Spanish and English. Knows nothing of where it is said."""

from __future__ import annotations

from rag_agency.records import Language
from rag_agency.web.labels import course, evaluate, pages, writers

LANGUAGES: tuple[tuple[str, Language], ...] = (("Español", "es"), ("English", "en"))

EXAMPLES: dict[Language, tuple[str, ...]] = {
    "en": (
        "How many members does a coffee cooperative in Peru need?",
        "What do Castillo and Ranaboldo say about informality?",
        "¿Qué encontró Tassi sobre el parentesco y los mercados?",
    ),
    "es": (
        "¿Cuántos socios necesita una cooperativa cafetalera en el Perú?",
        "¿En qué difieren Castillo y Ranaboldo sobre la informalidad?",
        "What keeps small producers out of large markets?",
    ),
}

COUNTRIES_ES = {
    "Brazil": "Brasil",
    "Dominican Republic": "República Dominicana",
    "Haiti": "Haití",
    "Kenya": "Kenia",
    "Mexico": "México",
    "Panama": "Panamá",
    "Peru": "Perú",
}

# Each label in English and in Spanish; a table for each part of the page.
LABELS: dict[str, tuple[str, str]] = {**pages.LABELS, **course.LABELS, **evaluate.LABELS, **writers.LABELS}


def say(name: str, language: Language, *values: object) -> str:
    """Return a label in a language with its values put in."""
    return LABELS[name][language == "es"].format(*values)


def counted(name: str, number: int, language: Language) -> str:
    """Return a label that counts, with its own form for one."""
    return say(f"{name}_one", language) if number == 1 else say(name, language, number)


def country_name(country: str, language: Language) -> str:
    """Return a country as it is called in the language."""
    return COUNTRIES_ES.get(country, country) if language == "es" else country


def preferred_language(accept: str) -> Language:
    """Return the first of our languages that a browser's Accept-Language asks for; else English."""
    wanted = []
    for place, part in enumerate(accept.split(",")):
        name, _, weight = part.partition(";q=")
        try:
            wanted.append((-float(weight or 1), place, name.strip().lower()[:2]))
        except ValueError:
            continue
    names = [name for _, _, name in sorted(wanted)]
    return next((code for name in names for code in ("es", "en") if name == code), "en")


def names_joined(citation: str, language: Language) -> str:
    """Return a reference with the reader's word between two authors."""
    return citation.replace(" and ", " y ") if language == "es" else citation.replace(" y ", " and ")
