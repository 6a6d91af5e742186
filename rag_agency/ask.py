"""STORY 2: question → search → compose → verify → Answer; with a language model, write → gate before the Answer.

The order of the steps stands here and nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rag_agency import index as index_room
from rag_agency.asked import understand
from rag_agency.build import fingerprint_of
from rag_agency.compose import Choice, Citer, Statement, Writer, abstain, compose, greet
from rag_agency.compose.prose import fallen_back, in_prose, lacking, offered_of
from rag_agency.differences import finder_of, sentence_of
from rag_agency.errors import RequestError
from rag_agency.index import Index
from rag_agency.models import Embedder, Reader, Vectors, open_embedders
from rag_agency.records import Answer, Asked, Check, Evidence, Member, Question, Sentence, letters_and_digits
from rag_agency.search import Search, of_follow_up
from rag_agency.settings import Settings, from_environment
from rag_agency.sufficiency import Verdict, judge_of
from rag_agency.verify import Gate, failures
from rag_agency.writers import Listener, Writing, open_model

LONGEST_QUESTION = 2_000  # characters
NEAREST = 2  # passages named where there is no answer


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """An index opened for asking, with the parts that an answer goes through."""

    index: Index
    search: Search
    citer: Citer
    writer: Writer
    checked: Callable[[Choice], Choice]
    suffices: Callable[[Asked, Evidence], Verdict]
    compared: Callable[[Asked, Choice], Choice]
    writing: Writing | None = None

    def ledger(self, report: str) -> Sequence[Sentence]:
        """Return the sentences of a report in reading order; none where there is no such report."""
        reading = self.index.reading_of(report)
        return reading.sentences if reading else ()

    def nearest(self, evidence: Evidence) -> tuple[str, ...]:
        """Return where the passages nearest to a question stand, and who speaks there."""
        return tuple(dict.fromkeys(self.citer.place(p) for p in evidence.passages[:NEAREST]))


def ask(question: Question | str, opened: OpenIndex, listener: Listener | None = None) -> Answer:
    """Answer from the reports, or say why not. A failure raises; it is never an abstention.

    Where a language model words answers, ``listener`` is told of its sentences as they pass the gate,
    and may stop it. What the model fails to do is no failure: the reports' own sentences are the answer.

    Raises:
        RequestError: the question is empty or too long, or names an unknown member or report.
    """
    started = time.perf_counter()
    question = _usable(question, opened.index)
    asked = _understood(question, opened)
    if asked.is_small_talk:
        return replace(greet(question, asked.language, opened.index.roster), index=opened.index.name)
    evidence = opened.search(question, asked)
    of_parts = tuple(opened.search(question, part) for part in asked.parts)
    verdict = _judged(asked, evidence, of_parts, opened)
    if verdict.reason:
        answer = abstain(question, asked.language, verdict.reason, verdict.missing, opened.nearest(evidence))
    else:
        evidence = of_follow_up(evidence, of_parts[0]) if len(of_parts) == 1 else evidence
        choice = opened.compared(asked, opened.checked(compose(asked, evidence, opened.ledger, opened.citer)))
        if choice.statements:
            answer = _certified(_worded(question, asked, choice, verdict.missing, opened, listener or Listener()))
        else:
            answer = abstain(question, asked.language, "nothing_supported")
    seconds = time.perf_counter() - started
    return replace(answer, index=opened.index.name, confidence=verdict.confidence, seconds=seconds)


def _understood(question: Question, opened: OpenIndex) -> Asked:
    """Return what is asked: without the turn before it where it may need none and is answered so."""
    asked = understand(question, opened.index.roster)
    if asked.is_follow_up and asked.may_stand_alone:
        alone = understand(replace(question, history=()), opened.index.roster)
        if not opened.suffices(alone, opened.search(question, alone)).reason:
            return alone
    return _with_whom(asked, question, opened)


def _with_whom(asked: Asked, question: Question, opened: OpenIndex) -> Asked:
    """Add to a follow-up, ‘what does he think?’, the member whom the turn before it asked for: ‘who studied …?’."""
    if asked.members or not asked.is_follow_up:
        return asked
    before = Question(question.history[-1], history=question.history[:-1])
    earlier = _understood(before, opened)
    if earlier.wanted != "who":
        return asked
    found = opened.search(before, earlier).sentences
    members = tuple(sorted(next((f.sentence.spoken_by for f in found if f.sentence.spoken_by), ())))
    return replace(asked, members=members, parts=tuple(replace(part, members=members) for part in asked.parts))


def _judged(asked: Asked, evidence: Evidence, of_parts: Sequence[Evidence], opened: OpenIndex) -> Verdict:
    """Judge the whole, a follow-up by what it adds; questions asked together are declined if none is answered."""
    verdicts = [opened.suffices(part, found) for part, found in zip(asked.parts, of_parts, strict=True)]
    if len(verdicts) < 2:
        return verdicts[0] if verdicts else opened.suffices(asked, evidence)
    if all(verdict.reason for verdict in verdicts):
        return verdicts[0]
    unsaid = tuple(p.text for p, v in zip(asked.parts, verdicts, strict=True) if v.is_sure_of_nothing)
    return Verdict(missing=unsaid, confidence=max((v.confidence for v in verdicts if v.confidence), default=None))


def _worded(
    question: Question, asked: Asked, choice: Choice, missing: Sequence[str], opened: OpenIndex, listener: Listener
) -> Answer:
    """Return checked statements as an answer: in a model's words where there is one, else in their own."""
    if opened.writing is None:
        return opened.writer.write(question, asked, choice, missing)
    offered = offered_of(choice, opened.writer.languages)
    wanted = asked.text if asked.has_orders else question.text  # a model is given the question without its orders
    written = opened.writing.write(wanted, asked.language, offered, listener)
    if not written.passed:
        return fallen_back(opened.writer.write(question, asked, choice, missing), written)
    answer = lacking(in_prose(question, asked, choice, written, opened.writer), missing)
    return replace(answer, writer=opened.writing.model.name)


