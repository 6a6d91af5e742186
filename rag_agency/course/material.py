"""What an opened index has for a course: statements that can stand alone, and their quotes.

A statement is usable where it is clear who says it, where it is a whole sentence, and where it does
not point back to one before it. A quote is made only of what the second extractor finds on its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from rag_agency.ask import OpenIndex
from rag_agency.compose.cite import locator_of, without_marker
from rag_agency.course.credits import Credits
from rag_agency.course.extent import Extents, joined
from rag_agency.course.masking import figures_in, names_in
from rag_agency.course.records import Pin, Quote
from rag_agency.course.subjects import Subject
from rag_agency.course.templates import refusal
from rag_agency.course.twins import Twins, voice_of
from rag_agency.differences import Clarity, Finder, IndexCloseness, Relation
from rag_agency.pages import SecondReader
from rag_agency.records import Language, Sentence, Source, letters_and_digits
from rag_agency.verify import failures

NAMED = 0.1  # how much closer a statement counts that names its speaker or study itself
COMPANY = 0.2  # how much farther for each sentence that is quoted with it, and for each that is on something else
FEW = 6  # statements that name a subject themselves; with fewer, those under its heading are taken as they are
# How close a statement under a heading must be, in the mean, to the closest that name the subject: of those read,
# most under 0.33 spoke of something else.
BESIDE, CLOSEST = 0.33, 5
SAME = 0.25  # closeness from which one voice's statements with the same figure are one finding
TWIN = 0.56  # from which a statement of the other language says the same: those read at 0.54 did not
ALIKE = 0.5  # closeness from which two sentences may say the same; pairs labelled so lie at 0.5 and below


class Material:
    """What an opened index has for a course, read once."""

    def __init__(self, opened: OpenIndex, password: str = "") -> None:
        """Look through the sentences; no PDF is opened before a quote is made."""
        self.opened = opened
        self.index = opened.index
        self.roster = opened.index.roster
        self.credits = Credits(opened.index.roster)
        self.clear = Clarity(opened.index.reports, opened.index.roster)
        self.closeness = IndexCloseness(opened.index)
        self.finder = Finder(opened.index.reports, opened.index.roster, self.closeness)
        self.languages = {report.id: report.language for report in opened.index.reports}
        self._reports = {report.id: report for report in opened.index.reports}
        self._extents = Extents({name: opened.ledger(name) for name in self._reports}, self.clear)
        found = ((s, self._extents.of(s)) for s in opened.index.sentences)
        self._extent = {(s.report, s.number): run for s, run in found if run}
        self.statements = tuple(s for s in opened.index.sentences if (s.report, s.number) in self._extent)
        self.twins = Twins(self.index, self.closeness, self.languages, self._place)
        self._reader = lru_cache(maxsize=64)(lambda report: SecondReader(self.index.pdf(report), password))
        self._alike: dict[tuple[str, int], tuple[Sentence, ...]] = {}
        self._quotes: dict[tuple[str, int, int, Language], Quote | None] = {}
        self._same: dict[tuple[str, int, str, int], bool] = {}
        self._twins: dict[tuple[str, int, Language], Sentence | None] = {}
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
            run = self._run(sentence)
            strange = sum(not subject.covers(replace(s, section="")) for s in run)
            worth = scores[row] + (NAMED if sentence.explicit else 0.0) - COMPANY * (len(run) - 1 + strange)
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
        """Say whether what is quoted of one voice says one thing in two places, in two briefs or in two languages."""
        key = (first.report, first.number, second.report, second.number)
        if key not in self._same:
            runs = [[s for s in self._run(one) if not s.text.endswith(":")] for one in (first, second)]
            self._same[key] = any(self._is_same(a, b) for a in runs[0] for b in runs[1])
        return self._same[key]

    def _run(self, sentence: Sentence) -> tuple[Sentence, ...]:
        return self._extent.get((sentence.report, sentence.number), (sentence,))

    def _is_same(self, first: Sentence, second: Sentence) -> bool:
        ours, theirs = ({s.member for s in one.members} or {one.voice, *one.outside} for one in (first, second))
        if not ours & theirs:
            return False
        near = self.closeness(first, second)
        is_again = near >= ALIKE or letters_and_digits(first.text) == letters_and_digits(second.text)
        if is_again or self.twins.are_same(first, second):
            return True
        figures, others = figures_in(first.text), figures_in(second.text)
        if figures & others and (near >= SAME or figures == others):
            return True
        relation = self.finder.relation(first, second)
        return relation is not None and relation.label == "same_source"

    def in_tongue(self, statements: Sequence[Sentence], language: Language) -> list[Sentence]:
        """Return statements in a language as far as the same voices say the same in it, and none twice.

        What stands in it, and cannot be quoted there, is left out: it is not quoted in the other language.
        """
        twins = [self.twin(s, language) or s for s in statements if self.twin(s, language) or self.is_of(s, language)]
        return list({(s.report, s.number): s for s in twins}.values())

    def is_of(self, sentence: Sentence, language: Language) -> bool:
        """Say whether a statement is to be quoted in a pack of a language: it is in it, or stands only in the other."""
        return self.languages[sentence.report] == language or not self.twins.is_told(sentence, language)

    def twin(self, sentence: Sentence, language: Language) -> Sentence | None:
        """Return the statement that says the same in a language; None where it is in it, or where there is none."""
        if self.languages[sentence.report] == language:
            return None
        key = (sentence.report, sentence.number, language)
        if key not in self._twins:
            native = (s for s in self.statements if self.languages[s.report] == language)
            same = [s for s in native if voice_of(s) == voice_of(sentence)]
            close = sorted(same, key=lambda s: -self.closeness(sentence, s))[:1]
            found = [*self.twins.of(sentence, language), *(s for s in close if self.closeness(sentence, s) >= TWIN)]
            usable = (s for s in found if (s.report, s.number) in self._extent and self.quote(s, language))
            self._twins[key] = next(usable, None)
        return self._twins[key]

    def quote(self, sentence: Sentence, language: Language) -> Quote | None:
        """Return a statement as a quote, with the sentences that it needs; None where a source does not hold.

        What is no statement, a sentence that a trainer has pinned, is quoted by itself.
        """
        return self._quoted(sentence, self._run(sentence), language)

    def alone(self, sentence: Sentence, language: Language) -> Quote | None:
        """Return a sentence as a quote by itself, to stand among those around it."""
        return self._quoted(sentence, (sentence,), language)

    def _quoted(self, sentence: Sentence, run: Sequence[Sentence], language: Language) -> Quote | None:
        key = (sentence.report, sentence.number, len(run), language)
        if key not in self._quotes:
            self._quotes[key] = made = self._checked(run, language)
            if made:
                self._made[made] = sentence
        return self._quotes[key]

    def made_of(self, quotes: Iterable[Quote]) -> list[Sentence]:
        """Return the sentences of which quotes were made here."""
        return [self._made[quote] for quote in quotes if quote in self._made]

    def _checked(self, run: Sequence[Sentence], language: Language) -> Quote | None:
        told: dict[Source, None] = {}
        for sentence in run:
            sources = self.opened.citer.sources(sentence, self._place(sentence), language)
            if any(failures(sources, self.stream, self.opened.ledger)):
                return None
            told |= dict.fromkeys(replace(s, citation=self.credits.told(s, sentence, language)) for s in sources)
        return Quote(joined(run), self.languages[run[0].report], self.who(run[-1], language), tuple(told))

    def _place(self, sentence: Sentence) -> str:
        """Return where a brief says that what it restates stands: in the sentence, after it, or before it."""
        based_on = self._reports[sentence.report].based_on
        ledger = self.opened.ledger(sentence.report) if based_on else ()
        section = [s for s in ledger if s.section == sentence.section]
        after = [s for s in section if s.number >= sentence.number]
        before = [s for s in reversed(section) if s.number < sentence.number]
        return locator_of([*after, *before], based_on)

    def stream(self, report: str, page: int) -> str | None:
        """Return the letters and digits of a page by the second extractor; None for an unknown report."""
        record = self._reports.get(report)
        return self._reader(record).stream(page) if record else None

    def who(self, sentence: Sentence, language: Language) -> str:
        """Return who says a sentence, for readers."""
        return self.credits.who(sentence, language)

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

    def alike(self, statement: Sentence) -> tuple[Sentence, ...]:
        """Return the sentences, anywhere, that may say the same as anything that a statement is quoted with."""
        key = (statement.report, statement.number)
        if key not in self._alike:
            found = (other for s in self._run(statement) for other in self._like(s))
            self._alike[key] = tuple({(s.report, s.number): s for s in found}.values())
        return self._alike[key]

    def _like(self, sentence: Sentence) -> Iterator[Sentence]:
        """Yield the sentences that may say the same as one, by their meaning or by what the finder sees."""
        yield from self.closeness.like(sentence, ALIKE)
        for other in self.index.sentences:
            relation = self.finder.relation(sentence, other)
            if relation and relation.label in ("agree", "same_source"):
                yield other

    @cached_property
    def definitions(self) -> tuple[Sentence, ...]:
        """What may say what a term means: statements that are quoted by themselves."""
        return tuple(s for s in self.statements if self._run(s)[0] == s)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of people, places and things that the reports use, without accents: words always capitalised."""
        return names_in(s.text for s in self.index.sentences if self.languages[s.report] == "en")

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """How the statements stand to each other, where that is sure."""
        return tuple(self.finder.relations(self.statements))

    def sentence_of(self, quote: Quote) -> Sentence | None:
        """Return the statement that a quote was made of, which may be quoted with sentences around it."""
        found = self.sentences_of(quote)
        stated = [s for s in found if self._extent.get((s.report, s.number)) == found]
        return next(iter(stated or found), None)

    def sentences_of(self, quote: Quote) -> tuple[Sentence, ...]:
        """Return the sentences, in order, whose words a quote gives and its sources name; none where they do not."""
        words = letters_and_digits(quote.text)
        of_report = self.opened.ledger(quote.sources[0].report)
        pages = {source.page for source in quote.sources}
        whole = [s for s in of_report if words in letters_and_digits(s.text) and s.page.number in pages]
        if whole:
            return (whole[0],)
        parts = [letters_and_digits(source.quote) for source in quote.sources]
        inside = [s for s in of_report if s.page.number in pages and _first_words(s) in parts]
        return tuple(inside) if letters_and_digits(joined(inside)) == words else ()

    def following(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence after one in its paragraph."""
        return self._extents.after(sentence)

    def _is_of(self, sentence: Sentence, countries: Sequence[str]) -> bool:
        if not countries:
            return True
        studied = {c for m in self.roster if m.slug in {s.member for s in sentence.members} for c in m.countries}
        return bool(studied & set(countries)) or any(country in sentence.text for country in countries)


def _first_words(sentence: Sentence) -> str:
    """Return the letters of a sentence's first piece, as its source quotes it."""
    return letters_and_digits(without_marker(sentence.pieces[0].text))


def _is_by(sentence: Sentence, members: Sequence[str]) -> bool:
    return not members or bool({speaker.member for speaker in sentence.members} & set(members))
