"""Who is said to say it: a named person with a verb of saying, 'according to', 'her study found'.

Reads one sentence. What it cannot decide alone, such as whom 'she' means, it leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag_agency.voices.names import Mention, folded
from rag_agency.voices.speech import ADVERBS, BIO, COLLECTIVE, OWNED, PERSON, SCOPE, TITLE, any_of
from rag_agency.voices.verbs import ANY_SAY, NOUN, NOUN_EN, SAY, SAY_ES

Role = Literal["tells", "scope", "named"]
CAP = r"(?-i:[A-Z])[\w.’'-]*"
PLACE = (
    rf"(?:\s+(?:from|of|de|del|at|en|in)\s+(?:the\s+|la\s+|el\s+|los\s+|las\s+)?{CAP}(?:\s+"
    rf"(?:(?:de|del|of|and|y)\s+)?{CAP})*)?"
)
YEAR = r"(?:\.?\s+et\s+al\b)?\.?(?:\s+y\s+otr[oa]s)?(?:\s*\([^()]*\d{4}[^()]*\))?"
ALSO = (
    r"(?:,?\s+(?:and|y|e|junto\s+con|together\s+with|as\s+well\s+as|con|"
    rf"with)\s+{CAP}(?:\s+{CAP})*(?:,\s+{CAP}(?:\s+{CAP})*)*)?{YEAR}"
)
ASIDE = r"(?:\s*(?:,[^.;:()]{2,220}?,|–[^–]{2,220}–|\((?:[^()]*)\)))?"
GAP = rf"{YEAR}{PLACE}{YEAR}{ALSO}{ASIDE}"
OF_STUDY = (
    r"(?:\s+(?:in|of|on|from|among|with|about|sobre|en|de|del|con|entre)\s+"
    r"[^.;:()‘“«]{2,90}?)?"
)
# Between two names of one group of speakers.
LINK = re.compile(
    rf"^{YEAR}{PLACE}(?:\s*,\s+(?:who|quien|que)\s[^,;:()]{{2,120}}(?=,))?(?P<comma>\s*,)?"
    r"\s*(?P<and>\b(?:and|y|e|&|as\s+well\s+as|asi\s+como|como|together\s+with|junto\s+con)\s+)?"
    r"(?:(?:by|of|de|por|both)\s+)?$",
    re.I,
)
AGAINST = any_of(
    [
        r"\b(?:unlike|contrary\s+to|in\s+contrast\s+(?:to|with)|as\s+opposed\s+to|against|"
        r"instead\s+of)\s+$",
        r"\b(?:a\s+diferencia\s+de|en\s+contraste\s+con|al\s+contrario\s+de|contra|frente\s+a)\s+$",
    ]
)
AFTER = any_of(
    [
        rf"^{GAP}{ADVERBS}\s+{SAY}",
        rf"^{GAP}\s*,?\s+(?:who|quien|quienes|que)\b{ADVERBS}\s+{SAY}",
        rf"^['’]s?\s+(?:(?:\(?\d{{4}}\)?|own|\w+)\s+"
        rf"){{0,3}}?{NOUN}{YEAR}{OF_STUDY}{ADVERBS}\s+{SAY}",
        rf"^\s+{NOUN_EN}{YEAR}{ADVERBS}\s+{SAY}",
        r"^['’]s?\s+(?:\w+\s+)?(?:argument|view|point|claim|conclusion|idea|hypothesis|message|"
        r"opinion|position|proposal|"
        r"estimate|answer|definition|advice|warning|explanation|reading)s?\s+(?:is|are|was|that|"
        r"for|here)\b",
        rf"^{YEAR}\s*:\s*[‘“«\"]",
        rf"^{GAP}{ADVERBS}\s*:\s*$",
        rf"^{GAP}{ADVERBS}\s*[,–-]?\s*{SCOPE}[^.;:]{{2,240}}?\b(?:and|y|e)\s+(?:\w+ly\s+)?{SAY}\s+"
        r"(?:that|que|not|no)\b",
        rf"^{GAP}{ADVERBS}\s+(?:is|are|was|were|es|son|esta|estan)\s+(?:\w+\s+)?(?:clear|convinced|"
        r"of\s+the\s+(?:opinion|view)|"
        r"critical|sceptical|skeptical|adamant|blunt|explicit|emphatic|more\s+cautious|cautious|"
        r"partidari|convencid|"
        r"tajante|clar[oa]\b|critic[oa]|explicit|rotund|categoric|escepti|de\s+la\s+opinion)",
    ]
)
GIVEN = rf"(?:(?:both|ambos|tanto|either)\s+)?(?:{TITLE}\s+)?$"
STUDY_OF = (
    rf"(?:(?:the|la|el|los|las)\s+(?:\w+\s+)?{NOUN}(?:\s+\w+){{0,2}}?\s+(?:by|of|from|de|"
    r"del|por|realizad[oa]s?\s+por)\s+)"
)
BEFORE = any_of(
    [
        r"\b(?:according\s+to|segun|de\s+acuerdo\s+(?:con|a)|conforme\s+a|a\s+decir\s+de|"
        rf"siguiendo\s+a)\s+{STUDY_OF}?{GIVEN}",
        rf"\bin\s+the\s+(?:words|view|opinion|eyes|account|reading|judgement)\s+of\s+{GIVEN}",
        r"\b(?:a\s+juicio|en\s+(?:palabras|opinion)|desde\s+la\s+(?:perspectiva|optica)|a\s+"
        rf"criterio|al\s+entender|a\s+ojos)\s+de\s+{GIVEN}",
        rf"\bas\s+\w+(?:ed|en|t|n|de|ut)\s+(?:out\s+)?by\s+{GIVEN}",
        rf"\b(?:as|como)\s+(?:(?:tambien|ya|bien|lo|la|also)\s+){{0,2}}(?:(?:ha|han)\s+"
        rf")?{SAY}(?:\s+(?:out|tambien|also))?\s+{STUDY_OF}?{GIVEN}",
        rf"(?<![a-z])(?<!(?<!lo)\sque\s)(?:{SAY_ES})(?:\s+(?:tambien|ademas|asimismo|igualmente|"
        rf"al\s+respecto|por\s+su\s+parte|a\s+su\s+vez|{OWNED}|"
        rf"(?:el|la|los|las)\s+{PERSON}|,)){{0,3}}\s+{GIVEN}",
        rf"[,’”\"»–]\s+(?:\w+ly\s+)?{SAY}\s+{GIVEN}",
        r"\b(?:told|(?:said|explained|confided|complained)\s+to)\s+$",
        r"\bles?\s+(?:dijo|dijeron|conto|contaron|explico|comento|confeso)\b[^.;:«“‘]{0,60}\s+a\s+"
        r"$",
        rf"\b(?:based|drawing|building)\s+on\s+(?:{STUDY_OF})?{GIVEN}",
        rf"\b(?:a\s+partir|sobre\s+la\s+base)\s+de\s+{STUDY_OF}{GIVEN}",
    ]
)
AS_SAID = re.compile(r"\b(?:as|como|segun|according\s+to|de\s+acuerdo\s+con)\s+(?:\w+\s+){0,3}$", re.I)
FOR_NAME = re.compile(rf"(?:^|[,;:–]\s+|\b(?:and|y|but|while)\s+)(?:for|para)\s+{GIVEN}", re.I)
FOR_AFTER = re.compile(rf"^{YEAR}{PLACE}\s*,", re.I)
IN_NAMES = re.compile(
    rf"^['’]s?\s+(?:\w+\s+)?(?:view|words|opinion|{NOUN}|eyes|terms|account|reading|argument|"
    r"judgement|estimate)s?\b",
    re.I,
)
IN_BEFORE = re.compile(
    r"\b(?:in|according\s+to|based\s+on|drawing\s+on|judging\s+by|from|to\s+use|following|on|"
    r"(?:basis|light|words|view)\s+of)\s+$",
    re.I,
)
SUBJECT_OF_SCOPE = any_of(
    [
        rf"^{GAP}{ADVERBS}\s+(?:{SCOPE}|{BIO})",
        rf"^['’]s?\s+(?:(?:own|\w+)\s+){{0,2}}?{NOUN}{YEAR}{OF_STUDY}{ADVERBS}\s+(?:{SCOPE}|{BIO})",
        rf"^{YEAR}\s*,\s+(?:{SCOPE}|an?\b|un\b|una\b)",
    ]
)
LIFE = re.compile(rf"^{GAP}\s+{BIO}", re.I)
OBJECT_OF_SCOPE = re.compile(
    rf"(?:{SCOPE}|studied\s+in\s+depth|\bestudiad\w+)(?:\s+\w+){{0,4}}?\s+(?:by|por|were|was|"
    r"fueron|fue)\s+$",
    re.I,
)
NEGATED = re.compile(
    rf"^{YEAR}{PLACE}\s*(?:(?:does|did|do|has|have|had)\s+not|doesn’t|didn’t|never|nunca|no)\s+"
    r"(?:\w+\s+)?(?!believe|think|agree|consider|see\b|find|cree|considera|ve\b|comparte|encuentra|"
    r"encontr)\w+",
    re.I,
)


STRANGER = any_of(
    [
        rf"(?:^|[,;:.–]\s+|\b(?:and|as|but|y|como|pero)\s+){CAP}(?:\s+(?:de\s+|del\s+|la\s+|van\s+"
        rf")*{CAP})+{ASIDE}{ADVERBS}\s+{SAY}",
        rf"\b(?:according\s+to|segun|in\s+the\s+words\s+of|en\s+palabras\s+de)\s+(?:{TITLE}\s+"
        rf")?{CAP}\s+{CAP}",
    ]
)


@dataclass(frozen=True, slots=True)
class Naming:
    """Members named together in one place of a sentence, and what they do there."""

    members: tuple[tuple[str, ...], ...]
    start: int
    end: int
    role: Role
    sure: bool
    life: bool = False


def namings_in(text: str, mentions: Sequence[Mention], narrator: re.Match[str] | None = None) -> tuple[Naming, ...]:
    """Return the groups of members that a sentence names, each with its role.

    What the report's own authors, the ``narrator``, say of a member is not the member's.
    """
    plain = folded(text)
    namings = []
    for group in _groups(plain, mentions):
        start, end = group[0].start, group[-1].end
        role = _role(plain, start, end)
        if role == "tells" and narrator and _is_narrated(plain[:start], narrator):
            role = "named"
        sure = all(m.sure for m in group)
        life = role == "scope" and bool(LIFE.search(plain[end:]))
        namings.append(Naming(tuple(m.members for m in group), start, end, role, sure, life))
    return tuple(namings)


def _groups(plain: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Join names that stand in one list: A; A and B; A, B and C."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        link = LINK.match(plain[groups[-1][-1].end : mention.start]) if groups else None
        joins = bool(link and (link["and"] or link["comma"]))
        if joins and link and not link["and"]:
            joins = _list_goes_on(plain, mention, mentions)
        if joins and not AGAINST.search(plain[: groups[-1][0].start]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _list_goes_on(plain: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether after a comma and a name an 'and' with another name closes the list."""
    later = [m for m in mentions if m.start > mention.end]
    if not later:
        return bool(re.match(rf"\s*,?\s+(?:and|y|e)\s+{CAP}", plain[mention.end :], re.I))
    link = LINK.match(plain[mention.end : later[0].start])
    if not link or not (link["and"] or link["comma"]):
        return False
    return bool(link["and"]) or _list_goes_on(plain, later[0], mentions)


