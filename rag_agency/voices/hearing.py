"""What one sentence says by itself about who speaks, before its surroundings are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag_agency.records import Report, Sentence, Speaker
from rag_agency.voices.citations import BRACKET, Citation, citations_in
from rag_agency.voices.names import Register, folded, key, mentions_in
from rag_agency.voices.outside import are_referred_to, authors_tell, narrator_in, outside, works_tell
from rag_agency.voices.parallel import set_beside
from rag_agency.voices.pointing import Pointer, is_scope_pointer, pointer_in
from rag_agency.voices.speech import COLLECTIVE, CONTINUES, OWN_VOICE, STOP
from rag_agency.voices.telling import Naming, has_stranger, namings_in

INTRODUCES = re.compile(r"[:：]\s*$|:\s+(?:1[.)]|\(1\)|•|a\))\s")
CITE_AT_END = re.compile(r"^(?:[\s.,;:’”»\"'\])⁰¹²³⁴-⁹]|\([^()]*\))*\d?$")
YEAR_BEHIND = re.compile(r"^\s*\((?P<year>(?:19|20)\d\d\s?[a-h]?)\b")
YEAR_ALONE = re.compile(r"\((?P<year>(?:19|20)\d\d\s?[a-h]?)\)")
QUOTED = re.compile(r"(?:(?<=\s)|^)‘.+?’(?!\w)|“.+?”|«.+?»|(?:(?<=\s)|^)[‘“«][^’”»]*$")
CO_WORKER = re.compile(
    r"\b(?:worked\s+with|co-?author|co-?researcher|colleague|member\s+of\s+the\s+(?:research\s+)?team|"
    r"research\s+team|part\s+of\s+the\s+team|(?:quoted|cited|interviewed)\s+(?:by|in)|assistant|"
    r"trabajo\s+con|coautor|co-?investigador|colega|miembro\s+del\s+equipo|integrante\s+del\s+equipo|equipo\s+de|"
    r"(?:citad|entrevistad)[oa]\s+(?:por|en)|colaborador|asistente)",
    re.I,
)
# A clause that lends a second voice to what is being said: ', as Basile also pointed out'.
ALSO_SAYS = re.compile(
    r"[,;–]\s+(?:as|como)\s+[^,;.]*?\b(?:also|too|likewise|tambien|asimismo|igualmente)\b[^,;.]*\W*$", re.I
)
OWN_AUTHORS = (
    r"(?:report|synthesis|brief|document)['’]s\s+(?:authors|editors)",
    r"(?:authors|editors)\s+of\s+(?:the|this)\s+(?:report|synthesis|brief|document)",
    r"(?:autor[ae]?s|editor[ae]s)\s+(?:del\s+(?:informe|documento)|de\s+la\s+sintesis)",
    r"(?:the|this)\s+synthesis|(?:la|esta)\s+sintesis",
)
# What a brief calls the report that it restates.
OF_RESTATED = (
    r"(?:the|this)\s+(?:report|authors)",
    r"(?:el|este|del|los)\s+(?:informe|autores)",
    r"(?:a|one)\s+(?:foot)?note\s+(?:in|explains|adds|says)",
    r"una\s+nota\s+(?:del|explica|agrega)",
)
SPEECH_OPENING = re.compile(
    r"\b(?:according\s+to|in\s+the\s+words\s+of|segun|de\s+acuerdo\s+con|en\s+palabras\s+de)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence and the signs of its speaker.

    ``told`` are members said to say it, ``cited`` members whose study it documents, ``external``
    other works, ``outsider`` whether one of those stands in running speech, ``reported`` whether
    one is said to say it, ``referred`` whether they are only named beside words of others. ``named`` are groups of
    members in order, speaking or not. ``joins``: who is told to say it says it too, with whoever speaks.
    """

    sentence: Sentence
    told: tuple[Speaker, ...] = ()
    cited: tuple[Speaker, ...] = ()
    external: tuple[str, ...] = ()
    outsider: bool = False
    reported: bool = False
    referred: bool = False
    named: tuple[tuple[Speaker, ...], ...] = ()
    pointer: Pointer | None = None
    scope: bool = False
    own: bool = False
    collective: bool = False
    stops: bool = False
    continues: bool = False
    introduces: bool = False
    ends_cited: bool = False
    life: bool = False
    stranger: bool = False
    listed: bool = False
    joins: bool = False
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to hear a sentence: the roster, the works the report cites, the report."""

    register: Register
    known: frozenset[str]
    report: Report
    narrators: re.Pattern[str]


def reader_of(register: Register, texts: Sequence[str], report: Report) -> Reader:
    """Return what is needed to hear the sentences of a report."""
    return Reader(register, known_works(texts, register), report, _narrators(report))


def _narrators(report: Report) -> re.Pattern[str]:
    """Return what the report calls its own authors, and those of the report that it restates."""
    names = [author.split()[-1] for author in report.authors]
    names += [name for name in re.findall(r"[^\W\d_]{3,}", report.based_on) if name[0].isupper()]
    restated = OF_RESTATED if report.based_on else ()
    own = "|".join([*map(re.escape, map(folded, names)), *OWN_AUTHORS, *restated])
    return re.compile(rf"\b(?:{own})\b", re.I)


def known_works(texts: Sequence[str], register: Register) -> frozenset[str]:
    """Return the works that the report cites in brackets, to know them without brackets."""
    none: frozenset[str] = frozenset()
    cited = {key(c.printed) for text in texts for c in citations_in(text, register, none)}
    return frozenset(cited | {key(s) for m in register.roster for s in m.studies})


def hear(sentence: Sentence, reader: Reader) -> Heard:
    """Return the signs of one sentence."""
    text, register = sentence.text, reader.register
    citations = tuple(c for c in citations_in(text, register, reader.known) if not _is_own_work(c, reader.report))
    works = outside(citations)
    bare = _without_brackets(text)
    narrator = narrator_in(folded(bare), reader.narrators, works)
    namings = set_beside(text, namings_in(text, mentions_in(bare, register), narrator))
    told, doubtful = _told(text, namings, citations, register)
    cited = _cited(citations, register)
    tells = any(n.role == "tells" for n in namings)
    unquoted = _without_quotations(folded(text))
    pointer = None if tells or narrator else pointer_in(unquoted)
    reported = works_tell(folded(text), works)
    narrated = authors_tell(_blanked(folded(bare)), reader.narrators, works)
    also = ALSO_SAYS.search(folded(bare))
    scoped = not tells and any(n.role == "scope" for n in namings)
    return Heard(
        sentence,
        told=told,
        cited=cited,
        external=tuple(dict.fromkeys(work.printed for work in works)),
        outsider=any(not work.bracketed for work in works),
        reported=reported and not narrated,
        referred=narrated or are_referred_to(folded(text), works),
        named=tuple(_named(n, citations, register) for n in namings),
        pointer=pointer,
        scope=not told and (scoped or is_scope_pointer(text)),
        own=bool(narrator or OWN_VOICE.search(unquoted)) and not tells and not pointer,
        collective=bool(COLLECTIVE.search(unquoted)) and not told and not pointer,
        stops=bool(STOP.search(unquoted)),
        continues=bool(CONTINUES.search(folded(text))),
        introduces=bool(INTRODUCES.search(text)),
        ends_cited=any(c.bracketed and CITE_AT_END.match(text[c.end :]) for c in citations),
        life=any(n.life for n in namings),
        doubtful=doubtful,
        joins=bool(also and all(n.start > also.start() for n in namings if n.role == "tells")),
        listed=any(s.study in register.member(s.member).studies for s in cited),
        stranger=not namings and not pointer and has_stranger(text),
    )


def _cited(citations: Sequence[Citation], register: Register) -> tuple[Speaker, ...]:
    """Return the members whose studies a sentence cites in brackets."""
    bracketed = (c for c in citations if c.bracketed)
    return tuple(dict.fromkeys(Speaker(m, study_of(m, c, register)) for c in bracketed for m in c.members))


def _named(naming: Naming, citations: Sequence[Citation], register: Register) -> tuple[Speaker, ...]:
    return tuple(_speaker(m, naming, citations, register) for one in naming.members for m in one)


def _without_brackets(text: str) -> str:
    """Blank out citations in brackets, so that a cited name is not read as a named one."""
    return BRACKET.sub(lambda m: " " * len(m[0]) if re.search(r"[^\W\d]{3}", m[0]) else m[0], text)


def _without_quotations(text: str) -> str:
    """Leave out what stands in quotation marks: its 'we' is not the authors'."""
    return QUOTED.sub(" … ", text)


