"""Checks quiz items, whoever made them: the key is carried by its source, nothing else is right too.

Knows how an item must be, not how it is made. Every quote is checked on its page by the second
extractor and against the ledger; then what the item says of its quotes; then whether any wrong
answer could be right, or the right one be told without knowing it. A quiz is checked as a whole too:
no finding is asked about twice, and no figure that was not taught.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rag_agency.course.fairness import Fairness, balanced, members_of
from rag_agency.course.gap_checker import GapChecker
from rag_agency.course.giveaways import REGION, odd_one, telling_country
from rag_agency.course.masking import gives_away, parts_of, without_citations
from rag_agency.course.material import Material
from rag_agency.course.pack_checker import untruths
from rag_agency.course.records import (
    Option,
    Pack,
    QuizItem,
    Quote,
    Session,
    quotes_of,
    quotes_of_item,
    shown_quotes,
    taught_quotes,
)
from rag_agency.course.templates import WORDS
from rag_agency.language import without_accents
from rag_agency.records import Sentence, letters_and_digits
from rag_agency.verify import failures
from rag_agency.wholeness import INTRODUCED, is_unplaced, limits, points_out

FEWEST_CHOICES = 3


class Checker:
    """Checks items against an opened index."""

    def __init__(self, material: Material) -> None:
        """Remember where sentences are looked up."""
        self._material = material
        self._gaps = GapChecker(material)
        self._slugs = {m.name: m.slug for m in material.roster}

    def problems(self, item: QuizItem) -> tuple[str, ...]:
        """Return what is wrong with an item, in words; nothing where it is fit to be asked."""
        checks = {
            "choice": self._choice,
            "true_false": self._true_false,
            "match": self._match,
            "fill": self._gaps.fill,
        }
        return tuple([*self._untraced(item), *checks[item.kind](item)])

    def together(self, items: Sequence[QuizItem]) -> tuple[str, ...]:
        """Return which items of one course show one finding, in this or another brief or language."""
        asked: list[tuple[QuizItem, Sentence]] = []
        found = []
        for item in items:
            keys = self._sentences(shown_quotes(item))
            twice = [other.id for other, told in asked if self._is_among(told, keys)]
            found += [f"{item.id} shows a finding of {other}" for other in dict.fromkeys(twice)]
            asked += [(item, key) for key in keys]
        return tuple(found)

    def of_pack(self, pack: Pack) -> tuple[str, ...]:
        """Return what is wrong with a whole pack: its items, what they ask together, its findings and sources."""
        items = [item for session in pack.sessions for item in session.quiz]
        found = [f"{item.id}: {problem}" for item in items for problem in self.problems(item)]
        found += self.together(items)
        taught: list[Quote] = []
        for session in pack.sessions:
            found += self._unfair(session)
            taught += taught_quotes(session)
            found += self._untaught(session.quiz, taught)
            for quote in (*session.findings, *(q for row in session.table for q in row.quotes)):
                found += self._not_whole(quote)
        found += [problem for session in pack.sessions for q in quotes_of(session) for problem in self._unsaid(q)]
        found += untruths(pack, self._material)
        return tuple(dict.fromkeys(found))

    def _unfair(self, session: Session) -> Iterator[str]:
        """Yield what makes the items of one session unfair together."""
        here = self._sentences(taught_quotes(session))
        fairness = Fairness(self._material, members_of(here))
        for item in session.quiz:
            keys = self._sentences(shown_quotes(item))
            yield from (f"{item.id}: {objection}" for objection in fairness.objections(item, keys))
            fairness.take(item, keys)
        if len(balanced(session.quiz)) < len(session.quiz):
            yield f"more than two thirds of the items of session {session.number} ask whose a finding is"

    def _not_whole(self, quote: Quote) -> Iterator[str]:
        """Yield where a quote needs a sentence before it, or leaves out the one after it that limits it."""
        sentences = self._material.sentences_of(quote)
        yield from _back(quote.text)
        if is_unplaced(quote.text):
            yield f"it is not said where or when: {quote.text[:60]}"
        after = self._material.following(sentences[-1]) if sentences else None
        if after and limits(after.text):
            yield f"the next sentence limits it: {quote.text[:60]}"

    def _untaught(self, items: Sequence[QuizItem], taught: Sequence[Quote]) -> Iterator[str]:
        """Yield the items that ask for a figure or a country that no finding of the pack has told so far."""
        told = self._sentences(taught)
        for item in items:
            is_asked = item.asks in ("number", "place", "product")
            if is_asked and not any(self._is_among(key, told) for key in self._sentences(item.trace)):
                yield f"{item.id} asks for what no finding has taught"

    def _is_among(self, sentence: Sentence, others: Sequence[Sentence]) -> bool:
        return any(self._material.same_finding(sentence, other) for other in others)

    def _sentences(self, quotes: Sequence[Quote]) -> list[Sentence]:
        return [s for quote in quotes if (s := self._material.sentence_of(quote))]

    def _unsaid(self, quote: Quote) -> Iterator[str]:
        """Yield what a source note leaves out: who, the study, the report, or the page."""
        for source in quote.sources:
            report = next(r for r in self._material.index.reports if r.id == source.report)
            names = [m.name for m in self._material.roster if m.slug == source.member]
            studies = [source.study] if source.study else []
            outside = [work for s in self._sentences([quote]) for work in s.outside]
            wanted = [
                *names,
                *studies,
                *outside,
                report.citation.split(": ")[-1],
                source.page_label or str(source.page),
            ]
            missing = [words for words in wanted if words not in source.citation]
            if missing:
                yield f"the note does not say {', '.join(missing)}: {source.citation}"

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
        checks = {
            "who": self._who,
            "what": self._what,
            "number": self._gaps.number,
            "place": self._gaps.place,
            "product": self._gaps.product,
        }
        yield from checks[item.asks](item, right[0], [o for o in item.options if not o.is_right])

    def _who(self, item: QuizItem, right: Option, wrong: Sequence[Option]) -> Iterator[str]:
        yield from self._not_shown(item.stem, right.trace)
        yield from self._tells_country(item.stem, [self._slugs.get(option.text, "") for option in item.options])
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
            yield from self._tells_country(option.text)
        if stands_out := odd_one(right.text, [option.text for option in wrong]):
            yield stands_out
        if len({option.trace.language for option in item.options}) > 1:
            yield "the answers are in different languages"
        for option in wrong:
            if self._could_say(item.member, option.trace):
                yield f"this could be theirs as well: {option.text[:60]}"

    def _true_false(self, item: QuizItem) -> Iterator[str]:
        if item.asks != "who":
            yield from self._gaps.fact(item)
            return
        right = [option.text for option in item.options if option.is_right]
        if len(item.options) != 2 or len(right) != 1 or item.member is None or not item.trace:
            yield "a true or false needs two answers, one of them right, and a member"
            return
        yield from self._not_shown(item.stem, item.trace[0])
        yield from self._tells_country(item.stem)
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
            yield from self._tells_country(pair.left, [self._slugs.get(right, "") for right in rights])
            if {self._slugs.get(pair.right)} != _members(pair.trace):
                yield f"the source is not {pair.right}’s alone: {pair.left[:60]}"
            for other in rights:
                slug = self._slugs.get(other)
                if slug and other != pair.right and self._could_say(slug, pair.trace):
                    yield f"it could be {other}’s as well: {pair.left[:60]}"

    def _not_shown(self, shown: str, trace: Quote) -> Iterator[str]:
        """Yield where the words shown are not the source's, citations aside, or give the speaker away."""
        source = letters_and_digits(without_citations(trace.text))
        if not parts_of(shown) or any(part not in source for part in parts_of(shown)):
            yield f"these are not words of its source: {shown[:60]}"
        if gives_away(shown, self._material.roster):
            yield f"the words name a member: {shown[:60]}"
        if INTRODUCED.match(shown):
            yield f"the words name somebody else as the speaker: {shown[:60]}"
        yield from _back(shown)

    def _tells_country(self, shown: str, candidates: Sequence[str] = ()) -> Iterator[str]:
        """Yield where a country tells one of the candidates, by default of all members, from the others."""
        roster = self._material.roster
        country = telling_country(shown, candidates or [m.slug for m in roster], roster)
        if country:
            yield f"{country} tells whose it is: {shown[:60]}"
        if region := REGION.search(without_accents(shown)):
            yield f"‘{region[0]}’ may tell whose it is: {shown[:60]}"

    def _could_say(self, slug: str, quote: Quote) -> bool:
        """Say whether a member says, anywhere, what may be the same."""
        sentence: Sentence | None = self._material.sentence_of(quote)
        if sentence is None:
            return False
        return any(slug in {s.member for s in other.members} for other in (sentence, *self._material.alike(sentence)))


def _back(shown: str) -> Iterator[str]:
    if words := points_out(shown):
        yield f"‘{words}’ points out of the quote: {shown[:60]}"


def _members(quote: Quote) -> set[str]:
    return {source.member for source in quote.sources if source.member}
