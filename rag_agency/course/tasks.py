"""What participants are to do in a session, and how its minutes are shared out.

Words of templates, each tied to the quotes that it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag_agency.course.credits import AUTHORS
from rag_agency.course.masking import is_year
from rag_agency.course.questions import on_a_difference, on_one, on_two
from rag_agency.course.records import Case, Difference, Discussion, Objective, Part, QuizItem, Quote, Step
from rag_agency.course.templates import listed, say
from rag_agency.records import Language, Member

QUESTIONS = 2  # on one finding each, in a session
LONG = 60  # minutes from which a session is planned in fives
USUAL_ITEMS, USUAL_WORDS = 6, 100
SHORTEST, LONGEST = 0.4, 2.5  # times the usual length
SHARES: dict[Part, float] = {
    "objectives": 0.05,
    "findings": 0.25,
    "table": 0.15,
    "difference": 0.15,
    "discussion": 0.15,
    "case": 0.1,
    "quiz": 0.15,
}
Made = tuple[Sequence[Quote], Difference | None, Sequence[QuizItem], Sequence[Discussion]]


def discussions(
    findings: Sequence[Quote], difference: Difference | None, language: Language, session: int = 1
) -> tuple[Discussion, ...]:
    """Return questions to talk about, each tied to the quotes it is about; no two sessions in a row ask the same."""
    asked = []
    before = session - 1
    if difference:
        a, b = difference.a, difference.b
        words = on_a_difference(_inside(a.who), _inside(b.who), language, before)
        asked.append(Discussion(words[:1].upper() + words[1:], (a, b)))
    elif len(findings) > 1:
        asked.append(Discussion(on_two(language, before), tuple(findings[:2])))
    for place, quote in enumerate(findings[:QUESTIONS]):
        words = on_one(quote, _inside(quote.who), language, before * QUESTIONS + place)
        asked.append(Discussion(words, (quote,)))
    return tuple(asked)


def objectives(made: Made, roster: Sequence[Member], language: Language) -> tuple[Objective, ...]:
    """Return what the evidence of a session lets a participant learn, no more.

    ``made`` are its findings, its difference, its quiz and its questions to talk about.
    """
    findings, difference, quiz, discussion = made
    voices = _voices(findings, roster)
    name = "objective say" if len(voices) > 1 else "objective say one"
    words = say(name, language).format(who=listed(list(voices), language))
    aims = [Objective(words, tuple(dict.fromkeys(voices.values())))]
    if difference:
        a, b = difference.a, difference.b
        words = say("objective differ", language).format(a=_inside(a.who), b=_inside(b.who))
        aims.append(Objective(words, (a, b)))
    number = next((item for item in quiz if item.kind == "fill" and not is_year(item.answer)), None)
    if number:
        aims.append(Objective(say("objective number", language).format(number=number.answer), number.trace))
    if discussion:
        aims.append(Objective(say("objective own", language), discussion[-1].quotes))
    return tuple(aims)


def steps(minutes: int, left_out: Sequence[Part], sizes: Mapping[Part, float] | None = None) -> tuple[Step, ...]:
    """Return the minutes of each part, in fives for a longer session; what is left goes to the findings.

    ``sizes`` says of parts how long they are against one of usual length: a quiz of six items, a case of
    a hundred words.
    """
    known = sizes or {}
    shares = {part: share * known.get(part, 1.0) for part, share in SHARES.items() if part not in left_out}
    whole = sum(shares.values())
    step = 5 if minutes >= LONG else 1
    planned = {part: max(round(minutes * share / whole / step), 1) * step for part, share in shares.items()}
    while sum(planned.values()) > minutes:
        longest = max(planned, key=lambda part: planned[part])
        planned[longest] -= min(step, planned[longest] - 1)
    planned["findings"] += minutes - sum(planned.values())
    return tuple(Step(part, length) for part, length in planned.items())


def sizes_of(quiz: Sequence[QuizItem], case: Case | None) -> dict[Part, float]:
    """Return how long a quiz and a case are against those of usual length, within bounds."""
    words = sum(len(quote.text.split()) for quote in case.quotes) if case else 0
    sizes: dict[Part, float] = {"quiz": len(quiz) / USUAL_ITEMS, "case": words / USUAL_WORDS}
    return {part: min(max(size, SHORTEST), LONGEST) for part, size in sizes.items()}


def _voices(quotes: Sequence[Quote], roster: Sequence[Member]) -> dict[str, Quote]:
    """Return the members, by name, and then the others who speak in quotes, each with a quote of theirs."""
    names = {member.slug: member.name for member in roster}
    found: dict[str, Quote] = {}
    for quote in quotes:
        for slug in quote.members:
            found.setdefault(names.get(slug, slug), quote)
    for quote in quotes:
        if not quote.members:
            found.setdefault(_inside(quote.who), quote)
    return found


def _inside(who: str) -> str:
    """Return who says something as it stands inside a sentence."""
    return who[:1].lower() + who[1:] if who.startswith(tuple(AUTHORS.values())) else who
