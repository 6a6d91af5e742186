"""Who says what, as HTML: the matrix of members and themes, and the quotations behind a cell.

Pure: records to strings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag_agency.records import Language, Member, Report, Sentence
from rag_agency.statements import by_report
from rag_agency.themes import Theme
from rag_agency.web.labels import counted, country_name, say
from rag_agency.web.markup import escape, keep, pick, unbroken
from rag_agency.web.panel import short_page

MOST = 200  # sentences shown at once; more cannot be read at once either


def matrix_html(
    roster: Sequence[Member],
    themes: Sequence[Theme],
    numbers: Mapping[tuple[str, str], int],
    reports: int,
    language: Language,
) -> str:
    """Return the table of members and themes with how many statements each has."""
    columns = [("", say("all_sentences", language)), *((t.slug, t.names[language]) for t in themes)]
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for _, name in columns)
    empty = counted("no_statement", reports, language)
    rows = []
    for member in roster:
        cells = "".join(
            f"<td>{_cell(member, slug, name, numbers.get((member.slug, slug), 0), empty)}</td>"
            for slug, name in columns
        )
        first = escape(member.name.removesuffix(member.surname))
        name = f'<span class="first">{first}</span>{escape(member.surname)}'
        rows.append(f'<tr><th scope="row">{name}</th>{cells}</tr>')
    corner = f'<th scope="col">{escape(say("member", language))}</th>'
    return (
        f'<div class="matrix" tabindex="0"><table><thead><tr>{corner}{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(member: Member, slug: str, theme: str, number: int, empty: str) -> str:
    told = f"{member.name}, {theme}: {number or empty}"
    shown = f'<span title="{escape(told)}" aria-label="{escape(told)}">{number or "–"}</span>'
    return pick(f"{member.slug}|{slug}", shown, "cell" if number else "cell none")


def quotations_html(
    heading: str,
    sentences: Sequence[Sentence],
    reports: Sequence[Report],
    names: Mapping[str, str],
    language: Language,
) -> str:
    """Return sentences grouped by report, each a button that opens its page; honest where there is none."""
    top = f'<h2 class="asked">{escape(heading)}</h2>'
    if not sentences:
        words = _sentence_case(counted("no_statement", len(reports), language))
        return f'{top}<p class="note abstained">{escape(words)}.</p>'
    number = counted("statements", len(sentences), language)
    number += f"; {say('first_of', language, MOST)}" if len(sentences) > MOST else ""
    titles = {report.id: report for report in reports}
    groups = "".join(_group(titles[name], group, names, language) for name, group in by_report(sentences[:MOST]))
    return f'{top}<p class="quiet">{escape(number)}</p>{groups}'


def _group(report: Report, sentences: Sequence[Sentence], names: Mapping[str, str], language: Language) -> str:
    items = []
    speaker = ""
    for sentence in sentences:
        said_by = _speaker(sentence, names)
        if said_by and said_by != speaker:
            items.append(f'<li class="voice">{escape(said_by)}</li>')
        speaker = said_by
        place = short_page(sentence.page.number, sentence.page.label, language)
        page = f'<span class="number">{unbroken(place)}</span>'
        words = f"{page}<span>{escape(sentence.text)}</span>"
        name = f"{report.id}|{sentence.number}"
        kept = keep(name, "+", "✓", say("keep_quote", language))
        items.append(f'<li class="keepable">{pick(name, words, "citation statement")}{kept}</li>')
    title = f'<h3>{escape(report.title)} <span class="quiet">{escape(report.citation)}</span></h3>'
    return f'<section class="of-report" lang="{report.language}">{title}<ol>{"".join(items)}</ol></section>'


def _speaker(sentence: Sentence, names: Mapping[str, str]) -> str:
    said = [f"{names.get(s.member, s.member)}{f' ({s.study})' if s.study else ''}" for s in sentence.members]
    return "; ".join(said or sentence.outside)


def heading_of(member: Member | None, voice: str, topic: str, language: Language) -> str:
    """Return what a list of quotations is of: the voice and the theme."""
    known = {"@authors": "authors", "@external": "external"}
    name = member.name if member else say(known.get(voice, "anyone"), language)
    if member and member.countries:
        name += f" ({', '.join(country_name(c, language) for c in member.countries)})"
    return f"{name} · {topic}" if topic else name


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
