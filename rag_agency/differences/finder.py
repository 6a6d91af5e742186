"""Pairs of statements and how they stand to each other; silent rather than guess.

What is said is decided by tables of questions and contexts; closeness in meaning only holds back
pairs that use the same words of different things. Of two statements that answer one question
differently, 'differ by context' is said before 'contradict', and neither is called right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag_agency.differences.clarity import Clarity
from rag_agency.differences.contexts import Setting, contrasts, plain, setting_of, share
from rag_agency.differences.definitions import defined_in
from rag_agency.differences.issues import Issue, answers_of
from rag_agency.differences.records import Relation
from rag_agency.records import Member, Report, Sentence

Closeness = Callable[[Sentence, Sentence], float]  # cosine of two sentences, by the light encoder

# Chosen on the pairs that are not held out; see eval/LOG.md.
AGREES = 0.3  # the same answer from two voices
CONTRADICTS = 0.25  # opposed answers without another context
REPEATS = 0.5  # the same study, the same thing
DIFFERENT = ("differ_by_context", "contradict")
Given = dict[tuple[frozenset[str], str], frozenset[str]]  # of a voice and a question, all answers
Shared = tuple[Issue, frozenset[str], frozenset[str]]  # a question, and the answers of the two sides


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence with what is read off it once."""

    sentence: Sentence
    voice: frozenset[str]
    setting: Setting
    answers: tuple[tuple[Issue, frozenset[str]], ...]
    subjects: dict[str, frozenset[str]]  # of each question, what the sentence speaks of
    terms: frozenset[str]


