"""The report of a run, filled into its template and written beside the results."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from rag_agency.evaluation.records import Run
from rag_agency.evaluation.report.contents import contents_of

REPORT = "report.html"


def write_report(run: Run, folder: Path, earlier: Run | None = None) -> Path:
    """Write ``report.html`` beside the old one and swap it in; return where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / REPORT
    beside = target.with_suffix(".html.new")
    beside.write_text(report_html(run, earlier), encoding="utf-8")
    beside.replace(target)
    return target


def report_html(run: Run, earlier: Run | None = None) -> str:
    """Return the whole report as one page; every text of a report or an answer is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    place = "rag_agency.evaluation.report"
    environment = Environment(
        loader=PackageLoader(place, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = resources.files(place).joinpath("templates/report.css").read_text(encoding="utf-8")
    template = environment.get_template("report.html")
    return template.render(c=contents_of(run, earlier), style=Markup(style))  # noqa: S704 - our own file
