"""Whether a question needs the turn before it: ‘and in Nicaragua?’ does, ‘What is agency?’ does not.

Works on tables of words in English and Spanish, with their accents: ‘él’ points back, ‘el’ does not.
"""

from __future__ import annotations

import re
from typing import Literal

from rag_agency.language import without_accents
from rag_agency.records import Language
from rag_agency.words import terms

Need = Literal["no", "perhaps", "surely"]

OPENER = re.compile(r"^\W*(?:and|but|so|or|then|n|y|e|pero|entonces|what about|how about|que hay)\b")
PERSON = re.compile(r"\b(?:he|she|him|his|hers?|él|ella)\b", re.I)
POINTER = re.compile(
    r"^\W*(?:\w+\W+){0,3}(?:it|they|them)\b|"
    r"\b(?:these|those|this)\b|\b(?:that|there|them|too|as well)(?=\s*[?.!]*\s*$)|"
    r"\b(?:does|did|do|is|was|can|in|of|by|from|at|about|for|to) that \w+|"
    r"\bthe (?:first|second|third|other|last) one\b|\bthe (?:latter|former)\b|\bthe same (?:way|thing|view)\b|"
    r"\b(?:ellos|ellas|eso|ello|lo mismo|allí|ahí)\b|\b(?:piensa|dice|opina|cree|ve) el(?=\s*[?.!]*\s*$)|"
    r"\b(?:es[ea]|es[oa]s|est[ea]|est[oa]s|aquel|aquell[oa]s?) \w+",
    re.I,
)
FAINT = re.compile(
    r"\b(?:they|it|its|their|them|that|there|too|also|else|same|other|another|"
    r"sus?|tambien|tampoco|les?|lo|mismo|otr[oa]s?)\b"
)
SHORT = 6  # content words; with fewer a question may need the turn before it


def need_of_turn_before(text: str, language: Language, *, names_member: bool) -> Need:
    """Return whether a text needs the turn before it; ``names_member`` where it says itself who ‘he’ is."""
    plain = without_accents(text)
    if OPENER.search(plain) or POINTER.search(text) or (PERSON.search(text) and not names_member):
        return "surely"
    return "perhaps" if FAINT.search(plain) or len(terms(text, language)) < SHORT else "no"
