"""The gate: a written sentence is shown where its evidence carries all of it, and only there.

Eight checks, the cheap ones first, and a checker model's word where one is set up; the first that fails
decides. Nothing is mended here but a wrong number, where the sentence is true of other evidence that was
offered, a member's name misspelt, and a name left out, which is put before the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rag_agency.language import language_of
from rag_agency.named import members_in
from rag_agency.records import Check, CheckName, Draft, Language, Member, letters_and_digits
from rag_agency.verify.claims import Given, pick
from rag_agency.verify.figures import CITATION, figures_in, unknown_figure
from rag_agency.verify.opinion import Checker, second_opinion
from rag_agency.verify.proper import moved_place, unknown_name, unknown_place
from rag_agency.verify.speakers import (
    in_frame,
    name_words,
    of_speakers,
    speakers_differ,
    well_spelt,
    without_frame,
    wrong_speaker,
)
from rag_agency.verify.subjects import replaced_noun, untranslated_noun
from rag_agency.verify.support import THRESHOLDS, Thresholds, by_words, mixed_clause, new_clause, support_of
from rag_agency.verify.wording import Closeness, wrong_wording

MARKUP = re.compile(r"https?:|www\.|\bdata:|!\[|\]\(|<[/!a-zA-Z]|`|\bsk-\w{4,}|[A-Za-z0-9+/]{24,}={0,2}")
STUDY_YEAR = re.compile(r"([A-ZÁÉÍÓÚÑ][\w.]+,? )\b((?:1[5-9]|20)\d\d)\b")  # Nagayets 2005
ENDS = re.compile(r"[.!?…][”»\"')\]]*$")
QUOTED = re.compile(r"“([^”]+)”|«([^»]+)»|\"([^\"]+)\"|(?<!\w)‘([^’]{3,})’(?!\w)")
MOST_WORDS = 70  # of one sentence; more is a paragraph without a full stop
OTHERS = 3  # pieces of evidence that are tried for a sentence with a wrong number, the nearest first
WHOLE = 0.85  # share of the evidence's words that a sentence without a name must have: less has lost what limits it
SURE_OF_LANGUAGE = 8  # words; the language of fewer is a guess
PARTS = re.compile(r";|,?\s+(?:and|while|whereas|but|y|e|mientras que|mientras|pero|en cambio)\s+", re.I)
# What another number can mend: everything but what the sentence itself says wrongly.
MENDABLE: frozenset[CheckName] = frozenset({"citations", "speakers", "figures", "names", "support", "wording"})
Reason = Callable[[Draft, Sequence[Given]], str]


@dataclass(frozen=True, slots=True)
class Gate:
    """Checks written sentences about the members of a roster.

    ``close`` tells how close two texts are in meaning; by default the words they share. ``checker``,
    where there is one, is asked last, of what has passed all else.
    """

    roster: tuple[Member, ...]
    close: Closeness = by_words
    checker: Checker | None = None
    limits: Thresholds = THRESHOLDS

    def __call__(self, draft: Draft, offered: Sequence[Given], language: Language) -> tuple[Check, ...]:
        """Return the checks that a sentence went through; all have passed, or the last has not."""
        cited = pick(draft.cited, offered)
        done: list[Check] = []
        steps: tuple[tuple[CheckName, Callable[[], str]], ...] = (
            ("form", lambda: wrong_form(draft.text, language)),
            ("citations", lambda: _wrong_numbers(draft, offered)),
            ("quotation", lambda: _wrong_quotation(draft.text, cited)),
            ("speakers", lambda: wrong_speaker(draft.text, cited, self.roster)),
            ("figures", lambda: self._wrong_figure(draft.text, cited)),
            ("names", lambda: self._wrong_name(draft.text, cited)),
            ("wording", lambda: self._wrong_wording(draft.text, cited, language)),
            ("support", lambda: self._wrong_part(draft.text, cited, language)),
        )
        for name, reason_of in steps:
            reason = reason_of()
            done.append(Check(name, not reason, reason or self._told(name, draft.text, cited, language)))
            if reason:
                return tuple(done)
        if self.checker is not None:
            done.append(second_opinion(self.checker, draft.text, " ".join(self._as_said(given) for given in cited)))
        return tuple(done)

    def _as_said(self, given: Given) -> str:
        """Return evidence with its speakers before it, where it does not name them itself."""
        unnamed = [m.name for m in self.roster if m.slug in given.members and m.surname not in given.text]
        return f"{', '.join(unnamed)}: {given.text}" if unnamed else given.text

    def mended(self, draft: Draft, offered: Sequence[Given], language: Language) -> tuple[Draft, tuple[Check, ...]]:
        """Return the sentence with its checks; what is mended has gone through all of them again.

        It has other numbers where it is true of other evidence, or the speaker's name before it where it named none.
        """
        draft = replace(draft, text=well_spelt(draft.text, self.roster))
        checks = self(draft, offered, language)
        if checks[-1].passed or checks[-1].name not in MENDABLE:
            return draft, checks
        claim = without_frame(draft.text, self.roster)
        near = sorted(offered, key=lambda given: -by_words(claim, given.text))
        for given in near[:OTHERS]:
            other = replace(draft, cited=(given.number,))
            again = self(other, offered, language)
            if again[-1].passed:
                return other, again
        cited = pick(draft.cited, offered)
        framed = replace(draft, text=in_frame(draft.text, cited, self.roster, language))
        if framed == draft or by_words(without_frame(" ".join(g.text for g in cited), self.roster), claim) < WHOLE:
            return draft, checks
        again = self(framed, offered, language)
        return (framed, again) if again[-1].passed else (draft, checks)

    def _near(self, first: str, second: str) -> float:
        """Return how close two clauses are, by words before meaning: who does what stands in the words."""
        return by_words(first, second) + (0.0 if self.close is by_words else 0.5 * self.close(first, second))

    def _wrong_figure(self, text: str, cited: Sequence[Given]) -> str:
        evidence = " ".join(given.text for given in cited)
        years = set(re.findall(r"\b(?:1[5-9]|20)\d\d\b", " ".join([evidence, *(s for g in cited for s in g.studies)])))
        for year in (y for bracket in re.findall(r"\(([^()]*)\)", text) for y in re.findall(r"\b\d{4}\b", bracket)):
            if year not in years:
                return f"the year {year} is not in the evidence"
        bare = STUDY_YEAR.sub(lambda m: m[0] if m[2] not in years else m[1], CITATION.sub(" ", text))
        return unknown_figure(bare, evidence)

    def _wrong_name(self, text: str, cited: Sequence[Given]) -> str:
        evidence = " ".join(given.text for given in cited)
        members = {member for given in cited for member in given.members} | {*members_in(evidence, self.roster)}
        allowed = name_words(members, self.roster) | {"munoz", "viana"}
        allowed |= {word for given in cited for word in re.findall(r"\w+", given.outside.lower())}
        if place := unknown_place(text, evidence):
            return f"{place} is not in the evidence"
        if len(cited) == 1 and (place := moved_place(text, evidence)):
            return f"the evidence says this of another country than {place}"
        name = unknown_name(text, evidence, allowed)
        return f"{name} is not in the evidence" if name else ""

    def _wrong_wording(self, text: str, cited: Sequence[Given], language: Language) -> str:
        bare = [without_frame(given.text, self.roster) for given in cited]
        across = all(given.language != language for given in cited)
        near = by_words if all(given.language == language for given in cited) else self._near
        claim = without_frame(text, self.roster)
        if reason := wrong_wording(claim, bare, near, across=across):
            return reason
        meaning = None if self.close is by_words else self.close
        if across:
            other = untranslated_noun(claim, bare, language, meaning) if meaning else ""
        else:
            other = replaced_noun(claim, bare, language, meaning)
        return f"the evidence says this of something else than “{other}”" if other else ""

    def _wrong_part(self, text: str, cited: Sequence[Given], language: Language) -> str:
        """Return what is missing of the support of a sentence, or of any part that is said by somebody else."""
        if not speakers_differ(cited):
            return self._unsupported(text, cited, language)
        for part in _parts_by_speaker(text, cited, self.roster):
            own = of_speakers(part, cited, self.roster)
            if not own:
                return "it is not clear who says which part of it"
            for speaker in {(given.members, given.outside) for given in own}:
                said = [given for given in own if (given.members, given.outside) == speaker]
                reason = self._unsupported(part, said, language) or self._wrong_figure(part, said)
                if reason := reason or self._wrong_wording(part, said, language):
                    return f"“{part.strip()}”: {reason}"
        return ""

    def _unsupported(self, text: str, cited: Sequence[Given], language: Language) -> str:
        claim = without_frame(text, self.roster)
        evidence = [(without_frame(given.text, self.roster), given.language) for given in cited]
        support = support_of(claim, language, evidence, self.close)
        if reason := support.fails(self.limits):
            return reason
        if len(cited) > 1 and (part := mixed_clause(claim, language, [text for text, _ in evidence])):
            return f"no single piece of evidence carries “{part}”"
        clause = "" if support.across else new_clause(claim, language, [t for t, _ in evidence], self.close)
        return f"“{clause}” has nothing in common with the evidence" if clause else ""

    def _told(self, name: CheckName, text: str, cited: Sequence[Given], language: Language) -> str:
        """Return the figures of a check that passed."""
        if name == "support":
            evidence = [(without_frame(given.text, self.roster), given.language) for given in cited]
            return support_of(without_frame(text, self.roster), language, evidence, self.close).told()
        if name == "figures":
            return ", ".join(figure.printed for figure in figures_in(text))
        return ""


def wrong_form(text: str, language: Language) -> str:
    """Return what of a sentence is no plain finished sentence in the reader's language."""
    words = text.split()
    if found := MARKUP.search(text):
        return f"“{found[0]}” is markup, an address or a code, and none is let through"
    if not ENDS.search(text) or len(words) < 3 or len(words) > MOST_WORDS:
        return "it is not one finished sentence"
    plain = [word for word in words if word[:1].islower()]  # names are of no language
    if len(plain) >= SURE_OF_LANGUAGE and language_of(" ".join(plain)) != language:
        return "it is not in the language of the question"
    return ""


def _wrong_numbers(draft: Draft, offered: Sequence[Given]) -> str:
    known = {given.number for given in offered}
    if not draft.cited:
        return "it cites no evidence"
    unknown = next((number for number in draft.cited if number not in known), None)
    return "" if unknown is None else f"there is no evidence [{unknown}]"


def _wrong_quotation(text: str, cited: Sequence[Given]) -> str:
    for found in QUOTED.finditer(text):
        quoted = next(group for group in found.groups() if group)
        if not any(letters_and_digits(quoted) in letters_and_digits(given.text) for given in cited):
            return f"“{quoted}” does not stand so in the evidence"
    return ""


def _parts_by_speaker(text: str, cited: Sequence[Given], roster: Sequence[Member]) -> list[str]:
    """Cut a sentence where somebody else begins to speak; a part that names nobody goes on the one before."""
    parts: list[str] = []
    start = 0
    for cut in chain(PARTS.finditer(text), [None]):
        part = text[start : cut.start() if cut else len(text)]
        if parts and not of_speakers(part, cited, roster):
            parts[-1] += text[start - (len(text[:start]) - len(text[:start].rstrip())) : start] + part
        else:
            parts.append(part)
        start = cut.end() if cut else start
    return parts
