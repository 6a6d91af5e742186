"""The faithfulness suite: are the answers what the reports say, and how would we know?

Questions with known answers are asked; each answer is checked against the PDFs; the figures carry
their intervals. Exact checks can gate; what a model judges is shown beside its own error.
"""

from rag_agency.evaluation.cases import Case, Unfaithful, faithfulness_cases
from rag_agency.evaluation.catalogue import MEASURES, Measure
from rag_agency.evaluation.gates import read_gates
from rag_agency.evaluation.opened import shelf_of, system_of
from rag_agency.evaluation.questions import read_questions
from rag_agency.evaluation.records import Check, Finding, Gate, Item, ItemResult, Metric, Run
from rag_agency.evaluation.results import numbers_of, read_results, write_results
from rag_agency.evaluation.run import Plan, evaluate
from rag_agency.evaluation.system import Shelf, System

__all__ = [
    "MEASURES",
    "Case",
    "Check",
    "Finding",
    "Gate",
    "Item",
    "ItemResult",
    "Measure",
    "Metric",
    "Plan",
    "Run",
    "Shelf",
    "System",
    "Unfaithful",
    "evaluate",
    "faithfulness_cases",
    "numbers_of",
    "read_gates",
    "read_questions",
    "read_results",
    "shelf_of",
    "system_of",
    "write_results",
]
