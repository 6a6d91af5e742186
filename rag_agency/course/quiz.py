"""Quiz items in which the right answer and every wrong one stand in the reports.

A wrong answer is another member's true finding, or a number or a country from another sentence;
it is taken only where nothing in the corpus makes it right as well. An item that cannot be made so
is not made.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import TypeVar

from rag_agency.course.balance import Balance
from rag_agency.course.gaps import Gaps
from rag_agency.course.giveaways import odd_length, odd_one, telling_country
from rag_agency.course.masking import LEFT_OUT, without_names
from rag_agency.course.material import Material
from rag_agency.course.records import Level, Option, Pair, QuizItem, Quote, shown_quotes
from rag_agency.course.templates import say
from rag_agency.course.wholeness import points_out
from rag_agency.records import Language, Sentence

CHOICES = 4  # answers of a choice at most
FEWEST_CHOICES = 3
PAIRS: dict[Level, int] = {"introductory": 3, "advanced": 4}
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Taught:
    """What a course has printed before it asks: in this session, and in those before it."""

    here: tuple[Sentence, ...]
    before: tuple[Sentence, ...] = ()


class Quiz:
    """Makes items from a session's statements, and wrong answers from the whole corpus."""

    def __init__(
        self,
        material: Material,
        statements: Sequence[Sentence],
        language: Language,
        level: Level,
        taught: Taught | None = None,
    ) -> None:
        """Take the statements in the order in which they are to be asked about.

        What stands in a gap is asked only of what was ``taught``, by default of all of them, and who
        is quoted there is named as a wrong answer before anybody else.
        """
        self._material = material
        self._language = language
        self._level = level
        self._told: list[Sentence] = []
        self._shown: dict[tuple[str, int], str | None] = {}
        self._draw = random.Random(f"{language} {level} {[(s.report, s.number) for s in statements[:3]]}")
        self._taught = taught or Taught(tuple(statements))
        self._gaps = Gaps(material, (*self._taught.here, *self._taught.before), language, self._draw)
        self._native_first = sorted(material.statements, key=lambda s: material.languages[s.report] != language)
        # Only one member's words can be asked for by name.
        self._signed = [s for s in statements if self._is_askable(s)]

    def items(
        self, most: int, prefix: str, before: Sequence[Sentence] = (), balance: Balance | None = None
    ) -> tuple[QuizItem, ...]:
        """Return up to ``most`` items, of each kind as far as it goes; no finding is asked about twice.

        ``before`` was asked in the quizzes before, whose right answers ``balance`` has counted.
        """
        found: list[QuizItem] = []
        balance = balance or Balance()
        self._told = list(before)
        makers = [
            self.who(),
            self.true_false(balance),
            self._gaps.fill(),
            self.match(),
            self.what(),
            self._gaps.number(),
            self._gaps.place(),
        ]
        left = list(makers)
        for maker in cycle(makers):
            if len(found) == most or not left:
                break
            item = next((i for i in maker if not any(self._is_told(s) for s in self._shown_in(i))), None)
            if item is None:
                left = [m for m in left if m is not maker]
                continue
            self._told += self._shown_in(item)
            found.append(balance.placed(item, self._draw))
        # Which kinds there are goes by what they use up; in which order they stand is drawn.
        return tuple(replace(item, id=f"{prefix}q{n}") for n, item in enumerate(self._shuffled(found), 1))

    def shown(self, sentence: Sentence) -> str | None:
        """Return a sentence without the names that give its speaker away; None where it still does."""
        key = (sentence.report, sentence.number)
        if key not in self._shown:
            self._shown[key] = without_names(self._text(sentence), self._material.roster)
        return self._shown[key]

    def _shown_in(self, item: QuizItem) -> list[Sentence]:
        """Return the findings of which an item shows the words; they may not tell the answer of another."""
        return self._material.made_of(shown_quotes(item))

    def _is_told(self, sentence: Sentence) -> bool:
        return any(self._material.same_finding(sentence, other) for other in self._told)

    def _is_askable(self, sentence: Sentence) -> bool:
        """Say whether it can be asked whose a statement is: one member's, and no name or country tells."""
        shown = self.shown(sentence) if len(sentence.members) == 1 else None
        everybody = [m.slug for m in self._material.roster]
        if shown is None or points_out(shown):
            return False
        return not telling_country(shown, everybody, self._material.roster)

    def who(self) -> Iterator[QuizItem]:
        """Yield choices of the member who says something."""
        for sentence in self._in_pairs_of_two(0):
            right = self._quote(sentence)
            wrong = [(slug, other) for slug, other in self._others(sentence) if slug != _speaker(sentence)]
            if right is None or len(wrong) < FEWEST_CHOICES - 1:
                continue
            options = [Option(self._name(_speaker(sentence)), True, right, self._why("why who", sentence))]
            for slug, other in wrong[: CHOICES - 1]:
                options.append(Option(self._name(slug), False, other, self._why_not(slug, other)))
            yield self._choice("quiz who", self.shown(sentence) or "", right, options)

    def what(self) -> Iterator[QuizItem]:
        """Yield choices of the finding that is a member's."""
        for sentence in self._in_pairs_of_two(1):
            slug, right = _speaker(sentence), self._quote(sentence)
            wrong = self._of_one_form(sentence)
            if right is None or len(wrong) < FEWEST_CHOICES - 1:
                continue
            options = [Option(self.shown(sentence) or "", True, right, self._why("why what", sentence))]
            for other in wrong[: CHOICES - 1]:
                quote = self._quote(other)
                if quote:
                    options.append(Option(self.shown(other) or "", False, quote, self._why("why not what", other)))
            if len(options) < FEWEST_CHOICES:
                continue
            prompt = self._say("quiz what").format(who=self._name(slug))
            item = self._choice("quiz what", "", right, options)
            yield replace(item, prompt=prompt, asks="what", member=slug)

    def true_false(self, balance: Balance) -> Iterator[QuizItem]:
        """Yield findings under the name of their member or of another, whichever was right less often."""
        for sentence in self._in_pairs_of_two(1):
            is_true = balance.truth(self._draw)
            right = self._quote(sentence)
            wrong = [slug for slug, _ in self._others(sentence)]
            if right is None or not (is_true or wrong):
                continue
            claimed = _speaker(sentence) if is_true else wrong[0]
            why = self._why("why who", sentence)
            options = tuple(
                Option(self._say(name), (name == "true") == is_true, right, why) for name in ("true", "false")
            )
            prompt = self._say("quiz true_false").format(who=self._name(claimed))
            stem = self.shown(sentence) or ""
            yield QuizItem("", "true_false", prompt, (right,), stem, options, member=claimed)

    def match(self) -> Iterator[QuizItem]:
        """Yield findings of different members to be matched with their names, none of them asked about before."""
        slugs = [m.slug for m in self._material.roster]
        left = sorted(self._signed, key=lambda s: sum(self._could_say(slug, s) for slug in slugs))
        while True:
            chosen: list[Sentence] = []
            for sentence in left:
                is_full = len(chosen) == PAIRS[self._level]
                if not is_full and not self._is_told(sentence) and self._fits(sentence, chosen):
                    chosen.append(sentence)
            if len(chosen) < FEWEST_CHOICES:
                return
            left = [s for s in left if s not in chosen]
            pairs = [self._pair(s) for s in chosen]
            whole = tuple(pair for pair in pairs if pair)
            if len(whole) < FEWEST_CHOICES:
                continue
            choices = [pair.right for pair in whole]
            self._draw.shuffle(choices)
            trace = tuple(pair.trace for pair in whole)
            yield QuizItem("", "match", self._say("quiz match"), trace, pairs=whole, choices=tuple(choices))

    def _pair(self, sentence: Sentence) -> Pair | None:
        quote = self._quote(sentence)
        return Pair(self.shown(sentence) or "", self._name(_speaker(sentence)), quote) if quote else None

    def _fits(self, sentence: Sentence, chosen: Sequence[Sentence]) -> bool:
        """Say whether a finding is of another member than those chosen and theirs could not be taken for it."""
        if chosen and not self._is_of_language(sentence, chosen[0]):
            return False
        slugs = {_speaker(s) for s in chosen}
        if _speaker(sentence) in slugs or any(self._could_say(slug, sentence) for slug in slugs):
            return False
        return not any(self._could_say(_speaker(sentence), other) for other in chosen)

    def _others(self, sentence: Sentence) -> Iterator[tuple[str, Quote]]:
        """Yield members who say nothing like a sentence, each with a finding: who is quoted here, then elsewhere."""
        printed = (self._taught.here, self._taught.before)

        def place(slug: str) -> int:
            return next((n for n, part in enumerate(printed) if any(slug in _members(s) for s in part)), len(printed))

        for slug in sorted(self._shuffled([m.slug for m in self._material.roster]), key=place):
            if slug in _members(sentence) or self._could_say(slug, sentence):
                continue
            told = [s for part in printed for s in part if slug in _members(s)]
            theirs = sorted(told, key=lambda s: len(_members(s)))  # their own before what several say
            theirs += [s for s in (*self._signed, *self._native_first) if _members(s) == {slug}]
            quote = next((q for s in theirs if (q := self._quote(s))), None)
            if quote:
                yield slug, quote

    def _why_not(self, slug: str, other: Quote) -> str:
        printed = self._material.made_of([other])
        is_taught = any(s in part for s in printed for part in (self._taught.here, self._taught.before))
        return self._say("why not who" if is_taught else "why not who outside").format(who=self._name(slug))

    def _of_one_form(self, sentence: Sentence) -> list[Sentence]:
        """Return findings of other members, one each, that the member does not share and that look like theirs."""
        slug, right = _speaker(sentence), self.shown(sentence) or ""
        taken = {slug}
        found: list[Sentence] = []
        # Those with a name left out like the right one come first, so that it does not stand out.
        near_first = sorted(self._shuffled(self._signed), key=lambda s: self._is_cut(s) != self._is_cut(sentence))
        for other in near_first:
            is_like = self._is_of_language(other, sentence) and not odd_length(right, self.shown(other) or "")
            fits = is_like and not self._is_told(other)
            if fits and _speaker(other) not in taken and not self._could_say(slug, other):
                taken.add(_speaker(other))
                found.append(other)
        kept = found[: CHOICES - 1]
        return kept if not odd_one(right, [self.shown(s) or "" for s in kept]) else []

    def _is_cut(self, sentence: Sentence) -> bool:
        return LEFT_OUT in (self.shown(sentence) or "")

    def _is_of_language(self, first: Sentence, second: Sentence) -> bool:
        return self._material.languages[first.report] == self._material.languages[second.report]

    def _could_say(self, slug: str, sentence: Sentence) -> bool:
        """Say whether a member says, anywhere, what is so like a sentence that it could be theirs as well."""
        return any(slug in _members(other) for other in self._material.alike(sentence))

    def _choice(self, prompt: str, stem: str, right: Quote, options: Sequence[Option]) -> QuizItem:
        return QuizItem("", "choice", self._say(prompt), (right,), stem, tuple(options))

    def _in_pairs_of_two(self, turn: int) -> list[Sentence]:
        """Return every second signed statement first, so that the kinds of item do not ask about the same."""
        return [*self._signed[turn::2], *self._signed[1 - turn :: 2]]

    def _shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        shuffled = list(things)
        self._draw.shuffle(shuffled)
        return shuffled

    def _quote(self, sentence: Sentence) -> Quote | None:
        return self._material.quote(sentence, self._language)

    def _text(self, sentence: Sentence) -> str:
        quote = self._quote(sentence)
        return quote.text if quote else sentence.text

    def _name(self, slug: str) -> str:
        return next((m.name for m in self._material.roster if m.slug == slug), slug)

    def _say(self, name: str) -> str:
        return say(name, self._language)

    def _why(self, name: str, sentence: Sentence) -> str:
        return self._say(name).format(who=self._name(_speaker(sentence)))


def _members(sentence: Sentence) -> set[str]:
    return {speaker.member for speaker in sentence.members}


def _speaker(sentence: Sentence) -> str:
    return sentence.members[0].member
