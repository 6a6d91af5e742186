"""What points back to a speaker: 'she adds', 'these two researchers', 'Agrega que', 'los tres autores'.

Says how many are meant and of which gender; whom, is for the ledger to find.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag_agency.voices.names import folded
from rag_agency.voices.speech import ADVERBS, BIO, COLLECTIVE, OWNED, PERSON, SCOPE, SCOPE_ES
from rag_agency.voices.verbs import NOUN, NOUN_EN, NOUN_ES, SAY, SAY_ES

Gender = Literal["m", "f", ""]
NUMBERS = {
    "two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "dos": 2, "ambos": 2, "ambas": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
}  # fmt: skip
COUNT = rf"(?P<count>{'|'.join(NUMBERS)})"
OPENING = (
    r"^[\W\d_]*(?:(?:[^,;:()]{1,140}),\s+|(?:but|and|yet|so|pero|y|or|o|as|como)\s+|"
    r"(?:in|for|as|with|together|at|on|during|after|en|para|con|junto|durante|"
    r"tras)\b[^,;:()]{1,110}?\s+)?"
)
BE_CLEAR = (
    r"(?:is|are|was|were)\s+(?:clear|convinced|critical|sceptical|adamant|of\s+the\s+"
    r"(?:opinion|view))"
)
MANY = (
    r"(?:(?:all|both)\s+(?:of\s+)?)?(?:the|these|those|los|las|est[oa]s|es[oa]s|dich[oa]s|todos|"
    r"todas)\s+(?:(?:los|las)\s+)?"
)
SAME = (
    r"(?:the|this|that|el|la|este|esta|ese|esa|dicho|dicha)\s+(?:(?:same|mismo|misma|latter|"
    r"former)\s+)?"
)
THEY_SAY = rf"{ADVERBS}\s+(?:{SAY}|{BE_CLEAR})"
# Whom a pattern means, and the pattern; the first that is found decides.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (number, re.compile(pattern, re.I))
    for number, pattern in (
        ("one", rf"{OPENING}(?:(?P<m>he)|(?P<f>she|ella)){THEY_SAY}"),
        (
            "one",
            rf"{OPENING}(?:(?P<m>his)|(?P<f>her))\s+(?:own\s+|\w+\s+)?{NOUN_EN}(?:\s+(?:in|of|"
            rf"on)\s+[^,.;:]{{2,60}}?)?{THEY_SAY}",
        ),
        (
            "one",
            r"\b(?:in|according\s+to|for)\s+(?:(?P<m>his|him)|(?P<f>her))\b(?:\s+(?:view|"
            r"opinion|words|account|reading|judgement|eyes))?\s*,",
        ),
        (
            "one",
            rf"{OPENING}su\s+(?:propi[oa]\s+)?{NOUN_ES}(?:\s+(?:en|de|sobre)\s+"
            rf"[^,.;:]{{2,60}}?)?{THEY_SAY}",
        ),
        (
            "some",
            r"\b(?:a\s+su\s+juicio|en\s+su\s+opinion|a\s+su\s+entender|en\s+sus\s+palabras|"
            r"a\s+su\s+parecer|desde\s+su\s+perspectiva)\b",
        ),
        (
            "one",
            r"\bsegun\s+(?:(?P<m>el|este|este\s+autor|el\s+(?:mismo\s+)?autor|el\s+"
            r"investigador)|(?P<f>ella|esta|esta\s+autora|la\s+(?:misma\s+)?autora|la\s+"
            r"investigadora))\s*,",
        ),
        ("count", rf"\b(?:{MANY})?{COUNT}\s+(?:\w+\s+){{0,1}}?(?:{PERSON}|{NOUN})\b"),
        (
            "many",
            rf"\b(?:both|ambos|ambas)\s+(?:{PERSON}|{NOUN})|{OPENING}(?:both|ambos|"
            rf"ambas)\s+{SAY}",
        ),
        ("many", rf"{OPENING}(?:they|ellos|(?P<f>ellas)){THEY_SAY}"),
        ("many", rf"{OPENING}(?:their)\s+(?:\w+\s+)?{NOUN_EN}{THEY_SAY}"),
        ("many", rf"{OPENING}(?:{MANY})(?:{PERSON}|{NOUN})(?<=s){THEY_SAY}"),
        ("many", r"\bsegun\s+(?:ellos|ellas|estos\s+autores|los\s+autores|las\s+autoras)\s*,"),
        ("one", rf"{OPENING}(?:{SAME})(?:{PERSON})(?:\s+\w+){{0,1}}?{THEY_SAY}"),
        (
            "one",
            rf"\b(?:according\s+to|segun|como\s+\w+|,\s+(?:{SAY_ES}))\s+"
            rf"(?:{SAME})(?:{PERSON})\b",
        ),
        ("study", rf"{OPENING}(?:{SAME})(?:{NOUN}){THEY_SAY}"),
        ("study", rf"\b(?:according\s+to|segun)\s+(?:{SAME})(?:{NOUN})\b"),
        (
            "two",
            rf"{OPENING}(?:neither|both|each)\s+of\s+(?:them|the\s+two)\b|\bni\s+(?:el|la)\s+"
            r"un[oa]\s+ni\s+(?:el|la)\s+otr[oa]\b|"
            r"\b(?:ningun[oa]|cada\s+un[oa]|cualquiera)\s+de\s+l[oa]s\s+dos\b|\bun[oa]\s+y\s+"
            r"otr[oa]\s+\w+n\b",
        ),
        (
            "one",
            r"\btold\s+(?:(?P<m>him)|(?P<f>her))\b|\ble\s+(?:dijo|conto|explico|comento|"
            r"confeso)\b",
        ),
        (
            "study",
            rf"\b(?:in|en)\s+(?:{SAME})(?<=same\s)(?:{NOUN})\b|\ben\s+(?:el\s+mismo|la\s+"
            rf"misma|es[ea]|dich[oa])\s+{NOUN}\b|\bin\s+(?:that|the\s+same)\s+{NOUN}\b",
        ),
        (
            "bare",
            rf"^\W*(?:en|para|tras|al|con)\b[^,;:()]{{1,110}}?\s+(?P<verb>{SAY_ES})\s+"
            r"(?:tambien\s+|ademas\s+)?que\b",
        ),
        (
            "bare",
            rf"^\W*(?:[^,;:()]{{1,80}},\s+)?(?:(?:tambien|ademas|asimismo|finalmente|luego|"
            rf"incluso)\s+)?(?!se\b)(?P<verb>{SAY_ES})\s*"
            r"(?:,\s*)?(?:(?:tambien|ademas|asimismo|igualmente|finalmente|por\s+ultimo|en\s+"
            rf"cambio|incluso|,)\s*){{0,3}}"
            r"(?:que\b|como\b|:|‘|“|«|\b(?:el|la|los|las|un|una|tres|dos|cuatro|a|al|esta|"
            r"este|asi)\b)",
        ),
    )
)
SCOPE_BACK = re.compile(
    rf"{OPENING}(?:he|she|(?:his|her|su)\s+(?:\w+\s+)?{NOUN})(?:\s+\w+)?{ADVERBS}\s+"
    rf"(?:{SCOPE}|{BIO})|"
    rf"^\W*(?:the|la|el)\s+{NOUN}\s+(?:was|were|se|fue|fueron)\s+(?:based|carried|conducted|done|"
    r"published|realiz|bas|llev|public|hech)|"
    rf"^\W*(?:the|la|el|este|esta)\s+{NOUN}\s+"
    rf"[‘“«][^’”»]{{3,200}}[’”»]\s*(?:\([^()]*\))?{ADVERBS}\s+(?:{SCOPE})|"
    rf"{OPENING}(?P<bare>{SCOPE_ES})|"
    rf"^\W*(?:his|her|its|su)\s+(?:\w+\s+)?{NOUN}\s[^.;:]{{2,160}}?\s(?:deals?\s+with|concerns?|"
    r"trata\s+de|aborda|covers)\b|"
    rf"^\W*(?:the|its|their|his|her|los|las|sus)\s+(?:\w+\s+){{0,2}}(?:cases?|"
    rf"casos?|{NOUN})\b[^.;:]{{0,80}}?\s"
    rf"(?:were|was|se)\s+(?:conducted|carried\s+out|done|hicieron|realizaron|llevaron)\b|"
    rf"^\W*{OWNED}[^,]{{0,60}}?,?\s+(?:he|she)\s+{SCOPE}|"
    rf"^\W*(?:{SAME})(?:{PERSON})\s+{ADVERBS}\s*(?:{SCOPE})",
    re.I,
)
FEMININE = re.compile(
    r"\b(?:autora|investigadora|antropologa|sociologa|geografa|agronoma|biologa|ella|hidrologa|"
    r"historiadora|ecologa)\b",
    re.I,
)
MASCULINE = re.compile(
    r"\b(?:autor|investigador|antropologo|sociologo|geografo|agronomo|biologo|hidrologo|"
    r"historiador|ecologo)\b",
    re.I,
)
PLURAL_VERB = re.compile(r"(?:n|eron|aron)$")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Whom a sentence points back to: ``count`` None is one or more; ``near`` in this paragraph only.

    ``authors`` is said of 'the authors', who are the report's own where nobody else fits.
    """

    count: int | None
    gender: Gender = ""
    near: bool = False
    many: bool = False
    authors: bool = False


