"""One session of a course, built from the statements on its subject; every line has its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rag_agency.course.material import Material
from rag_agency.course.outline import title_of
from rag_agency.course.plan import counted, statements_of
from rag_agency.course.quiz import Quiz
from rag_agency.course.reading import readings_of
from rag_agency.course.records import (
    Case,
    Contrast,
    Difference,
    Discussion,
    Objective,
    Outline,
    OutlineSession,
    Part,
    QuizItem,
    Quote,
    Row,
    Session,
    Step,
    quotes_of,
)
from rag_agency.course.subjects import Subject, subject_of
from rag_agency.course.templates import say
from rag_agency.differences import Label, Relation, question_of, sentence_of
from rag_agency.differences.wording import KINDS, in_language
from rag_agency.records import Language, Passage, Sentence

FEWEST, MOST = 3, 10  # findings of a session, and items of its quiz
MINUTES_EACH = 10  # of a session, for each finding and each item of the quiz
MORE: dict[str, int] = {"introductory": 0, "advanced": 2}
IN_A_ROW = 2  # quotes of one voice in the table
CASE_WORDS = (60, 220)
CASE_SENTENCES = 3
TO_DISCUSS: tuple[Label, ...] = ("differ_by_context", "differ_by_definition", "contradict")
SHARES: dict[Part, float] = {
    "objectives": 0.05,
    "findings": 0.25,
    "table": 0.15,
    "difference": 0.15,
    "discussion": 0.15,
    "case": 0.1,
    "quiz": 0.15,
}
Key = tuple[str, int]


class SessionBuilder:
    """Builds the sessions of one course in one language; what one has told, the next does not tell again."""

    def __init__(self, material: Material, outline: Outline, language: Language) -> None:
        """Begin a course of which nothing is told yet."""
        self._material = material
        self._outline = outline
        self._language = language
        self._told: set[Key] = set()
        self._discussed: set[Key] = set()
        self._read: set[str] = set()

    def build(self, number: int, planned: OutlineSession) -> Session:
        """Return a session."""
        subject = subject_of(planned.theme)
        found = statements_of(self._material, planned, self._outline)
        ranked = self._material.ranked(found, subject, self._language)
        findings = self._findings(ranked, planned)
        difference = self._difference(found, subject)
        case = self._case(subject)
        quiz = self._quiz(ranked, planned, number)
        discussion = self._discussion(findings, difference)
        parts: dict[Part, object] = {"difference": difference, "case": case, "quiz": quiz}
        session = Session(
            number=number,
            title=title_of(planned, self._language),
            theme=planned.theme,
            minutes=planned.minutes,
            plan=_plan(planned.minutes, [part for part, made in parts.items() if not made]),
            objectives=self._objectives(findings, difference, quiz, discussion),
            findings=findings,
            table=self._table(ranked),
            difference=difference,
            discussion=discussion,
            case=case,
            quiz=quiz,
            readings=(),
            notes=self._notes(planned, found, parts),
        )
        return replace(session, readings=readings_of(quotes_of(session), self._material.index.reports))

    def _findings(self, ranked: Sequence[Sentence], planned: OutlineSession) -> tuple[Quote, ...]:
        """Return what the trainer has pinned, then the voices in turn, each with what is most to the point."""
        pinned = [self._material.pinned(pin) for pin in planned.pins]
        fresh = [s for s in ranked if _key(s) not in self._told]
        turns = _in_turns(fresh, lambda s: self._material.who(s, self._language))
        most = max(self._count(planned), len(pinned))
        chosen = self._material.distinct([*pinned, *turns], most)
        self._told |= {_key(s) for s in chosen}
        return self._quotes(chosen)

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

    def _difference(self, found: Sequence[Sentence], subject: Subject) -> Difference | None:
        """Return the difference to discuss that is most on the subject, in the pack's language if there is one."""
        relations = [r for r in self._material.finder.relations(found) if r.label in TO_DISCUSS]
        typical = dict(zip(map(_key, found), self._material.closeness.typical(found), strict=True))

        def place(relation: Relation) -> tuple[bool, int, int, int, float]:
            sides = (relation.a, relation.b)
            is_old = any(_key(s) in self._discussed for s in sides)
            foreign = sum(self._material.languages[s.report] != self._language for s in sides)
            beside = sum(not subject.covers(replace(s, section="")) for s in sides)
            near = relation.score + sum(typical[_key(s)] for s in sides)
            return is_old, foreign, beside, TO_DISCUSS.index(relation.label), -near

        for relation in sorted(relations, key=place):
            a, b = self._quotes([relation.a])[:1], self._quotes([relation.b])[:1]
            if a and b:
                self._discussed |= {_key(relation.a), _key(relation.b)}
                return Difference(relation.label, self._worded(relation), a[0], b[0], self._contrasts(relation))
        return None

    def _worded(self, relation: Relation) -> str:
        question = question_of(relation, self._language)
        words = [question, sentence_of(relation, self._language), say("neither", self._language)]
        return " ".join(part for part in words if part)

    def _contrasts(self, relation: Relation) -> tuple[Contrast, ...]:
        language = self._language
        return tuple(
            Contrast(KINDS[c.kind][language], in_language(c.a, language), in_language(c.b, language))
            for c in relation.contexts
        )

    def _discussion(self, findings: Sequence[Quote], difference: Difference | None) -> tuple[Discussion, ...]:
        """Return questions to talk about, each tied to the quotes it is about."""
        asked = []
        if difference:
            words = say("ask difference", self._language).format(a=difference.a.who, b=difference.b.who)
            asked.append(Discussion(words, (difference.a, difference.b)))
        elif len(findings) > 1:
            asked.append(Discussion(say("ask together", self._language), tuple(findings[:2])))
        for name, quote in zip(("ask transfer", "ask evidence"), findings, strict=False):
            asked.append(Discussion(say(name, self._language).format(who=quote.who), (quote,)))
        return tuple(asked)

    def _case(self, subject: Subject) -> Case | None:
        """Return the passage that is most about the subject and can be read by itself."""
        best, most = None, 0.0
        for passage in self._material.index.passages:
            words = sum(len(s.text.split()) for s in passage.sentences)
            is_fit = len(passage.sentences) >= CASE_SENTENCES and CASE_WORDS[0] <= words <= CASE_WORDS[1]
            if not is_fit or passage.id in self._read or not all(self._material.clear(s) for s in passage.sentences):
                continue
            share = self._share(passage, subject)
            if share > most:
                best, most = passage, share
        quotes = self._quotes(best.sentences) if best else ()
        if best is None or len(quotes) < len(best.sentences):
            return None
        self._read.add(best.id)
        title = say("case title", self._language).format(section=best.section)
        return Case(title, say("case task", self._language), quotes)

    def _share(self, passage: Passage, subject: Subject) -> float:
        share = sum(subject.covers(s) for s in passage.sentences) / len(passage.sentences)
        is_native = self._material.languages[passage.report] == self._language
        return share + (1.0 if is_native and share >= 0.5 else 0.0)

    def _quiz(self, ranked: Sequence[Sentence], planned: OutlineSession, number: int) -> tuple[QuizItem, ...]:
        maker = Quiz(self._material, ranked, self._language, self._outline.level)
        return maker.items(self._count(planned), f"s{number}")

    def _objectives(
        self,
        findings: Sequence[Quote],
        difference: Difference | None,
        quiz: Sequence[QuizItem],
        discussion: Sequence[Discussion],
    ) -> tuple[Objective, ...]:
        """Return what the evidence of the session lets a participant learn, no more."""
        language = self._language
        first = {quote.who: quote for quote in reversed(findings)}
        voices = [quote.who for quote in findings if first[quote.who] is quote]
        name = "objective say" if len(voices) > 1 else "objective say one"
        words = say(name, language).format(who=_listed(voices, language))
        made = [Objective(words, tuple(first[who] for who in voices))]
        if difference:
            words = say("objective differ", language).format(a=difference.a.who, b=difference.b.who)
            made.append(Objective(words, (difference.a, difference.b)))
        number = next((item for item in quiz if item.kind == "fill"), None)
        if number:
            words = say("objective number", language).format(number=number.answer)
            made.append(Objective(words, number.trace))
        if discussion:
            made.append(Objective(say("objective own", language), discussion[-1].quotes))
        return tuple(made)

    def _notes(self, planned: OutlineSession, found: Sequence[Sentence], parts: dict[Part, object]) -> tuple[str, ...]:
        """Return what the evidence does not allow, in words for the readers."""
        language = self._language
        asked = planned.members or self._outline.members or tuple(m.slug for m in self._material.roster)
        heard = {speaker.member for s in found for speaker in s.members}
        silent = [m.name for m in self._material.roster if m.slug in asked and m.slug not in heard]
        quiz, wanted = parts["quiz"], self._count(planned)
        notes = [counted(self._material, planned, self._outline, language).warning]
        notes.append(say("silent", language).format(who=_listed(silent, language)) if silent else "")
        notes.append("" if parts["difference"] else say("no difference", language))
        notes.append("" if parts["case"] else say("no case", language))
        if isinstance(quiz, tuple) and len(quiz) < wanted:
            notes.append(say("few items", language).format(found=len(quiz), asked=wanted))
        return tuple(note for note in notes if note)

    def _count(self, planned: OutlineSession) -> int:
        return min(max(planned.minutes // MINUTES_EACH, FEWEST), MOST) + MORE[self._outline.level]

    def _quotes(self, sentences: Iterable[Sentence]) -> tuple[Quote, ...]:
        made = (self._material.quote(s, self._language) for s in sentences)
        return tuple(quote for quote in made if quote)

    def _places(self, countries: Sequence[str]) -> tuple[str, ...]:
        return tuple(in_language(country, self._language) for country in countries)


def _key(sentence: Sentence) -> Key:
    return sentence.report, sentence.number


def _in_turns(sentences: Sequence[Sentence], voice_of: Callable[[Sentence], str]) -> list[Sentence]:
    """Return sentences so that every voice has one before any has its second."""
    turns: dict[str, int] = {}
    placed = []
    for sentence in sentences:
        voice = voice_of(sentence)
        turns[voice] = turns.get(voice, 0) + 1
        placed.append((turns[voice], sentence))
    return [sentence for _, sentence in sorted(placed, key=lambda one: one[0])]


def _plan(minutes: int, left_out: Sequence[str]) -> tuple[Step, ...]:
    """Return the minutes of each part, in fives; what is left goes to the findings."""
    shares = {part: share for part, share in SHARES.items() if part not in left_out}
    whole = sum(shares.values())
    planned = {part: int(minutes * share / whole / 5) * 5 for part, share in shares.items()}
    planned["findings"] += minutes - sum(planned.values())
    return tuple(Step(part, length) for part, length in planned.items() if length)


def _listed(names: Sequence[str], language: Language) -> str:
    word = {"en": " and ", "es": " y "}[language]
    return word.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
