"""The lexical screen: how much of a claim's words its evidence has, and three signs of a fault.

Untrained. It separates clean cases; it knows no synonyms, no other language than the evidence's,
and no part of a claim that is put in other words. Its published and measured error stands in
``eval/LOG.md``: it is a screen, never to be called faithfulness.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag_agency.checkers.records import Pair, Verdict
from rag_agency.language import language_of
from rag_agency.records import Language
from rag_agency.words import plain_words, terms

NAME = "support_lex"
VERSION = "1"
WINDOW = 3  # sentences of evidence that one sentence of a claim may rest on
# The shares of the three coverages, and what each sign of a fault takes away, as published with
# the rule; they were set on other data than ours and are not tuned.
BY_WINDOW, BY_DOCUMENT, BY_BIGRAM = 0.5, 0.25, 0.25
NUMBER_MISSING, NAMES_MISSING, NEGATION_DIFFERS = 0.5, 0.4, 0.25

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CAPITALISED = re.compile(r"\b[^\W\d_a-záéíóúñü][\w’'-]*[^\W_]")
NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot"
    r"|nunca|jamás|ning[uú]n[oa]?s?|nada|nadie|tampoco|ni|sin)\b|n[’' ]?t\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text's content stems, its words in order, and its sentences with their stems, read once."""

    stems: frozenset[str]
    words: tuple[str, ...]
    sentences: tuple[tuple[str, frozenset[str]], ...]


class LexicalScreen:
    """Scores pairs by coverage; how rare a word is comes from the evidence of the same call."""

    name = NAME
    version = VERSION

    def check(self, pairs: Sequence[Pair]) -> tuple[Verdict, ...]:
        """Return one verdict a pair; without evidence or without words the score is 0."""
        read = [_read_pair(pair) for pair in pairs]
        weights = _Rarity(evidence.stems for _, evidence in read)
        return tuple(_verdict(claim, evidence, weights) for claim, evidence in read)


class _Rarity:
    """Inverse document frequency over a set of texts, smoothed so that an unseen word is the rarest."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        listed = list(texts)
        self._documents = len(listed)
        self._seen: Mapping[str, int] = Counter(stem for stems in listed for stem in stems)

    def __call__(self, stems: Iterable[str]) -> float:
        return math.fsum(math.log((self._documents + 1) / (self._seen.get(s, 0) + 1)) + 1 for s in stems)


def _read_pair(pair: Pair) -> tuple[_Text, _Text]:
    """Return claim and evidence, stemmed alike: the language of a short text is told badly by itself."""
    evidence = " ".join(pair.evidence)
    language = language_of(f"{evidence} {pair.claim}")
    return _read(pair.claim, language), _read(evidence, language)


def _read(text: str, language: Language) -> _Text:
    sentences = tuple((s, frozenset(terms(s, language))) for s in SENTENCE_END.split(text) if plain_words(s))
    return _Text(frozenset(terms(text, language)), tuple(plain_words(text)), sentences)


def _verdict(claim: _Text, evidence: _Text, weights: _Rarity) -> Verdict:
    if not evidence.words or not claim.words:
        return Verdict(0.0, "no words to compare")
    windows = [frozenset().union(*(stems for _, stems in run)) for run in _runs(evidence.sentences)]
    by_window = sum(max(_coverage(own, w, weights) for w in windows) for _, own in claim.sentences)
    nearest = [max(evidence.sentences, key=lambda s: _coverage(own, s[1], weights))[0] for _, own in claim.sentences]
    coverage = (
        BY_WINDOW * by_window / len(claim.sentences)
        + BY_DOCUMENT * _coverage(claim.stems, evidence.stems, weights)
        + BY_BIGRAM * _bigrams(claim.words, evidence.words)
    )
    signs = {
        "a number is missing": NUMBER_MISSING * bool(_numbers(claim.words) - _numbers(evidence.words)),
        "names are missing": NAMES_MISSING * _names_missing([s for s, _ in claim.sentences], evidence),
        "a negation differs": NEGATION_DIFFERS
        * any(_denies(own) != _denies(other) for (own, _), other in zip(claim.sentences, nearest, strict=True)),
    }
    score = coverage * math.prod(1 - taken for taken in signs.values())
    return Verdict(score, ", ".join(sign for sign, taken in signs.items() if taken))


def _runs(sentences: Sequence[tuple[str, frozenset[str]]]) -> list[Sequence[tuple[str, frozenset[str]]]]:
    """Return each run of neighbouring sentences that one sentence of a claim may rest on."""
    starts = range(max(1, len(sentences) - WINDOW + 1))
    return [sentences[start : start + WINDOW] for start in starts]


def _coverage(wanted: frozenset[str], there: frozenset[str], weights: _Rarity) -> float:
    whole = weights(wanted)
    return weights(wanted & there) / whole if whole else 1.0


def _bigrams(wanted: tuple[str, ...], there: tuple[str, ...]) -> float:
    if len(wanted) < 2:
        return float(set(wanted) <= set(there))
    pairs = list(zip(wanted, wanted[1:], strict=False))
    known = set(zip(there, there[1:], strict=False))
    return sum(pair in known for pair in pairs) / len(pairs)


def _numbers(words: Iterable[str]) -> set[str]:
    return {word for word in words if NUMBER.fullmatch(word)}


def _names_missing(sentences: Iterable[str], evidence: _Text) -> float:
    """Return the share of capitalised words, first words of sentences left out, that are not there."""
    found = {name[0] for s in sentences for name in CAPITALISED.finditer(s) if plain_words(s[: name.start()])}
    names = {word for name in found for word in plain_words(name)}
    return len(names - set(evidence.words)) / len(names) if names else 0.0


def _denies(text: str) -> bool:
    return bool(NEGATION.search(text))
