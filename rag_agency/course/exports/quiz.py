"""A quiz as blocks: the questions as participants see them, and the key with every trace.

Pure. What is right, why, and where it stands is said in ``key_of`` alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag_agency.course.exports.handout import Block, Grid, Item, Items, Line, Paragraph, Words, plain
from rag_agency.course.exports.words import in_other, quoted, say
from rag_agency.course.records import Option, QuizItem
from rag_agency.records import Language

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def questions_of(quiz: Sequence[QuizItem], language: Language) -> Iterator[Block]:
    """Yield the questions without anything that tells their answers."""
    for number, item in enumerate(quiz, 1):
        yield Items((Item((Words(item.prompt, "strong"),), f"{number}."),), leads=True)
        if item.stem:
            yield Paragraph(plain(stem_of(item, language)), "quote", leads=bool(item.options))
        if item.options:
            marked = zip(LETTERS, item.options, strict=False)
            yield Items(tuple(Item(plain(option_of(item, o, language)), f"{letter})") for letter, o in marked), depth=1)
        if item.pairs:
            yield _to_match(item, language)


def stem_of(item: QuizItem, language: Language) -> str:
    """Return the words that are asked about, with their language where it is another."""
    return f"{quoted(item.stem)}{in_other(item.trace[0], language)}" if item.trace else quoted(item.stem)


def option_of(item: QuizItem, option: Option, language: Language) -> str:
    """Return an answer to choose, with its language where it is a finding in another."""
    return f"{option.text}{in_other(option.trace, language)}" if item.asks == "what" else option.text


def _to_match(item: QuizItem, language: Language) -> Grid:
    rows = []
    for place, (pair, choice) in enumerate(zip(item.pairs, item.choices, strict=True)):
        left = f"{place + 1}. {quoted(pair.left)}{in_other(pair.trace, language)}"
        rows.append(((plain(left),), (plain(f"{LETTERS[place]}) {choice}"),)))
    return Grid((say("finding", language), say("member", language)), (65, 35), tuple(rows))


def key_of(quiz: Sequence[QuizItem], language: Language) -> Iterator[Block]:
    """Yield the answer of each question, why each other option is not right, and where all of it stands."""
    for number, item in enumerate(quiz, 1):
        yield Items((Item(answer_line(item, language), f"{number}."),), leads=bool(item.options or item.pairs))
        if item.options:
            marked = zip(LETTERS, item.options, strict=False)
            yield Items(tuple(Item(_option(o, language), f"{letter})") for letter, o in marked), depth=1)
        if item.pairs:
            yield Items(tuple(Item(plain(f"{p.left} → {p.right}", p.trace.citation)) for p in item.pairs), depth=1)


def answer_line(item: QuizItem, language: Language) -> Line:
    """Return the answer with the sources of the key; those of pairs stand behind each pair."""
    sources = (
        () if item.pairs else tuple(dict.fromkeys(f"{quote.citation}: {quoted(quote.text)}" for quote in item.trace))
    )
    return (Words(f"{say('answer', language)}: ", "strong"), Words(answer_of(item), "plain", sources))


def answer_of(item: QuizItem) -> str:
    """Return the answer in words: the right option, the pairs, or what fills the gap."""
    if item.options:
        return next(option.text for option in item.options if option.is_right)
    if item.pairs:
        return ", ".join(f"{n}–{LETTERS[place]}" for n, place in enumerate(_places(item), 1))
    return item.answer


def _places(item: QuizItem) -> list[int]:
    """Return for each pair the place of its member in the column to choose from; none is used twice."""
    free = dict(enumerate(item.choices))
    places = []
    for pair in item.pairs:
        places.append(next(place for place, choice in free.items() if choice == pair.right))
        del free[places[-1]]
    return places


def _option(option: Option, language: Language) -> Line:
    verdict = say("right" if option.is_right else "wrong", language)
    return (Words(f"{verdict}. ", "strong"), Words(option.why, "plain", (option.trace.citation,)))
