"""Quiz items with a gap: a number or a country to be found or filled in."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

from rag_agency.course.giveaways import are_near, kind_of, odd_number, written_in
from rag_agency.course.masking import (
    GAP,
    countries_told,
    country_named,
    digits,
    gives_away,
    numbers_in,
    with_gap,
)
from rag_agency.course.material import Material
from rag_agency.course.records import Asks, Option, QuizItem, Quote
from rag_agency.course.templates import say
from rag_agency.course.wholeness import points_out
from rag_agency.records import Language, Sentence

CHOICES, FEWEST_CHOICES = 4, 3


class Gaps:
    """Makes items with a gap from a session's statements, and wrong answers from the whole corpus."""

    def __init__(
        self, material: Material, statements: Sequence[Sentence], language: Language, draw: random.Random
    ) -> None:
        """Take the statements in the order in which they are to be asked about."""
        self._material = material
        self._statements = statements
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
        for sentence in self._statements:
            found = self._number_of(sentence)
            if not found:
                continue
            quote, stem, number = found
            wrong = self._wrong_numbers(sentence, quote, number)[: CHOICES - 1]
            if len(wrong) >= FEWEST_CHOICES - 1 and not odd_number(number, [text for text, _ in wrong]):
                yield self._choice("number", stem, quote, number, wrong)

    def place(self) -> Iterator[QuizItem]:
        """Yield sentences whose country is to be chosen among countries of other sentences."""
        for sentence in self._statements:
            quote = self._material.quote(sentence, self._language)
            named = country_named(quote.text) if quote else None
            if not quote or not named:
                continue
            country, place = named
            stem = with_gap(quote.text, *place.span())
            wrong = self._wrong_countries(sentence, country)
            # Whoever knows where a member works knows the country too.
            if len(wrong) >= FEWEST_CHOICES - 1 and not (gives_away(stem, self._material.roster) or points_out(stem)):
                yield self._choice("place", stem, quote, place[0], wrong)

    def _number_of(self, sentence: Sentence) -> tuple[Quote, str, str] | None:
        """Return the first number that stands once in a sentence, with the sentence around the gap."""
        quote = self._material.quote(sentence, self._language)
        if not quote:
            return None
        found = numbers_in(quote.text)
        values = [digits(m[0]) for m in found]
        for match, value in zip(found, values, strict=True):
            stem = with_gap(quote.text, *match.span())
            # In ‘2006 changes, Galleguillos (2012)’ the year is the study's; a lone digit can be guessed.
            if values.count(value) == 1 and len(value) > 1 and stem.count(GAP) == 1 and not points_out(stem):
                return quote, stem, match[0]
        return None

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
            name, place = named
            if not any(name in countries_told(alike.text) for alike in self._material.alike(sentence)):
                found.setdefault(name, (place[0], quote))
        known = {c for m in self._material.roster for c in m.countries}
        return [found[name] for name in sorted(found, key=lambda name: name not in known)]

    def _near_first(self) -> list[Sentence]:
        """Return the corpus, the session's own statements first and those in the pack's language before others."""
        own = list(self._statements)
        seen = {(s.report, s.number) for s in own}
        others = [s for s in self._material.statements if (s.report, s.number) not in seen]
        self._draw.shuffle(others)
        return sorted([*own, *others], key=lambda s: self._material.languages[s.report] != self._language)

    def _choice(self, asks: Asks, stem: str, quote: Quote, right: str, wrong: Sequence[tuple[str, Quote]]) -> QuizItem:
        options = [Option(right, True, quote, say("why gap", self._language))]
        for text, trace in wrong[: CHOICES - 1]:
            options.append(Option(text, False, trace, say("why not gap", self._language).format(option=text)))
        self._draw.shuffle(options)
        prompt = say(f"quiz {asks}", self._language)
        return QuizItem("", "choice", prompt, (quote,), stem, tuple(options), asks=asks)
