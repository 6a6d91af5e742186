"""The faithfulness suite: are the answers what the reports say, and how would we know?

Questions with known answers are asked; each answer is checked against the PDFs; the figures carry
their intervals. Exact checks can gate; what a model judges is shown beside its own error.
"""

from rag_agency.evaluation.records import Check, Finding, Gate, Item, ItemResult, Metric, Run
from rag_agency.evaluation.results import numbers_of, read_results, write_results
from rag_agency.evaluation.system import Shelf, System

__all__ = [
    "Check",
    "Finding",
    "Gate",
    "Item",
    "ItemResult",
    "Metric",
    "Run",
    "Shelf",
    "System",
    "numbers_of",
    "read_results",
    "write_results",
]
