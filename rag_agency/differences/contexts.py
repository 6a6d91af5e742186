"""Of what a statement speaks: country, crop, years, scale, kind of organisation.

Read off the sentence's own words; the country is the one that its speaker studied, where it has a
member for a speaker. What is not said is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag_agency.differences.records import Context, ContrastKind
from rag_agency.language import without_accents
from rag_agency.places import countries_in
from rag_agency.records import Member, Sentence

CITATION = re.compile(r"\([^()]*\d{4}[^()]*\)")
YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")

TABLES: dict[ContrastKind, dict[str, str]] = {
    "crop": {
        "coffee": r"coffee|\bcafe\b|cafetaler",
        "cocoa": r"cocoa|cacao|ritter sport",
        "vegetables": r"vegetables|verduras|hortaliza|agro-?export",
        "beef": r"\bbeef\b|\bmeat\b|\bcarne|livestock|ganad|butcher|carnicer",
        "plantain": r"matoke|plantain|platano",
        "wine": r"\bwines?\b|singani|\bvinos?\b",
        "salami": r"salami",
    },
    "organisation": {
        "cooperative": r"cooperat",
        "kinship network": r"kinship|parentesco|extended famil|familia extensa",
        "union": r"\bunions?\b|\bgremi|sindicat",
        "export company": r"export compan|agro-?export|empresas? exportador|exporters\b",
    },
    "scale": {
        "large producers": r"large (?:farmers|producers|business)|grandes (?:productor|empresa)|gran empresa",
        "small producers": r"small(?:-scale)? (?:farmers|producers)|smallholder|pequenos? (?:productor|agricultor)",
    },
}
_PATTERNS = {kind: {name: re.compile(p) for name, p in table.items()} for kind, table in TABLES.items()}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a statement says of where, of what, when and of whom it speaks."""

    country: frozenset[str] = frozenset()
    crop: frozenset[str] = frozenset()
    year: frozenset[str] = frozenset()
    scale: frozenset[str] = frozenset()
    organisation: frozenset[str] = frozenset()


def plain(sentence: Sentence) -> str:
    """Return a sentence's text without citations and accents, in lower case."""
    return without_accents(CITATION.sub(" ", sentence.text))


def setting_of(sentence: Sentence, roster: Sequence[Member]) -> Setting:
    """Return the setting of a statement."""
    text = plain(sentence)
    found = {kind: frozenset(n for n, p in table.items() if p.search(text)) for kind, table in _PATTERNS.items()}
    return Setting(
        country=_countries(sentence, roster),
        crop=found["crop"],
        year=frozenset(YEAR.findall(text)),
        scale=found["scale"],
        organisation=found["organisation"],
    )


def _countries(sentence: Sentence, roster: Sequence[Member]) -> frozenset[str]:
    """Return where a statement was found: the speaker's countries, those of them that it names, if any.

    A member who names another country, a buyer's or a neighbour's, has not studied that one.
    """
    named = frozenset(countries_in(CITATION.sub(" ", sentence.text)))
    speakers = {speaker.member for speaker in sentence.members}
    studied = frozenset(c for m in roster if m.slug in speakers for c in m.countries)
    return (named & studied or studied) if studied else named


BUYERS = frozenset({"export company"})  # whoever buys from producers is no other kind of their organisation
ORDER: tuple[ContrastKind, ...] = ("country", "crop", "organisation", "scale", "year")


def contrasts(first: Setting, second: Setting) -> tuple[Context, ...]:
    """Return in what two settings differ: what both say and nothing of it the same.

    Several countries with the other side's among them are no other context: what is said of all of
    them is said of that one too.
    """
    found = []
    for kind in ORDER:
        a, b = getattr(first, kind), getattr(second, kind)
        if a and b and not a & b and not (kind == "organisation" and (a | b) & BUYERS and not a <= BUYERS >= b):
            found.append(Context(kind, ", ".join(sorted(a)), ", ".join(sorted(b))))
    return tuple(found)


def share(first: Setting, second: Setting) -> bool:
    """Say whether two settings name the same country, or the same crop."""
    return bool(first.country & second.country) or bool(first.crop & second.crop)
