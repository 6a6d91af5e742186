r"""A quiz in Moodle's GIFT format, each answer with its source as feedback.

The rules are those of Moodle's own importer: ``~ = # { } :`` and the backslash are escaped, a new
line is ``\n``, and question, answers and feedback are HTML in which words of reports are escaped.
The right-hand side of a matching pair and the answers to type in are plain text there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from rag_agency.course.exports.handout import text_of
from rag_agency.course.exports.quiz import option_of, stem_of
from rag_agency.course.exports.words import in_other, say, traced
from rag_agency.course.records import Option, Pack, QuizItem, Quote
from rag_agency.records import Language

_CONTROL = re.compile(r"([~=#{}:\\])")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")
TRUTH = {0: "TRUE", 1: "FALSE"}  # the first option of a true or false is ‘true’


def gift(pack: Pack) -> bytes:
    """Return the bytes of a GIFT file: a category for each session, an entry for each item."""
    entries = []
    for session in pack.sessions:
        name = say("session", pack.language, session.number, session.title)
        entries.append(f"$CATEGORY: {_category(pack.title)}/{_category(name)}")
        entries += [_entry(item, pack) for item in session.quiz]
    return ("\n\n".join(entries) + "\n").encode()


def _entry(item: QuizItem, pack: Pack) -> str:
    language = pack.language
    text = _html(item.prompt) + (f"<br>{_html(text_of(stem_of(item, language)))}" if item.stem else "")
    traces = [*item.trace, *(pair.trace for pair in item.pairs)]
    told = _feedback(f"{say('sources', language)}:", traces, language)
    feedback = f"####{told}" if traces else ""
    body = "\n".join(("{", *_answers(item, language), *((feedback,) if feedback else ()), "}"))
    return f"::{_plain(item.id)}::[html]{text} {body}"


def _answers(item: QuizItem, language: Language) -> Sequence[str]:
    """Return the lines between the braces, in the manner of the item's kind."""
    if item.kind == "choice":
        return [_choice(item, option, language) for option in item.options]
    if item.kind == "true_false":
        right = next(place for place, option in enumerate(item.options) if option.is_right)
        why = _feedback(item.options[right].why, (item.options[right].trace,), language)
        return [f"{TRUTH[right]}#{why}#{why}"]
    if item.kind == "match":
        marks = [in_other(pair.trace.language, language) for pair in item.pairs]
        pairs = zip(item.pairs, marks, strict=True)
        return [f"={_html(f'{pair.left}{mark}')} -> {_plain(pair.right)}" for pair, mark in pairs]
    return [f"=%100%{_typed(answer)}" for answer in typed_answers(item.answer)]


def _choice(item: QuizItem, option: Option, language: Language) -> str:
    text = _html(text_of(option_of(item, option, language)))
    # A wrong answer that begins like a weight or a format would be read as one.
    weight = "" if option.is_right or not text.startswith("%") else "%0%"
    sign = "=" if option.is_right else "~"
    told = _feedback(option.why, (option.trace,), language)
    return f"{sign}{weight}{'[html]' if text.startswith('[') else ''}{text}#{told}"


def typed_answers(answer: str) -> tuple[str, ...]:
    """Return what a participant may type: the answer as printed, and a number without its separators."""
    bare = re.sub(r"[.,\s]", "", answer) if _THOUSANDS.fullmatch(answer) else answer
    return tuple(dict.fromkeys((answer, bare)))


def _typed(answer: str) -> str:
    """Return an answer to type in; a star would stand for anything, an arrow would part a pair."""
    words = answer.replace("*", r"\*").replace("->", "→")
    return f"{'[plain]' if words.startswith('[') else ''}{_plain(words)}"


def _feedback(words: str, traces: Sequence[Quote], language: Language) -> str:
    cited = dict.fromkeys(traced(quote, language) for quote in traces)
    return "<br>".join(_html(line) for line in (words, *cited) if line)


def _html(text: str) -> str:
    return _plain(escape(text, quote=False))


def _plain(text: str) -> str:
    return "\\n".join(_CONTROL.sub(r"\\\1", line.strip()) for line in text.strip().splitlines())


def _category(text: str) -> str:
    """Return a name of a category, in which a slash is written twice and nothing else is escaped."""
    return " ".join(text.split()).replace("/", "//")
