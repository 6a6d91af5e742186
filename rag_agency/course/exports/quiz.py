"""A quiz as blocks: the questions as participants see them, and the key with every trace.

Pure. What is right, why, and where it stands is said in ``key_of`` alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag_agency.course.exports.handout import Block, Grid, Item, Items, Line, Paragraph, Words, plain, text_of
from rag_agency.course.exports.lines import citations, tongue
from rag_agency.course.exports.words import quoted, say
from rag_agency.course.records import Option, Pair, QuizItem
from rag_agency.records import Language, letters_and_digits

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def questions_of(quiz: Sequence[QuizItem], language: Language) -> Iterator[Block]:
    """Yield the questions without anything that tells their answers."""
    for number, item in enumerate(quiz, 1):
        yield Items((Item((Words(item.prompt, "strong"),), f"{number}."),), leads=True)
        if item.stem:
            yield Paragraph(stem_of(item, language), "quote", leads=bool(item.options))
        if item.options:
            marked = zip(LETTERS, item.options, strict=False)
            yield Items(tuple(Item(option_of(item, o, language), f"{letter})") for letter, o in marked), depth=1)
        if item.pairs:
            yield _to_match(item, language)


def stem_of(item: QuizItem, language: Language) -> Line:
    """Return the words that are asked about, with their language where it is another.

    A statement of which it is asked whether the reports say so may be altered: it is not shown as a quotation.
    """
    spoken = item.trace[0].language if item.trace else language
    is_quoted = item.kind != "true_false" or item.asks == "who"
    return (Words(quoted(item.stem) if is_quoted else item.stem, language=spoken), *tongue(spoken, language))


def option_of(item: QuizItem, option: Option, language: Language) -> Line:
    """Return an answer to choose, with its language where it is a finding in another."""
    if item.asks != "what":
        return plain(option.text)
    return (Words(option.text, language=option.trace.language), *tongue(option.trace.language, language))


def pair_of(pair: Pair, language: Language) -> Line:
    """Return a finding to be matched, with its language where it is another."""
    return (Words(quoted(pair.left), language=pair.trace.language), *tongue(pair.trace.language, language))


def _to_match(item: QuizItem, language: Language) -> Grid:
    rows = []
    for place, (pair, choice) in enumerate(zip(item.pairs, item.choices, strict=True)):
        left = (Words(f"{place + 1}. "), *pair_of(pair, language))
        rows.append(((left,), (plain(f"{LETTERS[place]}) {choice}"),)))
    return Grid((say("finding", language), say("member", language)), (65, 35), tuple(rows), is_whole=True)


def key_of(quiz: Sequence[QuizItem], language: Language) -> Iterator[Block]:
    """Yield the answer of each question, why each other option is not right, and where all of it stands."""
    for number, item in enumerate(quiz, 1):
        told = (*answer_line(item, language), *_said(item, language))
        yield Items((Item(told, f"{number}."),), leads=bool(item.options or item.pairs))
        if item.options:
            marked = zip(LETTERS, item.options, strict=False)
            yield Items(tuple(Item(_option(item, o, language), f"{letter})") for letter, o in marked), depth=1)
        if item.pairs:
            yield Items(tuple(Item(_pair(pair, language)) for pair in item.pairs), depth=1)


def answer_line(item: QuizItem, language: Language) -> Line:
    """Return the answer with the sources of the key; those of pairs stand behind each pair."""
    sources = () if item.pairs else citations(item.trace, language)
    right = next((option_of(item, option, language) for option in item.options if option.is_right), None)
    answer, *mark = right or plain(answer_of(item, language))
    return (Words(f"{say('answer', language)}: ", "strong"), replace(answer, sources=sources), *mark)


def answer_of(item: QuizItem, language: Language) -> str:
    """Return the answer in words: the right option, the pairs, or what fills the gap."""
    if item.options:
        right = next(option for option in item.options if option.is_right)
        return text_of(option_of(item, right, language))
    if item.pairs:
        return ", ".join(f"{n}–{LETTERS[place]}" for n, place in enumerate(_places(item), 1))
    return item.answer


def _said(item: QuizItem, language: Language) -> Line:
    """Return the whole sentence that carries the key, where the answer does not say it already."""
    answer = letters_and_digits(answer_of(item, language))
    is_said = bool(item.pairs) or item.asks == "what"  # there with the names left out
    told = [quote for quote in item.trace if not is_said and letters_and_digits(quote.text) not in answer]
    said = ((Words(f" {quoted(q.text)}", "quiet", (), q.language), *tongue(q.language, language)) for q in told)
    return tuple(words for line in said for words in line)


def _pair(pair: Pair, language: Language) -> Line:
    left = Words(pair.left, language=pair.trace.language)
    return (
        left,
        *tongue(pair.trace.language, language),
        *plain(f" → {pair.right}", *citations((pair.trace,), language)),
    )


def _places(item: QuizItem) -> list[int]:
    """Return for each pair the place of its member in the column to choose from; none is used twice."""
    free = dict(enumerate(item.choices))
    places = []
    for pair in item.pairs:
        places.append(next(place for place, choice in free.items() if choice == pair.right))
        del free[places[-1]]
    return places


def _option(item: QuizItem, option: Option, language: Language) -> Line:
    """Return why an option is right or not; its source where it is not that of the answer above it."""
    verdict = say("right" if option.is_right else "wrong", language)
    sources = () if option.trace in item.trace else citations((option.trace,), language)
    return (Words(f"{verdict}. ", "strong"), Words(option.why, "plain", sources))
