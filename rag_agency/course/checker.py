"""Checks quiz items, whoever made them: the key is carried by its source, nothing else is right too.

Knows how an item must be, not how it is made. Every quote is checked on its page by the second
extractor and against the ledger; then what the item says of its quotes; then whether any wrong
answer could be right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rag_agency.course.masking import (
    CITATION,
    GAP,
    digits,
    gives_away,
    is_year,
    numbers_in,
    parts_of,
    without_citations,
)
from rag_agency.course.material import Material
from rag_agency.course.records import Option, QuizItem, Quote, quotes_of_item
from rag_agency.course.templates import WORDS
from rag_agency.places import countries_in
from rag_agency.records import Sentence, letters_and_digits
from rag_agency.verify import failures

FEWEST_CHOICES = 3


class Checker:
    """Checks items against an opened index."""

    def __init__(self, material: Material) -> None:
        """Remember where sentences are looked up."""
        self._material = material
        self._slugs = {m.name: m.slug for m in material.roster}

    def problems(self, item: QuizItem) -> tuple[str, ...]:
        """Return what is wrong with an item, in words; nothing where it is fit to be asked."""
        checks = {
            "choice": self._choice,
            "true_false": self._true_false,
            "match": self._match,
            "fill": self._fill,
        }
        return tuple([*self._untraced(item), *checks[item.kind](item)])

    def _untraced(self, item: QuizItem) -> Iterator[str]:
        if not item.trace:
            yield "the key has no source"
        for quote in quotes_of_item(item):
            for failure in failures(quote.sources, self._material.stream, self._material.opened.ledger):
                yield f"{failure.check}: {failure.reason}"
            if self._material.sentence_of(quote) is None:
                yield f"no sentence of {quote.sources[0].report} has these words: {quote.text[:60]}"

    def _choice(self, item: QuizItem) -> Iterator[str]:
        right = [option for option in item.options if option.is_right]
        texts = Counter(letters_and_digits(option.text) for option in item.options)
        if len(right) != 1:
            yield f"{len(right)} answers are marked right"
            return
        if len(item.options) < FEWEST_CHOICES or max(texts.values()) > 1:
            yield "there are too few answers, or two are the same"
        checks = {"who": self._who, "what": self._what, "number": self._number, "place": self._place}
        yield from checks[item.asks](item, right[0], [o for o in item.options if not o.is_right])

    def _who(self, item: QuizItem, right: Option, wrong: Sequence[Option]) -> Iterator[str]:
        yield from self._not_shown(item.stem, right.trace)
        if self._slugs.get(right.text) not in _members(right.trace):
            yield f"the source of the key is not {right.text}’s"
        for option in wrong:
            slug = self._slugs.get(option.text)
            if slug is None or slug not in _members(option.trace):
                yield f"{option.text} has no finding of theirs as a source"
            elif self._could_say(slug, right.trace):
                yield f"it could be {option.text}’s as well"

    def _what(self, item: QuizItem, right: Option, wrong: Sequence[Option]) -> Iterator[str]:
        if item.member is None or item.member not in _members(right.trace):
            yield "the source of the key is not the member’s who is asked for"
            return
        for option in item.options:
            yield from self._not_shown(option.text, option.trace)
        for option in wrong:
            if self._could_say(item.member, option.trace):
                yield f"this could be theirs as well: {option.text[:60]}"

    def _number(self, item: QuizItem, right: Option, wrong: Sequence[Option]) -> Iterator[str]:
        yield from self._does_not_fill(item, right.text, right.trace)
        key = self._material.sentence_of(right.trace)
        for option in wrong:
            value = digits(option.text)
            if value not in _values(option.trace.text):
                yield f"{option.text} does not stand in its source"
            if is_year(option.text) != is_year(right.text):
                yield f"{option.text} and {right.text} are not of one kind"
            if key and any(value in _values(s.text) for s in (key, *self._material.alike(key))):
                yield f"{option.text} may be right as well"

    def _place(self, item: QuizItem, right: Option, wrong: Sequence[Option]) -> Iterator[str]:
        yield from self._does_not_fill(item, right.text, right.trace)
        key = self._material.sentence_of(right.trace)
        for option in wrong:
            names = countries_in(option.text)
            if not names or names[0] not in countries_in(CITATION.sub("", option.trace.text)):
                yield f"{option.text} is not a country that its source names"
            elif names == countries_in(right.text):
                yield f"{option.text} is the right country"
            elif key and any(names[0] in countries_in(s.text) for s in (key, *self._material.alike(key))):
                yield f"{option.text} may be right as well"

    def _true_false(self, item: QuizItem) -> Iterator[str]:
        right = [option.text for option in item.options if option.is_right]
        if len(item.options) != 2 or len(right) != 1 or item.member is None or not item.trace:
            yield "a true or false needs two answers, one of them right, and a member"
            return
        yield from self._not_shown(item.stem, item.trace[0])
        says_true = right[0] in WORDS["true"].values()
        is_theirs = item.member in _members(item.trace[0])
        if says_true != is_theirs:
            yield f"the key says {right[0]} and the source says otherwise"
        if not is_theirs and self._could_say(item.member, item.trace[0]):
            yield f"it could be {item.member}’s as well"

    def _match(self, item: QuizItem) -> Iterator[str]:
        rights = [pair.right for pair in item.pairs]
        if len(item.pairs) < FEWEST_CHOICES or len(set(rights)) < len(rights) or sorted(item.choices) != sorted(rights):
            yield "the pairs are too few, or two have the same answer, or the answers shown are others"
        if len({letters_and_digits(pair.left) for pair in item.pairs}) < len(item.pairs):
            yield "two findings are the same"
        for pair in item.pairs:
            yield from self._not_shown(pair.left, pair.trace)
            if {self._slugs.get(pair.right)} != _members(pair.trace):
                yield f"the source is not {pair.right}’s alone: {pair.left[:60]}"
            for other in rights:
                slug = self._slugs.get(other)
                if slug and other != pair.right and self._could_say(slug, pair.trace):
                    yield f"it could be {other}’s as well: {pair.left[:60]}"

    def _fill(self, item: QuizItem) -> Iterator[str]:
        if not item.trace or not digits(item.answer):
            yield "there is no number to fill in"
            return
        yield from self._does_not_fill(item, item.answer, item.trace[0])

    def _not_shown(self, shown: str, trace: Quote) -> Iterator[str]:
        """Yield where the words shown are not the source's, citations aside, or give the speaker away."""
        source = letters_and_digits(without_citations(trace.text))
        if not parts_of(shown) or any(part not in source for part in parts_of(shown)):
            yield f"these are not words of its source: {shown[:60]}"
        if gives_away(shown, self._material.roster):
            yield f"the words name a member: {shown[:60]}"

    def _does_not_fill(self, item: QuizItem, answer: str, trace: Quote) -> Iterator[str]:
        """Yield where an answer in the gap does not give the words of the source, citations aside."""
        filled = item.stem.replace(GAP, answer)
        if item.stem.count(GAP) != 1 or letters_and_digits(filled) != letters_and_digits(without_citations(trace.text)):
            yield f"with {answer} in the gap these are not the words of the source"
        if letters_and_digits(answer) in {letters_and_digits(word) for word in item.stem.split()}:
            yield f"{answer} stands beside the gap as well"

    def _could_say(self, slug: str, quote: Quote) -> bool:
        """Say whether a member says, anywhere, what may be the same."""
        sentence: Sentence | None = self._material.sentence_of(quote)
        if sentence is None:
            return False
        return any(slug in {s.member for s in other.members} for other in (sentence, *self._material.alike(sentence)))


def _members(quote: Quote) -> set[str]:
    return {source.member for source in quote.sources if source.member}


def _values(text: str) -> set[str]:
    return {digits(match[0]) for match in numbers_in(text)}
