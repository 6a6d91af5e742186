"""Works outside the roster: which are reported in a sentence, and which are only referred to.

'X (2003) finds', 'according to X (2003)' and a citation behind a statement report what a work says.
'In the sense of X (2003)', 'drawing on X (2003)' do not, nor does a citation in what the report's
own authors say: there the work is named beside somebody else's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_agency.voices.citations import Citation
from rag_agency.voices.speech import ADVERBS
from rag_agency.voices.telling import AFTER, BEFORE
from rag_agency.voices.verbs import SAY

_REFERS = (
    r"\b(?:(?:with|in|by|making|makes?)\s+(?:an?\s+)?references?\s+to|refer(?:s|red|ring)?\s+(?:\w+\s+){0,2}to|"
    r"in\s+the\s+(?:sense|spirit|terms)\s+of|(?:draw(?:s|n|ing)?|buil(?:ds?|t|ding)|bas(?:ed|ing)|rest(?:s|ing)?)\s+"
    r"(?:\w+\s+)?(?:up)?on|(?:built|structured|organi[sz]ed)\s+around|on\s+the\s+basis\s+of|following|"
    r"along\s+the\s+lines\s+of|inspired\s+by|adapted\s+from|borrow(?:s|ed|ing)?\s+(?:\w+\s+)?from|"
    r"con\s+referencia\s+a|en\s+referencia\s+a|(?:hace|hacen|haciendo)\s+referencia\s+a|"
    r"(?:refier\w+|refirien\w+|remite\w*|remitien\w+)\s+a|en\s+el\s+(?:sentido|espiritu)\s+de|en\s+la\s+linea\s+de|"
    r"siguiendo\s+a|a\s+partir\s+de|sobre\s+la\s+base\s+de|con\s+base\s+en|"
    r"(?:basa\w*|basando\w*|apoya\w*|apoyando\w*|inspira\w*|estructura\w*)\s+en|en\s+torno\s+a|"
    r"retoma(?:ndo|n)?\s+(?:a|de)|adaptad[oa]s?\s+de|tomad[oa]s?\s+de|tomando\s+de)"
)
_CONCEPT = (
    r"(?:concepts?|ideas?|notions?|terms?|approach|framework|definitions?|typology|diagram|conceptos?|nocion(?:es)?|"
    r"termin[oa]s?|enfoque|marco|definicion(?:es)?|tipologia|diagrama)"
)
# What stands right before a work in running speech, and before one in brackets: there a concept is cited.
REFERRED = re.compile(rf"{_REFERS}(?:\s+[\w’'-]+){{0,6}}\s*$", re.I)
REFERRED_DIRECTLY = re.compile(rf"{_REFERS}\s*$", re.I)
REFERRED_CONCEPT = re.compile(
    rf"{_REFERS}\s+(?:[\w’'-]+\s+){{0,3}}{_CONCEPT}(?:\s+(?:of|de|del)(?:\s+[\w’'-]+){{1,4}})?\s*$", re.I
)
SOURCE_LINE = re.compile(r"^\W*(?:sources?|fuentes?)\s*:", re.I)  # it says whose a figure or a table is
WE_SAY = re.compile(
    rf"\b(?:(?:we|nosotros){ADVERBS}\s+{SAY}|creemos|consideramos|pensamos|proponemos|sostenemos|planteamos)\b", re.I
)


def outside(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Return the works cited that are no member's."""
    return tuple(c for c in citations if not c.members)


def narrator_in(plain: str, narrators: re.Pattern[str], works: Sequence[Citation]) -> re.Match[str] | None:
    """Return where a text names the report's own authors, who may be those of an outside work too."""
    spans = [(work.start, work.end) for work in works]
    found = narrators.finditer(plain)
    return next((m for m in found if not any(start <= m.start() < end for start, end in spans)), None)


def authors_tell(plain: str, narrators: re.Pattern[str], works: Sequence[Citation]) -> bool:
    """Say whether the report's own authors are said to say it, by name or as 'we'."""
    spans = [(work.start, work.end) for work in works]
    for match in narrators.finditer(plain):
        is_work = any(start <= match.start() < end for start, end in spans)
        if not is_work and (AFTER.search(plain[match.end() :]) or BEFORE.search(plain[: match.start()])):
            return True
    return bool(WE_SAY.search(plain))


def works_tell(plain: str, works: Sequence[Citation]) -> bool:
    """Say whether one of the works is itself said to say it: 'X (2003) finds', 'according to X (2003)'."""
    running = (work for work in works if not work.bracketed)
    return any(_tells(plain[: work.start], plain[work.end :]) for work in running)


def are_referred_to(plain: str, works: Sequence[Citation]) -> bool:
    """Say whether all the works are only referred to."""
    return bool(works) and not SOURCE_LINE.match(plain) and all(_is_referred_to(plain, work) for work in works)


def _tells(before: str, after: str) -> bool:
    if REFERRED_DIRECTLY.search(before):
        return False
    return bool(AFTER.search(after)) or (bool(BEFORE.search(before)) and not REFERRED.search(before))


def _is_referred_to(plain: str, work: Citation) -> bool:
    before, after = plain[: work.start], plain[work.end :]
    if work.bracketed:
        return bool(re.search(r"\w", after)) and bool(REFERRED_CONCEPT.search(before))
    return not _tells(before, after) and bool(REFERRED.search(before))
