"""How the statements of different voices stand to each other; no side is declared right.

finder = finder_of(index)
relation = finder.between(what_one_member_says, what_another_says)
line = sentence_of(relation, "en") if relation else ""
"""

from __future__ import annotations

import numpy as np

from rag_agency.differences.finder import Closeness, Finder
from rag_agency.differences.measured import MEASURED, Measured
from rag_agency.differences.records import Context, Label, Relation
from rag_agency.differences.wording import context_in_words, question_of, sentence_of
from rag_agency.index import Index
from rag_agency.records import Sentence

__all__ = [
    "MEASURED",
    "Closeness",
    "Context",
    "Finder",
    "Label",
    "Measured",
    "Relation",
    "context_in_words",
    "finder_of",
    "question_of",
    "sentence_of",
]


def finder_of(index: Index) -> Finder:
    """Return a finder for the sentences of an opened index, by the vectors that the index has of them."""
    rows = {(s.report, s.number): row for row, s in enumerate(index.sentences)}
    lengths = np.linalg.norm(index.sentence_vectors, axis=1, keepdims=True)
    vectors = index.sentence_vectors / np.maximum(lengths, 1e-6)

    def closeness(first: Sentence, second: Sentence) -> float:
        a, b = rows[first.report, first.number], rows[second.report, second.number]
        return float(vectors[a] @ vectors[b])

    return Finder(index.reports, index.roster, closeness)
