"""What a question names steers what is found: whose words, which study, where, when, which product, which theme.

The ledger says who speaks, so a sentence that prints no name is found by its speaker; the roster says
where a member works, so one that prints no country is found by its country.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag_agency.named import YEAR
from rag_agency.places import countries_in
from rag_agency.products import products_in
from rag_agency.records import Asked, Member, Sentence
from rag_agency.themes import named_in, theme_of

WORKS_THERE = 0.7  # of a sentence that prints the country, for one whose speaker works there and nowhere else


@dataclass(frozen=True, slots=True)
class NamedWeights:
    """How much it counts that a sentence has what the question names; see eval/LOG.md."""

    member: float = 2.0  # a member the question names is the one who speaks
    speaks: float = 3.0  # a question that asks who wants a sentence with a speaker
    study: float = 1.0
    country: float = 0.25
    year: float = 0.5
    product: float = 0.25
    theme: float = 0.25


class Steering:
    """Tells how far sentences have what a question names, by the ledger and a roster."""

    def __init__(self, roster: Sequence[Member]) -> None:
        """Remember who works in one country only."""
        self._works_in = {m.slug: m.countries[0] for m in roster if len(m.countries) == 1}
        # For each weight: what of a question it is about, and how far a sentence has it.
        self._signals: Mapping[str, tuple[Callable[[Asked], object], Callable[[Asked, Sentence], float]]] = {
            "member": (lambda asked: asked.members, lambda asked, s: float(bool(s.spoken_by & set(asked.members)))),
            "speaks": (lambda asked: asked.wanted == "who", lambda _, s: float(bool(s.members))),
            "study": (
                lambda asked: asked.studies,
                lambda asked, s: float(any(x.study in asked.studies for x in s.members)),
            ),
            "country": (lambda asked: asked.countries, self._country),
            "year": (lambda asked: asked.years, lambda asked, s: _share(asked.years, _years(s.text))),
            "product": (lambda asked: asked.products, lambda asked, s: _share(asked.products, _products(_headed(s)))),
            "theme": (
                lambda asked: asked.themes,
                lambda asked, s: _share(asked.themes, _themes(_headed(s), asked.themes)),
            ),
        }

    def scores(self, asked: Asked, sentences: Sequence[Sentence], weights: NamedWeights) -> NDArray[np.float32]:
        """Return what is added to the score of each sentence."""
        total = np.zeros(len(sentences), np.float32)
        for name, (is_named, signal) in self._signals.items():
            if is_named(asked):
                total += getattr(weights, name) * np.array([signal(asked, s) for s in sentences], np.float32)
        return total

    def _country(self, asked: Asked, sentence: Sentence) -> float:
        printed = _share(asked.countries, _countries(_headed(sentence)))
        there = any(self._works_in.get(x.member) in asked.countries for x in sentence.members)
        return max(printed, WORKS_THERE * there)


def _share(asked: Sequence[str], found: Sequence[str]) -> float:
    return sum(one in found for one in asked) / max(1, len(asked))


# The same sentences are looked at for every question.
_countries = lru_cache(maxsize=20_000)(countries_in)
_products = lru_cache(maxsize=20_000)(products_in)


def _headed(sentence: Sentence) -> str:
    """Return a sentence with the heading that it stands under."""
    return f"{sentence.section}. {sentence.text}"


def _years(text: str) -> tuple[str, ...]:
    return tuple(year[1] for year in YEAR.finditer(text))


@lru_cache(maxsize=20_000)
def _themes(text: str, slugs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if named_in(text, theme_of(slug)))
