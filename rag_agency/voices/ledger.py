"""The ledger: goes through a report in reading order and writes down who says each sentence.

Each sentence has been heard by itself; here its surroundings decide the rest: who has the floor,
which quotation a citation closes, what a lead-in introduces, whom 'she' means. Where that is not
clear, the sentence stays with the authors and its rule is ``unclear``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rag_agency.records import Kind, Member, Report, Sentence, Speaker
from rag_agency.voices.floor import Antecedents, genders_of
from rag_agency.voices.hearing import Heard, hear, reader_of
from rag_agency.voices.names import register_of
from rag_agency.voices.own import own_speakers
from rag_agency.voices.paragraphs import Scene, decide_paragraph, decide_quotes
from rag_agency.voices.verdicts import AUTHORS, Verdict, member_verdict


def attribute(sentences: Sequence[Sentence], roster: Sequence[Member], report: Report) -> tuple[Sentence, ...]:
    """Return the same sentences with voice, members, external sources and the rule that decided."""
    texts = [s.text for s in sentences]
    register = register_of(roster, texts)
    reader = reader_of(register, texts, report)
    heard = [hear(sentence, reader) for sentence in sentences]
    antecedents = Antecedents(genders_of(heard, register))
    verdicts = _Walk(antecedents).through(heard)
    own = own_speakers(report, roster)
    if own:
        verdicts = [_in_own_study(h, v, own) for h, v in zip(heard, verdicts, strict=True)]
    return tuple(_written(h.sentence, v) for h, v in zip(heard, verdicts, strict=True))


# In a member's own study these are not told by anybody.
NOT_TOLD = frozenset({"heading", "reference-list", "unclear", "biography"})


def _in_own_study(h: Heard, verdict: Verdict, own: tuple[Speaker, ...]) -> Verdict:
    """Give to a study's author what its ledger leaves to 'the authors'; inherited, as no sentence says so."""
    if verdict.voice != "authors" or verdict.rule in NOT_TOLD or h.sentence.kind == "heading":
        return verdict
    return member_verdict(own, "own-study", explicit=False)


def _written(sentence: Sentence, verdict: Verdict) -> Sentence:
    return replace(
        sentence,
        voice=verdict.voice,
        members=verdict.speakers,
        external=verdict.external,
        explicit=verdict.explicit,
        rule=verdict.rule,
    )


