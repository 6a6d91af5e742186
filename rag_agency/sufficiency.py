"""Does the evidence answer what is asked? If not, what is missing.

A small calibrated model over what search measured: how closely the best sentences meet the question
and each of its words, and which of its slots (whose, where, which number) they leave open. Its
weights come from the project's own questions, those not held out; eval/LOG.md tells what it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

from rag_agency.places import countries_in
from rag_agency.records import Asked, Evidence, Found, Member, Passage, Reason
from rag_agency.words import plain_words

NEAR = 4  # sentences and passages that count as the evidence
DECLINE = 0.65  # chance of being unanswerable above which we decline; plain questions for a number reach 0.57
OFF_TOPIC = 0.36  # cosine of the light encoder below which nothing here is about the question
BEHIND = 1.0  # by how much a named member's best sentence may score below the best of all
UNMET = 2  # words of the question that are named as missing
FITTED_WITH = ("multilingual-e5-small", "use-multilingual")
BIAS = 11.102
WEIGHTS = {
    "tokens": 6.235,  # mean match of the question's tokens in the three best sentences
    "meaning": -11.783,  # best cosine of a sentence, embedder
    "light": -5.052,  # best cosine of a sentence, light encoder
    "words": -6.835,  # mean match of the question's words in the best sentences
    "low words": 0.498,  # the same of the two words that are met worst
    "gap": -0.004,  # score of the first sentence above the tenth
    "other country": 0.775,  # a country is named that no near passage is about
    "a country": 1.377,
    "a number": 1.648,  # a number is asked for
    "no number": -0.140,  # ... and the best sentences have none
    "a member": -0.677,
    "member behind": 1.512,  # the member named says less of it than others
    "other figure": 0.483,  # a figure is named that the best sentences have not
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer: no reason means yes. ``missing`` names what the corpus does not say."""

    reason: Reason | None = None
    missing: tuple[str, ...] = ()


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
        best = [f for f in evidence.sentences if f.sentence.kind != "heading"][:NEAR]
        if not best:
            return Verdict("nothing_relevant")
        elsewhere = tuple(country for country in asked.countries if country not in covered)
        if elsewhere:
            return Verdict("nothing_relevant", elsewhere)
        if models != FITTED_WITH or chance_unanswerable(asked, evidence, best) < DECLINE:
            return Verdict()
        if max(f.signals.light for f in best) < OFF_TOPIC and not asked.members:
            return Verdict("outside_corpus")
        return Verdict("nothing_relevant", _unmet(evidence))

    return judge


def chance_unanswerable(asked: Asked, evidence: Evidence, best: Sequence[Found]) -> float:
    """Return the chance, from 0 to 1, that the corpus does not answer."""
    values = _features(asked, evidence, best)
    return 1 / (1 + exp(-(BIAS + sum(weight * values[name] for name, weight in WEIGHTS.items()))))


def _features(asked: Asked, evidence: Evidence, best: Sequence[Found]) -> dict[str, float]:
    near = sorted(match.near for match in evidence.words) or [0.0]
    text = " ".join(found.sentence.text for found in best)
    countries = {country for passage in evidence.passages[:NEAR] for country in passage.countries}
    scores = [found.score for found in evidence.sentences]
    own = [f.score for f in evidence.sentences if set(asked.members) & {s.member for s in f.sentence.members}]
    tokens = [found.signals.tokens for found in best[:3]]
    wants_number = asked.wanted == "number"
    return {
        "tokens": sum(tokens) / len(tokens),
        "meaning": max(found.signals.meaning for found in best),
        "light": max(found.signals.light for found in best),
        "words": sum(near) / len(near),
        "low words": sum(near[:2]) / len(near[:2]),
        "gap": scores[0] - scores[min(9, len(scores) - 1)],
        "other country": float(any(country not in countries for country in asked.countries)),
        "a country": float(bool(asked.countries)),
        "a number": float(wants_number),
        "no number": float(wants_number and not _has_number(text)),
        "a member": float(bool(asked.members)),
        "member behind": float(bool(asked.members) and (not own or own[0] < scores[0] - BEHIND)),
        "other figure": float(any(number not in plain_words(text) for number in asked.numbers)),
    }


def _has_number(text: str) -> bool:
    bare = re.sub(r"\([^)]*\)", "", text)  # years of citations are no figures
    words = r"\b(?:per cent|por ciento|half|mitad|two|three|four|five|ten|dos|tres|cuatro|cinco)\b"
    return bool(re.search(rf"\d|{words}", bare))


def _unmet(evidence: Evidence) -> tuple[str, ...]:
    """Return the words of the question that the best sentences meet worst."""
    worst = sorted(evidence.words, key=lambda match: match.near)[:UNMET]
    return tuple(dict.fromkeys(match.word for match in worst))
