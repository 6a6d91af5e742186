"""What the evidence of a session does not allow, in words for the readers or for the trainer alone."""

from __future__ import annotations

from rag_agency.course.material import Material
from rag_agency.course.plan import counted
from rag_agency.course.records import Outline, OutlineSession, Session, quotes_of
from rag_agency.course.templates import listed, say
from rag_agency.records import Language


def notes_of(
    session: Session, planned: OutlineSession, outline: Outline, material: Material, language: Language
) -> tuple[str, ...]:
    """Return what readers must know: thin evidence, who is not quoted, which part there is not."""
    asked = planned.members or outline.members or tuple(m.slug for m in material.roster)
    printed = printed_in(session)
    silent = [m.name for m in material.roster if m.slug in asked and m.slug not in printed]
    notes = (
        counted(material, planned, outline, language).warning,
        say("silent", language).format(who=listed(silent, language)) if silent else "",
        "" if session.difference else say("no difference", language),
        "" if session.case else say("no case", language),
    )
    return tuple(note for note in notes if note)


def printed_in(session: Session) -> frozenset[str]:
    """Return the members, by slug, whom a session quotes or names in its quiz."""
    quoted = {member for quote in quotes_of(session) for member in quote.members}
    return frozenset(quoted | {item.member for item in session.quiz if item.member})


def trainer_notes_of(session: Session, wanted: int, language: Language) -> tuple[str, ...]:
    """Return what only the trainer needs: how many items the evidence carries."""
    found = len(session.quiz)
    return () if found >= wanted else (say("few items", language).format(found=found, asked=wanted),)
