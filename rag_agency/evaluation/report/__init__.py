"""``report.html``: a run as one page that opens anywhere, needs no network and runs no script."""

from rag_agency.evaluation.report.write import REPORT, report_html, write_report

__all__ = ["REPORT", "report_html", "write_report"]
