"""Does the evidence answer what is asked? If not, what is missing.

A small calibrated model over what search measured: how much of the question one sentence of the right
speaker meets, which word is met nowhere, whether a sentence that fits has the number that is asked for.
Its weights are fitted by ``eval/fit_sufficiency.py`` on the project's own questions, those not held
out; eval/LOG.md tells what it reaches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

from rag_agency.language import language_of
from rag_agency.places import countries_in
from rag_agency.records import Asked, Evidence, Found, Member, Passage, Reason
from rag_agency.slots import BEST, NEAR, Covered, covered_by, slots_unfilled

OWN = 40  # sentences of the members named, the best first
MET = 0.5  # from here on a word counts as met
DECLINE = 0.45  # chance of being unanswerable from which we decline
DECLINE_ACROSS = 0.5  # the same between languages, where fewer words are met: about 5 % declined in both
PART_SURE = 0.45  # confidence below which a part of a question is said to be missing
OFF_TOPIC = 0.36  # cosine of the light encoder below which nothing here is about the question
UNMET = 2  # words of the question that are named as missing
FITTED_WITH = ("multilingual-e5-small", "use-multilingual")
BIAS = 9.021
WEIGHTS: dict[str, float] = {
    "a name": 3.110,
    "another country": 3.441,
    "another product": 2.857,
    "light": -4.383,
    "meaning": -9.931,
    "met nowhere": 1.393,
    "no count of that year": 3.651,
    "no such number": 6.209,
    "not of theirs": 3.352,
    "open, by another": 4.949,
    "own share": -1.650,
    "silence": 6.275,
}


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
    covered = covered_by(passages, roster)

    def judge(asked: Asked, evidence: Evidence) -> Verdict:
        if asked.is_instruction:
            return Verdict("refused")
        if not any(f.sentence.kind != "heading" for f in evidence.sentences):
            return Verdict("nothing_relevant")
        if uncovered := covered.lacks(asked):
            return Verdict("nothing_relevant", uncovered)
        if evidence.is_by_ledger:
            return Verdict()  # nothing more is asked than what is by or about a member, and there is some
        if models != FITTED_WITH:
            return Verdict()
        chance = chance_unanswerable(features(asked, evidence, covered))
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


def features(asked: Asked, evidence: Evidence, covered: Covered) -> dict[str, float]:
    """Return what the model looks at; there must be a sentence that is no heading."""
    found = [f for f in evidence.sentences if f.sentence.kind != "heading"]
    best = found[:BEST]
    shares = [evidence.share(f) for f in best]
    own = [f for f in found if set(asked.members) & f.sentence.spoken_by][:OWN]
    own_share = max((evidence.share(f) for f in own), default=0.0) if asked.members else max(shares)
    near = {c for p in evidence.passages[:NEAR] for c in (*p.countries, *countries_in(p.text))}
    return slots_unfilled(asked, evidence, covered, shares) | {
        "own share": own_share,
        "met nowhere": _met_nowhere(best, evidence),
        "light": max(f.signals.light for f in found),
        "meaning": max(f.signals.meaning for f in found),
        "another country": float(any(country not in near for country in asked.countries)),
        "a name": float(asked.wanted == "name"),
    }


def _met_nowhere(best: Sequence[Found], evidence: Evidence) -> float:
    """Return the share of the question's words that none of the best sentences meets."""
    unmet = [max(f.meets[i] for f in best) < MET for i in range(len(evidence.words))]
    return sum(unmet) / len(unmet) if unmet else 0.5


def unmet(evidence: Evidence) -> tuple[str, ...]:
    """Return the words of the question that the best sentences meet least, as far as they are not met."""
    best = [f for f in evidence.sentences if f.sentence.kind != "heading"][:NEAR]
    met = [max((f.meets[i] for f in best), default=0.0) for i in range(len(evidence.words))]
    worst = sorted(range(len(met)), key=lambda i: evidence.words[i].weight * (1 - met[i]), reverse=True)
    return tuple(evidence.words[i].word for i in worst[:UNMET] if met[i] < MET)
