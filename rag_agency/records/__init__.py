"""The records that cross borders: what was read, what is asked, what is answered.

Plain frozen data. Nothing here reads a file, knows a model or decides anything.
"""

from rag_agency.records.answered import Answer, AnswerSentence, Reason, Source, Status
from rag_agency.records.asked import Asked, AskedWord, Evidence, Found, Question, Signals, Wanted
from rag_agency.records.read import (
    Kind,
    Language,
    Member,
    Page,
    Passage,
    Piece,
    Reading,
    Report,
    Sentence,
    Span,
    Speaker,
    Voice,
    letters_and_digits,
)
from rag_agency.records.written import Check, CheckName, Draft, Dropped

__all__ = [
    "Answer",
    "AnswerSentence",
    "Asked",
    "Check",
    "CheckName",
    "Draft",
    "Dropped",
    "Evidence",
    "Found",
    "Kind",
    "Language",
    "Member",
    "Page",
    "Passage",
    "Piece",
    "Question",
    "Reading",
    "Reason",
    "Report",
    "Sentence",
    "Signals",
    "Source",
    "Span",
    "Speaker",
    "Status",
    "Voice",
    "Wanted",
    "AskedWord",
    "letters_and_digits",
]
