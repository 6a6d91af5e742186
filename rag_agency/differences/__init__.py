"""How the statements of different voices stand to each other; no side is declared right.

finder = finder_of(index)
relation = finder.between(what_one_member_says, what_another_says)
line = sentence_of(relation, "en") if relation else ""
"""

from __future__ import annotations

from rag_agency.differences.clarity import Clarity
from rag_agency.differences.closeness import IndexCloseness
from rag_agency.differences.finder import Closeness, Finder
from rag_agency.differences.measured import MEASURED, Measured
from rag_agency.differences.records import Context, Label, Relation
from rag_agency.differences.wording import context_in_words, question_of, sentence_of
from rag_agency.index import Index

__all__ = [
    "MEASURED",
    "Clarity",
    "Closeness",
    "Context",
    "Finder",
    "IndexCloseness",
    "Label",
    "Measured",
    "Relation",
    "context_in_words",
    "finder_of",
    "question_of",
    "sentence_of",
]


def finder_of(index: Index) -> Finder:
    """Return a finder for the sentences of an opened index."""
    return Finder(index.reports, index.roster, IndexCloseness(index))
