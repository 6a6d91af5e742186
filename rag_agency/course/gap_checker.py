"""Checks quiz items that ask what was found: the value is the source's, and no other one is right as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag_agency.course.giveaways import cannot_stand, is_example, odd_number, tells_place
from rag_agency.course.masking import (
    CITATION,
    GAP,
    LEFT_OUT,
    digits,
    gives_away,
    numbers_in,
    parts_of,
    without_citations,
    without_members,
)
from rag_agency.course.material import Material
from rag_agency.course.products import products_in
from rag_agency.course.records import Option, QuizItem, Quote
from rag_agency.course.templates import WORDS
from rag_agency.places import countries_in
from rag_agency.records import letters_and_digits
from rag_agency.wholeness import points_out


class GapChecker:
    """Checks gaps, and true or false with one value changed, against an opened index."""

    def __init__(self, material: Material) -> None:
        """Remember where sentences are looked up."""
        self._material = material

    def number(self, item: QuizItem, right: Option, wrong: Sequence[Option]) -> Iterator[str]:
        """Yield what is wrong with a choice of numbers."""
        yield from self._does_not_fill(item.stem, right.text, right.trace)
        if stands_out := odd_number(right.text, [option.text for option in wrong]):
            yield stands_out
        for option in wrong:
            yield from self._wrong_number(item.stem, option.text, option.trace, right.trace)

    def place(self, item: QuizItem, right: Option, wrong: Sequence[Option]) -> Iterator[str]:
        """Yield what is wrong with a choice of countries."""
        yield from self._does_not_fill(item.stem, right.text, right.trace)
        yield from self._tells_place(item.stem)
        for option in wrong:
            yield from self._wrong_country(option.text, option.trace, right)

    def product(self, item: QuizItem, right: Option, wrong: Sequence[Option]) -> Iterator[str]:
        """Yield what is wrong with a choice of products."""
        yield from self._does_not_fill(item.stem, right.text, right.trace)
        for option in wrong:
            yield from self._wrong_product(option.text, option.trace, right.trace)

    def fill(self, item: QuizItem) -> Iterator[str]:
        """Yield what is wrong with a number to be filled in."""
        if not item.trace or not digits(item.answer):
            yield "there is no number to fill in"
            return
        yield from self._does_not_fill(item.stem, item.answer, item.trace[0])

    def fact(self, item: QuizItem) -> Iterator[str]:
        """Yield what is wrong with a sentence of which it is asked whether the reports say it."""
        right = [option for option in item.options if option.is_right]
        if len(item.options) != 2 or len(right) != 1 or not item.trace or not item.answer:
            yield "a true or false needs two answers, one of them right, and the value that its source has"
            return
        trace, other = item.trace[0], next(option for option in item.options if not option.is_right)
        says_true = right[0].text in WORDS["true"].values()
        if says_true:
            yield from self._does_not_fill(item.stem.replace(item.answer, GAP, 1), item.answer, trace)
            return
        stem, value = self._put_back(item, trace)
        if not value:
            yield "more than one value was changed, or the words are not those of the source"
        elif item.asks == "product":
            yield from self._wrong_product(value, other.trace, trace)
        elif item.asks == "number":
            yield from self._wrong_number(stem, value, other.trace, trace)
        else:
            yield from self._tells_place(stem)
            yield from self._wrong_country(value, other.trace, Option(item.answer, True, trace, ""))

    def _put_back(self, item: QuizItem, trace: Quote) -> tuple[str, str]:
        """Return a changed sentence with a gap for what was changed, and the value put there; empty for none."""
        words = [m[0] for m in numbers_in(item.stem)] if item.asks == "number" else item.stem.split()
        for word in {word.strip("«»‘’“”.,;:()") for word in words} - {"", item.answer}:
            stem = item.stem.replace(word, GAP, 1)
            if not any(self._does_not_fill(stem, item.answer, trace)):
                return stem, word
        return item.stem, ""

    def _wrong_number(self, stem: str, number: str, source: Quote, trace: Quote) -> Iterator[str]:
        value, key = digits(number), self._material.sentence_of(trace)
        if value not in _values(source.text):
            yield f"{number} does not stand in its source"
        if key and any(value in _values(s.text) for s in (key, *self._material.alike(key))):
            yield f"{number} may be right as well"
        if cannot_stand(stem, number):
            yield f"{number} cannot stand in the gap"

    def _wrong_product(self, product: str, source: Quote, trace: Quote) -> Iterator[str]:
        names, key = products_in(product), self._material.sentence_of(trace)
        if len(names) != 1 or not names <= products_in(source.text):
            yield f"{product} is not a product that its source names"
        elif key and any(names & products_in(s.text) for s in (key, *self._material.alike(key))):
            yield f"{product} may be right as well"

    def _wrong_country(self, country: str, source: Quote, right: Option) -> Iterator[str]:
        names, key = countries_in(country), self._material.sentence_of(right.trace)
        if not names or names[0] not in countries_in(CITATION.sub("", source.text)):
            yield f"{country} is not a country that its source names"
        elif names == countries_in(right.text):
            yield f"{country} is the right country"
        elif key and any(names[0] in countries_in(s.text) for s in (key, *self._material.alike(key))):
            yield f"{country} may be right as well"

    def _tells_place(self, stem: str) -> Iterator[str]:
        if gives_away(stem, self._material.roster):
            yield f"the words name a member, whose country is known: {stem[:60]}"
        if word := tells_place(stem, self._material.names):
            yield f"‘{word}’ tells the country: {stem[:60]}"

    def _does_not_fill(self, stem: str, answer: str, trace: Quote) -> Iterator[str]:
        """Yield where an answer in the gap does not give the words of the source, citations and members aside."""
        whole = trace.text if LEFT_OUT not in stem else without_members(trace.text, self._material.roster)
        filled = stem.replace(GAP, answer)
        if stem.count(GAP) != 1 or parts_of(filled) != parts_of(without_citations(whole)):
            yield f"with {answer} in the gap these are not the words of the source"
        if letters_and_digits(answer) in {letters_and_digits(word) for word in stem.split()}:
            yield f"{answer} stands beside the gap as well"
        if is_example(stem):
            yield f"what fills the gap is one of many: {stem[:60]}"
        if words := points_out(stem):
            yield f"‘{words}’ points out of the quote: {stem[:60]}"


def _values(text: str) -> set[str]:
    return {digits(match[0]) for match in numbers_in(text)}
