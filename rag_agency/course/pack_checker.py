"""Checks what a pack says of itself: its reasons, its notes, its languages, where its right answers stand.

Knows whole packs; an item by itself is the checker's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rag_agency.course.material import Material
from rag_agency.course.notes import printed_in
from rag_agency.course.records import Pack, QuizItem, Quote, shown_quotes, taught_quotes
from rag_agency.course.templates import say
from rag_agency.course.wrong import CONTRARY
from rag_agency.differences.finder import DIFFERENT
from rag_agency.records import Language

SEVERAL = 4  # answers of one kind from which it is seen that all are the same


def untruths(pack: Pack, material: Material) -> Iterator[str]:
    """Yield what a pack says of itself and is not so."""
    taught: set[Quote] = set()
    items = [item for session in pack.sessions for item in session.quiz]
    for session in pack.sessions:
        taught |= set(taught_quotes(session))
        for item in session.quiz:
            yield from _untrue_reasons(item, taught, pack.language)
            yield from _no_contraries(item, pack.language, material)
        before = say("silent", pack.language).split("{who}")[0]
        silent = " ".join(note for note in session.notes if note.startswith(before))
        for member in material.roster:
            if member.name in silent and member.slug in printed_in(session):
                yield f"session {session.number} says that {member.name} is not quoted, and quotes them"
        # A difference that stands in the other language only is better than none.
        sides = (session.difference.a, session.difference.b) if session.difference else ()
        told = (quote for quote in taught_quotes(session) if quote not in sides)
        printed = (*told, *(q for item in session.quiz for q in shown_quotes(item)))
        for quote in dict.fromkeys(printed):
            yield from _in_another_language(quote, pack.language, material)
    yield from _leaning(items)


def _untrue_reasons(item: QuizItem, taught: set[Quote], language: Language) -> Iterator[str]:
    for option in item.options:
        is_said = option.why == say("why not who", language).format(who=option.text)
        if is_said and option.trace not in taught:
            yield f"{item.id} says that {option.text} is quoted in the course, where they are not"


def _no_contraries(item: QuizItem, language: Language, material: Material) -> Iterator[str]:
    """Yield the reasons that say what a member says to the contrary, where the member does not."""
    key = material.sentence_of(item.trace[0]) if item.trace else None
    for option in item.options:
        before = CONTRARY[language].format(who=option.text, quote="").rstrip("’»")
        if not option.why.startswith(before):
            continue
        other = material.sentence_of(option.trace)
        relation = material.finder.relation(key, other) if key and other else None
        if option.trace.text not in option.why or relation is None or relation.label not in DIFFERENT:
            yield f"{item.id} gives as the contrary what is none: {option.why[:60]}"


def _in_another_language(quote: Quote, language: Language, material: Material) -> Iterator[str]:
    """Yield a quote in another language of what a report says in the pack's as well."""
    sentence = material.sentence_of(quote) if quote.language != language else None
    if sentence and (material.twin(sentence, language) or not material.is_of(sentence, language)):
        yield f"there is the same in the pack’s language: {quote.text[:60]}"


def _leaning(items: Sequence[QuizItem]) -> Iterator[str]:
    """Yield where all true or false, or all choices, have their right answer in one place."""
    for kind in ("true_false", "choice"):
        of_kind = [item.options for item in items if item.kind == kind]
        places = Counter(next(n for n, o in enumerate(options) if o.is_right) for options in of_kind)
        if len(of_kind) >= SEVERAL and len(places) == 1:
            yield f"the right answer of every {kind} stands in one place"
