"""Citations in a text: '(Tassi 2012)', '(SIMAS 2011 a and b)', 'Vorley (2012)', 'Murphy 2010'.

Reads who is cited and of which year, and whether a member is meant; not whether that is who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag_agency.voices.names import Register, folded, key, mentions_in

YEAR = r"(?:(?:19|20)\d\d(?:\s?[a-h]\b)?|in press|forthcoming|n\.\s?d\.|en prensa|s\.\s?f\.)"
YEARS = rf"{YEAR}(?:(?:\s*,\s*|\s*[/&]\s*|\s+(?:and|y|e)\s+)(?:{YEAR}|[a-h]\b))*"
CAPITAL = r"[^\W\d_a-zà-ÿ][\w.’'\-]*"
SMALL = r"(?:de|del|la|las|los|el|van|von|der|den|da|dos|di|of|the|for|para|sobre|on)"
NAME = rf"{CAPITAL}(?:\s+(?:{SMALL}\s+){{0,2}}{CAPITAL})*"
OTHERS = r"(?:et\s+al\.?|and\s+others|y\s+otr[oa]s|y\s+col(?:aboradores|s)?\.?)"
NAMES = (
    rf"(?:\b{SMALL}\s+)?\b{NAME}(?:\s*(?:,\s*(?:and|y|e|&)?|\band\b|\by\b|\be\b|"
    rf"&)\s*{NAME})*(?:,?\s+{OTHERS})?"
)
BRACKET = re.compile(r"[(\[]([^()\[\]]*(?:\d{4}|in press|forthcoming|en prensa|n\.\s?d\.|s\.\s?f\.)[^()\[\]]*)[)\]]")
IN_BRACKET = re.compile(rf"(?:^|[;,]\s*|\s)(?P<names>{NAMES}),?\s+(?P<years>{YEARS})(?![\d%])")
NARRATIVE = re.compile(rf"(?P<names>{NAMES})(?:['’]s)?\s+\((?P<years>{YEARS})(?:[,:;][^()]*)?\)")
BARE = re.compile(rf"(?P<names>{NAMES})\s+(?P<years>(?:19|20)\d\d[a-h]?)\b(?!\s*[-–]\s*\d)")
LEADS = re.compile(
    r"^(?:(?:see also|see|cf\.?|e\.g\.?|based on|adapted from|adaptado de|basado en|source|fuente|"
    r"vease tambien|vease|ver|cited in|quoted in|citado en|citado por|apud|also|note|"
    r"nota)[\s,:]+)+",
    re.I,
)
OPENERS = frozenset(  # before a name, however a sentence opens
    "according drawing following based building citing quoting with by on to from of as in for after the segun "
    "siguiendo citando con a partir de en para como basado basada".split()
)
NOT_NAMES = frozenset(
    "january february march april may june july august september october november december enero "
    "febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre "
    "box table figure chapter section interview entrevista cuadro recuadro tabla figura capitulo in en "
    "since desde until hasta between entre from law ley decree decreto resolution resolucion".split()
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One work cited: where, whose, of which year, and the members among its authors."""

    start: int
    end: int
    names: str
    year: str
    members: tuple[str, ...]
    bracketed: bool

    @property
    def printed(self) -> str:
        """The work as a reader would print it: ``Vorley 2012``."""
        return f"{self.names} {self.year}"


def citations_in(text: str, register: Register, known: frozenset[str]) -> tuple[Citation, ...]:
    """Return the works cited in a text; works without brackets only where they are ``known``."""
    found: list[Citation] = []
    for bracket in BRACKET.finditer(text):
        found += _in_bracket(bracket, register)
    for match in NARRATIVE.finditer(text):
        found += _works(match, (match.start(), match.end()), register, bracketed=False)
    taken = [(c.start, c.end) for c in found]
    for match in BARE.finditer(text):
        if any(start <= match.start() < end or match.start() <= start < match.end() for start, end in taken):
            continue
        works = _works(match, (match.start(), match.end()), register, bracketed=False)
        found += [work for work in works if key(work.printed) in known]
    return tuple(sorted(found, key=lambda c: (c.start, c.end)))


