"""Members set side by side in one sentence: 'A finds x, B from Peru y, and C z'.

The verb stands once, or each has one of their own; whoever is set beside a member who says
something says something too. Reads the form of the sentence, not what is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag_agency.voices.names import folded
from rag_agency.voices.telling import Naming

OPENS = re.compile(r"^\W*$")
AFTER_COMMA = re.compile(r",\s+$")
# A clause of one's own: after a semicolon or a word that joins or contrasts.
JOINED = re.compile(
    r"(?:;|,\s+(?:and|but|while|whereas|y|e|pero|mientras(?:\s+que)?|en\s+tanto(?:\s+que)?)|;\s+(?:and|but|y|pero))\s+$",
    re.I,
)
LAST_OF_LIST = re.compile(r"\s(?:and|y|e)\s+$")
ASIDE = (
    r"(?:\s*\(\d{4}[a-h]?\))?(?:\s*,\s+(?:by\s+contrast|in\s+contrast|instead|in\s+turn|on\s+the\s+other\s+hand|"
    r"for\s+(?:his|her)\s+part|en\s+cambio|en\s+contraste|por\s+su\s+parte|a\s+su\s+vez)\s*,)?"
)
# What may follow where the verb is left out: where, of what, or the thing itself.
THING = (
    r"(?:from|of|in|on|at|with|for|an?|the|no|de|del|en|con|sobre|para|una?|el|la|los|las|unos|unas|"
    r"\w+(?:ance|ence|tion|ment|ity|ness|ism|cion|dad|miento|ncia))"
)
PRESENT = r"(?!es\b|is\b|was\b|has\b|que\b|quien\b)(?:\w{3,}s|\w{2,}(?:a|e|an|en))"
NO_VERB = re.compile(rf"^{ASIDE}\s+{THING}\b", re.I)
OWN_VERB = re.compile(rf"^{ASIDE}\s+(?:{THING}|{PRESENT})\b|^{ASIDE}\s+(?-i:[A-Z])\w+\s+\w+", re.I)
BOTH_FOR = re.compile(r"^\s*,?\s*(?:and|y)\s+(?:for|para)\s+$", re.I)
FOR = re.compile(r"\b(?:for|para)\s+$", re.I)


def set_beside(text: str, namings: Sequence[Naming]) -> tuple[Naming, ...]:
    """Return the namings, with those who are set beside a member who speaks as speaking."""
    plain = folded(text)
    told = _both_for(plain, list(namings))
    row = _row(plain, told)
    if len(row) < 2 or all(told[i].role != "tells" for i in row):
        return tuple(told)
    return tuple(replace(n, role="tells") if i in row else n for i, n in enumerate(told))


def _row(plain: str, namings: Sequence[Naming]) -> list[int]:
    """Return the places of the namings that open a clause each, the first of them the sentence."""
    row: list[int] = []
    for i, naming in enumerate(namings):
        before, after = plain[: naming.start], plain[naming.end :]
        if naming.role == "scope":
            continue
        told = naming.role == "tells"
        if not row:
            opens = bool(OPENS.match(before)) and (told or bool(OWN_VERB.match(after)))
        elif JOINED.search(before):
            opens = told or bool(OWN_VERB.match(after))
        else:
            is_next = AFTER_COMMA.search(before) or (len(row) > 1 and LAST_OF_LIST.search(before))
            opens = bool(is_next and NO_VERB.match(after))
        if opens:
            row.append(i)
        elif not row:
            return []
    return row


def _both_for(plain: str, namings: list[Naming]) -> list[Naming]:
    """Let 'for A and for B,' be said of both where it is of the second."""
    for i, (first, second) in enumerate(zip(namings, namings[1:], strict=False)):
        is_both = BOTH_FOR.match(plain[first.end : second.start]) and FOR.search(plain[: first.start])
        if is_both and second.role == "tells" and first.role == "named":
            namings[i] = replace(first, role="tells")
    return namings
