"""What the exports say around the quotes, in English and in Spanish."""

from __future__ import annotations

from datetime import datetime

from rag_agency.course.records import Quote
from rag_agency.records import Language

WORDS: dict[str, tuple[str, str]] = {
    "trainer": (
        "Trainer’s copy, with the key to each quiz and the source of every answer",
        "Copia para quien facilita, con la clave de cada cuestionario y la fuente de cada respuesta",
    ),
    "participants": ("Participants’ copy", "Copia para participantes"),
    "topic": ("Topic", "Tema"),
    "level": ("Level", "Nivel"),
    "introductory": ("introductory", "introductorio"),
    "advanced": ("advanced", "avanzado"),
    "built": ("Made on", "Hecho el"),
    "index": ("Made from the index", "Hecho con el índice"),
    "index_short": ("index {0}", "índice {0}"),
    "session": ("Session {0}: {1}", "Sesión {0}: {1}"),
    "minutes": ("{0} min", "{0} min"),
    "plan": ("Plan of the session", "Plan de la sesión"),
    "objectives": ("Objectives", "Objetivos"),
    "objectives_lead": ("After this session you can:", "Después de esta sesión usted podrá:"),
    "findings": ("Key findings", "Hallazgos principales"),
    "table": ("Who says what", "Quién dice qué"),
    "difference": ("A difference to discuss", "Una diferencia para discutir"),
    "discussion": ("Questions to discuss", "Preguntas para discutir"),
    "case": ("A case to read", "Un caso para leer"),
    "quiz": ("Quiz", "Cuestionario"),
    "key": (
        "Key to the quiz, with the source of each answer",
        "Clave del cuestionario, con la fuente de cada respuesta",
    ),
    "reading": ("Reading list", "Lecturas"),
    "glossary": ("Glossary", "Glosario"),
    "references": ("References", "Referencias"),
    "notes": ("To bear in mind", "Para tener en cuenta"),
    "voice": ("Voice", "Voz"),
    "says": ("What it says", "Qué dice"),
    "page": ("p. {0}", "p. {0}"),
    "pages": ("pp. {0}", "pp. {0}"),
    "restated": ("{0}: the report that these briefs restate.", "{0}: el informe que resumen estas síntesis."),
    "restates": ("Restates {0}", "Resume {0}"),
    "no_year": ("n.d.", "s. f."),
    "in_en": ("in English", "en inglés"),
    "in_es": ("in Spanish", "en español"),
    "right": ("Right", "Correcta"),
    "wrong": ("Wrong", "Incorrecta"),
    "answer": ("Answer", "Respuesta"),
    "finding": ("Finding", "Hallazgo"),
    "member": ("Member", "Miembro"),
    "sources": ("Sources", "Fuentes"),
    "source": ("Source", "Fuente"),
    "question": ("Question {0}", "Pregunta {0}"),
    "cards": ("Quote cards", "Tarjetas con citas"),
    "file_trainer": ("trainer", "facilitacion"),
    "file_participants": ("participants", "participantes"),
    "file_quiz": ("quiz", "cuestionario"),
    "file_references": ("references", "referencias"),
    "file_cards": ("cards", "tarjetas"),
    "file_course": ("course", "curso"),
    "about": ("About the quotations", "Sobre las citas"),
    "as_note": ("As note {0}.", "Véase la nota {0}."),
}
MONTHS: dict[Language, tuple[str, ...]] = {
    "en": tuple("January February March April May June July August September October November December".split()),
    "es": tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
}


def say(name: str, language: Language, *values: object) -> str:
    """Return words in a language with their values put in."""
    return WORDS[name][language == "es"].format(*values)


def quoted(text: str) -> str:
    """Return words between the quotation marks that answers use too, in both languages."""
    return f"“{text}”"


def day(iso: str, language: Language) -> str:
    """Return an ISO 8601 day as it is written out; what is no such day is returned as it is."""
    made = when(iso)
    if made is None:
        return iso
    month = MONTHS[language][made.month - 1]
    return f"{made.day} de {month} de {made.year}" if language == "es" else f"{made.day} {month} {made.year}"


def in_other(spoken: Language, language: Language) -> str:
    """Return the mark of words that are not in a language, with a space before it; empty where they are."""
    return "" if spoken == language else f" ({say(f'in_{spoken}', language)})"


def traced(quote: Quote, language: Language) -> str:
    """Return a quotation behind its source, with its language where it is another."""
    return f"{quote.citation}: {quoted(quote.text)}{in_other(quote.language, language)}"


def when(iso: str) -> datetime | None:
    """Return an ISO 8601 day as a time; None for what is no such day."""
    try:
        return datetime.fromisoformat(iso[:10])
    except ValueError:
        return None
