"""Answers from research reports: who found it, where, on which page, in which words."""

from rag_agency.ask import ask, open_index
from rag_agency.build import build
from rag_agency.errors import RagAgencyError
from rag_agency.records import Answer, Passage, Sentence, Source

__all__ = [
    "Answer",
    "Passage",
    "RagAgencyError",
    "Sentence",
    "Source",
    "ask",
    "build",
    "open_index",
]
__version__ = "0.1.0"
