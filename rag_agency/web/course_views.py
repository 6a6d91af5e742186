"""The course tab as HTML: the basket, the outline with its buttons, and the files to download.

Pure: records to strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag_agency.course.exports.material import handout_of
from rag_agency.course.exports.words import day
from rag_agency.course.outline import title_of
from rag_agency.course.records import Outline, OutlineSession, Pack
from rag_agency.differences import MEASURED
from rag_agency.records import Language
from rag_agency.web.course_basket import Kept, to_text
from rag_agency.web.course_preview import handout_html
from rag_agency.web.labels import counted, say
from rag_agency.web.markup import download, escape, pick, unbroken

BINARY = "application/octet-stream"
KINDS = {"json": "application/json", "md": "text/markdown", "txt": "text/plain", "bib": "text/plain"}


@dataclass(frozen=True, slots=True)
class Shelved:
    """A quotation in the basket as the open index knows it; ``citation`` is empty where it does not."""

    kept: Kept
    who: str = ""
    citation: str = ""
    session: int | None = None  # its place in the outline


@dataclass(frozen=True, slots=True)
class Made:
    """A pack and its files, made: the name of the format, whose copy, the file's name, what is in it."""

    pack: Pack
    files: tuple[tuple[str, str, str, bytes], ...]


def basket_html(shelved: Sequence[Shelved], sessions: int, language: Language) -> str:
    """Return the basket with its buttons."""
    top = f'<h2 class="asked">{escape(say("basket", language))}</h2>'
    if not shelved:
        return f'{top}<p class="quiet">{escape(say("basket_empty", language))}</p>'
    number = counted("basket_count", len(shelved), language)
    facts = f'<p class="quiet">{escape(number)}. {escape(say("basket_private", language))}</p>'
    items = "".join(_shelved(place, one, sessions, language) for place, one in enumerate(shelved))
    text = to_text(tuple(one.kept for one in shelved)).encode()
    save = download(say("basket_save", language), text, say("basket_file", language), "application/json")
    clear = pick("clear", escape(say("basket_clear", language)), "plain")
    return f'{top}{facts}<ol class="basket">{items}</ol><div class="tools">{save}{clear}</div>'


def _shelved(place: int, one: Shelved, sessions: int, language: Language) -> str:
    asked = say("asked_for", language, one.kept.asked) if one.kept.asked else ""
    if one.citation:
        about = f'<p class="voice">{escape(one.who)}</p><blockquote>{escape(one.kept.pin.quote)}</blockquote>'
        about += f'<p class="quiet">{unbroken(one.citation)}</p>'
    else:
        lost = f'<p class="partial">{escape(say("basket_lost", language))}</p>'
        about = f"<blockquote>{escape(one.kept.pin.quote)}</blockquote>{lost}"
    about += f'<p class="quiet">{escape(asked)}</p>' if asked else ""
    buttons = _places(place, one, sessions, language) if sessions and one.citation else ""
    out = pick(f"out|{place}", escape(say("take_out", language)), "plain")
    return f'<li>{about}<div class="tools">{buttons}{out}</div></li>'


def _places(place: int, one: Shelved, sessions: int, language: Language) -> str:
    """Return a button for each session that a quotation can go into, and one for none."""
    chosen = ' aria-pressed="true"'
    buttons = []
    for number in (*range(sessions), None):
        name = say("goes_nowhere", language) if number is None else str(number + 1)
        button = pick(f"pin|{place}|{'-' if number is None else number}", escape(name), "place")
        buttons.append(button.replace(">", f"{chosen}>", 1) if number == one.session else button)
    return f'<span class="places">{escape(say("goes_into", language))} {"".join(buttons)}</span>'


def outline_html(outline: Outline | None, text: str, language: Language) -> str:
    """Return the outline with a card for each session, what else the reports allow, and its file."""
    top = f'<h2 class="asked">{escape(say("outline", language))}</h2>'
    if outline is None:
        return f'{top}<p class="quiet">{escape(say("outline_empty", language))}</p>'
    cards = "".join(_session(place, outline, language) for place in range(len(outline.sessions)))
    notes = "".join(f'<p class="partial">{escape(note)}</p>' for note in outline.notes)
    title = f'<p class="outline-title">{escape(outline.title or outline.topic)}</p>'
    save = download(say("outline_save", language), text.encode(), say("outline_file", language), "application/toml")
    discard = pick("discard", escape(say("outline_clear", language)), "plain")
    files = f'<div class="tools">{save}{discard}</div>'
    return f'{top}{title}{notes}<div class="cards">{cards}</div>{_others(outline, language)}{files}'


