"""The slots of a question against what a corpus covers: whose finding, where, of which product, when, how many.

A near miss has the right subject and a wrong filling of one slot. The ledger tells what a member speaks of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag_agency.language import without_accents
from rag_agency.places import countries_in
from rag_agency.products import products_in
from rag_agency.quantities import counted, has_quantity, quantity_asked
from rag_agency.records import Asked, Evidence, Found, Member, Passage
from rag_agency.silences import is_silence

BEST = 12  # sentences that count as the evidence
NEAR = 4  # passages whose countries and products count
LIST = 4  # countries in a sentence from which it only lists them
MET = 0.5  # from here on a word counts as met
FIRST = 3  # sentences among which a silence of the report counts
NUMBER = re.compile(
    r"\d|\b(?:per cent|por ciento|half|mitad|two|three|four|five|six|seven|eight|nine|ten|dos|tres|cuatro|cinco|"
    r"seis|siete|ocho|nueve|diez|dozens?|hundreds?|thousands?|million)\b",
    re.I,
)
# Years, citations, numbers of lists and of notes count nothing.
NO_FIGURE = re.compile(r"\([^)]*\)|^\d+[.)]?|(?<=[:;,.] )\d{1,2}[.)] |\b(?:1[5-9]|20)\d\d\b")
# A question that presupposes nothing: ‘what does X find’, ‘does X say’; not ‘why does X say that’.
OPEN = re.compile(
    r"(?<!por )(?<!why )\b(?:what|does|did|que)\b.{0,60}\b(?:says?|thinks?|finds?|found|concludes?|"
    r"recommends?|reports?|mentions?|writes?|sees?|warns?|assessment|views?|opinion|opina|piensa|dice|encontro|encuentra|"
    r"cuenta|concluye|recomienda|menciona|escribe|ve|propone)\b(?! (?:that|que)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Covered:
    """What a corpus speaks of: countries and products, and those that each member speaks of."""

    countries: frozenset[str]
    products: frozenset[str]
    of_member: dict[str, frozenset[str]]

    def lacks(self, asked: Asked) -> tuple[str, ...]:
        """Return the countries and products of a question that the corpus does not speak of, in its own words."""
        return (
            *(_as_asked(asked.text, c, countries_in) for c in asked.countries if c not in self.countries),
            *(_as_asked(asked.text, p, products_in) for p in asked.products if p not in self.products),
        )


def covered_by(passages: Sequence[Passage], roster: Sequence[Member]) -> Covered:
    """Return what passages speak of; a country counts where a member works or two sentences name it, lists left out."""
    mentions: Counter[str] = Counter()
    products: set[str] = set()
    of_member: dict[str, set[str]] = {member.slug: set(member.countries) for member in roster}
    for passage in passages:
        for sentence in passage.sentences:
            if is_silence(sentence):
                continue
            countries, grown = countries_in(sentence.text), products_in(f"{sentence.section}. {sentence.text}")
            mentions.update(countries if len(countries) < LIST else ())
            products.update(grown)
            named = (*countries, *grown)
            for member in sentence.spoken_by:
                of_member.setdefault(member, set()).update(named)
    works = {country for member in roster for country in member.countries}
    return Covered(
        frozenset(works | {country for country, n in mentions.items() if n > 1}),
        frozenset(products),
        {member: frozenset(named) for member, named in of_member.items()},
    )


def slots_unfilled(asked: Asked, evidence: Evidence, covered: Covered, shares: Sequence[float]) -> dict[str, float]:
    """Return what of the slots the evidence leaves unfilled; ``shares`` are of the best sentences, no headings."""
    best = [f for f in evidence.sentences if f.sentence.kind != "heading"][:BEST]
    near = " ".join(f"{p.section}. {p.text}" for p in evidence.passages[:NEAR])
    said = set().union(*(covered.of_member.get(member, frozenset()) for member in asked.members))
    elsewhere = _said_by_another(asked, best, shares)
    dated = any(year in f.sentence.text for year in asked.years for f in best)
    grown = products_in(near)
    return {
        "another product": float(any(product not in grown for product in asked.products)),
        "not of theirs": float(bool(asked.members) and not elsewhere and any(p not in said for p in asked.products)),
        "no count of that year": float(bool(asked.years) and not dated and asked.wanted == "number"),
        "silence": _silence(best, shares),
        "open, by another": elsewhere * bool(OPEN.search(without_accents(asked.text))),
        "no such number": _lack(asked.wanted == "number", _has_such_number(asked, best, evidence), shares),
    }


def _silence(best: Sequence[Found], shares: Sequence[float]) -> float:
    """Return how many of the first are silences of the report, where no statement meets more of the question."""
    silent = [is_silence(f.sentence) for f in best]
    most_said = max((share for share, is_silent in zip(shares, silent, strict=True) if not is_silent), default=0.0)
    most_left_out = max((share for share, is_silent in zip(shares, silent, strict=True) if is_silent), default=0.0)
    return sum(silent[:FIRST]) / FIRST if most_left_out >= most_said else 0.0


def _as_asked(text: str, name: str, named_in: Callable[[str], tuple[str, ...]]) -> str:
    """Return the word of a text by which it names a country or product; the name itself for several words."""
    return next((word for word in re.findall(r"[^\W\d_]+", text) if name in named_in(word)), name)


def _said_by_another(asked: Asked, best: Sequence[Found], shares: Sequence[float]) -> float:
    """Return by how much more another member's best sentence meets of the question than the named one's."""
    if len(asked.members) != 1:
        return 0.0
    speakers = [f.sentence.spoken_by for f in best]
    own = max((share for share, who in zip(shares, speakers, strict=True) if who & set(asked.members)), default=0.0)
    others = (share for share, who in zip(shares, speakers, strict=True) if who and not who & set(asked.members))
    return max(max(others, default=0.0) - own, 0.0)


def _has_such_number(asked: Asked, best: Sequence[Found], evidence: Evidence) -> list[bool]:
    """Return which sentences have a number of the kind that is asked for, or of what is counted."""
    if kind := quantity_asked(asked.text):
        return [has_quantity(f.sentence.text, kind) for f in best]
    words = [i for i, word in enumerate(evidence.words) if word.word in counted(asked.text)]
    return [bool(NUMBER.search(_bare(f))) and (not words or f.meets[words[-1]] >= MET) for f in best]


def _bare(found: Found) -> str:
    return NO_FIGURE.sub("", found.sentence.text)


def _lack(is_asked: bool, has: Iterable[bool], shares: Sequence[float]) -> float:
    """Return how far the best sentence that has what is asked for stands behind the best of all."""
    if not is_asked:
        return 0.0
    return max(shares) - max((share for share, it in zip(shares, has, strict=True) if it), default=0.0)
