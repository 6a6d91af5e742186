"""Which of the two languages a text is in, and its words for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from rag_agency.records import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SIGNS_ENOUGH = 2  # Spanish words more than English ones in a text that has both
SHORT = 200  # characters; of longer texts the identifier is sure
# Words and signs that one of the languages has and the other has not.
ENGLISH = re.compile(
    r"\b(?:the|what|who|whose|how|which|why|when|where|does|do|did|is|are|of|and|in|to|they|their|you|"
    r"hello|hi|thanks?|please|help)\b",
    re.I,
)
SPANISH = re.compile(
    r"[¿¡ñ]|\b(?:qu[eé]|qui[eé]n|c[oó]mo|cu[aá]l|cu[aá]nt[oa]s?|d[oó]nde|seg[uú]n|el|la|los|las|del|de|en|y|es|son|se|"
    r"sus?|por|para|una?|con|eres|puedes|hola|gracias|buen[oa]s|ayuda)\b",
    re.I,
)
COMBINING = re.compile("[\u0300-\u036f]")  # the accents that NFKD parts from Latin letters


def language_of(text: str) -> Language:
    """Return en or es, whichever is likelier; of a short text by its first word and by words that only one has."""
    if len(text) < SHORT:
        if ENGLISH.match(text):
            return "en"
        english, spanish = len(ENGLISH.findall(text)), len(SPANISH.findall(text))
        if spanish and not english or SIGNS_ENOUGH <= spanish - english:
            return "es"
        if english and not spanish:
            return "en"
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