def _certified(answer: Answer) -> Answer:
    """Note on each sentence that its sources were checked, which is what lets them come this far."""
    source = Check("source", passed=True)
    return replace(answer, sentences=tuple(replace(s, checks=(source, *s.checks)) for s in answer.sentences))


def open_index(
    folder: Path | str | None = None,
    settings: Settings | None = None,
    *,
    embedders: tuple[Reader, Embedder] | None = None,
) -> OpenIndex:
    """Open the index in a folder, the project's own where none is named.

    ``embedders``, the embedder and the encoder, may be handed in where they are loaded already.

    Raises:
        IndexUnusable: there is none, or it was built with other models or settings.
    """
    settings = settings or from_environment()
    settings = replace(settings, index=Path(folder)) if folder else settings
    embedder, encoder = embedders or open_embedders(settings)
    found = index_room.open_generation(settings.index, settings.chroma_url)
    wanted = fingerprint_of(embedder, encoder, found.roster)
    found = index_room.refuse_other(found, wanted)
    citer = Citer(found.reports, found.roster)
    writer = Writer(found.roster, {report.id: report.language for report in found.reports})
    search = Search(found, embedder, encoder)
    judge = judge_of(found.passages, found.roster, (embedder.record.name, encoder.record.name))
    writing = open_writing(settings, found.roster, encoder)
    return OpenIndex(found, search, citer, writer, _checker(found, settings), judge, _comparer(found), writing)


def reworded(opened: OpenIndex, settings: Settings) -> OpenIndex:
    """Return an opened index with the language model that other settings name.

    Raises:
        RequestError: something that the model needs is missing.
    """
    return replace(opened, writing=open_writing(settings, opened.index.roster, opened.search.encoder))


def open_writing(settings: Settings, roster: Sequence[Member], encoder: Embedder) -> Writing | None:
    """Return the language model that the settings name, behind the gate; None where they name none."""
    model = open_model(settings)
    if model is None:
        return None
    from rag_agency.checkers import open_checker  # brings an HTTP client, which answers without a model do not need

    @lru_cache(maxsize=2_000)
    def vector(text: str) -> Vectors:
        found: Vectors = encoder.embed_queries([text])[0]
        return found

    def close(first: str, second: str) -> float:
        return float(vector(first) @ vector(second))

    gate = Gate(tuple(roster), close, open_checker(settings, model))
    return Writing(model, gate, settings.writer_seconds)


def _comparer(index: Index) -> Callable[[Asked, Choice], Choice]:
    """Return what notes, where two members are compared, how what they are quoted with stands to each other."""
    finder = finder_of(index)

    def compared(asked: Asked, choice: Choice) -> Choice:
        if len(asked.members) != 2 or choice.not_said_by:
            return choice
        ours, theirs = ([s.sentence for s in choice.statements if s.is_only_by(member)] for member in asked.members)
        relation = finder.between(ours, theirs)
        if not relation:
            return choice
        line = sentence_of(relation, asked.language)
        return replace(choice, relation=line, related=(relation.a, relation.b))

    return compared


def _checker(index: Index, settings: Settings) -> Callable[[Choice], Choice]:
    """Return what lets through only statements whose every source holds."""
    reports = {report.id: report for report in index.reports}
    ledger = {reading.report.id: reading.sentences for reading in index.readings}

    # Imported when the first answer is checked: the PDF libraries are slow to load.
    from rag_agency.pages import SecondReader

    @lru_cache(maxsize=32)
    def reader(report: str) -> SecondReader:
        return SecondReader(index.pdf(reports[report]), settings.pdf_password)

    def stream(report: str, page: int) -> str | None:
        return reader(report).stream(page) if report in reports else None

    def holds(statement: Statement) -> bool:
        return not any(failures(statement.sources, stream, lambda report: ledger.get(report, ())))

    def checked(choice: Choice) -> Choice:
        return replace(choice, statements=tuple(s for s in choice.statements if holds(s)))

    return checked


def _usable(question: Question | str, index: Index) -> Question:
    question = Question(question) if isinstance(question, str) else question
    if not letters_and_digits(question.text):
        raise RequestError("The question is empty; ask something in words")
    if len(question.text) > LONGEST_QUESTION:
        raise RequestError(f"The question has {len(question.text)} characters; ask in under {LONGEST_QUESTION}")
    known = {
        "member": (question.members, [m.slug for m in index.roster]),
        "report": (question.reports, [r.id for r in index.reports]),
        "country": (question.countries, sorted({c for p in index.passages for c in p.countries})),
    }
    for name, (asked, there) in known.items():
        unknown = next((one for one in asked if one not in there), None)
        if unknown is not None:
            raise RequestError(f"there is no {name} {unknown}; there are {', '.join(there) or 'none'}")
    return question
