"""One session of a course, built from the statements on its subject; every line has its source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from rag_agency.course.balance import Balance
from rag_agency.course.cases import openings
from rag_agency.course.masking import figures_in
from rag_agency.course.material import Material
from rag_agency.course.notes import notes_of, trainer_notes_of
from rag_agency.course.outline import title_of
from rag_agency.course.plan import statements_of
from rag_agency.course.quiz import Quiz
from rag_agency.course.reading import readings_of
from rag_agency.course.records import (
    Case,
    Contrast,
    Difference,
    Outline,
    OutlineSession,
    Part,
    QuizItem,
    Quote,
    Row,
    Session,
    shown_quotes,
    taught_quotes,
)
from rag_agency.course.subjects import Subject, subject_of
from rag_agency.course.tasks import discussions, objectives, sizes_of, steps
from rag_agency.course.templates import say
from rag_agency.course.wrong import Taught
from rag_agency.differences import Label, Relation, question_of, sentence_of
from rag_agency.differences.contexts import CITATION
from rag_agency.differences.wording import KINDS, in_language, is_on
from rag_agency.places import countries_in
from rag_agency.records import Language, Sentence
from rag_agency.themes import is_about

FEWEST, MOST = 3, 10  # findings of a session, and items of its quiz
MINUTES_EACH = 10  # of a session, for each finding and each item of the quiz
MORE: dict[str, int] = {"introductory": 0, "advanced": 2}
IN_A_ROW = 2  # quotes of one voice in the table
FOREIGN_CASE = 0.75  # how much of a passage in another language must be about the subject
TO_DISCUSS: tuple[Label, ...] = ("differ_by_context", "differ_by_definition", "contradict")
Key = tuple[str, int]


class SessionBuilder:
    """Builds the sessions of one course in one language; what one has told, the next does not tell again."""

    def __init__(self, material: Material, outline: Outline, language: Language) -> None:
        """Begin a course of which nothing is told yet."""
        self._material = material
        self._outline = outline
        self._language = language
        self._told: list[Sentence] = []
        self._taught: list[Sentence] = []
        self._discussed: list[Sentence] = []
        self._questions: set[str] = set()
        self._read: set[Key] = set()
        self._asked: list[Sentence] = []
        self._balance = Balance()

    def build(self, number: int, planned: OutlineSession) -> Session:
        """Return a session."""
        subject = subject_of(planned.theme)
        found = statements_of(self._material, planned, self._outline)
        ranked = self._material.on_subject(self._material.ranked(found, subject, self._language), subject)
        ranked = self._native_first(self._material.in_tongue(ranked, self._language))
        findings = self._findings(ranked, planned)
        difference = self._difference(found, planned)
        case = self._case(subject)
        table = self._table(ranked)
        discussion = discussions(findings, difference, self._language, number)
        made = Session(
            number=number,
            title=title_of(planned, self._language),
            theme=planned.theme,
            minutes=planned.minutes,
            plan=(),
            objectives=(),
            findings=findings,
            table=table,
            difference=difference,
            discussion=discussion,
            case=case,
            quiz=(),
            readings=(),
        )
        return self._completed(replace(made, quiz=self._quiz(ranked, planned, made)), planned)

    def _completed(self, session: Session, planned: OutlineSession) -> Session:
        """Return a session with what is said of its parts: minutes, objectives, readings, notes."""
        parts: dict[Part, object] = {"difference": session.difference, "case": session.case, "quiz": session.quiz}
        told = (session.findings, session.difference, session.quiz, session.discussion)
        return replace(
            session,
            plan=steps(
                planned.minutes,
                [part for part, made in parts.items() if not made],
                sizes_of(session.quiz, session.case),
            ),
            objectives=objectives(told, self._material.roster, self._language),
            readings=readings_of(taught_quotes(session), self._material.index.reports),
            notes=notes_of(session, planned, self._outline, self._material, self._language),
            trainer_notes=trainer_notes_of(session, self._count(planned), self._language),
        )

    def _native_first(self, statements: Sequence[Sentence]) -> list[Sentence]:
        return sorted(statements, key=lambda s: self._material.languages[s.report] != self._language)

    def _findings(self, ranked: Sequence[Sentence], planned: OutlineSession) -> tuple[Quote, ...]:
        """Return what the trainer has pinned, then the voices in turn, each with what is most to the point."""
        pinned = [self._material.pinned(pin, self._language) for pin in planned.pins]
        told = [s for s in ranked if not self._is_told(s)]
        # What is only passed on from outside the network is no finding of those who pass it on.
        fresh = [s for s in told if not s.external] or told
        turns = _in_turns(fresh, lambda s: self._material.credits.voice(s, self._language))
        most = max(self._count(planned), len(pinned))
        chosen = self._material.distinct([*pinned, *turns], most)
        if not any(figures_in(s.text) for s in chosen):
            chosen = self._with_a_figure(chosen, fresh, len(pinned))
        self._told += chosen
        return self._quotes(chosen)

    def _with_a_figure(self, chosen: Sequence[Sentence], fresh: Sequence[Sentence], kept: int) -> list[Sentence]:
        """Return findings with one that gives a figure as the last, if there is one in the pack's language."""
        last = max(kept, len(chosen) - 1)
        native = (s for s in fresh if self._material.languages[s.report] == self._language)
        figure = next((s for s in native if figures_in(s.text)), None)
        return self._material.distinct([*chosen[:last], *([figure] if figure else []), *chosen[last:]], len(chosen))

    def _table(self, ranked: Sequence[Sentence]) -> tuple[Row, ...]:
        """Return a row for each member who says something on the subject, and one for the authors."""
        rows = []
        for member in self._material.roster:
            own = [s for s in ranked if {x.member for x in s.members} == {member.slug}]
            quotes = self._quotes(self._material.distinct(own, IN_A_ROW))
            if quotes:
                rows.append(Row(quotes[0].who, member.slug, self._places(member.countries), quotes))
        own = [s for s in ranked if s.voice == "authors"]
        quotes = self._quotes(self._material.distinct(own, IN_A_ROW))
        return (*rows, Row(quotes[0].who, None, (), quotes)) if quotes else tuple(rows)

    def _difference(self, found: Sequence[Sentence], planned: OutlineSession) -> Difference | None:
        """Return the difference to discuss that is most on the subject, in the pack's language if there is one."""
        subject = subject_of(planned.theme)
        themes = [part.slug for part in subject.parts]
        inside = {_key(s) for s in found}
        relations = [
            r
            for r in self._material.relations
            if r.label in TO_DISCUSS and is_on(r, themes) and self._is_within(r, planned, inside)
        ]

        def place(relation: Relation) -> tuple[bool, int, int, int, float]:
            sides = (relation.a, relation.b)
            is_old = any(self._is_discussed(s) for s in sides)
            foreign = sum(self._material.languages[s.report] != self._language for s in sides)
            beside = sum(not subject.covers(replace(s, section="")) for s in sides)
            return is_old, foreign, beside, TO_DISCUSS.index(relation.label), -relation.score

        for relation in sorted(relations, key=place):
            if relation.rule in self._questions or all(self._is_discussed(s) for s in (relation.a, relation.b)):
                continue  # in other words, perhaps, but nothing new to discuss
            if made := self._discussable(self._in_tongue(relation)) or self._discussable(relation):
                self._discussed += [relation.a, relation.b]
                self._questions.add(relation.rule)
                return made
        return None

    def _discussable(self, relation: Relation) -> Difference | None:
        """Return a difference as it is shown, with the contexts that its quotes state; None where they state none."""
        a, b = (self._material.quote(s, self._language) for s in (relation.a, relation.b))
        if not a or not b:
            return None
        stated = tuple(c for c in relation.contexts if _is_stated(c.a, c.kind, a) and _is_stated(c.b, c.kind, b))
        if relation.contexts and not stated:
            return None
        relation = replace(relation, contexts=stated)
        return Difference(relation.label, self._worded(relation), a, b, self._contrasts(relation))

    def _is_discussed(self, sentence: Sentence) -> bool:
        return any(self._material.same_finding(sentence, told) for told in self._discussed)

    def _in_tongue(self, relation: Relation) -> Relation:
        """Return the same difference in the pack's language, as far as its sides stand so to each other in it."""
        for a in (self._material.twin(relation.a, self._language), None):
            for b in (self._material.twin(relation.b, self._language), None):
                other = self._material.finder.relation(a or relation.a, b or relation.b) if a or b else None
                if other and other.label == relation.label and other.rule == relation.rule:
                    return other
        return relation

    def _worded(self, relation: Relation) -> str:
        question = question_of(relation, self._language)
        is_flat = relation.label == "contradict" and question  # only that they answer it differently is sure
        stand = say("contradict", self._language) if is_flat else sentence_of(relation, self._language)
        words = [question, stand, say("neither", self._language)]
        return " ".join(part for part in words if part)

    def _contrasts(self, relation: Relation) -> tuple[Contrast, ...]:
        language = self._language
        return tuple(
            Contrast(KINDS[c.kind][language], in_language(c.a, language), in_language(c.b, language))
            for c in relation.contexts
        )

    def _case(self, subject: Subject) -> Case | None:
        """Return the section whose beginning is most about the subject, in the pack's language if there is one."""
        found = [run for run in openings(self._material) if _key(run[0]) not in self._read]
        told = [run for run in found if self._material.is_of(run[0], self._language)]

        def place(run: Sequence[Sentence]) -> tuple[bool, float]:
            return self._material.languages[run[0].report] == self._language, _share(run, subject)

        for run in sorted(told, key=place, reverse=True):
            made = [self._material.alone(s, self._language) for s in run]
            quotes = tuple(quote for quote in made if quote)
            is_native = self._material.languages[run[0].report] == self._language
            if _share(run, subject) > (0.0 if is_native else FOREIGN_CASE) and len(quotes) == len(run):
                self._read.add(_key(run[0]))
                title = say("case title", self._language).format(section=run[0].section)
                return Case(title, say("case task", self._language), quotes)
        return None

    def _quiz(self, ranked: Sequence[Sentence], planned: OutlineSession, made: Session) -> tuple[QuizItem, ...]:
        """Return items about what this session taught, then what else it has, then what those before it taught.

        A figure is asked for only where it was taught. What a later session is about is left to it, if
        there is enough else.
        """
        told = self._material.made_of(taught_quotes(made))
        here = {_key(s): s for s in told if self._material.is_of(s, self._language)}
        before = {_key(s): s for s in self._taught if _key(s) not in here}
        taught = here | before
        self._taught += here.values()
        later = [subject_of(session.theme) for session in self._outline.sessions[made.number :]]
        left = {_key(s) for s in (*ranked, *here.values()) if any(subject.covers(s) for subject in later)}
        order = sorted(ranked, key=lambda s: (_key(s) not in taught, _key(s) in left))
        order += [s for s in taught.values() if s not in order]
        printed = Taught(tuple(sorted(here.values(), key=lambda s: _key(s) in left)), tuple(before.values()))
        quiz = Quiz(self._material, order, self._language, self._outline.level, printed)
        items = quiz.items(self._count(planned), f"s{made.number}", self._asked, self._balance)
        self._asked += self._material.made_of(quote for item in items for quote in shown_quotes(item))
        return items

    def _is_told(self, sentence: Sentence) -> bool:
        return any(self._material.same_finding(sentence, told) for told in self._told)

    def _is_within(self, relation: Relation, planned: OutlineSession, inside: Collection[Key]) -> bool:
        """Say whether a relation is the session's: one side is on its subject; of several parts, the other on one.

        Both must be on the whole where the session is limited to members or countries.
        """
        limits = (planned.members, planned.countries, self._outline.members, self._outline.countries)
        parts = subject_of(planned.theme).parts
        sides = (relation.a, relation.b)
        found = [_key(side) in inside for side in sides]
        near = [is_in or any(is_about(s, part) for part in parts) for is_in, s in zip(found, sides, strict=True)]
        return all(found) if any(limits) else any(found) and (len(parts) == 1 or all(near))

    def _count(self, planned: OutlineSession) -> int:
        return min(max(planned.minutes // MINUTES_EACH, FEWEST), MOST) + MORE[self._outline.level]

    def _quotes(self, sentences: Iterable[Sentence]) -> tuple[Quote, ...]:
        made = (self._material.quote(s, self._language) for s in sentences)
        return tuple(quote for quote in made if quote)

    def _places(self, countries: Sequence[str]) -> tuple[str, ...]:
        return tuple(in_language(country, self._language) for country in countries)


def _key(sentence: Sentence) -> Key:
    return sentence.report, sentence.number


def _is_stated(names: str, kind: str, quote: Quote) -> bool:
    """Say whether a quote itself names the countries of a context; other contexts are read off its words."""
    return kind != "country" or set(names.split(", ")) <= set(countries_in(CITATION.sub("", quote.text)))


def _share(run: Sequence[Sentence], subject: Subject) -> float:
    """Return how much of a passage is about a subject, by its own words and by its heading."""
    own = sum(subject.covers(replace(s, section="")) for s in run)
    return (own + 0.5 * sum(subject.covers(s) for s in run)) / len(run)


def _in_turns(sentences: Sequence[Sentence], voice_of: Callable[[Sentence], str]) -> list[Sentence]:
    """Return sentences so that every voice has one before any has its second."""
    turns: dict[str, int] = {}
    placed = []
    for sentence in sentences:
        voice = voice_of(sentence)
        turns[voice] = turns.get(voice, 0) + 1
        placed.append((turns[voice], sentence))
    return [sentence for _, sentence in sorted(placed, key=lambda one: one[0])]
