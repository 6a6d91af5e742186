"""A pack as slides, before any program draws them: titles, lines that fit, and notes for the speaker.

Each quotation has its source below it, so that whoever sees the slide can look it up. A question of
a quiz has none, where it would tell the answer: the trainer's deck gives them with the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag_agency.course.exports.bound import bound
from rag_agency.course.exports.fitting import Shown, Slide, fit, in_pairs
from rag_agency.course.exports.handout import Words, plain
from rag_agency.course.exports.lines import (
    Copy,
    case_line,
    citations,
    quote_line,
    reading_line,
    reference_lines,
    source_of,
)
from rag_agency.course.exports.quiz import LETTERS, answer_line, answer_of, option_of, pair_of, stem_of
from rag_agency.course.exports.words import day, in_other, say
from rag_agency.course.records import Pack, QuizItem, Quote, Session, quotes_of_item
from rag_agency.records import Language

PARAGRAPH = 450  # letters of a passage that stand under one source on a slide


def deck_of(pack: Pack, copy: Copy) -> tuple[Slide, ...]:
    """Return the slides of a pack in their order, each with text that fits."""
    slides = [_opening(pack, copy)]
    for session in pack.sessions:
        slides += _session(session, pack, copy)
    slides += _read(say("glossary", pack.language), _terms(pack), pack.language)
    slides.append(Slide(say("references", pack.language), tuple(Shown(line) for line in reference_lines(pack))))
    return tuple(fitted for slide in slides for fitted in fit(bound(slide)))


def _opening(pack: Pack, copy: Copy) -> Slide:
    language = pack.language
    made = f"{say('built', language)} {day(pack.stamp.date, language)}"
    if copy == "trainer":
        made += f". {say('index', language)} {pack.stamp.index} ({pack.stamp.fingerprint})"
    lines = (Shown(plain(say(copy, language))), Shown((Words(made, "quiet"),)))
    return Slide(pack.title, lines, pack.notes, opens=True)


def _session(session: Session, pack: Pack, copy: Copy) -> Iterator[Slide]:
    language = pack.language
    title = say("session", language, session.number, session.title)
    notes = (*session.notes, *session.trainer_notes) if copy == "trainer" else ()
    yield Slide(title, tuple(Shown(plain(note)) for note in notes), opens=True)
    if session.objectives:
        sources = [quote for objective in session.objectives for quote in objective.quotes]
        lines = tuple(Shown(plain(f"• {objective.text}")) for objective in session.objectives)
        yield Slide(say("objectives", language), lines, _notes(sources, language))
    yield from _read(say("findings", language), ((q, _told(q, language)) for q in session.findings), language)
    told = ((quote, _told(quote, language)) for row in session.table for quote in row.quotes)
    yield from _read(say("table", language), told, language)
    yield from _to_discuss(session, language)
    for number, item in enumerate(session.quiz, 1):
        yield _question(number, item, copy, language)
    if session.quiz and copy == "trainer":
        answers = tuple(_answer(number, item, language) for number, item in enumerate(session.quiz, 1))
        yield Slide(say("key", language), answers)
    if session.readings:
        yield Slide(say("reading", language), tuple(Shown(reading_line(one, pack)) for one in session.readings))


def _to_discuss(session: Session, language: Language) -> Iterator[Slide]:
    """Yield the difference, the questions and the case."""
    if session.difference:
        sides = (session.difference.a, session.difference.b)
        lines = (Shown(plain(session.difference.text)), *(_told(quote, language) for quote in sides))
        yield Slide(say("difference", language), lines, _notes(sides, language), read=True)
    for question in session.discussion:
        lines = (Shown((Words(question.text, "strong"),)), *(_told(quote, language) for quote in question.quotes))
        yield Slide(say("discussion", language), lines, _notes(question.quotes, language), read=True)
    if session.case:
        quotes = session.case.quotes
        told = (Shown(case_line(run), source_of(run[0], language)) for run in _runs(quotes))
        lines = (Shown((Words(session.case.task, "strong"),)), *told)
        title = f"{session.case.title}{in_other(quotes[0].language, language)}"
        yield Slide(title, lines, _notes(quotes, language))


def _runs(quotes: Sequence[Quote]) -> Iterator[list[Quote]]:
    """Yield sentences that follow one another under one source, not too many of them for one paragraph."""
    run: list[Quote] = []
    for quote in quotes:
        letters = sum(len(one.text) for one in (*run, quote))
        if run and (run[-1].citation != quote.citation or letters > PARAGRAPH):
            yield run
            run = []
        run.append(quote)
    yield run


def _told(quote: Quote, language: Language) -> Shown:
    return Shown(quote_line(quote, language), source_of(quote, language))


def _terms(pack: Pack) -> Iterator[tuple[Quote, Shown]]:
    for entry in pack.glossary:
        told = _told(entry.quote, pack.language)
        yield entry.quote, replace(told, line=(Words(f"{entry.term}. ", "strong"), *told.line))


def _read(title: str, told: Iterable[tuple[Quote, Shown]], language: Language) -> Iterator[Slide]:
    """Yield quotations in large type, two on a slide where they fit."""
    left = list(told)
    for lines in in_pairs([shown for _, shown in left]):
        quotes = [quote for quote, _ in left[: len(lines)]]
        left = left[len(lines) :]
        yield Slide(title, lines, _notes(quotes, language), read=True)


def _question(number: int, item: QuizItem, copy: Copy, language: Language) -> Slide:
    lines = [Shown((Words(item.prompt, "strong"),))]
    lines += [Shown(stem_of(item, language), _shown_source(item, language))] if item.stem else []
    marked = zip(LETTERS, item.options, strict=False)
    lines += [Shown((Words(f"{letter}) "), *option_of(item, option, language))) for letter, option in marked]
    lines += [Shown((Words(f"{place}. "), *pair_of(pair, language))) for place, pair in enumerate(item.pairs, 1)]
    choices = zip(LETTERS, item.choices, strict=False)
    lines += [Shown(plain(f"{letter}) {choice}")) for letter, choice in choices]
    key = (f"{say('answer', language)}: {answer_of(item, language)}", *_notes(quotes_of_item(item), language))
    title = f"{say('quiz', language)}: {say('question', language, number).lower()}"
    return Slide(title, tuple(lines), key if copy == "trainer" else ())


def _shown_source(item: QuizItem, language: Language) -> str:
    """Return the source of a question for a number, unless it tells the number; elsewhere it would give answers away.

    Who says it often tells the country and the product too. What is true or false may be none of the source's words.
    """
    if not item.trace or item.asks != "number" or item.kind == "true_false":
        return ""
    source = source_of(item.trace[0], language)
    answer = next((option.text for option in item.options if option.is_right), item.answer)
    return "" if re.search(rf"\b{re.escape(answer)}\b", source) else source


def _answer(number: int, item: QuizItem, language: Language) -> Shown:
    quotes = [pair.trace for pair in item.pairs] or item.trace
    source = "; ".join(dict.fromkeys(source_of(quote, language) for quote in quotes))
    return Shown((Words(f"{number}. ", "strong"), *answer_line(item, language)), source)


def _notes(quotes: Sequence[Quote], language: Language) -> tuple[str, ...]:
    cited = citations(quotes, language)
    return (f"{say('sources' if len(cited) > 1 else 'source', language)}:", *cited) if cited else ()
