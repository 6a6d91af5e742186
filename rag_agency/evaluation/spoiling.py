"""The ways to spoil an answer, as one table, and harmless changes beside them.

Each takes a good answer and returns it with one fault, or None where it has nothing to spoil so.
What is changed in a quote is changed in the source, the sentence and the text alike, as a program
that misquotes would do it; ways named ‘in the text’ change only what the reader sees.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rag_agency.evaluation.attributing import said_by
from rag_agency.evaluation.ground import Ground
from rag_agency.evaluation.prose import MARKS, apart, members_named
from rag_agency.evaluation.quoting import pages_with, sources_of
from rag_agency.records import Answer, AnswerSentence, Member, Source, letters_and_digits

Spoil = Callable[[Answer, Ground, random.Random], Answer | None]
Change = Callable[[str, random.Random], str | None]
Thing = TypeVar("Thing")
DIGIT = re.compile(r"\d")
COUNTED = re.compile(r"(?<=\d )[^\W\d_]{3,}")
WORD = re.compile(r"(?<=\s)[a-záéíóúñ]{6,}(?=\s)")
NAME = re.compile(r"(?<=[a-z,] )[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{3,}")
MIDDLE = re.compile(r"(?<=\w) (?=\w)")
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to change an answer."""

    name: str
    about: str
    spoil: Spoil
    is_harmless: bool = False


def _with_source(answer: Answer, old: Source, new: Source) -> Answer:
    """Return the answer with a source replaced, its citation in the list too."""
    sentences = tuple(
        replace(s, sources=tuple(new if source == old else source for source in s.sources)) for s in answer.sentences
    )
    text = answer.text.replace(old.citation, new.citation) if old.citation != new.citation else answer.text
    return replace(answer, sentences=sentences, text=text)


