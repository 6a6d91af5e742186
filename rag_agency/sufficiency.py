"""Does the evidence answer what is asked? If not, what is missing.

A small calibrated model over what search measured: how much of the question one sentence of the right
speaker meets, which word is met nowhere, whether a sentence that fits has the number that is asked for.
Its weights are fitted by ``eval/fit_sufficiency.py`` on the project's own questions, those not held
out; eval/LOG.md tells what it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

from rag_agency.language import language_of
from rag_agency.places import countries_in
from rag_agency.records import Asked, Evidence, Found, Member, Passage, Reason

BEST = 12  # sentences that count as the evidence
OWN = 40  # sentences of the members named, the best first
NEAR = 4  # passages whose countries count
MET = 0.5  # from here on a word counts as met
DECLINE = 0.5  # chance of being unanswerable from which we decline
DECLINE_ACROSS = 0.65  # the same between languages, where fewer words are met: about 5 % declined in both
PART_SURE = 0.15  # confidence below which a part of a question is said to be missing
OFF_TOPIC = 0.36  # cosine of the light encoder below which nothing here is about the question
UNMET = 2  # words of the question that are named as missing
FITTED_WITH = ("multilingual-e5-small", "use-multilingual")
BIAS = 10.827
WEIGHTS: dict[str, float] = {
    "a country": 2.227,
    "a name": 3.599,
    "another country": 3.052,
    "light": -7.437,
    "meaning": -6.648,
    "number's score": -0.187,
    "number's share": -6.286,
    "own share": -4.620,
    "score": -0.068,
    "words unmet": -0.353,
}
NUMBER = re.compile(
    r"\d|\b(?:per cent|por ciento|half|mitad|two|three|four|five|six|seven|eight|nine|ten|dos|tres|cuatro|cinco|"
    r"seis|siete|ocho|nueve|diez|dozens?|hundreds?|thousands?|million)\b",
    re.I,
)
NO_FIGURE = re.compile(r"\([^)]*\)|^\d+[.)]")  # years of citations and numbers of lists count nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer: no reason means yes. ``missing`` names what the corpus does not say.

    ``confidence`` is the chance, from 0 to 1, that the corpus answers the question; None where it was not judged.
    """

    reason: Reason | None = None
    missing: tuple[str, ...] = ()
    confidence: float | None = None

    @property
    def is_sure_of_nothing(self) -> bool:
        """Whether a part of a question is surely not answered: torn from the whole, it looks less so than it is."""
        return self.confidence is not None and self.confidence < PART_SURE


def judge_of(
    passages: Sequence[Passage], roster: Sequence[Member], models: tuple[str, str]
) -> Callable[[Asked, Evidence], Verdict]:
    """Return what judges evidence on questions about a corpus.

    ``models`` are the embedder's and the encoder's names. Cosines of other models mean other things: with
    them only the rules decide, not the weights.
    """
    mentions: dict[str, int] = {}
    for passage in passages:
        for country in {*passage.countries, *countries_in(passage.text)}:
            mentions[country] = mentions.get(country, 0) + 1
    covered = {c for m in roster for c in m.countries} | {c for c, n in mentions.items() if n > 1}

    def judge(asked: Asked, evidence: Evidence) -> Verdict:
        if asked.is_instruction:
            return Verdict("refused")
        if not any(f.sentence.kind != "heading" for f in evidence.sentences):
            return Verdict("nothing_relevant")
        elsewhere = tuple(country for country in asked.countries if country not in covered)
        if elsewhere:
            return Verdict("nothing_relevant", elsewhere)
        if models != FITTED_WITH:
            return Verdict()
        chance = chance_unanswerable(features(asked, evidence))
        if chance < _limit(asked, evidence):
            return Verdict(confidence=1 - chance)
        if max(f.signals.light for f in evidence.sentences) < OFF_TOPIC and not asked.members:
            return Verdict("outside_corpus", confidence=1 - chance)
        return Verdict("nothing_relevant", unmet(evidence), 1 - chance)

    return judge


def _limit(asked: Asked, evidence: Evidence) -> float:
    best = next(f.sentence for f in evidence.sentences if f.sentence.kind != "heading")
    return DECLINE if language_of(best.text) == asked.language else DECLINE_ACROSS


def chance_unanswerable(values: dict[str, float]) -> float:
    """Return the chance, from 0 to 1, that the corpus does not answer a question with these features."""
    return 1 / (1 + exp(-(BIAS + sum(weight * values[name] for name, weight in WEIGHTS.items()))))


def features(asked: Asked, evidence: Evidence) -> dict[str, float]:
    """Return what the model looks at; there must be a sentence that is no heading."""
    found = [f for f in evidence.sentences if f.sentence.kind != "heading"]
    best = found[:BEST]
    shares = [_share(f, evidence) for f in best]
    own = [f for f in found if set(asked.members) & {s.member for s in f.sentence.members}][:OWN]
    own_share = max((_share(f, evidence) for f in own), default=0.0) if asked.members else max(shares)
    fullest = best[shares.index(max(shares))]
    near = {c for p in evidence.passages[:NEAR] for c in (*p.countries, *countries_in(p.text))}
    return _of_numbers(asked, best, shares) | {
        "own share": own_share,
        "words unmet": float(sum(m < MET for m in fullest.meets)),
        "score": found[0].score,
        "light": max(f.signals.light for f in found),
        "meaning": max(f.signals.meaning for f in found),
        "a country": float(bool(asked.countries)),
        "another country": float(any(country not in near for country in asked.countries)),
        "a name": float(asked.wanted == "name"),
    }


def _of_numbers(asked: Asked, best: Sequence[Found], shares: Sequence[float]) -> dict[str, float]:
    """Return how far the best sentence with a number stands behind the best of all, where one is asked for."""
    if asked.wanted != "number":
        return {"number's share": 0.0, "number's score": 0.0}
    with_number = [i for i, f in enumerate(best) if NUMBER.search(NO_FIGURE.sub("", f.sentence.text))]
    return {
        "number's share": max((shares[i] for i in with_number), default=0.0) - max(shares),
        "number's score": best[with_number[0]].score - best[0].score if with_number else -6.0,
    }


def _share(found: Found, evidence: Evidence) -> float:
    """Return the share of the question's words, by weight, that stand in a sentence or around it."""
    whole = sum(word.weight for word in evidence.words)
    if not whole:
        return 0.5
    return sum(word.weight * met for word, met in zip(evidence.words, found.meets, strict=True)) / whole


def unmet(evidence: Evidence) -> tuple[str, ...]:
    """Return the words of the question that the best sentences meet least, as far as they are not met."""
    best = [f for f in evidence.sentences if f.sentence.kind != "heading"][:NEAR]
    met = [max((f.meets[i] for f in best), default=0.0) for i in range(len(evidence.words))]
    worst = sorted(range(len(met)), key=lambda i: evidence.words[i].weight * (1 - met[i]), reverse=True)
    return tuple(evidence.words[i].word for i in worst[:UNMET] if met[i] < MET)
