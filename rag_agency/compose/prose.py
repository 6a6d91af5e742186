"""Sentences that a language model wrote and the gate let through, worded as an answer.

What the model left out of the best evidence follows in the reports' own words. Knows no model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag_agency.compose.choose import Choice, Statement
from rag_agency.compose.phrase import WORDS as PHRASES
from rag_agency.compose.phrase import Writer, marks
from rag_agency.records import Answer, AnswerSentence, Asked, Check, Draft, Dropped, Language, Question
from rag_agency.verify.claims import Given, pick

BESIDE = 3  # quotations of evidence that the model left out
MOST_WORDS = 190  # of sentences and quotations; 220 words are the whole answer's limit
RULE = "\n\n---\n"
WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "beside": "In the reports’ own words:",
        "fallback": "({why} These are the reports’ own sentences.)",
        "broken": "({why} What it had written until then is shown.)",
    },
    "es": {
        "beside": "En palabras de los propios informes:",
        "fallback": "({why} Estas son las oraciones de los propios informes.)",
        "broken": "({why} Se muestra lo que había escrito hasta entonces.)",
    },
}
CAUSES: dict[str, tuple[str, str]] = {
    "timeout": ("The language model did not answer in time.", "El modelo de lenguaje no respondió a tiempo."),
    "unreachable": ("The language model cannot be reached.", "No se puede llegar al modelo de lenguaje."),
    "rate limit": (
        "The language model takes no more requests for now.",
        "El modelo de lenguaje no acepta más solicitudes por ahora.",
    ),
    "key": ("The language model does not take the key.", "El modelo de lenguaje no acepta la clave."),
    "empty": ("The language model said nothing.", "El modelo de lenguaje no dijo nada."),
    "malformed": (
        "What the language model wrote cannot be read.",
        "No se puede leer lo que escribió el modelo de lenguaje.",
    ),
    "declined": ("The language model gave no answer.", "El modelo de lenguaje no dio respuesta."),
    "nothing left": (
        "Too little of what the language model wrote is carried by the reports.",
        "Los informes respaldan demasiado poco de lo que escribió el modelo de lenguaje.",
    ),
    "stopped": ("The language model was stopped.", "Se detuvo el modelo de lenguaje."),
    "failed": ("The language model failed.", "El modelo de lenguaje falló."),
}


@dataclass(frozen=True, slots=True)
class Passed:
    """A written sentence that went through the gate, with its checks."""

    draft: Draft
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What came of asking a model: sentences to show, evidence to quote in place of others, and the rest."""

    passed: tuple[Passed, ...] = ()
    instead: tuple[int, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    fallback: str | None = None


def offered_of(choice: Choice, languages: Mapping[str, Language]) -> tuple[Given, ...]:
    """Return the statements of a choice as numbered evidence."""
    numbered = enumerate(choice.statements, 1)
    return tuple(Given(n, s.sources, languages.get(s.sentence.report, "en")) for n, s in numbered)


def sentence_of(passed: Passed, offered: Sequence[Given]) -> AnswerSentence:
    """Return a written sentence with the sources of all evidence it cites."""
    sources = tuple(dict.fromkeys(s for given in pick(passed.draft.cited, offered) for s in given.sources))
    return AnswerSentence(passed.draft.text, sources, written=True, checks=passed.checks)


def in_prose(question: Question, asked: Asked, choice: Choice, written: Written, writer: Writer) -> Answer:
    """Word an answer from written sentences; there must be one at least."""
    offered = offered_of(choice, writer.languages)
    sentences = [sentence_of(passed, offered) for passed in written.passed]
    citations: list[str] = []
    paragraphs = [" ".join(f"{s.text} {marks(s.sources, citations)}" for s in sentences)]
    cited = {number for passed in written.passed for number in passed.draft.cited}
    if any(n in cited and s.sentence == choice.instead for n, s in enumerate(choice.statements, 1)):
        paragraphs.insert(0, PHRASES[asked.language]["not given"].format(figure=choice.not_given))
    if choice.not_said_by:
        paragraphs.insert(0, writer.not_said(choice, asked.language))
    beside = _beside(choice, written, sum(len(s.text.split()) for s in sentences))
    if beside:
        quoted, more = writer.quoted(beside, asked.language, citations)
        paragraphs += [WORDS[asked.language]["beside"], *quoted]
        sentences += more
    if asked.has_orders:
        paragraphs.append(PHRASES[asked.language]["orders"])
    if written.fallback:
        paragraphs.append(_note("broken", written.fallback, asked.language))
    listed = "\n".join(f"{number}. {citation}" for number, citation in enumerate(citations, 1))
    return Answer(
        question=question.text,
        language=asked.language,
        status="answered",
        text="\n\n".join(paragraphs) + RULE + listed,
        sentences=tuple(sentences),
        id=question.id,
        dropped=written.dropped,
        fallback=written.fallback,
    )


def lacking(answer: Answer, missing: Sequence[str]) -> Answer:
    """Return the answer as a part of one, where something that was asked for is missing."""
    if not missing:
        return answer
    said = PHRASES[answer.language]["missing"].format(missing="; ".join(missing))
    body, rule, listed = answer.text.rpartition(RULE)
    return replace(answer, status="partial", missing=tuple(missing), text=f"{body}\n\n{said}{rule}{listed}")


def fallen_back(answer: Answer, written: Written) -> Answer:
    """Return the extractive answer with the reason why no model's words are shown."""
    note = _note("fallback", written.fallback or "failed", answer.language)
    body, rule, listed = answer.text.rpartition(RULE)
    text = f"{body}\n\n{note}{rule}{listed}" if rule else f"{answer.text}\n\n{note}"
    return replace(answer, text=text, dropped=written.dropped, fallback=written.fallback)


def _note(kind: str, cause: str, language: Language) -> str:
    why = CAUSES.get(cause, CAUSES["failed"])[language == "es"]
    return WORDS[language][kind].format(why=why)


def _beside(choice: Choice, written: Written, words: int) -> list[Statement]:
    """Return what is quoted beside the model's words: what it failed to say, then the best it left out."""
    cited = {number for passed in written.passed for number in passed.draft.cited}
    numbers = [*written.instead, *(n for n in range(1, len(choice.statements) + 1) if n not in written.instead)]
    chosen: list[int] = []
    for number in numbers:
        length = len(choice.statements[number - 1].sentence.text.split())
        if number not in cited and len(chosen) < BESIDE and words + length <= MOST_WORDS:
            chosen.append(number)
            words += length
    return [choice.statements[number - 1] for number in sorted(chosen)]
