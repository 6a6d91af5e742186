"""What stands around the quotations, in the reader's language; quotations stay in the report's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rag_agency.compose.choose import Statement
from rag_agency.records import Answer, AnswerSentence, Language, Member, Question, Reason, Sentence

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "authors": "The report’s authors",
        "and": "and",
        "languages": "(Quotations are in the language of the report.)",
        "nothing_relevant": "The corpus does not say.",
        "nothing_supported": "The corpus does not say: nothing that was found could be checked on its page.",
        "outside_corpus": "That lies outside this corpus.",
        "refused": "I only answer questions from the reports; I cannot do that.",
    },
    "es": {
        "authors": "Los autores del informe",
        "and": "y",
        "languages": "(Citas en el idioma del informe.)",
        "nothing_relevant": "El corpus no lo dice.",
        "nothing_supported": "El corpus no lo dice: nada de lo encontrado se pudo comprobar en su página.",
        "outside_corpus": "Eso queda fuera de este corpus.",
        "refused": "Solo respondo preguntas a partir de los informes; eso no lo puedo hacer.",
    },
}
COUNTRIES_ES = {"Peru": "Perú"}


def write(
    question: Question,
    statements: Sequence[Statement],
    roster: Sequence[Member],
    language: Language,
) -> Answer:
    """Word an answer from checked statements; there must be at least one."""
    members = {member.slug: member for member in roster}
    sentences, paragraphs, citations = [], [], []
    for _, group in groupby(statements, key=lambda s: _speaker(s.sentence, members, language)):
        parts = []
        for first, statement in enumerate(group):
            lead = _speaker(statement.sentence, members, language)
            quoted = f"“{_unquoted(statement.sentence.text)}”"
            marks = []
            for citation in dict.fromkeys(source.citation for source in statement.sources):
                citations.append(citation)
                marks.append(f"[{len(citations)}]")
            parts.append(f"{quoted} {''.join(marks)}" if first else f"**{lead}**: {quoted} {''.join(marks)}")
            sentences.append(AnswerSentence(f"{lead}: {quoted}", statement.sources))
        paragraphs.append(" ".join(parts))
    body = "\n\n".join(paragraphs)
    listed = "\n".join(f"{number}. {citation}" for number, citation in enumerate(citations, 1))
    return Answer(
        question=question.text,
        language=language,
        status="answered",
        text=f"{body}\n\n---\n{listed}",
        sentences=tuple(sentences),
        id=question.id,
    )


def abstain(question: Question, reason: Reason, language: Language, missing: Sequence[str] = ()) -> Answer:
    """Word an abstention."""
    return Answer(
        question=question.text,
        language=language,
        status="abstained",
        text=WORDS[language][reason],
        reason=reason,
        missing=tuple(missing),
        id=question.id,
    )


def _speaker(sentence: Sentence, members: dict[str, Member], language: Language) -> str:
    """Return who says a sentence, as a lead-in names them."""
    words = WORDS[language]
    if sentence.voice == "external" and sentence.external:
        return "; ".join(sentence.external)
    if not sentence.members:
        return words["authors"]
    return f" {words['and']} ".join(_named(members[s.member], language) for s in sentence.members)


def _named(member: Member, language: Language) -> str:
    countries = [COUNTRIES_ES.get(c, c) if language == "es" else c for c in member.countries]
    return f"{member.name} ({', '.join(countries)})" if countries else member.name


def _unquoted(text: str) -> str:
    return text.strip().strip("“”")