class Finder:
    """Finds how statements of the reports it knows stand to each other."""

    def __init__(self, reports: Sequence[Report], roster: Sequence[Member], closeness: Closeness) -> None:
        """Remember which reports restate another, who the members are, and how closeness is measured."""
        self._based_on = {report.id: report.based_on for report in reports}
        self._roster = roster
        self._is_clear = Clarity(reports, roster)
        self._closeness = closeness
        self._read: dict[tuple[str, int], _Statement | None] = {}

    def relation(self, first: Sentence, second: Sentence) -> Relation | None:
        """Return how two sentences stand to each other, or None where nothing is sure."""
        a, b = self._statement(first), self._statement(second)
        return self._relation(a, b) if a and b else None

    def relations(self, sentences: Sequence[Sentence]) -> Iterator[Relation]:
        """Yield the relation of every pair of the sentences that has one.

        Two voices do not differ on a question to which one of them, elsewhere in these sentences, gives
        the other's answer too: it says one thing of one place and another of another.
        """
        read = [s for sentence in sentences if (s := self._statement(sentence)) and (s.answers or s.terms)]
        given = _given(read)
        for i, a in enumerate(read):
            for b in read[i + 1 :]:
                relation = self._relation(a, b)
                if relation and not (relation.label in DIFFERENT and _is_shared(relation.rule, a, b, given)):
                    yield relation

    def between(self, ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> Relation | None:
        """Return the surest relation between what two voices are quoted with, or None."""
        found = (self.relation(a, b) for a in ours for b in theirs)
        told = [r for r in found if r and r.label != "same_source"]
        return max(told, key=lambda r: r.score, default=None)

    def _statement(self, sentence: Sentence) -> _Statement | None:
        key = (sentence.report, sentence.number)
        if key not in self._read:
            self._read[key] = self._read_off(sentence)
        return self._read[key]

    def _read_off(self, sentence: Sentence) -> _Statement | None:
        """Read a sentence; None where it says nothing by itself or it is not clear who says it."""
        if not self._is_clear(sentence):
            return None
        text = plain(sentence)
        members = {speaker.member for speaker in sentence.members}
        voice = members or set(sentence.outside) or {f"authors of {self._based_on.get(sentence.report)}"}
        setting = setting_of(sentence, self._roster)
        answers = tuple(answers_of(text))
        subjects = {issue.slug: issue.subjects_in(text) for issue, _ in answers}
        return _Statement(sentence, frozenset(voice), setting, answers, subjects, defined_in(text))

    def _relation(self, a: _Statement, b: _Statement) -> Relation | None:
        if a.voice & b.voice:
            return self._repeated(a, b)
        shared = _shared(a, b)
        if not shared:
            return self._defined(a, b)
        agree = all(x == y for _, x, y in shared)
        differ = all(not x & y for _, x, y in shared)
        if agree == differ:
            return None
        return self._agreeing(a, b, shared) if agree else self._differing(a, b, shared)

    def _repeated(self, a: _Statement, b: _Statement) -> Relation | None:
        """Return 'same source' where one study says one thing in two places."""
        if a.voice != b.voice or not _same_study(a.sentence, b.sentence):
            return None
        near = self._closeness(a.sentence, b.sentence)
        if near < REPEATS and not any(x & y and _on_one_subject(issue, a, b) for issue, x, y in _shared(a, b)):
            return None
        return Relation(a.sentence, b.sentence, "same_source", (), near, "same-study")

    def _defined(self, a: _Statement, b: _Statement) -> Relation | None:
        terms = a.terms & b.terms
        if not terms:
            return None
        near = self._closeness(a.sentence, b.sentence)
        rule = f"defines:{sorted(terms)[0]}"
        return Relation(a.sentence, b.sentence, "differ_by_definition", (), near, rule)

    def _agreeing(self, a: _Statement, b: _Statement, shared: Sequence[Shared]) -> Relation | None:
        near = self._closeness(a.sentence, b.sentence)
        if near < AGREES or any(x & issue.broad for issue, x, _ in shared):
            return None
        return Relation(a.sentence, b.sentence, "agree", (), near, shared[0][0].slug)

    def _differing(self, a: _Statement, b: _Statement, shared: Sequence[Shared]) -> Relation | None:
        """Return in what they differ, where they say different things of one aspect of one subject."""
        on_one = [s for s in shared if s[0].are_apart(s[1], s[2]) and _on_one_subject(s[0], a, b)]
        if not on_one:
            return None
        near = self._closeness(a.sentence, b.sentence)
        issue = on_one[0][0].slug
        contexts = contrasts(a.setting, b.setting)
        if contexts:
            return Relation(a.sentence, b.sentence, "differ_by_context", contexts, near, issue)
        opposed = any(i.are_opposed(x, y) for i, x, y in on_one)
        if opposed and near >= CONTRADICTS and not share(a.setting, b.setting):
            return Relation(a.sentence, b.sentence, "contradict", (), near, issue)
        return None


def _given(statements: Sequence[_Statement]) -> Given:
    """Return all the answers that each voice gives to each question, alone or with others."""
    given: Given = {}
    for statement in statements:
        for issue, answers in statement.answers:
            for voice in {statement.voice, *(frozenset({one}) for one in statement.voice)}:
                given[voice, issue.slug] = given.get((voice, issue.slug), frozenset()) | answers
    return given


def _is_shared(rule: str, a: _Statement, b: _Statement, given: Given) -> bool:
    """Say whether one voice gives, somewhere, the answer of the other."""
    ours, theirs = (next(answers for issue, answers in s.answers if issue.slug == rule) for s in (a, b))
    return bool(theirs & given[a.voice, rule] or ours & given[b.voice, rule])


def _on_one_subject(issue: Issue, a: _Statement, b: _Statement) -> bool:
    return not issue.subjects or bool(a.subjects[issue.slug] & b.subjects[issue.slug])


def _shared(a: _Statement, b: _Statement) -> list[Shared]:
    """Return the questions that both answer, with the answers of each."""
    theirs = {issue.slug: answers for issue, answers in b.answers}
    return [(issue, answers, theirs[issue.slug]) for issue, answers in a.answers if issue.slug in theirs]


def _same_study(first: Sentence, second: Sentence) -> bool:
    studies = {s.study for s in first.members}, {s.study for s in second.members}
    return (
        studies[0] == studies[1]
        and None not in studies[0]
        and (first.report, first.number)
        != (
            second.report,
            second.number,
        )
    )