def _all_found(before: str) -> bool:
    """Whether a finding of all the studies has begun, in which a name is only mentioned."""
    group = COLLECTIVE.search(before)
    return bool(group and (ANY_SAY.search(before, group.end()) or ANY_SAY.search(before[: group.start()])))


def _is_narrated(before: str, narrator: re.Match[str]) -> bool:
    told = narrator.end() <= len(before) and ANY_SAY.search(before, narrator.end())
    return bool(told) and not AS_SAID.search(before)


def _role(plain: str, start: int, end: int) -> Role:
    before, after = plain[:start], plain[end:]
    if AGAINST.search(before) or (_all_found(before) and not AS_SAID.search(before)):
        return "named"
    if NEGATED.match(after) and not BEFORE.search(before):
        return "scope"
    is_told = (
        AFTER.search(after)
        or BEFORE.search(before)
        or (FOR_NAME.search(before) and FOR_AFTER.match(after))
        or (IN_BEFORE.search(before) and IN_NAMES.match(after))
    )
    if is_told:
        return "tells"
    if SUBJECT_OF_SCOPE.search(after) or OBJECT_OF_SCOPE.search(before):
        return "scope"
    return "named"


def has_stranger(text: str) -> bool:
    """Whether somebody outside the roster is named as the one who says it."""
    return bool(STRANGER.search(folded(text)))
