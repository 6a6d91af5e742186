"""What a trainer does to an outline in the page: each press makes a new outline. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag_agency.course.records import Outline, OutlineSession, Pin
from rag_agency.course.subjects import subject_of
from rag_agency.records import Sentence


def moved(outline: Outline, place: int, to: int) -> Outline:
    """Return the outline with a session at another place."""
    sessions = list(outline.sessions)
    sessions.insert(to, sessions.pop(place))
    return replace(outline, sessions=tuple(sessions))


def removed(outline: Outline, place: int) -> Outline:
    """Return the outline without a session, which becomes an alternative; the last one stays."""
    if len(outline.sessions) == 1:
        return outline
    session = outline.sessions[place]
    rest = outline.sessions[:place] + outline.sessions[place + 1 :]
    return replace(outline, sessions=rest, alternatives=(*outline.alternatives, replace(session, pins=())))


def replaced(outline: Outline, place: int, other: int) -> Outline:
    """Return the outline with an alternative in the place of a session, which becomes one itself.

    Pins stay where the trainer put them: with the place in the course.
    """
    old, new = outline.sessions[place], outline.alternatives[other]
    sessions, alternatives = list(outline.sessions), list(outline.alternatives)
    sessions[place], alternatives[other] = replace(new, pins=old.pins, minutes=old.minutes), replace(old, pins=())
    return replace(outline, sessions=tuple(sessions), alternatives=tuple(alternatives))


def inserted(outline: Outline, other: int) -> Outline:
    """Return the outline with an alternative as one more session at its end."""
    new = outline.alternatives[other]
    rest = outline.alternatives[:other] + outline.alternatives[other + 1 :]
    return replace(outline, sessions=(*outline.sessions, new), alternatives=rest)


def pinned(outline: Outline, pin: Pin, place: int) -> Outline:
    """Return the outline with a pin in one session and in no other; in none where there is no such place."""
    sessions = []
    for number, session in enumerate(outline.sessions):
        others = tuple(one for one in session.pins if one != pin)
        sessions.append(replace(session, pins=(*others, pin) if number == place else others))
    return replace(outline, sessions=tuple(sessions))


def place_of(outline: Outline, pin: Pin) -> int | None:
    """Return the place of the session that a pin is in."""
    return next((n for n, session in enumerate(outline.sessions) if pin in session.pins), None)


def placed(outline: Outline, pins: Sequence[tuple[Pin, Sentence]]) -> Outline:
    """Return the outline with each pin in the first session whose theme its sentence is about, if any."""
    for pin, sentence in pins:
        place = next((n for n, session in enumerate(outline.sessions) if _suits(sentence, session)), None)
        outline = outline if place is None else pinned(outline, pin, place)
    return outline


def _suits(sentence: Sentence, session: OutlineSession) -> bool:
    return subject_of(session.theme).covers(sentence)


# What the buttons of the outline do: name, number of places it takes, and the doing.
PRESSES: dict[str, tuple[int, Callable[..., Outline]]] = {
    "up": (1, lambda outline, place: moved(outline, place, max(place - 1, 0))),
    "down": (1, lambda outline, place: moved(outline, place, place + 1)),
    "remove": (1, removed),
    "replace": (2, replaced),
    "insert": (1, inserted),
}


def pressed(outline: Outline, press: str) -> Outline:
    """Return the outline after a press such as ``replace|0|2``; as it was where that makes no sense."""
    name, *places = press.split("|")
    wanted, change = PRESSES.get(name, (0, None))
    if change is None or len(places) != wanted or not all(place.isdigit() for place in places):
        return outline
    try:
        return change(outline, *map(int, places))
    except IndexError:  # of a page that shows an older outline
        return outline
