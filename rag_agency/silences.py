"""Where a report says what it does not say: ‘The report gives no prices’, ‘No hay cifras de mujeres’.

Such a sentence is near every question about the matter and answers none; it is a reason to decline.
"""

from __future__ import annotations

import re

from rag_agency.language import without_accents
from rag_agency.records import Sentence

REPORT = r"(?:report|synthesis|study|brief|informe|sintesis|estudio|texto)"
SECTION = re.compile(
    rf"\bwhat the {REPORT} does not (?:say|tell|cover)\b|\blo que el {REPORT} no (?:dice|cuenta|cubre)\b"
)
SAID = re.compile(
    rf"^\W*\d{{0,2}}\W*(?:the|this|el|este|la|esta) {REPORT} (?:also |tampoco )?"
    r"(?:(?:gives?|names?|reports?|offers?|has|contains) no|"
    r"does not (?:say|give|name|report|tell|count|identify|explain|compare|cover|assess)|"
    r"no (?:da|dice|nombra|precisa|cuantifica|indica|ofrece|identifica|explica|compara|cubre))\b"
)


def is_silence(sentence: Sentence) -> bool:
    """Whether the authors say here what their report leaves out."""
    if sentence.members or sentence.kind == "heading":
        return False
    return bool(SECTION.search(without_accents(sentence.section)) or SAID.search(without_accents(sentence.text)))
