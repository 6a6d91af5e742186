"""Quiz items with a gap: a number or a country to be found or filled in."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag_agency.course.giveaways import are_near, cannot_stand, is_example, kind_of, odd_number, tells_place, written_in
from rag_agency.course.masking import (
    GAP,
    countries_told,
    country_in,
    country_named,
    digits,
    gives_away,
    numbers_in,
    with_gap,
    without_members,
)
from rag_agency.course.material import Material
from rag_agency.course.products import product_named, products_in, shown_as
from rag_agency.course.records import Asks, Option, QuizItem, Quote
from rag_agency.course.templates import say
from rag_agency.differences.wording import in_language
from rag_agency.records import Language, Sentence
from rag_agency.wholeness import points_out

CHOICES, FEWEST_CHOICES = 4, 3
WHICH_PRODUCT: dict[Language, str] = {
    "en": "Which product stands in the gap?",
    "es": "¿Qué producto va en el espacio?",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence with a value taken out, the value as it is printed there, and wrong ones with their sources."""

    asks: Asks
    quote: Quote
    stem: str
    right: str
    wrong: tuple[tuple[str, Quote], ...]


class Gaps:
    """Makes items with a gap from a session's statements, and wrong answers from the whole corpus."""

    def __init__(
        self, material: Material, statements: Sequence[Sentence], language: Language, draw: random.Random
    ) -> None:
        """Take the statements in the order in which they are to be asked about."""
        self._material = material
        self._statements = sorted(statements, key=lambda s: material.languages[s.report] != language)
        self._language = language
        self._draw = draw

    def fill(self) -> Iterator[QuizItem]:
        """Yield sentences whose number is to be filled in."""
        for sentence in self._statements:
            found = self._number_of(sentence)
            if found:
                quote, stem, number = found
                prompt = say("quiz fill", self._language)
                yield QuizItem("", "fill", prompt, (quote,), stem, answer=number, asks="number")

    def number(self) -> Iterator[QuizItem]:
        """Yield sentences whose number is to be chosen among numbers of other sentences."""
        for gap in self.numbers():
            if len(gap.wrong) >= FEWEST_CHOICES - 1 and not odd_number(gap.right, [text for text, _ in gap.wrong]):
                yield self._choice(gap)

    def place(self) -> Iterator[QuizItem]:
        """Yield sentences whose country is to be chosen among countries of other sentences."""
        return (self._choice(gap) for gap in self.places() if len(gap.wrong) >= FEWEST_CHOICES - 1)

    def product(self) -> Iterator[QuizItem]:
        """Yield sentences whose product is to be chosen among those of other sentences."""
        return (self._choice(gap) for gap in self.products() if len(gap.wrong) >= FEWEST_CHOICES - 1)

    def numbers(self) -> Iterator[Gap]:
        """Yield sentences without a number for which there is a wrong one."""
        for sentence in self._statements:
            found = self._number_of(sentence)
            if found:
                quote, stem, number = found
                wrong = [w for w in self._wrong_numbers(sentence, quote, number) if not cannot_stand(stem, w[0])]
                if wrong:
                    yield Gap("number", quote, stem, number, tuple(wrong[: CHOICES - 1]))

    def places(self) -> Iterator[Gap]:
        """Yield sentences without the country that they name, for which there is a wrong one.

        The members' names are left out too: whoever knows where one works knows the country.
        """
        roster = self._material.roster
        for sentence in self._statements:
            quote = self._material.quote(sentence, self._language)
            named = country_named(quote.text) if quote else None
            if not quote or not named:
                continue
            country, place = named
            stem = without_members(with_gap(quote.text, *place.span()), roster)
            is_told = gives_away(stem, roster) or is_example(stem) or tells_place(stem, self._material.names)
            wrong = [] if is_told or points_out(stem) else self._wrong_countries(sentence, country)
            if wrong and stem.count(GAP) == 1:
                named_so = tuple((country_in(name, quote.language), trace) for name, trace in wrong[: CHOICES - 1])
                yield Gap("place", quote, stem, place[0], named_so)

    def products(self) -> Iterator[Gap]:
        """Yield sentences without the one product that they name, for which there is a wrong one."""
        for sentence in self._statements:
            quote = self._material.quote(sentence, self._language)
            named = product_named(quote.text, quote.language) if quote else None
            if not quote or not named:
                continue
            product, place = named
            stem = without_members(with_gap(quote.text, *place.span()), self._material.roster)
            wrong = (
                [] if points_out(stem) or is_example(stem) else self._wrong_products(sentence, product, quote.language)
            )
            if wrong and stem.count(GAP) == 1 and not gives_away(stem, self._material.roster):
                yield Gap("product", quote, stem, place[0], tuple(wrong[: CHOICES - 1]))

    def _number_of(self, sentence: Sentence) -> tuple[Quote, str, str] | None:
        """Return the first number that stands once in a sentence, with the sentence around the gap."""
        quote = self._material.quote(sentence, self._language)
        if not quote:
            return None
        found = numbers_in(quote.text)
        values = [digits(m[0]) for m in found]
        for match, value in zip(found, values, strict=True):
            stem = without_members(with_gap(quote.text, *match.span()), self._material.roster)
            # In ‘2006 changes, Galleguillos (2012)’ the year is the study's; a lone digit can be guessed.
            is_one = values.count(value) == 1 and len(value) > 1 and stem.count(GAP) == 1
            if is_one and not points_out(stem) and not self._is_of_study(quote.text, match):
                return quote, stem, match[0]
        return None

    def _is_of_study(self, text: str, number: re.Match[str]) -> bool:
        """Say whether a year is that of a study, which names it with a year."""
        studies = (study for m in self._material.roster for study in m.studies)
        return any(text[: number.end()].endswith(study.rstrip("abcd")) for study in studies)

    def _wrong_numbers(self, sentence: Sentence, quote: Quote, number: str) -> list[tuple[str, Quote]]:
        """Return numbers of other sentences that are of the same kind and size and, here, not right; nearest first."""
        numbers = numbers_in(quote.text)
        own = {digits(m[0]) for m in numbers}
        kind = next(kind_of(quote.text, m) for m in numbers if m[0] == number)
        known = {digits(m[0]) for alike in self._material.alike(sentence) for m in numbers_in(alike.text)}
        found: dict[str, tuple[str, Quote]] = {}
        for other in self._near_first():
            trace = self._material.quote(other, self._language)
            if other is sentence or not trace:
                continue
            for match in numbers_in(trace.text):
                value = digits(match[0])
                fits = len(value) > 1 and kind_of(trace.text, match) == kind
                if fits and value not in own | known and (kind == "year" or are_near(match[0], number)):
                    found.setdefault(value, (written_in(match[0], quote.language), trace))
        wanted = float(digits(number))
        return sorted(found.values(), key=lambda one: abs(math.log(max(float(digits(one[0])), 1) / wanted)))

    def _wrong_countries(self, sentence: Sentence, country: str) -> list[tuple[str, Quote]]:
        found: dict[str, tuple[str, Quote]] = {}
        speakers = {speaker.member for speaker in sentence.members}
        studied = {c for m in self._material.roster if m.slug in speakers for c in m.countries}
        for other in self._near_first():
            quote = self._material.quote(other, self._language)
            named = country_named(quote.text) if quote else None
            if not quote or not named or named[0] == country or named[0] in studied:
                continue
            name = named[0]
            if not any(name in countries_told(alike.text) for alike in self._material.alike(sentence)):
                found.setdefault(name, (name, quote))
        known = {c for m in self._material.roster for c in m.countries}
        return [found[name] for name in sorted(found, key=lambda name: name not in known)]

    def _wrong_products(self, sentence: Sentence, product: str, language: Language) -> list[tuple[str, Quote]]:
        here = {product, *(name for s in self._material.alike(sentence) for name in products_in(s.text))}
        found: dict[str, tuple[str, Quote]] = {}
        for other in self._near_first():
            quote = self._material.quote(other, self._language)
            for name in sorted(products_in(quote.text) - here) if quote else ():
                if quote and (shown := shown_as(name, in_language(product, language), language)):
                    found.setdefault(name, (shown, quote))
        return list(found.values())

    def _near_first(self) -> list[Sentence]:
        """Return the corpus, the session's own statements first and those in the pack's language before others."""
        own = list(self._statements)
        seen = {(s.report, s.number) for s in own}
        others = [s for s in self._material.statements if (s.report, s.number) not in seen]
        self._draw.shuffle(others)
        return sorted([*own, *others], key=lambda s: self._material.languages[s.report] != self._language)

    def _choice(self, gap: Gap) -> QuizItem:
        options = [Option(gap.right, True, gap.quote, say("why gap", self._language))]
        for text, trace in gap.wrong:
            options.append(Option(text, False, trace, say("why not gap", self._language).format(option=text)))
        self._draw.shuffle(options)
        prompt = WHICH_PRODUCT[self._language] if gap.asks == "product" else say(f"quiz {gap.asks}", self._language)
        return QuizItem("", "choice", prompt, (gap.quote,), gap.stem, tuple(options), asks=gap.asks)
