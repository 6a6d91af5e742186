"""Products by the words that stand for them alone, so that one can take the place of another in a sentence."""

from __future__ import annotations

import re

from rag_agency.differences.contexts import TABLES
from rag_agency.differences.wording import in_language
from rag_agency.language import without_accents
from rag_agency.records import Language

LANGUAGES: tuple[Language, ...] = ("en", "es")
_PATTERNS = {name: re.compile(pattern) for name, pattern in TABLES["crop"].items()}


def products_in(text: str) -> frozenset[str]:
    """Return the products of the table that a text speaks of."""
    plain = without_accents(text)
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(plain))


def product_named(text: str, language: Language) -> tuple[str, re.Match[str]] | None:
    """Return the one product that a text speaks of, and where it is named; None for none, several, or twice."""
    found = products_in(text)
    if len(found) != 1:
        return None
    name = next(iter(found))
    places = list(re.finditer(rf"\b{re.escape(in_language(name, language))}\b", text))
    rest = text[: places[0].start()] + text[places[0].end() :] if len(places) == 1 else ""
    return (name, places[0]) if rest and not products_in(rest) else None


def shown_as(name: str, right: str, language: Language) -> str:
    """Return a product as a language writes it in the place of another; empty where it would not fit there.

    One of several words, or a plural for a singular, is seen to be another.
    """
    written = in_language(name, language)
    return written if " " not in written and written.endswith("s") == right.endswith("s") else ""
