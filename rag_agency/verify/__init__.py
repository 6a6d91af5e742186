"""What may be shown: sources that hold on their page, and written sentences that add nothing to them.

Knows no model and no index; pages, ledger, closeness and checker are handed in.
"""

from rag_agency.verify.claims import Given, pick
from rag_agency.verify.gate import Gate
from rag_agency.verify.opinion import Checker, Opinion
from rag_agency.verify.sources import Failure, Ledger, PageStream, failures

__all__ = ["Checker", "Failure", "Gate", "Given", "Ledger", "Opinion", "PageStream", "failures", "pick"]