def _name(session: OutlineSession, language: Language) -> str:
    return escape(title_of(session, language))


def _session(place: int, outline: Outline, language: Language) -> str:
    session = outline.sessions[place]
    last = len(outline.sessions) - 1
    buttons = [pick(f"up|{place}", f"↑ {escape(say('up', language))}", "plain")] if place else []
    buttons += [pick(f"down|{place}", f"↓ {escape(say('down', language))}", "plain")] if place < last else []
    buttons += [pick(f"remove|{place}", escape(say("remove", language)), "plain")] if last else []
    number = escape(say("session", language, place + 1))
    pins = counted("basket_count", len(session.pins), language) if session.pins else ""
    return (
        f'<article class="card session"><div class="about"><p class="quiet">{number}</p>'
        f"<h3>{_name(session, language)}</h3>{_evidence(session, pins, language)}"
        f'<div class="tools">{"".join(buttons)}</div>{_swaps(place, outline, language)}</div></article>'
    )


def _evidence(session: OutlineSession, pins: str, language: Language) -> str:
    facts = [
        say("minutes", language, session.minutes),
        say("evidence", language, session.statements, session.voices, session.pages),
    ]
    facts += [pins] if pins else []
    warning = f'<p class="partial">{escape(session.warning)}</p>' if session.warning else ""
    return f'<p class="quiet">{escape(" · ".join(facts))}</p>{warning}'


def _swaps(place: int, outline: Outline, language: Language) -> str:
    if not outline.alternatives:
        return ""
    buttons = "".join(
        pick(f"replace|{place}|{other}", _name(session, language), "plain")
        for other, session in enumerate(outline.alternatives)
    )
    summary = escape(say("replace", language))
    return f'<details class="swaps"><summary>{summary}</summary><div class="tools">{buttons}</div></details>'


def _others(outline: Outline, language: Language) -> str:
    if not outline.alternatives:
        return ""
    items = "".join(
        f"<li><span>{_name(session, language)}{_evidence(session, '', language)}</span>"
        f"{pick(f'insert|{other}', escape(say('insert', language)), 'plain')}</li>"
        for other, session in enumerate(outline.alternatives)
    )
    return (
        f'<details class="others"><summary>{escape(say("alternatives", language))}</summary><ul>{items}</ul></details>'
    )


def material_html(made: Sequence[Made], language: Language) -> str:
    """Return what was made: for each pack its files, each copy by whom it is for, and the pack to look over."""
    if not made:
        return ""
    top = f'<h2 class="asked">{escape(say("built", language))}</h2>'
    packs = "".join(_pack(one, language) for one in made)
    return f'{top}{packs}<p class="quiet measured">{escape(measured(language))}</p>'


def measured(language: Language) -> str:
    """Return how far what is said of differences can be relied on, as it was measured."""
    by_label = {one.label: one for one in MEASURED}
    both = (by_label["differ_by_context"], by_label["contradict"])
    drawn = [figure for one in both for figure in (one.good, one.drawn)]
    set_aside = [figure for one in both for figure in (one.right, one.pairs)]
    return say("measured", language, *drawn, *set_aside)


def _pack(made: Made, language: Language) -> str:
    pack = made.pack
    groups: dict[str, list[str]] = {}
    for form, copy, file, data in made.files:
        label = say(f"{copy}_copy", language) if copy else file.rpartition(".")[2]
        groups.setdefault(form, []).append(download(label, data, file, KINDS.get(file.rpartition(".")[2], BINARY)))
    rows = "".join(
        f'<li><span>{escape(say(f"format_{form}", language))}</span><span class="tools">{"".join(links)}</span></li>'
        for form, links in groups.items()
    )
    made_on = day(pack.stamp.date, language)
    facts = say("built_from", language, made_on, f"{pack.stamp.index} ({pack.stamp.fingerprint})")
    return (
        f'<section class="pack"><h3 lang="{pack.language}">{escape(pack.title)}</h3>'
        f'<p class="quiet">{escape(facts)}</p><ul class="downloads">{rows}</ul>'
        f'<details class="look"><summary>{escape(say("look", language))}</summary>'
        f"{handout_html(handout_of(pack, 'trainer'))}</details></section>"
    )
