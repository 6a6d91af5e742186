"""The source panel: one citation with its paragraph and its page as a picture, as HTML.

Pure: what is shown is handed in as records; the picture comes as a data URI or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag_agency.records import Language, Member, Reading, Report, Sentence, Source, letters_and_digits
from rag_agency.web.labels import country_name, names_joined, say
from rag_agency.web.markup import escape, unbroken

AROUND = 1  # sentences shown on either side within the paragraph


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a quote stands: its words among their neighbours, and the page.

    ``picture`` is a data URI; where it is empty, ``problem`` says why. ``mark`` is where the marked
    words begin and end, as shares of the picture's height.
    """

    source: Source
    before: str = ""
    after: str = ""
    inherited: bool = False
    picture: str = ""
    mark: tuple[float, float] | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the panel shows of one citation."""

    report: Report
    speakers: tuple[tuple[Member, str | None], ...]
    outside: tuple[str, ...]
    spots: tuple[Spot, ...]


def sentence_of(reading: Reading, source: Source) -> Sentence | None:
    """Return the sentence that a quote is taken from."""
    quote = letters_and_digits(source.quote)
    here = (s for s in reading.sentences if source.page in {p.span.page.number for p in s.pieces})
    return next((s for s in here if quote in letters_and_digits(s.text)), None)


def spot_of(reading: Reading, source: Source) -> Spot:
    """Return where a quote stands, with what the paragraph says before and after it."""
    sentence = sentence_of(reading, source)
    if sentence is None:
        return Spot(source)
    paragraph = [
        s for s in reading.sentences if s.paragraph == sentence.paragraph and abs(s.number - sentence.number) <= AROUND
    ]
    head, _, tail = sentence.text.partition(source.quote)
    head, tail = (head, tail) if source.quote in sentence.text else ("", "")
    before = " ".join([*(s.text for s in paragraph if s.number < sentence.number), head])
    after = " ".join([tail, *(s.text for s in paragraph if s.number > sentence.number)])
    return Spot(source, before.strip(), after.strip(), sentence.explicit is False)


def panel_html(shown: Shown | None, language: Language, back: str = "") -> str:
    """Return the panel of a citation; ``back`` is the id of what the reader came from."""
    if shown is None:
        empty = escape(say("source_empty", language))
        return f'<aside class="panel"><h2>{escape(say("source", language))}</h2><p class="quiet">{empty}</p></aside>'
    heading = f"<h2>{escape(say('source', language))}</h2>{_back(back, language)}"
    spots = "".join(_spot(spot, shown.report, language) for spot in shown.spots)
    citation = unbroken(shown.spots[0].source.citation)
    return (
        f'<aside class="panel"><div class="top">{heading}</div>{_speakers(shown, language)}'
        f'<p class="cited">{citation}</p>{_report(shown.report, language)}{spots}</aside>'
    )


def _back(back: str, language: Language) -> str:
    words = escape(say("back", language))
    return f'<button type="button" class="back" data-to="{escape(back)}">↑ {words}</button>' if back else ""


def _speakers(shown: Shown, language: Language) -> str:
    if shown.speakers:
        names = [_speaker(member, study, language) for member, study in shown.speakers]
    elif shown.outside:
        outside = escape("; ".join(shown.outside))
        names = [f'<strong>{outside}</strong> <span class="quiet">{escape(say("external", language))}</span>']
    else:
        names = [f"<strong>{escape(say('authors', language))}</strong>"]
    return "".join(f'<p class="speaker">{name}</p>' for name in names)


def _speaker(member: Member, study: str | None, language: Language) -> str:
    countries = ", ".join(country_name(country, language) for country in member.countries)
    facts = " · ".join(fact for fact in (study, countries, member.affiliation) if fact)
    return f'<strong>{escape(member.name)}</strong> <span class="quiet">{escape(facts)}</span>'


def _report(report: Report, language: Language) -> str:
    year = f" ({report.year})" if report.year else ""
    title = f'<p class="in"><cite>{escape(report.title)}</cite>{escape(year)}</p>'
    if not report.based_on:
        return title
    return f'{title}<p class="brief">{escape(say("brief_of", language, names_joined(report.based_on, language)))}</p>'


def _spot(spot: Spot, report: Report, language: Language) -> str:
    source = spot.source
    inherited = (
        f'<p class="inherited">{escape(say("inherited", language))}</p>' if spot.inherited and source.member else ""
    )
    return (
        f'<p class="page">{escape(page_words(source.page, source.page_label, language))}</p>'
        f'<blockquote lang="{report.language}">{escape(spot.before)} <mark>{escape(source.quote)}</mark> '
        f"{escape(spot.after)}</blockquote>{inherited}{_picture(spot, report, language)}"
    )


def _picture(spot: Spot, report: Report, language: Language) -> str:
    if not spot.picture:
        problem = f"{say('no_picture', language)}: {spot.problem}" if spot.problem else ""
        return f'<p class="note failed">{escape(problem)}</p>' if problem else ""
    words = escape(say("page_picture", language, spot.source.page, report.title))
    hint = escape(say("zoom", language))
    at = f' data-at="{sum(spot.mark) / 2:.3f}"' if spot.mark else ""
    hint = hint if spot.mark else f"{escape(say('not_marked', language))} {hint}"
    return (
        f'<figure><div class="sheet" data-zoom{at} tabindex="0" role="button" aria-label="{hint}">'
        f'<img src="{spot.picture}" alt="{words}"></div><figcaption>{hint}</figcaption></figure>'
    )


def page_words(page: int, label: str | None, language: Language) -> str:
    """Return the printed and the physical page number as a reader needs them."""
    if label is None:
        return say("page_none", language, page)
    return say("page_one", language, label) if label == str(page) else say("page_both", language, label, page)


def short_page(page: int, label: str | None, language: Language) -> str:
    """Return the page as a list gives it: what is printed, else the physical number."""
    return say("page_short", language, label or page)


def unique_spots(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Return one source for each quote and page: two members may share one."""
    return tuple({(s.page, s.quote): s for s in sources}.values())
