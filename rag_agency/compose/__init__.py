"""Question and evidence to an answer made of the reports' own sentences.

``choose`` says which sentences answer, ``cite`` makes their sources, ``phrase`` words what stands
around the quotations. No model here: what is needed of one is handed in as evidence.
"""

from rag_agency.compose.choose import Choice, Statement, compose
from rag_agency.compose.cite import Citer
from rag_agency.compose.phrase import Writer, abstain, greet

__all__ = ["Choice", "Citer", "Statement", "Writer", "abstain", "compose", "greet"]
