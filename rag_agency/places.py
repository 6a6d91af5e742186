"""Countries as questions and reports name them, in English and Spanish, with their people."""

from __future__ import annotations

import re

from rag_agency.language import without_accents

# Country in English, its name in Spanish, and the stems by which its people and things are called,
# all without accents. Latin America whole, and those elsewhere that a reader may ask about.
COUNTRIES: dict[str, tuple[str, ...]] = {
    "Argentina": ("argentin",),
    "Bolivia": ("bolivia",),
    "Brazil": ("brazil", "brasil"),
    "Chile": ("chile",),
    "Colombia": ("colombia",),
    "Costa Rica": ("costa rica", "costarricen", "costa rican"),
    "Cuba": ("cuba",),
    "Dominican Republic": ("dominican republic", "republica dominicana", "dominican"),
    "Ecuador": ("ecuador", "ecuatorian"),
    "El Salvador": ("el salvador", "salvador", "salvadoren"),
    "Guatemala": ("guatemal",),
    "Haiti": ("haiti",),
    "Honduras": ("hondur",),
    "Mexico": ("mexic", "mejic"),
    "Nicaragua": ("nicarag",),
    "Panama": ("panama", "panamen"),
    "Paraguay": ("paraguay",),
    "Peru": ("peru",),
    "Puerto Rico": ("puerto ric", "puertorriquen"),
    "Uruguay": ("urugua",),
    "Venezuela": ("venezuel", "venezolan"),
    "United States": ("united states", "estados unidos", "estadounidens", "ee.uu", "ee. uu"),
    "Canada": ("canada", "canadian", "canadiens"),
    "Spain": ("spain", "spaniard", "espana"),
    "Germany": ("german", "aleman"),
    "China": ("china", "chinese", "chino"),
    "India": ("india",),
    "Indonesia": ("indonesia",),
    "Japan": ("japan", "japon"),
    "Kenya": ("kenya", "kenia"),
    "Uganda": ("uganda", "ugandes"),
    "Ethiopia": ("ethiopia", "etiop"),
    "Ghana": ("ghan",),
    "Vietnam": ("vietnam",),
}
_PATTERNS = {
    country: re.compile(r"\b(?:" + "|".join(map(re.escape, stems)) + r")") for country, stems in COUNTRIES.items()
}


def countries_in(text: str) -> tuple[str, ...]:
    """Return the countries that a text names, or whose people or products it names, as listed here."""
    plain = without_accents(text)
    return tuple(country for country, pattern in _PATTERNS.items() if pattern.search(plain))
