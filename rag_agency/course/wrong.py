"""Whom a quiz names as a wrong answer, and the reason that its key gives."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag_agency.course.material import Material
from rag_agency.course.records import Option, Quote
from rag_agency.course.templates import say
from rag_agency.differences.finder import DIFFERENT
from rag_agency.records import Language, Sentence

CONTRARY: dict[Language, str] = {
    "en": "On this question {who} says: ‘{quote}’",
    "es": "Sobre esta pregunta {who} dice: «{quote}»",
}


@dataclass(frozen=True, slots=True)
class Taught:
    """What a course has printed before it asks: in this session, and in those before it."""

    here: tuple[Sentence, ...]
    before: tuple[Sentence, ...] = ()


class Wrong:
    """Finds members who say nothing like a sentence, each with a finding of theirs."""

    def __init__(
        self, material: Material, taught: Taught, known: Sequence[Sentence], language: Language, draw: random.Random
    ) -> None:
        """Take what was ``taught``, and statements by which a member is ``known`` who is not quoted there."""
        self._material = material
        self._taught = taught
        self._known = known
        self._language = language
        self._draw = draw

    def members(self, sentence: Sentence) -> Iterator[tuple[str, Quote]]:
        """Yield members, each with a finding: who is quoted here, then elsewhere; what says the contrary first."""
        printed = (self._taught.here, self._taught.before)

        def place(slug: str) -> int:
            return next((n for n, part in enumerate(printed) if any(slug in s.spoken_by for s in part)), len(printed))

        drawn = [m.slug for m in self._material.roster]
        self._draw.shuffle(drawn)
        for slug in sorted(drawn, key=place):
            if slug in sentence.spoken_by or self.could_say(slug, sentence):
                continue
            told = [s for part in printed for s in part if slug in s.spoken_by]
            contrary = [s for s in told if self._is_contrary(sentence, s)]
            theirs = [*contrary, *sorted(told, key=lambda s: len(s.spoken_by))]  # their own before what several say
            theirs += [s for s in self._known if s.spoken_by == {slug}]
            quote = next((q for s in theirs if (q := self._material.quote(s, self._language))), None)
            if quote:
                yield slug, quote

    def option(self, slug: str, other: Quote, sentence: Sentence) -> Option:
        """Return a member as a wrong answer, with what the member says of it instead where that is known."""
        name = next((m.name for m in self._material.roster if m.slug == slug), slug)
        printed = self._material.made_of([other])
        if any(self._is_contrary(sentence, s) for s in printed):
            why = CONTRARY[self._language].format(who=name, quote=other.text)
        else:
            is_taught = any(s in part for s in printed for part in (self._taught.here, self._taught.before))
            why = say("why not who" if is_taught else "why not who outside", self._language).format(who=name)
        return Option(name, False, other, why)

    def could_say(self, slug: str, sentence: Sentence) -> bool:
        """Say whether a member says, anywhere, what is so like a sentence that it could be theirs as well."""
        return any(slug in other.spoken_by for other in self._material.alike(sentence))

    def _is_contrary(self, sentence: Sentence, other: Sentence) -> bool:
        relation = self._material.finder.relation(sentence, other)
        return relation is not None and relation.label in DIFFERENT
