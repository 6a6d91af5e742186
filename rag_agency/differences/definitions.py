"""Sentences that say what a term means to their speaker.

A statement defines where a verb of defining and the term stand in one sentence; what merely uses
the term does not.
"""

from __future__ import annotations

import re

TERMS: dict[str, str] = {
    "informality": r"informalit\w*|informalidad|(?:that|this) term",
    "territory": r"territor(?:y|io)",
    "multiple activities": r"multiple activities|actividades multiples|multiples actividades",
    "value chain": r"value chain|cadena de valor|\bchain\b|\bcadena\b",
    "agency": r"\bagency\b|\bagencia\b|\bagency’",
    "market": r"\bthe market\b|\bel mercado\b",
    "cooperative": r"\bthe cooperative\b|\bla cooperativa\b",
    "identity": r"cultural identity|identidad cultural",
    "kinship": r"kinship|parentesco",
}
DEFINES = (
    r"defin(?:es|e|en|ed|ida?)\b|understand(?:s)? .{0,30} as\b|entiend\w+ .{0,30} como|entender .{0,30} como|"
    r"conceiv\w+ .{0,30} as\b|conciben? .{0,30} como|is an attempt to|es un intento de|\btreats .{0,20} as\b|"
    r"idea of .{0,20} as\b|idea de(?:l)? .{0,20} como|under (?:that|this) term|"
    r"means?\b(?! of\b)|significa|can be called|"
    r"is a label|es una etiqueta|call(?:s)? .{0,20} an? ‘|is for \w+ |"
    r"is, for the authors|as an attempt|an alternative (?:economic )?circuit"
)
_TERMS = {name: re.compile(pattern) for name, pattern in TERMS.items()}
_DEFINES = re.compile(DEFINES)


def defined_in(text: str) -> frozenset[str]:
    """Return the terms that a text without accents defines."""
    if not _DEFINES.search(text):
        return frozenset()
    return frozenset(name for name, pattern in _TERMS.items() if pattern.search(text))
