"""The reports of a pack as references: BibTeX for LaTeX, CSL-JSON for Zotero and word processors."""

from __future__ import annotations

import json
import re
from typing import Any

from rag_agency.compose.cite import in_language
from rag_agency.course.exports.words import say
from rag_agency.course.records import Pack
from rag_agency.records import Language, Report

# Braces by name: BibTeX counts them even where a backslash stands before them.
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&%#_"},
}
LANGUAGES = {"en": "english", "es": "spanish"}


def bibtex(pack: Pack) -> bytes:
    """Return the bytes of a .bib, in UTF-8."""
    return "\n".join(_entry(report, pack.language) for report in pack.reports).encode()


def csl_json(pack: Pack) -> bytes:
    """Return the bytes of a CSL-JSON file."""
    items = [_item(report, pack.language) for report in pack.reports]
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode()


def name_of(author: str, citation: str) -> tuple[str, str]:
    """Return given and family name; the family name begins where the short reference names the author.

    A name that the reference does not cite, or cites from its first word, is taken whole, as that of
    a body: which of its words is a family name is not known.
    """
    words = author.split()
    cited = set(re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", citation))
    first = next((place for place, word in enumerate(words) if word.strip(",.") in cited), 0)
    return " ".join(words[:first]), " ".join(words[first:])


def _entry(report: Report, language: Language) -> str:
    kind = "techreport" if report.publisher else "misc"
    authors = " and ".join(_bibtex_name(*name_of(author, report.citation)) for author in report.authors)
    fields = {
        "author": authors,
        "title": f"{{{_latex(report.title)}}}",  # a second pair of braces keeps capitals
        "year": str(report.year or ""),
        "institution": _latex(report.publisher),
        "langid": LANGUAGES[report.language],
        "note": _latex(_note(report, language)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{re.sub(r'[^A-Za-z0-9:.-]', '-', report.id)},\n{lines}}}\n"


def _bibtex_name(given: str, family: str) -> str:
    return f"{_latex(family)}, {_latex(given)}" if given else f"{{{_latex(family)}}}"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in " ".join(text.split()))


def _item(report: Report, language: Language) -> dict[str, Any]:
    named = (name_of(author, report.citation) for author in report.authors)
    item = {
        "id": report.id,
        "type": "report",
        "title": report.title,
        "author": [{"family": f, "given": g} if g else {"literal": f} for g, f in named],
        "issued": {"date-parts": [[report.year]]} if report.year else None,
        "publisher": report.publisher,
        "language": report.language,
        "note": _note(report, language),
    }
    return {name: value for name, value in item.items() if value}


def _note(report: Report, language: Language) -> str:
    return say("restates", language, in_language(report.based_on, language)) if report.based_on else ""