def _blanked(text: str) -> str:
    """Blank out what stands in quotation marks, letter for letter: its 'we' is not the authors'."""
    return QUOTED.sub(lambda m: " " * len(m[0]), text)


def _is_own_work(citation: Citation, report: Report) -> bool:
    """Whether this is the report citing itself, or the report it restates, as page locators do."""
    printed = key(citation.printed)
    authors = " and ".join(author.split()[-1] for author in report.authors)
    own = {key(f"{authors} {report.year}"), key(report.citation), key(report.based_on)}
    alike = {printed, printed.replace(" y ", " and "), printed.replace(" and ", " y ")}
    return bool(alike & (own - {""}))


def _told(
    text: str, namings: Sequence[Naming], citations: Sequence[Citation], register: Register
) -> tuple[tuple[Speaker, ...], tuple[str, ...]]:
    """Return the members said to say it, and of whom it can be one where the name tells too little."""
    told: list[Speaker] = []
    doubtful: tuple[str, ...] = ()
    for naming in namings:
        if naming.role != "tells" and not _speaks_for(text, naming):
            continue
        for members in naming.members:
            year = YEAR_BEHIND.match(text[naming.end :]) or YEAR_ALONE.search(text, naming.end)
            members = _of_that_year(members, year["year"] if year else "", register)
            if len(members) == 1:
                told.append(_speaker(members[0], naming, citations, register))
            else:
                doubtful = members
    return tuple(dict.fromkeys(told)), () if told else doubtful


