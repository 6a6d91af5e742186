"""What stands around the quotations, in the reader's language; quotations stay in the report's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag_agency.compose.choose import Choice, Statement
from rag_agency.compose.cite import without_marker
from rag_agency.records import Answer, AnswerSentence, Asked, Language, Member, Question, Reason, Sentence, Source

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "authors": "The report’s authors",
        "the authors": "the report’s authors",
        "and": "and",
        "languages": "(Quotations are in the language of the report.)",
        "not said": "The corpus has no such statement by {asked}. It is {who} on this:",
        "not given": "For this the corpus does not give {figure}; the figure that it gives stands here:",
        "missing": "On this part the corpus gives no answer: {missing}.",
        "looked for": "The corpus does not say. Looked for and not found: {missing}.",
        "nearest": "The nearest there is: {nearest}.",
        "nothing_relevant": "The corpus does not say.",
        "nothing_supported": "The corpus does not say: nothing that was found could be checked on its page.",
        "outside_corpus": "That lies outside this corpus, which is about small-scale farmers in Latin America.",
        "orders": "I answer from the reports alone; what else was ordered is left aside.",
        "refused": "I only answer questions from the reports, with their sources; I cannot do that.",
    },
    "es": {
        "authors": "Los autores del informe",
        "the authors": "los autores del informe",
        "and": "y",
        "languages": "(Citas en el idioma del informe.)",
        "not said": "El corpus no tiene tal afirmación de {asked}. Sobre esto escribe {who}:",
        "not given": "Para esto el corpus no da {figure}; la cifra que sí da está aquí:",
        "missing": "A esta parte el corpus no responde: {missing}.",
        "looked for": "El corpus no lo dice. Se buscó y no se encontró: {missing}.",
        "nearest": "Lo más cercano: {nearest}.",
        "nothing_relevant": "El corpus no lo dice.",
        "nothing_supported": "El corpus no lo dice: nada de lo encontrado se pudo comprobar en su página.",
        "outside_corpus": "Eso queda fuera de este corpus, que trata de pequeños productores de América Latina.",
        "orders": "Respondo solo a partir de los informes; lo demás que se ordenó queda de lado.",
        "refused": "Solo respondo preguntas a partir de los informes, con sus fuentes; eso no lo puedo hacer.",
    },
}
GREETING: dict[Language, dict[str, str]] = {
    "en": {
        "greeting": "Ask what small-scale farmers in Latin America do in markets, organisations and politics{members}. "
        "I answer in the words of the reports, with who says it and on which page, or say that they do not say it.",
        "what they found": ", or what {members} found",
        "or": "or",
    },
    "es": {
        "greeting": "Pregunte qué hacen los pequeños productores de América Latina en los mercados, las organizaciones "
        "y la política{members}. Respondo con las palabras de los informes, con quién lo dice y en qué página, o digo "
        "que no lo dicen.",
        "what they found": ", o qué encontró {members}",
        "or": "o",
    },
}
COUNTRIES_ES = {"Peru": "Perú", "Mexico": "México", "Brazil": "Brasil", "Panama": "Panamá"}


@dataclass(frozen=True, slots=True)
class Writer:
    """Words answers about the members and in the languages of an index."""

    roster: Sequence[Member]
    languages: Mapping[str, Language]  # of the reports, by id

    def write(self, question: Question, asked: Asked, choice: Choice, missing: Sequence[str] = ()) -> Answer:
        """Word an answer from checked statements; there must be at least one."""
        words = WORDS[asked.language]
        citations: list[str] = []
        paragraphs, sentences = self.quoted(choice.statements, asked.language, citations)
        if any(s.sentence == choice.instead for s in choice.statements):
            paragraphs.insert(0, words["not given"].format(figure=choice.not_given))
        if choice.not_said_by:
            paragraphs.insert(0, self.not_said(choice, asked.language))
        if choice.relation:
            paragraphs.append(f"{choice.relation} {_numbers_of(choice)}")
        if asked.has_orders:
            paragraphs.append(words["orders"])
        if missing:
            paragraphs.append(words["missing"].format(missing="; ".join(missing)))
        if any(self.languages.get(s.sentence.report) != asked.language for s in choice.statements):
            paragraphs.append(words["languages"])
        listed = "\n".join(f"{number}. {citation}" for number, citation in enumerate(citations, 1))
        return Answer(
            question=question.text,
            language=asked.language,
            status="partial" if missing else "answered",
            text="\n\n".join(paragraphs) + f"\n\n---\n{listed}",
            sentences=tuple(sentences),
            missing=tuple(missing),
            id=question.id,
        )

    def quoted(
        self, statements: Sequence[Statement], language: Language, citations: list[str]
    ) -> tuple[list[str], list[AnswerSentence]]:
        """Return a paragraph a speaker, and its sentences; their citations are added to the list."""
        paragraphs: list[str] = []
        sentences: list[AnswerSentence] = []
        for lead, group in groupby(statements, key=lambda s: self.speaker(s.sentence, language)):
            parts = []
            for statement in group:
                quoted = f"“{_unquoted(statement.sentence.text)}”"
                parts.append(quoted + " " + marks(statement.sources, citations))
                sentences.append(AnswerSentence(f"{lead}: {quoted}", statement.sources))
            paragraphs.append(f"**{lead}**: {' '.join(parts)}")
        return paragraphs, sentences

    def not_said(self, choice: Choice, language: Language) -> str:
        """Say that the member who was asked for says no such thing, and who does."""
        named = [m.name for m in self.roster if m.slug in choice.not_said_by]
        spoken = [s.sentence.spoken_by for s in choice.statements]
        who = [m.name for m in self.roster if m.slug in next(filter(None, spoken), ())]
        joined = f" {WORDS[language]['and']} "
        return WORDS[language]["not said"].format(
            asked=joined.join(named), who=f"**{joined.join(who)}**" if who else WORDS[language]["the authors"]
        )

    def speaker(self, sentence: Sentence, language: Language) -> str:
        """Return who says a sentence, as a lead-in names them."""
        words = WORDS[language]
        if sentence.outside:
            return "; ".join(sentence.outside)
        if not sentence.members:
            return words["authors"]
        speakers = dict.fromkeys(speaker.member for speaker in sentence.members)
        named = [_named(m, language) for slug in speakers for m in self.roster if m.slug == slug]
        return f" {words['and']} ".join(named)


def abstain(
    question: Question, language: Language, reason: Reason, missing: Sequence[str] = (), nearest: Sequence[str] = ()
) -> Answer:
    """Word an abstention: what was looked for, and what there is instead."""
    words = WORDS[language]
    said = words["looked for"].format(missing=", ".join(missing)) if missing else words[reason]
    near = words["nearest"].format(nearest="; ".join(nearest)) if nearest else ""
    return Answer(
        question=question.text,
        language=language,
        status="abstained",
        text=f"{said} {near}".strip(),
        reason=reason,
        missing=tuple(missing),
        id=question.id,
    )


def greet(question: Question, language: Language, roster: Sequence[Member]) -> Answer:
    """Say, to a greeting or thanks, what can be asked; nothing is claimed, so it is an abstention."""
    words = GREETING[language]
    *others, last = [member.surname for member in roster] or [""]
    listed = f" {words['or']} ".join(filter(None, (", ".join(others), last)))
    members = words["what they found"].format(members=listed) if listed else ""
    said = words["greeting"].format(members=members)
    return Answer(question.text, language, status="abstained", text=said, reason="outside_corpus", id=question.id)


def marks(sources: Sequence[Source], citations: list[str]) -> str:
    """Number the citations of a sentence, adding them to the list."""
    numbers = []
    for citation in dict.fromkeys(source.citation for source in sources):
        citations.append(citation)
        numbers.append(f"[{len(citations)}]")
    return "".join(numbers)


def _numbers_of(choice: Choice) -> str:
    """Return the marks of the sentences that the answer sets beside each other."""
    numbers, found = 0, []
    for statement in choice.statements:
        cited = len({source.citation for source in statement.sources})
        if statement.sentence in choice.related:
            found += [f"[{numbers + n}]" for n in range(1, cited + 1)]
        numbers += cited
    return "".join(found)


def _named(member: Member, language: Language) -> str:
    countries = [COUNTRIES_ES.get(c, c) if language == "es" else c for c in member.countries]
    return f"{member.name} ({', '.join(countries)})" if countries else member.name


def _unquoted(text: str) -> str:
    return without_marker(text).strip().strip("“”")