def pointer_in(text: str) -> Pointer | None:
    """Return what in a sentence points back to a speaker as the one who says it."""
    plain = folded(text)
    all_of_them = COLLECTIVE.search(plain)
    for number, pattern in PATTERNS:
        match = pattern.search(plain)
        if match:
            is_theirs = all_of_them and all_of_them.start() < match.end() and number != "count"
            return None if is_theirs else _pointer(number, match)
    return None


def _pointer(number: str, match: re.Match[str]) -> Pointer:
    groups = match.groupdict()
    gender: Gender = "f" if groups.get("f") else "m" if groups.get("m") else ""
    if not gender and number == "one":
        gender = "f" if FEMININE.search(match[0]) else "m" if MASCULINE.search(match[0]) else ""
    if number == "count":
        return Pointer(NUMBERS[groups["count"].lower()], gender, many=True)
    if number == "two":
        return Pointer(2, gender, many=True)
    if number == "many":
        count = 2 if re.match(r"\W*(?:both|amb[oa]s)\b", match[0], re.I) else None
        authors = bool(re.search(r"\b(?:authors|autor[ae]s)\b", match[0], re.I))
        return Pointer(count, gender, many=True, authors=authors)
    if number == "bare":
        return Pointer(None, "", many=bool(PLURAL_VERB.search(groups["verb"])), near=True)
    if number == "some":
        return Pointer(None, gender)
    is_same = bool(re.search(r"\b(?:same|mism[oa])\b", match[0], re.I))
    return Pointer(1, gender, near=number == "study" and not is_same)


def is_scope_pointer(text: str) -> bool:
    """Whether a sentence says what somebody named before worked on, not what they found."""
    match = SCOPE_BACK.search(folded(text))
    if match is None or match["bare"] is None:
        return match is not None
    # Without its accent 'trabajó' is the noun 'trabajo'.
    verb = text[match.start("bare") : match.end("bare")]
    return not verb.isascii() or verb.endswith("ron")
