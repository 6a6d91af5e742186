"""The corpus as HTML: the list of reports, what was read of new ones, and how far a build is.

Pure: summaries and steps to strings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag_agency.records import Language
from rag_agency.web.job import Step, Summary
from rag_agency.web.labels import say
from rag_agency.web.markup import escape, pick

MOST_WARNINGS = 6  # told of one report; the rest is a number


def corpus_html(reports: Sequence[Summary], names: Mapping[str, str], language: Language) -> str:
    """Return the list of reports, each with a button to remove it."""
    heading = f'<h2 class="asked">{escape(say("corpus", language))} <span class="quiet">{len(reports)}</span></h2>'
    if not reports:
        return f'{heading}<p class="note abstained">{escape(say("corpus_empty", language))}</p>'
    remove = escape(say("remove", language))
    cards = "".join(_card(report, names, language, pick(report.id, remove, "remove")) for report in reports)
    return f'{heading}<div class="cards">{cards}</div>'


def preview_html(
    reports: Sequence[Summary],
    failed: Sequence[tuple[str, str]],
    known: Sequence[Summary],
    names: Mapping[str, str],
    language: Language,
) -> str:
    """Return what was read of new files, and which could not be read, before any of it counts."""
    parts = [f'<h2 class="asked">{escape(say("what_was_read", language))}</h2>']
    if reports:
        parts.append(f'<p class="quiet">{escape(say("not_counted", language))}</p>')
    parts += [failure_html(f"{say('not_read', language)}: {error}") for _, error in failed]
    cards = (_card(report, names, language, _relation(report, known, language)) for report in reports)
    parts.append(f'<div class="cards">{"".join(cards)}</div>')
    return "".join(parts)


def _relation(report: Summary, known: Sequence[Summary], language: Language) -> str:
    """Return what a new report is to those that are there."""
    same = next((k for k in known if k.sha256 == report.sha256), None)
    older = next((k for k in known if k.file == report.file), None)
    if same:
        return f'<span class="partial">{escape(say("known", language))}</span>'
    if older:
        return f'<span class="partial">{escape(say("replaces", language, older.title))}</span>'
    return ""


def _card(report: Summary, names: Mapping[str, str], language: Language, beside: str) -> str:
    year = str(report.year or "")
    facts = (
        report.citation if year in report.citation else f"{report.citation} ({year})",
        say("pages", language, report.pages),
        say("sentences", language, report.sentences),
        report.file,
    )
    return (
        f'<article class="card"><div class="about"><h3>{escape(report.title)}</h3>'
        f'<p class="quiet">{escape(" · ".join(facts))}</p>{_members(report, names, language)}'
        f"{_warnings(report, language)}</div>{beside}</article>"
    )


def _members(report: Summary, names: Mapping[str, str], language: Language) -> str:
    if not report.members:
        return f'<p class="quiet">{escape(say("members_none", language))}</p>'
    ordered = sorted(report.members.items(), key=lambda item: -item[1])
    found = "".join(
        f'<span class="tag">{escape(names.get(slug, slug))} <b>{number}</b></span>' for slug, number in ordered
    )
    return f'<p class="tags" aria-label="{escape(say("members_found", language))}">{found}</p>'


def _warnings(report: Summary, language: Language) -> str:
    if not report.warnings:
        return ""
    items = [f"<li>{escape(warning)}</li>" for warning in report.warnings[:MOST_WARNINGS]]
    more = len(report.warnings) - MOST_WARNINGS
    items += [f"<li>+ {more}</li>"] if more > 0 else []
    return f'<div class="missing"><h3>{escape(say("warnings", language))}</h3><ul>{"".join(items)}</ul></div>'


def progress_html(step: Step, seconds: float, language: Language) -> str:
    """Return how far a build is."""
    passed = int(seconds)
    if step.file:
        words = say("reading_file", language, step.file, step.done + 1, step.of, passed)
    else:
        words = say("finishing" if step.of else "starting", language, passed)
    share = f' value="{step.done}" max="{step.of}"' if step.of else ""
    return f'<div class="note progress" role="status"><p>{escape(words)}</p><progress{share}></progress></div>'


def done_html(words: str) -> str:
    """Return a line that says what was done."""
    return f'<p class="note done" role="status">{escape(words)}</p>'


def failure_html(words: str) -> str:
    """Return a line that says what could not be done and what to do."""
    return f'<p class="note failed" role="alert">{escape(words)}</p>'


def question_html(words: str) -> str:
    """Return a question that wants an answer before anything is done."""
    return f'<p class="note" role="alert">{escape(words)}</p>'


def is_failure(html: str) -> bool:
    """Say whether a line is one of ``failure_html``."""
    return html.startswith(failure_html("")[:-4])
