"""Quiz items in which the right answer and every wrong one stand in the reports.

A wrong answer is another member's true finding, or a number or a country from another sentence;
it is taken only where nothing in the corpus makes it right as well. An item that cannot be made so
is not made.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from typing import TypeVar

from rag_agency.course.balance import Balance
from rag_agency.course.facts import Facts
from rag_agency.course.fairness import Fairness, balanced, members_of
from rag_agency.course.gaps import Gaps
from rag_agency.course.giveaways import REGION, odd_length, odd_one, telling_country
from rag_agency.course.masking import LEFT_OUT, without_names
from rag_agency.course.material import Material
from rag_agency.course.records import Level, Option, Pair, QuizItem, Quote, shown_quotes
from rag_agency.course.templates import say
from rag_agency.course.wrong import Taught, Wrong
from rag_agency.language import without_accents
from rag_agency.records import Language, Sentence
from rag_agency.wholeness import INTRODUCED, points_out

CHOICES = 4  # answers of a choice at most
FEWEST_CHOICES = 3
PAIRS: dict[Level, int] = {"introductory": 3, "advanced": 4}
Thing = TypeVar("Thing")


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
        # Only one member's words can be asked for by name.
        signed = (s for s in statements if self._is_taught(s) and self._is_askable(s))
        self._signed = sorted(signed, key=lambda s: material.languages[s.report] != language)
        known = sorted(material.statements, key=lambda s: material.languages[s.report] != language)
        self._wrong = Wrong(material, self._taught, [*self._signed, *known], language, self._draw)

    def items(
        self, most: int, prefix: str, before: Sequence[Sentence] = (), balance: Balance | None = None
    ) -> tuple[QuizItem, ...]:
        """Return up to ``most`` items, of each kind as far as it goes; no finding is asked about twice.

        ``before`` was asked in the quizzes before, whose right answers ``balance`` has counted.
        """
        balance = balance or Balance()
        self._told = list(before)
        facts = Facts(self._gaps, self._language, self._draw)
        makers = [
            self._gaps.fill(),
            self.who(),
            facts.items(balance),
            self.true_false(balance),
            self._gaps.place(),
            self._gaps.product(),
            self.match(),
            self._gaps.number(),
            self.what(),
        ]
        found = balanced(self._chosen(makers, most))
        placed = [balance.placed(item, self._draw) for item in found]
        # Which kinds there are goes by what they use up; in which order they stand is drawn.
        return tuple(replace(item, id=f"{prefix}q{n}") for n, item in enumerate(self._shuffled(placed), 1))

    def _chosen(self, makers: Sequence[Iterator[QuizItem]], most: int) -> list[QuizItem]:
        """Return items of each kind in turn, as far as one more is fair beside those before it."""
        fairness = Fairness(self._material, members_of(self._taught.here))
        found: list[QuizItem] = []
        left = list(makers)
        for maker in cycle(makers):
            if len(found) == most or not left:
                break
            item = next((i for i in maker if self._is_fair(i, fairness)), None)
            if item is None:
                left = [m for m in left if m is not maker]
                continue
            fairness.take(item, self._shown_in(item))
            self._told += self._shown_in(item)
            found.append(item)
        return found

    def _is_fair(self, item: QuizItem, fairness: Fairness) -> bool:
        shown = self._shown_in(item)
        return not any(self._is_told(s) for s in shown) and not any(fairness.objections(item, shown))

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

    def _is_taught(self, sentence: Sentence) -> bool:
        return sentence in self._taught.here or sentence in self._taught.before

    def _is_askable(self, sentence: Sentence) -> bool:
        """Say whether it can be asked whose a statement is: one member's, and no name or country tells."""
        shown = self.shown(sentence) if len(sentence.members) == 1 else None
        everybody = [m.slug for m in self._material.roster]
        if shown is None or points_out(shown) or INTRODUCED.match(shown) or REGION.search(without_accents(shown)):
            return False
        return not telling_country(shown, everybody, self._material.roster)

    def who(self) -> Iterator[QuizItem]:
        """Yield choices of the member who says something."""
        for sentence in self._in_pairs_of_two(0):
            right = self._quote(sentence)
            wrong = list(self._wrong.members(sentence))
            if right is None or len(wrong) < FEWEST_CHOICES - 1:
                continue
            options = [Option(self._name(_speaker(sentence)), True, right, self._why("why who", sentence))]
            options += [self._wrong.option(slug, other, sentence) for slug, other in wrong[: CHOICES - 1]]
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
            right = self._quote(sentence)
            if right is None:
                continue
            wrong = [slug for slug, _ in self._wrong.members(sentence)]
            is_true = balance.truth(self._draw) or not wrong  # where anybody else could say it, only the truth is sure
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
        # What was taught first; then whose finding fewest others could have said.
        left = sorted(
            self._signed, key=lambda s: (not self._is_taught(s), sum(self._wrong.could_say(slug, s) for slug in slugs))
        )
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
        if _speaker(sentence) in slugs or any(self._wrong.could_say(slug, sentence) for slug in slugs):
            return False
        return not any(self._wrong.could_say(_speaker(sentence), other) for other in chosen)

    def _of_one_form(self, sentence: Sentence) -> list[Sentence]:
        """Return findings of other members, one each, that the member does not share and that look like theirs."""
        slug, right = _speaker(sentence), self.shown(sentence) or ""
        taken = {slug}
        found: list[Sentence] = []
        # Those with a name left out like the right one come first, so that it does not stand out.
        drawn = self._shuffled(self._signed)
        near_first = sorted(drawn, key=lambda s: (self._is_cut(s) != self._is_cut(sentence), not self._is_taught(s)))
        for other in near_first:
            is_like = self._is_of_language(other, sentence) and not odd_length(right, self.shown(other) or "")
            fits = is_like and not self._is_told(other)
            if fits and _speaker(other) not in taken and not self._wrong.could_say(slug, other):
                taken.add(_speaker(other))
                found.append(other)
        kept = found[: CHOICES - 1]
        return kept if not odd_one(right, [self.shown(s) or "" for s in kept]) else []

    def _is_cut(self, sentence: Sentence) -> bool:
        return LEFT_OUT in (self.shown(sentence) or "")

    def _is_of_language(self, first: Sentence, second: Sentence) -> bool:
        return self._material.languages[first.report] == self._material.languages[second.report]

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
