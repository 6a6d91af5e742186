"""A quiz and a glossary as notes for Anki: a text file to import, one line a note, fields parted by tabs.

The lines at the top are Anki's own file headers. Fields are HTML in which words of reports are
escaped; square brackets too, since Anki reads sounds and formulas from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from rag_agency.course.exports.handout import text_of
from rag_agency.course.exports.quiz import LETTERS, answer_of, option_of, pair_of, stem_of
from rag_agency.course.exports.words import in_other, quoted, say, traced
from rag_agency.course.records import GlossaryEntry, Pack, QuizItem, Quote, quotes_of_item
from rag_agency.records import Language

HEADERS = ("#separator:tab", "#html:true", "#columns:Front\tBack\tTags", "#tags column:3")


def anki(pack: Pack) -> bytes:
    """Return the bytes of the text file."""
    deck = f"#deck:{' '.join(pack.title.split())}"
    notes = (*_of_quizzes(pack), *(_of_term(entry, pack.language) for entry in pack.glossary))
    return ("\n".join((*HEADERS, deck, *("\t".join(note) for note in notes))) + "\n").encode()


def _of_quizzes(pack: Pack) -> Iterator[tuple[str, str, str]]:
    for session in pack.sessions:
        for item in session.quiz:
            yield _front(item, pack.language), _back(item, pack.language), f"session-{session.number} {item.kind}"


def _of_term(entry: GlossaryEntry, language: Language) -> tuple[str, str, str]:
    told = f"{quoted(entry.quote.text)}{in_other(entry.quote.language, language)}"
    return field(entry.term), _joined((told, *_sources((entry.quote,), language))), "glossary"


def _front(item: QuizItem, language: Language) -> str:
    lines = [item.prompt, text_of(stem_of(item, language)) if item.stem else ""]
    marked = zip(LETTERS, item.options, strict=False)
    lines += [f"{letter}) {text_of(option_of(item, option, language))}" for letter, option in marked]
    lines += [f"{number}. {text_of(pair_of(pair, language))}" for number, pair in enumerate(item.pairs, 1)]
    lines += [f"{letter}) {choice}" for letter, choice in zip(LETTERS, item.choices, strict=False)]
    return _joined(lines)


def _back(item: QuizItem, language: Language) -> str:
    why = [option.why for option in item.options if option.is_right]
    return _joined((answer_of(item, language), *why, *_sources(quotes_of_item(item), language)))


def _sources(quotes: Sequence[Quote], language: Language) -> tuple[str, ...]:
    cited = dict.fromkeys(traced(quote, language) for quote in quotes)
    return (f"{say('sources' if len(cited) > 1 else 'source', language)}:", *cited)


def _joined(lines: Sequence[str]) -> str:
    return "<br>".join(field(line) for line in lines if line)


def field(text: str) -> str:
    """Return text as a field that Anki shows letter by letter."""
    safe = escape(text.replace("\t", " ").strip(), quote=True).replace("[", "&#91;").replace("]", "&#93;")
    safe = f"&#35;{safe[1:]}" if safe.startswith("#") else safe  # else a whole line would be a comment
    return "<br>".join(safe.splitlines())
