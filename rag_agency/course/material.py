"""What an opened index has for a course: statements that can stand alone, and their quotes.

A statement is usable where it is clear who says it, where it is a whole sentence, and where it does
not point back to one before it. A quote is made only of what the second extractor finds on its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from rag_agency.ask import OpenIndex
from rag_agency.compose.cite import locator_of, without_marker
from rag_agency.course.masking import figures_in
from rag_agency.course.records import Pin, Quote
from rag_agency.course.subjects import Subject
from rag_agency.course.templates import listed, refusal, say
from rag_agency.course.wholeness import NOTE_MARK, is_whole, points_out, stands_alone
from rag_agency.differences import Clarity, Finder, IndexCloseness, Relation
from rag_agency.differences.wording import in_language
from rag_agency.pages import SecondReader
from rag_agency.records import Language, Sentence, Source, letters_and_digits
from rag_agency.verify import failures

NAMED = 0.1  # how much closer a statement counts that names its speaker or study itself
FEW = 6  # statements that name a subject themselves; with fewer, those under its heading are taken as they are
# How close a statement under a heading must be, in the mean, to the closest that name the subject: of those read,
# most under 0.33 spoke of something else.
OF_THE_TERM = ("that term", "ese término")
BESIDE, CLOSEST = 0.33, 5
SAME = 0.25  # closeness from which one voice's statements with the same figure are one finding
TWIN = 0.56  # from which a statement of the other language says the same: those read at 0.54 did not
ALIKE = 0.5  # closeness from which two sentences may say the same; pairs labelled so lie at 0.5 and below
AUTHORS: dict[Language, str] = {"en": "The report’s authors", "es": "Los autores del informe"}


class Material:
    """What an opened index has for a course, read once."""

    def __init__(self, opened: OpenIndex, password: str = "") -> None:
        """Look through the sentences; no PDF is opened before a quote is made."""
        self.opened = opened
        self.index = opened.index
        self.roster = opened.index.roster
        self.clear = Clarity(opened.index.reports, opened.index.roster)
        self.closeness = IndexCloseness(opened.index)
        self.finder = Finder(opened.index.reports, opened.index.roster, self.closeness)
        self.languages = {report.id: report.language for report in opened.index.reports}
        self.statements = tuple(s for s in opened.index.sentences if self.clear(s) and stands_alone(s))
        self._reports = {report.id: report for report in opened.index.reports}
        self._reader = lru_cache(maxsize=64)(lambda report: SecondReader(self.index.pdf(report), password))
        self._alike: dict[tuple[str, int], tuple[Sentence, ...]] = {}
        self._quotes: dict[tuple[str, int, Language], Quote | None] = {}
        self._made: dict[Quote, Sentence] = {}

    def about(
        self, subject: Subject, members: Sequence[str] = (), countries: Sequence[str] = ()
    ) -> tuple[Sentence, ...]:
        """Return the statements on a subject by the members and of the countries named, or by and of all."""
        found = (s for s in self.statements if subject.covers(s))
        return tuple(s for s in found if _is_by(s, members) and self._is_of(s, countries))

    def ranked(self, statements: Sequence[Sentence], subject: Subject, language: Language) -> list[Sentence]:
        """Return statements on a subject: those in the language first, then by how much they are about it.

        A sentence that names the subject itself comes before one under a heading that does, what is
        closest to all the others before what stands apart, and sources from outside come last.
        """
        scores = self.closeness.typical(statements)

        def place(row: int) -> tuple[bool, bool, bool, float]:
            sentence = statements[row]
            is_foreign = self.languages[sentence.report] != language
            is_beside = not subject.covers(replace(sentence, section=""))
            worth = scores[row] + (NAMED if sentence.explicit else 0.0)
            return sentence.voice == "external", is_foreign, is_beside, -worth

        return [statements[row] for row in sorted(range(len(statements)), key=place)]

    def on_subject(self, ranked: Sequence[Sentence], subject: Subject) -> list[Sentence]:
        """Return the statements about a subject by their own words, then those under its heading that are like them."""
        own = [s for s in ranked if subject.covers(replace(s, section=""))]
        if len(own) < FEW:
            return list(ranked)
        beside = (s for s in ranked if not subject.covers(replace(s, section="")))
        return [*own, *(s for s in beside if self._nearness(s, own) >= BESIDE)]

    def _nearness(self, sentence: Sentence, others: Sequence[Sentence]) -> float:
        """Return how close a sentence is to those of its language that are closest to it, in the mean."""
        tongue = self.languages[sentence.report]
        near = sorted(self.closeness(sentence, o) for o in others if self.languages[o.report] == tongue)[-CLOSEST:]
        return sum(near) / len(near) if near else 0.0

    def distinct(self, statements: Sequence[Sentence], most: int, near: float = 0.55) -> list[Sentence]:
        """Return the first statements that do not say again what one before them says."""
        kept: list[Sentence] = []
        for sentence in statements:
            if len(kept) == most:
                break
            if all(self.closeness(sentence, o) < near and not self.same_finding(sentence, o) for o in kept):
                kept.append(sentence)
        return kept

    def same_finding(self, first: Sentence, second: Sentence) -> bool:
        """Say whether one voice says one thing in two places, in two briefs or in two languages."""
        ours, theirs = ({s.member for s in one.members} or {one.voice, *one.outside} for one in (first, second))
        if not ours & theirs:
            return False
        near = self.closeness(first, second)
        if near >= ALIKE or letters_and_digits(first.text) == letters_and_digits(second.text):
            return True
        figures, others = figures_in(first.text), figures_in(second.text)
        if figures & others and (near >= SAME or figures == others):
            return True
        relation = self.finder.relation(first, second)
        return relation is not None and relation.label == "same_source"

    def in_tongue(self, statements: Sequence[Sentence], language: Language) -> list[Sentence]:
        """Return statements, each in a language where the same voice says the same in it, and none twice."""
        twins = [self.twin(s, language) or s for s in statements]
        return list({(s.report, s.number): s for s in twins}.values())

    def twin(self, sentence: Sentence, language: Language) -> Sentence | None:
        """Return the statement that says the same in a language; None where it is in it, or where there is none."""
        if self.languages[sentence.report] == language:
            return None
        voice = (sentence.voice, sentence.members and {s.member for s in sentence.members}, sentence.outside)
        native = (s for s in self.statements if self.languages[s.report] == language)
        same = (s for s in native if (s.voice, s.members and {x.member for x in s.members}, s.outside) == voice)
        best = max(same, key=lambda s: self.closeness(sentence, s), default=None)
        return best if best and self.closeness(sentence, best) >= TWIN and self.quote(best, language) else None

    def quote(self, sentence: Sentence, language: Language) -> Quote | None:
        """Return a sentence as a quote with its sources; None where one of them does not hold."""
        key = (sentence.report, sentence.number, language)
        if key not in self._quotes:
            self._quotes[key] = made = self._checked(sentence, language)
            if made:
                self._made[made] = sentence
        return self._quotes[key]

    def made_of(self, quotes: Iterable[Quote]) -> list[Sentence]:
        """Return the sentences of which quotes were made here."""
        return [self._made[quote] for quote in quotes if quote in self._made]

    def _checked(self, sentence: Sentence, language: Language) -> Quote | None:
        ledger = self.opened.ledger(sentence.report)
        based_on = self._reports[sentence.report].based_on
        section = [s for s in ledger if s.section == sentence.section] if based_on else []
        after = [s for s in section if s.number >= sentence.number]
        before = [s for s in reversed(section) if s.number < sentence.number]
        sources = self.opened.citer.sources(sentence, locator_of([*after, *before], based_on), language)
        if any(failures(sources, self.stream, self.opened.ledger)):
            return None
        text = NOTE_MARK.sub("", without_marker(sentence.text)).strip()
        told = tuple(replace(s, citation=self._told(s, sentence, language)) for s in sources)
        return Quote(text, self.languages[sentence.report], self.who(sentence, language), told)

    def _told(self, source: Source, sentence: Sentence, language: Language) -> str:
        """Return a reference that says to whoever has not read the reports: who, which study, which report and page."""
        if source.member is None:
            who = say("from outside", language) if sentence.outside else AUTHORS[language]
            return f"{who}, {source.citation}"
        member = next(m for m in self.roster if m.slug == source.member)
        if source.study is None:
            rest = source.citation.removeprefix(member.surname)
            return f"{member.name}, {say('study not named', language)}{rest}"
        return f"{member.name}, {source.citation}"

    def stream(self, report: str, page: int) -> str | None:
        """Return the letters and digits of a page by the second extractor; None for an unknown report."""
        record = self._reports.get(report)
        return self._reader(record).stream(page) if record else None

    def who(self, sentence: Sentence, language: Language) -> str:
        """Return who says a sentence, for readers."""
        if sentence.outside:
            return "; ".join(sentence.outside)
        slugs = dict.fromkeys(speaker.member for speaker in sentence.members)
        names = [self.name(slug, language) for slug in slugs]
        return listed(names, language) if names else AUTHORS[language]

    def name(self, slug: str, language: Language) -> str:
        """Return a member's name with the countries studied."""
        member = next((m for m in self.roster if m.slug == slug), None)
        if member is None:
            return slug
        countries = in_language(", ".join(member.countries), language)
        return f"{member.name} ({countries})" if countries else member.name

    def pinned(self, pin: Pin, language: Language) -> Sentence:
        """Return the sentence of a pin; what is wrong with it is said in a language.

        Raises:
            CourseRefused: its words do not stand on that page of that report.
        """
        words = letters_and_digits(pin.quote)
        for sentence in self.opened.ledger(pin.report):
            pages = {piece.span.page.number for piece in sentence.pieces}
            if words and pin.page in pages and words in letters_and_digits(sentence.text):
                return sentence
        values: dict[str, object] = {"page": pin.page, "report": pin.report, "quote": pin.quote[:60]}
        raise refusal("lost pin", language, lambda _: values)

    def alike(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """Return the sentences, anywhere, that may say the same, by their meaning or by what the finder sees."""
        key = (sentence.report, sentence.number)
        if key not in self._alike:
            near = {(s.report, s.number): s for s in self.closeness.like(sentence, ALIKE)}
            for other in self.index.sentences:
                relation = self.finder.relation(sentence, other)
                if relation and relation.label in ("agree", "same_source"):
                    near[other.report, other.number] = other
            self._alike[key] = tuple(near.values())
        return self._alike[key]

    @cached_property
    def definitions(self) -> tuple[Sentence, ...]:
        """What may say what a term means; ‘under that term’ is clear where the term stands above it."""
        whole = (s for s in self.index.sentences if self.clear(s) and is_whole(s))
        return tuple(s for s in whole if points_out(s.text).lower() in ("", *OF_THE_TERM))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """How the statements stand to each other, where that is sure."""
        return tuple(self.finder.relations(self.statements))

    def sentence_of(self, quote: Quote) -> Sentence | None:
        """Return the sentence that a quote was made of."""
        words, source = letters_and_digits(quote.text), quote.sources[0]
        found = (s for s in self.opened.ledger(source.report) if words in letters_and_digits(s.text))
        return next((s for s in found if s.page.number == source.page), None)

    def _is_of(self, sentence: Sentence, countries: Sequence[str]) -> bool:
        if not countries:
            return True
        studied = {c for m in self.roster if m.slug in {s.member for s in sentence.members} for c in m.countries}
        return bool(studied & set(countries)) or any(country in sentence.text for country in countries)


def _is_by(sentence: Sentence, members: Sequence[str]) -> bool:
    return not members or bool({speaker.member for speaker in sentence.members} & set(members))