def _in_quote(change: Change) -> Spoil:
    """Return what changes a quote in the source, the sentence and the text alike."""

    def spoil(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
        for source in _shuffled(sources_of(answer), dice):
            quote = change(source.quote, dice)
            if quote is None or letters_and_digits(quote) == letters_and_digits(source.quote):
                continue
            changed = replace(source, quote=quote)
            if not pages_with(changed, ground):
                return _everywhere(answer, source.quote, quote)
        return None

    return spoil


def _everywhere(answer: Answer, old: str, new: str) -> Answer:
    def changed(source: Source) -> Source:
        return replace(source, quote=new) if source.quote == old else source

    sentences = tuple(
        AnswerSentence(s.text.replace(old, new), tuple(changed(source) for source in s.sources))
        for s in answer.sentences
    )
    return replace(answer, sentences=sentences, text=answer.text.replace(old, new))


def _in_text(change: Change) -> Spoil:
    """Return what changes a quotation in the text alone."""

    def spoil(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
        body, rule, listed = answer.text.partition("\n---\n")
        shown = [s.quote for s in sources_of(answer) if s.quote in body]
        for quote in _shuffled(shown, dice):
            new = change(quote, dice)
            if new is not None and new != quote:
                return replace(answer, text=body.replace(quote, new) + rule + listed)
        return None

    return spoil


def _substitute(pattern: re.Pattern[str], new: Callable[[str, random.Random], str]) -> Change:
    def change(text: str, dice: random.Random) -> str | None:
        places = list(pattern.finditer(text))
        if not places:
            return None
        place = dice.choice(places)
        return text[: place.start()] + new(place[0], dice) + text[place.end() :]

    return change


def _other_digit(digit: str, dice: random.Random) -> str:
    return str((int(digit) + dice.randint(1, 9)) % 10) if digit.isascii() else "7"


_DIGIT = _substitute(DIGIT, _other_digit)
_UNIT = _substitute(COUNTED, lambda word, _: "barrels" if word != "barrels" else "litres")
_NEGATION = _substitute(MIDDLE, lambda _word, _dice: " not ")
_NAME = _substitute(NAME, lambda word, _: "Honduras" if word != "Honduras" else "Panama")
_PARAPHRASE = _substitute(WORD, lambda word, _: "considerable" if word != "considerable" else "notable")


def _page(step: int) -> Spoil:
    def spoil(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
        for source in _shuffled(sources_of(answer), dice):
            page = source.page + step
            if page < 1 or page in pages_with(source, ground):
                continue
            label = ground.shelf.label(source.report, page) or (str(page) if source.page_label else None)
            shown = source.page_label or str(source.page)
            place = re.compile(rf"(?<=p\. ){re.escape(shown)}(?!\w)")
            citation = place.sub(label or str(page), source.citation)
            return _with_source(answer, source, replace(source, page=page, page_label=label, citation=citation))
        return None

    return spoil


def _label(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    source = dice.choice(sources_of(answer))
    return _with_source(answer, source, replace(source, page_label=f"{source.page_label or ''}9"))


def _member(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    """Give a member's words to another, in source, sentence and text."""
    for source in _shuffled([s for s in sources_of(answer) if s.member], dice):
        other = _stranger(source, ground, dice)
        if other:
            sentences = tuple(
                AnswerSentence(
                    _renamed(s.text, source.member, other, ground),
                    tuple(replace(x, member=other.slug) if x == source else x for x in s.sources),
                )
                if source in s.sources
                else s
                for s in answer.sentences
            )
            return replace(answer, sentences=sentences, text=_renamed(answer.text, source.member, other, ground))
    return None


def _member_in_text(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    """Name another member in the text alone."""
    around = apart(answer.text.partition("\n---\n")[0])[1]
    named = [slug for slug in members_named(around, ground.shelf.roster) if _leads(slug, answer, ground)]
    cited = {source.member for source in sources_of(answer)}
    others = [member for member in ground.shelf.roster if member.slug not in cited]
    if not named or not others:
        return None
    body, rule, listed = answer.text.partition("\n---\n")
    return replace(answer, text=_renamed(body, named[0], dice.choice(others), ground) + rule + listed)


def _leads(slug: str, answer: Answer, ground: Ground) -> bool:
    """Whether a member is named in the words around a sentence, and so as its speaker."""
    return any(slug in members_named(apart(s.text)[1], ground.shelf.roster) for s in answer.sentences)


def _merged(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    """Give one member's words to two."""
    for source in _shuffled([s for s in sources_of(answer) if s.member], dice):
        other = _stranger(source, ground, dice)
        if other:
            both = tuple(
                replace(s, sources=(*s.sources, replace(source, member=other.slug))) if source in s.sources else s
                for s in answer.sentences
            )
            return replace(answer, sentences=both)
    return None


def _year(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    """Date the study otherwise, in the source and in the list."""
    for source in _shuffled([s for s in sources_of(answer) if s.study and YEAR.search(s.study)], dice):
        study = YEAR.sub("1999", source.study or "")
        citation = source.citation.replace(source.study or "", study)
        return _with_source(answer, source, replace(source, study=study, citation=citation))
    return None


def _report(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    """Cite another report, as from an index that is out of date."""
    source = dice.choice(sources_of(answer))
    for report in _shuffled(sorted(ground.shelf.reports), dice):
        other = replace(source, report=report)
        if not pages_with(other, ground):
            return _with_source(answer, source, other)
    return None


def _dropped(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    body, rule, listed = answer.text.partition("\n---\n")
    return replace(answer, text=MARKS.sub("", body, count=1) + rule + listed)


def _dangling(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    body, rule, listed = answer.text.partition("\n---\n")
    return replace(answer, text=re.sub(r"\[\d+\]", "[99]", body, count=1) + rule + listed)


def _uncited(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    body, rule, listed = answer.text.partition("\n---\n")
    claim = "Prices doubled within three years in every province."
    return replace(answer, text=f"{body.rstrip()}\n\n{claim}\n{rule}{listed}")


def _stranger(source: Source, ground: Ground, dice: random.Random) -> Member | None:
    """Return a member to whom the report does not give these words."""
    speakers = {speaker.member for speaker in said_by(source, ground)}
    others = [member for member in ground.shelf.roster if member.slug not in speakers]
    return dice.choice(others) if others else None


def _renamed(text: str, slug: str | None, other: Member, ground: Ground) -> str:
    """Return a text in which a member is called by another's name, quotations and all."""
    member = next((m for m in ground.shelf.roster if m.slug == slug), None)
    return text.replace(member.name, other.name).replace(member.surname, other.surname) if member else text


def _shuffled(things: Sequence[Thing], dice: random.Random) -> list[Thing]:
    return dice.sample(list(things), len(things))


def _spaces(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    return _everywhere(answer, old := sources_of(answer)[0].quote, old.replace(" ", "  "))


def _straight(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    sentences = tuple(replace(s, text=s.text.replace("’", "'")) for s in answer.sentences)
    return replace(answer, sentences=sentences, text=answer.text.replace("’", "'"))


def _hyphens(answer: Answer, ground: Ground, dice: random.Random) -> Answer | None:
    """Break a word at a line's end inside a quote, as a copied quote may have it."""
    old = sources_of(answer)[0].quote
    word = WORD.search(old)
    return _everywhere(answer, old, f"{old[: word.start() + 3]}-\n{old[word.start() + 3 :]}") if word else None


SPOILT = (
    Way("wrong member", "a member's words are given to another, everywhere", _member),
    Way("wrong member in the text", "another member is named, in the text alone", _member_in_text),
    Way("merged members", "one member's words are given to two", _merged),
    Way("wrong study", "the study is dated otherwise", _year),
    Way("page + 1", "the page cited is the next", _page(1)),
    Way("page − 1", "the page cited is the one before", _page(-1)),
    Way("page label", "the label shown is another", _label),
    Way("digit", "a digit of a quote is another", _in_quote(_DIGIT)),
    Way("digit in the text", "the same, in the text alone", _in_text(_DIGIT)),
    Way("unit", "what a number of a quote counts is another thing", _in_quote(_UNIT)),
    Way("negation", "a ‘not’ is put into a quote", _in_quote(_NEGATION)),
    Way("name", "a name in a quote is another", _in_quote(_NAME)),
    Way("paraphrase in quotation marks", "a word of a quote is another", _in_quote(_PARAPHRASE)),
    Way("paraphrase in the text", "the same, in the text alone", _in_text(_PARAPHRASE)),
    Way("dropped citation", "the first mark is left out", _dropped),
    Way("dangling citation", "a mark leads to no entry", _dangling),
    Way("uncited claim", "a sentence is added that cites nothing", _uncited),
    Way("stale report", "another report is cited", _report),
)
HARMLESS = (
    Way("spaces", "two spaces for one in a quote", _spaces, is_harmless=True),
    Way("straight quotation marks", "’ becomes '", _straight, is_harmless=True),
    Way("line-end hyphen", "a word of a quote is broken at a line's end", _hyphens, is_harmless=True),
)
