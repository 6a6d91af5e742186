"""Which of the two languages a text is in, and its words for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from rag_agency.records import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SIGNS = re.compile(r"[¿¡ñ]|\b(?:qué|quién|cómo|cuál|cuánt[oa]s?|dónde|según|los|las|del|que|por|para|una?)\b", re.I)
COMBINING = re.compile("[\u0300-\u036f]")  # the accents that NFKD parts from Latin letters


def language_of(text: str) -> Language:
    """Return en or es, whichever is likelier; a Spanish sign in a short text decides."""
    if len(text) < 200 and len(SIGNS.findall(text)) >= 2:
        return "es"
    name, _ = _identifier().classify(text)
    return "es" if name == "es" else "en"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["en", "es"])
    return identifier


def without_accents(text: str) -> str:
    """Return the text in lower case without accents."""
    return COMBINING.sub("", unicodedata.normalize("NFKD", text.lower()))
