"""Other ways to answer the same questions, judged by the same checks: what a figure is worth beside them.

Answering with the top passage gets perfect quotations and says little; always declining is never
wrong. A system is good where it beats these in all figures at once. A member is given here where a
surname stands in the sentence, as a program without a ledger of speakers would do it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag_agency.ask import OpenIndex
from rag_agency.asked import understand
from rag_agency.evaluation.intervals import SEED
from rag_agency.evaluation.prose import members_named
from rag_agency.evaluation.system import System
from rag_agency.records import (
    Answer,
    AnswerSentence,
    Evidence,
    Language,
    Member,
    Passage,
    Piece,
    Question,
    Report,
    Sentence,
    Source,
)
from rag_agency.words import terms

LONGEST = 8  # sentences of a passage that are shown


@dataclass(frozen=True, slots=True)
class Rival:
    """A baseline, and what it is in a sentence."""

    system: System
    about: str


def rivals(opened: OpenIndex, system: System) -> tuple[Rival, ...]:
    """Return the baselines on an opened index; search is the system's own where a baseline needs one."""
    from rag_agency.evaluation.citation_engine import citation_engine

    search = system.search or (lambda _question: Evidence())
    cite = SurnameCiter({report.id: report for report in opened.index.reports}, opened.index.roster)

    def top_passage(question: Question) -> Answer:
        passages = search(question).passages
        return cite.answer(question, _language(question, opened), passages[0].sentences[:LONGEST] if passages else ())

    def bm25(question: Question) -> Answer:
        language = _language(question, opened)
        scores = opened.index.word_counts.scores(terms(question.text, language))
        best = opened.index.passages[int(np.argmax(scores))] if scores.any() else None
        return cite.answer(question, language, _first(best))

    def declines(question: Question) -> Answer:
        return cite.answer(question, _language(question, opened), ())

    def random_member(question: Question) -> Answer:
        return with_random_members(system.answer(question), opened.index.roster)

    return (
        Rival(System("BM25, first sentence", bm25), "the first sentence of the passage that BM25 ranks first"),
        Rival(System("top passage", top_passage), "the whole passage that our search ranks first, word for word"),
        Rival(
            System("LlamaIndex citation engine", citation_engine(opened, search, cite)),
            "LlamaIndex's CitationQueryEngine over our search, with an extractive model that picks sentences by words",
        ),
        Rival(System("always declines", declines), "declines every question"),
        Rival(System("random member", random_member), "our answers, each finding given to a member drawn at random"),
    )


def _language(question: Question, opened: OpenIndex) -> Language:
    return understand(question, opened.index.roster).language


def _first(passage: Passage | None) -> tuple[Sentence, ...]:
    said = [s for s in passage.sentences if s.kind != "heading"] if passage else []
    return tuple(said[:1])


@dataclass(frozen=True, slots=True)
class SurnameCiter:
    """Words sentences as an answer; the members are those whose surname is printed in the sentence."""

    reports: dict[str, Report]
    roster: Sequence[Member]

    def answer(self, question: Question, language: Language, said: Sequence[Sentence]) -> Answer:
        """Return the sentences as an answer, or a plain refusal where there are none."""
        if not said:
            text = "No answer."
            return Answer(question.text, language, "abstained", text, reason="nothing_relevant", id=question.id)
        sentences = [AnswerSentence(f"“{s.text}”", self._sources(s)) for s in said]
        lines = [f"{s.text} {''.join(f'[{n}]' for n in self._numbers(i, sentences))}" for i, s in enumerate(sentences)]
        citations = [source.citation for s in sentences for source in _by_page(s)]
        listed = "\n".join(f"{number}. {citation}" for number, citation in enumerate(citations, 1))
        text = " ".join(lines) + f"\n\n---\n{listed}"
        return Answer(question.text, language, "answered", text, tuple(sentences), id=question.id)

    def _sources(self, sentence: Sentence) -> tuple[Source, ...]:
        named: Sequence[str | None] = members_named(sentence.text, self.roster) or (None,)
        return tuple(
            Source(
                report=sentence.report,
                title=self.reports[sentence.report].title,
                page=piece.span.page.number,
                page_label=piece.span.page.label,
                quote=piece.text,
                member=member,
                study=None,
                voice="member" if member else "authors",
                citation=f"{self.reports[sentence.report].citation}, p. {_shown(piece)}",
            )
            for member in named
            for piece in sentence.pieces
        )

    def _numbers(self, place: int, sentences: Sequence[AnswerSentence]) -> range:
        before = sum(len(_by_page(s)) for s in sentences[:place])
        return range(before + 1, before + 1 + len(_by_page(sentences[place])))


def _shown(piece: Piece) -> str:
    return piece.span.page.label or str(piece.span.page.number)


def _by_page(sentence: AnswerSentence) -> list[Source]:
    """Return the sources of a sentence, one a citation."""
    return list({source.citation: source for source in sentence.sources}.values())


def with_random_members(answer: Answer, roster: Sequence[Member]) -> Answer:
    """Return an answer with each member's words given to a member drawn at random, the names around them too."""
    dice = random.Random(f"{SEED} {answer.question}")
    drawn = {member.slug: dice.choice(roster) for member in roster}
    names = {member.name: drawn[member.slug].name for member in roster}

    def renamed(text: str) -> str:
        for old, new in names.items():
            text = text.replace(f"{old} (", f"{new} (")
        return text

    def given(source: Source) -> Source:
        return replace(source, member=drawn[source.member].slug) if source.member in drawn else source

    sentences = tuple(AnswerSentence(renamed(s.text), tuple(given(x) for x in s.sources)) for s in answer.sentences)
    return replace(answer, text=renamed(answer.text), sentences=sentences)