def _of_that_year(members: tuple[str, ...], year: str, register: Register) -> tuple[str, ...]:
    """Keep, of two with one surname, the one who wrote that year."""
    if len(members) < 2 or not year:
        return members
    return tuple(m for m in members if any(s.endswith(year) for s in register.member(m).studies))


def _speaks_for(text: str, naming: Naming) -> bool:
    """Whether a colleague of the member is quoted: the words stand in the member's study."""
    plain = folded(text)
    tie = CO_WORKER.search(plain[: naming.start])
    opening = SPEECH_OPENING.search(plain[: naming.start])
    return bool(tie and opening and tie.start() > opening.start() and naming.start - tie.start() < 60)


def _speaker(member: str, naming: Naming, citations: Sequence[Citation], register: Register) -> Speaker:
    """Return the member with the study that the sentence names, or their only one."""
    near = [c for c in citations if member in c.members and not c.bracketed]
    near += [c for c in citations if member in c.members and c.bracketed]
    if near:
        return Speaker(member, study_of(member, near[0], register))
    studies = register.member(member).studies
    return Speaker(member, studies[0] if len(studies) == 1 else None)


def study_of(member: str, citation: Citation, register: Register) -> str:
    """Return the study as the roster has it, where it lists one of that year; else as printed here."""
    listed = [s for s in register.member(member).studies if s.endswith(f" {citation.year}")]
    others = "," in citation.names or re.search(r"\b(?:and|y|e|&)\b", citation.names)
    return listed[0] if len(listed) == 1 and not others else citation.printed
