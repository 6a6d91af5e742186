"""Places and proper names: what is written large in a sentence stands in its evidence, in either language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from rag_agency.language import without_accents
from rag_agency.places import countries_in
from rag_agency.words import STOP_WORDS, plain_words

# Things that have a name of their own in each language; a row is one thing.
SAME_THING = (
    ("europe", "europa", "european", "europeo", "europea"),
    ("central america", "centroamerica", "america central", "central american", "centroamericano", "centroamericana"),
    ("latin america", "america latina", "latinoamerica", "latin american", "latinoamericano", "latinoamericana"),
    ("caribbean", "caribe"),
    ("pacific", "pacifico"),
    ("amazon", "amazonia", "amazonas"),
    ("altiplano", "high plateau", "highland", "highlands", "plateau"),
    ("world trade organization", "organizacion mundial del comercio", "wto", "omc"),
    ("national coffee board", "junta nacional del cafe"),
    ("learning network", "red de aprendizaje"),
    ("ministry of agriculture", "ministerio de agricultura"),
    ("state", "estado"),
    ("ngo", "ong"),
    ("fta", "ftas", "tlc", "tratado de libre comercio", "free trade agreement", "tratados de libre comercio"),
    ("cooperative law", "ley de cooperativas"),
    ("spanish", "espanol"),
    ("english", "ingles"),
)
# Written large without being a name of anything the evidence could have.
NO_NAMES = frozenset("i ii iii iv ai estado gobierno state government red network".split())
STOP = STOP_WORDS["en"] | STOP_WORDS["es"]
LARGE = re.compile(r"(?<![\w’'])[A-ZÁÉÍÓÚÑÜ][\w’'-]*")
OPENS = re.compile(r"(?:^|[.:;!?¿¡]\s+|[“«‘\"(]\s*)$")
STEM = 5  # letters by which a name and the adjective made of it are the same: Andes, Andean


def unknown_place(claim: str, evidence: str) -> str:
    """Return the first country of a claim that its evidence does not name; empty: all are there."""
    known = set(countries_in(evidence))
    return next((country for country in countries_in(claim) if country not in known), "")


def moved_place(claim: str, evidence: str) -> str:
    """Return a country of a claim that stands where the evidence has another; empty: each in its place."""
    mine, theirs = (_content(text) for text in (claim, evidence))
    for i, word in enumerate(mine):
        beside = [w for w in (mine[i + 1 : i + 2] if countries_in(word) else []) if not countries_in(w)]
        for place in (p for w in beside for p, other in enumerate(theirs) if other[:STEM] == w[:STEM]):
            around = {c for w in theirs[max(0, place - 2) : place + 2] for c in countries_in(w)}
            if around and not around & {*countries_in(word)}:
                return countries_in(word)[0]
    return ""


def _content(text: str) -> list[str]:
    return [word for word in plain_words(re.sub(r"['’]s\b", "", text)) if word not in STOP]


def unknown_name(claim: str, evidence: str, allowed: Collection[str]) -> str:
    """Return the first proper name of a claim that is neither in its evidence nor among those allowed.

    ``allowed`` are the words of the names of those who speak. The first word of a sentence is a name
    where it is written in capitals or goes on in large letters.
    """
    plain = without_accents(evidence)
    words = set(re.findall(r"\w+", plain))
    stems = {word[:STEM] for word in words if len(word) >= STEM}
    stems |= {other[:STEM] for row in SAME_THING if any(_stands(r, plain) for r in row) for other in _words(row)}
    for name in _names(claim, allowed):
        folded = without_accents(name)
        if folded in words or folded in allowed or folded in NO_NAMES or countries_in(name):
            continue
        if any(folded == w for row in SAME_THING if any(_stands(r, plain) for r in row) for w in _words(row)):
            continue
        if len(folded) < STEM or folded[:STEM] not in stems:
            return name
    return ""


def _stands(name: str, plain: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", plain))


def _words(row: Collection[str]) -> Iterator[str]:
    return (word for name in row for word in name.split())


def _names(text: str, allowed: Collection[str]) -> Iterator[str]:
    places = list(LARGE.finditer(text))
    for i, place in enumerate(places):
        word = re.sub(r"['’]s?$", "", place[0])
        opens = bool(OPENS.search(text[: place.start()]))
        follows = places[i + 1] if i + 1 < len(places) and text[place.end() : places[i + 1].start()] == " " else None
        goes_on = follows and without_accents(follows[0]) not in allowed and without_accents(word) not in STOP
        if opens and not (word.isupper() and len(word) > 1) and not goes_on:
            continue
        yield from (part for part in re.split(r"-", word) if part[:1].isupper())
