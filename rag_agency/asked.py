"""What a question asks: whose finding, where, which kind of answer; follow-ups made whole.

Works from the roster and tables of words in English and Spanish. Knows no index and no report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag_agency.courtesies import is_small_talk, without_courtesies
from rag_agency.follow_up import OPENER, need_of_turn_before
from rag_agency.instructions import without_orders
from rag_agency.language import language_of, without_accents
from rag_agency.named import (
    countries_asked,
    is_same,
    members_in,
    names_of,
    studies_in,
    themes_asked,
    years_in,
    years_of,
)
from rag_agency.products import products_in
from rag_agency.records import Asked, Language, Member, Question, Wanted
from rag_agency.words import EMPTY, plain_words, terms

WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        "who",
        re.compile(
            r"\b(?:who|whose|which (?:network )?(?:member|researcher|author|study)|quien(?:es)?|de quien|"
            r"(?:que|cual) (?:miembro|investigador\w*|autor\w*|estudio)|cual de l[oa]s (?:miembros|investigador\w+))\b"
        ),
    ),
    (
        "compare",
        re.compile(
            r"\b(?:compare|compara\w*|differ\w*|difier\w*|diferenci\w*|coincid\w*|agree|disagree|contrast\w*|"
            r"both|ambos|each|cada uno|versus|vs|respectively|common|en comun)\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"\b(?:how (?:many|much|large|big|high|long)|what (?:share|percentage|proportion|number|price|figure)|"
            r"what (?:do|does|did|would|will) .{1,60} (?:cost|charge|earn|weigh)|"
            r"what (?:\w+ )?(?:wage|salary|budget|fraction|interest rate)|"
            r"cuant[oa]s?|que (?:porcentaje|proporcion|cantidad|precio|cifra|numero)|"
            r"(?:share|percentage|proportion|number|price|porcentaje|proporcion|precio|cifra) (?:of|de|per|por))\b"
        ),
    ),
    (
        "name",
        re.compile(
            r"\b(?:names?|called|nombres?|se llaman?|"
            r"(?:which|que|cuales) (?:\w+ |son l[oa]s )?(?:bank|president|ministr\w+|compan\w+|cooperatives|"
            r"universit\w+|department|province|city|language|banco|presidente|empresas?|cooperativas|universidades|departamentos?|"
            r"provincias?|ciudad|idioma|cadenas))\b"
        ),
    ),
    (
        "place",
        re.compile(r"\b(?:where|in which (?:countr\w+|place|nation\w*)|donde|en que (?:pais\w*|lugar\w*))\b"),
    ),
    ("time", re.compile(r"\b(?:when|in (?:which|what) year|since when|cuando|en que ano|desde cuando)\b")),
    (
        "definition",
        re.compile(
            r"\b(?:define|definition|what (?:is|are|does \S+ mean)|meaning of|que (?:es|son|significa|quiere decir)|"
            r"definicion|define|stand for|significa)\b"
        ),
    ),
    (
        "list",
        re.compile(r"\b(?:list|name the|enumer\w+|which (?:\w+ )?\w+s\b|what are|cuales|mencione|enumere)\b"),
    ),
)
# Whom a question is about, where it names a member and nothing else; but not what that member studied, or where.
PERSON = re.compile(r"\b(?:who|qui[eé]n(?:es)?)\b", re.I)
# The same without the name: ‘What is?’, ‘In which city is based?’, ‘¿De dónde es?’.
WHAT_THEY_ARE = re.compile(
    r"^\W*(?:what|qu[eé]) (?:is|es)\W*$|^\W*(?:\w+ ){1,3}(?:is|was) (?:based|located|from|born)\b"
    r"|^\W*(?:de |en )?(?:d[oó]nde|qu[eé] (?:pa[ií]s|ciudad)) (?:est[aá]|es|queda|naci[oó]|tiene su sede)\W*$",
    re.I,
)
OF_THE_PERSON = re.compile(
    r"\b(?:whose|where|when|d[oó]nde|cu[aá]ndo|estudió|did .{1,40} study|has .{1,40} studied)\b", re.I
)
FRAME = re.compile(
    r"\b(?:according to|in the (?:view|opinion|eyes|words) of|segun|según|de acuerdo con|para)(?=\s*(?:,|\?|and|y|$))"
    r"|\b(?:according to|según|segun)(?=\s+(?:what|why|how|por|qué|que|cómo|como|cuál|cual)\b)",
    re.I,
)
NAME_WORDS = 3  # longer aliases are titles of studies
ABOUT = 3  # content words; with fewer the question is about the person


def understand(question: Question, roster: Sequence[Member]) -> Asked:
    """Return what a question asks, with what its earlier turns add to it."""
    language = question.language or language_of(question.text)
    told = without_orders(question.text)
    text = without_courtesies(told.text, language)
    plain = without_accents(text)
    members = members_in(text, roster)
    countries = countries_asked(text)
    follows, need = "", need_of_turn_before(text, language, names_member=bool(members))
    if question.history and text and need != "no":
        earlier = without_courtesies(question.history[-1], language)
        before = next((m for turn in reversed(question.history) if (m := members_in(turn, roster))), ())
        replaces = bool(OPENER.search(plain)) and bool(members or countries)
        members = members or before
        countries = countries or (() if replaces else countries_asked(earlier))
        follows, text = text, f"{earlier} {text}"
    asked = Asked(
        text=_about(text, language, roster),
        language=language,
        wanted=_of_a_member(text, follows or text, members, roster) or _wanted(plain, members),
        members=members,
        countries=countries,
        is_follow_up=bool(follows),
        may_stand_alone=need != "surely",
        has_orders=told.has_orders,
        is_instruction=told.has_orders and not told.text,
        is_small_talk=is_small_talk(question.text),
    )
    asked = _with_names(asked, text, roster)
    return replace(asked, parts=tuple(_with_names(part, part.text, roster) for part in _parts(asked, follows)))


def _of_a_member(text: str, asks: str, members: Sequence[str], roster: Sequence[Member]) -> Wanted | None:
    """Return what is asked where a question names one member and has no other word to search with; else None.

    ``asks`` is what a follow-up adds to the turn before it, or the whole ``text``.
    """
    if len(members) == 1 and WHAT_THEY_ARE.search(_without_names(asks, roster)):
        return "person"
    if len(members) != 1 or OF_THE_PERSON.search(asks):
        return None
    places = {word for m in roster if m.slug in members for place in m.countries for word in plain_words(place)}
    words = plain_words(_without_names(text, roster))
    if not all(w in EMPTY or w in places or w[:4].isdigit() or len(w) == 1 for w in words):
        return None
    return "person" if PERSON.search(asks) else "overview"


def _with_names(asked: Asked, text: str, roster: Sequence[Member]) -> Asked:
    """Add the studies, years, numbers, products and themes that a text names."""
    studies = studies_in(text, asked.members, roster)
    years = years_in(text, studies)
    return replace(
        asked,
        studies=studies,
        years=years,
        numbers=tuple(w for w in plain_words(text) if w[0].isdigit() and w[:4] not in years_of(studies)),
        products=products_in(text),
        themes=themes_asked(text, roster),
    )


PARTS = re.compile(
    r"[,;?.]?\s+(?:and|y|e)\s+(?=¿?\s*(?:what|which|who|whose|when|where|why|how|qué|cuál|quién|cuándo|dónde|por qué|"
    r"cómo|cuánt[oa]s?)\b)|\?\s+(?=¿?\w)",
    re.I,
)


def _parts(asked: Asked, follows: str) -> tuple[Asked, ...]:
    """Return the questions that one question asks together; of a follow-up, what it adds; else none."""
    texts = [follows] if follows else [text.strip(" ,;?¿") for text in PARTS.split(asked.text) if text]
    if any(len(terms(text, asked.language)) < ABOUT for text in texts) or (len(texts) < 2 and not follows):
        return ()
    return tuple(
        replace(
            asked,
            text=text,
            wanted=_wanted(without_accents(text), asked.members),
            countries=countries_asked(text),
        )
        for text in texts
    )


def _about(text: str, language: Language, roster: Sequence[Member]) -> str:
    """Return what a question is about without whom it names, unless it is about the person."""
    bare = _without_names(text, roster)
    return bare if len(terms(bare, language)) >= ABOUT else text


def _without_names(text: str, roster: Sequence[Member]) -> str:
    """Return the question without its members: the ledger knows who speaks, and few of their sentences say so.

    Left in, a name would draw every sentence that prints it before those that answer.
    """
    known = [name for member in roster for name in (*names_of(member), plain_words(member.name))]
    names = {word for name in known if len(name) <= NAME_WORDS for word in name if len(word) > 3}
    words = re.sub(r"['’]s\b", "", text).split()
    kept = [word for word in words if not any(is_same(n, w) for w in plain_words(word)[:1] for n in names)]
    said = FRAME.sub(" ", " ".join(kept))
    return re.sub(r"\s+", " ", said).strip(" ,;")


def _wanted(plain: str, members: Sequence[str]) -> Wanted:
    if len(members) > 1:
        return "compare"
    kinds = [name for name, pattern in WANTED if pattern.search(plain)]
    return next((kind for kind in kinds if not (members and kind in ("who", "compare"))), "fact")