def _in_bracket(bracket: re.Match[str], register: Register) -> Iterator[Citation]:
    for part in re.split(r";", bracket[1]):
        stripped = LEADS.sub("", part.strip())
        for match in IN_BRACKET.finditer(stripped):
            yield from _works(match, bracket.span(), register, bracketed=True)


def _works(match: re.Match[str], span: tuple[int, int], register: Register, *, bracketed: bool) -> Iterator[Citation]:
    names = _without_opening(match["names"], register, bracketed=bracketed)
    first = key(names).split()[:1]
    if not bracketed and names in match[0]:
        span = (match.start() + match[0].index(names), span[1])
    if not names or not first or {first[0], key(names).split()[-1]} & NOT_NAMES:
        return
    for year in _years(match["years"]):
        members = cited_members(names, year, register)
        yield Citation(*span, names, year, members, bracketed)


def _without_opening(names: str, register: Register, *, bracketed: bool) -> str:
    """Drop the words by which a sentence opens: 'As Castillo (2012)' cites Castillo."""
    names = re.sub(r"\s+", " ", names).strip(" ,")
    parts = names.split(", ")
    if not bracketed and len(parts) > 1 and not re.match(r"(?:and|y|e)\b", parts[-1]):
        names = names if re.search(r"\s(?:and|y|e|&)\s", parts[-1]) else parts[-1]
    words = names.split(" ")
    while words and not bracketed and len(words) > 1:
        word = key(words[0]).strip(",")
        if word in register.surnames or word not in register.words | OPENERS:
            break
        words = words[1:]
    if words and not bracketed and len(words) == 1 and key(words[0]) in register.words:
        return words[0] if key(words[0]) in register.surnames else ""
    return " ".join(words).strip(" ,")


def _years(printed: str) -> list[str]:
    """Return '2011 a and b and 2012' as 2011a, 2011b, 2012."""
    years: list[str] = []
    for token in re.findall(rf"{YEAR}|\b[a-h]\b", printed):
        if len(token) == 1:
            years.append(years[-1][:4] + token if years else token)
        else:
            years.append(re.sub(r"(?<=\d)\s(?=[a-h]$)", "", token))
    return years


def cited_members(names: str, year: str, register: Register) -> tuple[str, ...]:
    """Return the members whose work this is: its first author, or any author of a listed study."""
    authors = [a for a in re.split(r"\s*(?:,|&|\band\b|\by\b|\be\b)\s*", names) if a.strip()]
    printed = key(f"{names} {year}")
    found: list[str] = []
    for place, author in enumerate(authors):
        slugs = _author(author, year, register)
        listed = [s for s in slugs if printed in map(key, register.member(s).studies)]
        if len(slugs) == 1 and (place == 0 or listed):
            found += slugs
    return tuple(dict.fromkeys(found))


def _author(author: str, year: str, register: Register) -> tuple[str, ...]:
    """Return the members that an author's name and year can mean."""
    name = re.sub(rf"\s*{OTHERS}\s*$", "", author).strip(" .,")
    form = key(name)
    slugs = register.full.get(form) or register.surnames.get(form)
    if slugs is None:
        near = mentions_in(name, register)
        is_whole = len(near) == 1 and near[0].end - near[0].start == len(folded(name))
        slugs = near[0].members if is_whole else ()
        # A surname off by a letter is the member only where the year is one of theirs.
        slugs = tuple(s for s in slugs if _has_year(s, year, register))
    if len(slugs) > 1:
        slugs = tuple(s for s in slugs if _has_year(s, year, register))
    return slugs


def _has_year(slug: str, year: str, register: Register) -> bool:
    return any(study.endswith(f" {year}") for study in register.member(slug).studies)
