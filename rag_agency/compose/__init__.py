"""Question and evidence to an answer made of the reports' own sentences.

``choose`` says which sentences answer, ``cite`` makes their sources, ``phrase`` words what stands
around the quotations. No model here: what is needed of one is handed in as evidence.
"""

from rag_agency.compose.choose import Statement, compose
from rag_agency.compose.cite import Citer
from rag_agency.compose.phrase import abstain, write

__all__ = ["Citer", "Statement", "abstain", "compose", "write"]
