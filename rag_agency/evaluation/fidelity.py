"""Do the numbers and names of a sentence stand in what it cites? A number with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag_agency.evaluation.ground import Ground
from rag_agency.evaluation.prose import names_of
from rag_agency.evaluation.records import Check, Finding
from rag_agency.evaluation.tally import tally
from rag_agency.language import without_accents
from rag_agency.places import COUNTRIES
from rag_agency.records import Answer, AnswerSentence
from rag_agency.words import plain_words

FIGURE = re.compile(r"\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?\s*%?")
NAME = re.compile(r"(?<![.!?:“«\"*]\s)(?<!^)(?<![“«\"*(])\b[A-ZÁÉÍÓÚÑ][\w’'-]+(?:\s+[A-ZÁÉÍÓÚÑ][\w’'-]+)*")
UNITS = {"%": "percent"}
LETTERS = re.compile(r"[^\W\d_]+")
PER_CENT = re.compile(r"per\s?cent|por\s?ciento|percent", re.I)


def number_fidelity(answer: Answer, ground: Ground) -> Check:
    """Return how many numbers of the sentences stand, with the word after them, in the quotes they cite."""
    figures = [(f, s) for s in answer.sentences for f in figures_in(_own_words(s.text))]
    wrong = [
        Finding(f"{number} {unit}".strip() + " does not stand in what is cited", quote=sentence.text)
        for (number, unit), sentence in figures
        if not _counted(number, unit, figures_in(_cited(sentence)))
    ]
    return tally("number_fidelity", len(figures), wrong, "each number stands in the quote cited")


def name_fidelity(answer: Answer, ground: Ground) -> Check:
    """Return how many proper names of the sentences stand in the quotes they cite, or name who is cited."""
    names = [(name, s) for s in answer.sentences for name in NAME.findall(_own_words(s.text))]
    wrong = [
        Finding(f"{name} does not stand in what is cited", quote=sentence.text)
        for name, sentence in names
        if not set(_letters(name)) <= _known_words(sentence, ground)
    ]
    return tally("name_fidelity", len(names), wrong, "each name stands in the quote cited, or is who says it")


def figures_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the numbers of a text, each with the word that follows it: 6,000 and 6.000 are one number."""
    text = PER_CENT.sub("%", text)
    return tuple((_plain(match[0]), _unit(match, text)) for match in FIGURE.finditer(text))


def _plain(figure: str) -> str:
    number = re.sub(r"[\s%]", "", figure)
    return re.sub(r"[.,](?=\d{3}(?:\D|$))", "", number).replace(",", ".")


def _unit(match: re.Match[str], text: str) -> str:
    if match[0].endswith("%"):
        return UNITS["%"]
    after = re.match(r"\s*[-–]?\s*([^\W\d_]+|%)", text[match.end() :])
    return plain_words(after[1])[0] if after and plain_words(after[1]) else ""


def _counted(number: str, unit: str, there: Sequence[tuple[str, str]]) -> bool:
    return any(n == number and (not unit or u == unit or not u) for n, u in there)


def _own_words(text: str) -> str:
    """Return a sentence with its quotation, lead-in and all, marks left out."""
    return re.sub(r"\[\d+\]", "", text)


def _cited(sentence: AnswerSentence) -> str:
    """Return the quotes of a sentence and their citations: a lead-in may name study and year."""
    sources = sentence.sources
    return " ".join(dict.fromkeys([*(s.quote for s in sources), *(s.citation for s in sources)]))


def _known_words(sentence: AnswerSentence, ground: Ground) -> set[str]:
    """Return the words of the quotes, and those by which the sentence's speakers may be called."""
    return {*_letters(_cited(sentence)), *_speakers_words(sentence, ground), "report", "informe"}


def _speakers_words(sentence: AnswerSentence, ground: Ground) -> Iterator[str]:
    cited = {source.member for source in sentence.sources}
    for member in ground.shelf.roster:
        if member.slug in cited:
            yield from (word for name in names_of(member) for word in name)
            yield from _letters(member.affiliation)
            yield from (word for c in member.countries for name in COUNTRIES.get(c, (c,)) for word in _letters(name))
            yield from (word for c in member.countries for word in _letters(c))
    for source in sentence.sources:
        yield from _letters(source.title)


def _letters(text: str) -> list[str]:
    """Return the words of a text without digits and accents: ‘China.¹’ is China."""
    return LETTERS.findall(without_accents(text))
