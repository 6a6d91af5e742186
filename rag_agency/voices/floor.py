"""Whom 'she', 'the three authors' or 'this study' may mean: the members named last, and their gender."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rag_agency.records import Speaker
from rag_agency.voices.hearing import Heard
from rag_agency.voices.names import Register, folded, key
from rag_agency.voices.pointing import Gender, Pointer

# A finding of all the studies bars the way to "they", a stranger also that to "she".
Barrier = Literal["", "one", "many"]
FAR = 5  # paragraphs; nobody is still 'she' after that
HIS = re.compile(r"\b(?:he|his|him|himself|el\s+autor|el\s+investigador)\b", re.I)
HER = re.compile(r"\b(?:she|her|herself|la\s+autora|la\s+investigadora|ella)\b", re.I)


def genders_of(heard: Sequence[Heard], register: Register) -> dict[str, Gender]:
    """Return the gender by which the report speaks of each member; else what the first name tells."""
    votes: dict[str, Counter[Gender]] = defaultdict(Counter)
    for h in heard:
        members = {s.member for group in h.named for s in group}
        if len(members) != 1:
            continue
        text = folded(h.sentence.text)
        male, female = bool(HIS.search(text)), bool(HER.search(text))
        if male != female:
            votes[members.pop()]["m" if male else "f"] += 1
    genders: dict[str, Gender] = {}
    for member in register.roster:
        first = key(member.name.split()[0])
        guess: Gender = "f" if first.endswith("a") else "m" if first.endswith("o") else ""
        counted = votes[member.slug].most_common(1)
        genders[member.slug] = counted[0][0] if counted else guess
    return genders


@dataclass(frozen=True, slots=True)
class _Named:
    """Members (or works of others) named together, and where."""

    speakers: tuple[Speaker, ...]
    external: tuple[str, ...]
    paragraph: int
    section: str
    barrier: Barrier = ""


@dataclass
class Antecedents:
    """Who was named so far, the last one last."""

    genders: dict[str, Gender]
    named: list[_Named] = field(default_factory=list)

    def hear(
        self,
        heard: Heard,
        speakers: tuple[Speaker, ...],
        external: tuple[str, ...],
        *,
        barrier: Barrier = "",
    ) -> None:
        """Remember who a sentence names; past a ``barrier`` no pronoun of its number looks back."""
        if speakers or external or barrier:
            place = heard.sentence.paragraph, heard.sentence.section
            self.named.append(_Named(speakers, external, *place, barrier))

    def one_of(self, members: Sequence[str], heard: Heard) -> tuple[Speaker, ...]:
        """Return, of members with one surname, the one of whom the paragraph has just spoken."""
        for named in reversed(self.named):
            fits = tuple(s for s in named.speakers if s.member in members)
            if named.paragraph != heard.sentence.paragraph or len({s.member for s in fits}) > 1:
                return ()
            if fits:
                return fits[:1]
        return ()

    def meant(self, pointer: Pointer, heard: Heard) -> _Named | None:
        """Return whom a sentence points back to, None where that is not clear."""
        here = heard.sentence
        # 'The authors' and 'they' without a number soon are the report's own, or the producers.
        reach = 0 if pointer.near else 1 if pointer.many and pointer.count is None else FAR
        near = [n for n in self.named if n.section == here.section and here.paragraph - n.paragraph <= reach]
        if pointer.many:
            return self._several(pointer, near)
        return self._one(pointer, near)

    def _one(self, pointer: Pointer, near: Sequence[_Named]) -> _Named | None:
        for named in reversed(near):
            if named.barrier == "one":
                return None
            if named.external and not named.speakers:
                return named if pointer.gender == "" or pointer.count else None
            fits = [s for s in named.speakers if self._fits(s, pointer.gender)]
            members = {s.member for s in fits}
            if len(members) == 1:
                return _Named(tuple(fits), (), named.paragraph, named.section)
            if len(members) > 1:
                return None
        return None

    def _several(self, pointer: Pointer, near: Sequence[_Named]) -> _Named | None:
        """Return the last group of that size, or the last ones named one by one."""
        gathered: dict[str, Speaker] = {}
        for named in reversed(near):
            members = {s.member for s in named.speakers}
            if named.barrier:
                return None
            if named.external and not members:
                return named if not gathered and pointer.count is None else None
            if not gathered and len(members) == (pointer.count or len(members)) > 1:
                return named
            for speaker in named.speakers:
                gathered.setdefault(speaker.member, speaker)
            if pointer.count and len(gathered) >= pointer.count:
                break
            if pointer.count is None:
                return None
        if pointer.count and len(gathered) == pointer.count:
            return _Named(tuple(reversed(gathered.values())), (), near[-1].paragraph, near[-1].section)
        return None

    def _fits(self, speaker: Speaker, gender: Gender) -> bool:
        own = self.genders.get(speaker.member, "")
        return not gender or not own or own == gender