# An item that a displayed line or a page parts from the first items of its list.
GOES_ON = re.compile(r"^\(?(?:[2-9]|1\d|[b-h])[.)]")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Neighbouring sentences of one paragraph."""

    kind: Kind
    start: int
    heard: tuple[Heard, ...]


def _stretches(heard: Sequence[Heard]) -> Iterator[_Stretch]:
    place = 0
    for _, group in groupby(heard, key=lambda h: (h.sentence.paragraph, h.sentence.kind)):
        items = tuple(group)
        yield _Stretch(items[0].sentence.kind, place, items)
        place += len(items)


class _Walk:
    """The state of one reading: what was decided last, and whom later words may point back to."""

    def __init__(self, antecedents: Antecedents) -> None:
        self.antecedents = antecedents
        self.scene = Scene()
        self.lead: Verdict = AUTHORS
        self.leads = False
        self.led = False  # a list has begun that a lead-in gave to somebody

    def through(self, heard: Sequence[Heard]) -> list[Verdict]:
        """Return a verdict for each sentence."""
        verdicts: list[Verdict] = [AUTHORS] * len(heard)
        stretches = list(_stretches(heard))
        # Notes stand where the page had room for them; they are read apart from the text.
        notes = [[stretch] for stretch in stretches if stretch.kind == "footnote"]
        for run in [*_runs(s for s in stretches if s.kind != "footnote"), *notes]:
            decided = iter(self._decide(run))
            for stretch in run:
                for offset in range(len(stretch.heard)):
                    verdicts[stretch.start + offset] = next(decided)
        _give_studies(heard, verdicts)
        _give_listed_studies(heard, verdicts)
        return verdicts

    def _decide(self, run: Sequence[_Stretch]) -> list[Verdict]:
        kind = run[0].kind
        heard = [h for stretch in run for h in stretch.heard]
        if kind == "heading":
            self.scene, self.lead, self.leads, self.led = Scene(), AUTHORS, False, False
            return [replace(AUTHORS, rule="heading")] * len(heard)
        if kind == "block_quote":
            return self._decide_quotation(run, heard)
        if kind == "body" and self._is_introduced(heard[0]):
            return self._decide_quotation(run, heard)
        if kind == "footnote":
            return decide_paragraph(heard, Scene(), Antecedents(self.antecedents.genders))
        if kind == "list":
            verdicts = self._decide_list(heard)
        else:
            verdicts = decide_paragraph(heard, self.scene, self.antecedents)
            self.lead, self.leads, self.led = verdicts[-1], heard[-1].introduces, False
        self.scene = Scene(last=verdicts[-1].speakers)
        return verdicts

    def _is_introduced(self, first: Heard) -> bool:
        """Whether a paragraph is a quotation set flush: a member's lead-in stands before it, nobody in it."""
        is_next = self.leads and not self.led and self.lead.voice == "member"
        return is_next and not (first.told or first.pointer or first.scope)

    def _decide_list(self, heard: Sequence[Heard]) -> list[Verdict]:
        verdicts = decide_paragraph(heard, Scene(), self.antecedents)
        follows = self.leads or (self.led and GOES_ON.match(heard[0].sentence.text))
        if not follows or self.lead.voice == "authors":
            return verdicts
        self.led = True
        given = replace(self.lead, explicit=False, rule="list-lead-in")
        return [_given(v, given) if v.rule == AUTHORS.rule else v for v in verdicts]

    def _decide_quotation(self, run: Sequence[_Stretch], heard: Sequence[Heard]) -> list[Verdict]:
        verdicts = decide_quotes([stretch.heard for stretch in run], self.lead, self.leads)
        known = {s.member for s in self.lead.speakers}
        for h, verdict in zip(heard, verdicts, strict=True):
            if not {s.member for s in verdict.speakers} <= known:
                self.antecedents.hear(h, verdict.speakers, ())
        last = next((v.speakers for v in reversed(verdicts) if v.voice != "authors"), ())
        self.scene, self.leads = Scene(last=last), False
        return verdicts


def _given(item: Verdict, given: Verdict) -> Verdict:
    """Return the lead-in's verdict for an item that nobody says, with the works that the item refers to."""
    return given if given.voice == "external" or not item.external else replace(given, external=item.external)


def _runs(stretches: Iterable[_Stretch]) -> Iterator[list[_Stretch]]:
    """Yield the stretches one by one, but the displayed paragraphs that follow each other together."""
    for is_displayed, group in groupby(stretches, key=lambda s: s.kind == "block_quote"):
        if is_displayed:
            yield list(group)
        else:
            yield from ([stretch] for stretch in group)


def _give_studies(heard: Sequence[Heard], verdicts: list[Verdict]) -> None:
    """Tell a lead-in the studies that the quotation behind it cites."""
    lead: int | None = None
    for i, h in enumerate(heard):
        if h.sentence.kind != "block_quote":
            lead = i if h.sentence.kind != "footnote" else lead
        elif lead is not None:
            cited = {s.member: s for s in verdicts[i].speakers if s.study}
            named = (cited.get(s.member, s) if not s.study else s for s in verdicts[lead].speakers)
            verdicts[lead] = replace(verdicts[lead], speakers=tuple(named))


def _give_listed_studies(heard: Sequence[Heard], verdicts: list[Verdict]) -> None:
    """Tell a lead-in and the items of its list the one study of theirs that the list cites."""
    group: list[int] = []
    for i, h in enumerate(heard):
        if h.sentence.kind == "footnote":
            continue
        if h.sentence.kind == "list" and group:
            group.append(i)
            continue
        _share_study(group, verdicts)
        group = [i] if h.introduces else []
    _share_study(group, verdicts)


def _share_study(group: Sequence[int], verdicts: list[Verdict]) -> None:
    said = {s for i in group for s in verdicts[i].speakers}
    studies = {s.member: {o for o in said if o.member == s.member and o.study} for s in said}
    only = {member: next(iter(found)) for member, found in studies.items() if len(found) == 1}
    for i in group:
        named = (s if s.study else only.get(s.member, s) for s in verdicts[i].speakers)
        verdicts[i] = replace(verdicts[i], speakers=tuple(named))
