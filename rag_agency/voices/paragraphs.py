"""Who says the sentences of one paragraph, and of one displayed quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag_agency.records import Speaker
from rag_agency.voices.floor import Antecedents
from rag_agency.voices.hearing import Heard
from rag_agency.voices.names import folded
from rag_agency.voices.quotations import open_runs
from rag_agency.voices.verdicts import (
    AUTHORS,
    UNCLEAR,
    Verdict,
    external_verdict,
    member_verdict,
)

LISTED = re.compile(
    r"^\W*(?:table\s+of\s+)?(?:contents|references|bibliography|works\s+cited|sources|contenidos?|indice|"
    r"referencias(?:\s+bibliograficas)?|bibliografia|fuentes|obras\s+citadas)\W*$",
    re.I,
)
SANDWICH = 2  # sentences between two citations of one work that still are its


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands before a paragraph: the members whose words were the last."""

    last: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Floor:
    """Who has the word inside a paragraph; ``told`` in running speech, else by a citation."""

    verdict: Verdict = AUTHORS
    told: bool = False


def decide_paragraph(heard: Sequence[Heard], scene: Scene, antecedents: Antecedents) -> list[Verdict]:
    """Return who says each sentence of a paragraph of running text."""
    verdicts: list[Verdict] = []
    floor = Floor()
    life = heard[0].life
    for h in heard:
        verdict = _by_itself(h, antecedents, floor)
        if life and not h.told and (h.scope or not h.pointer):
            verdict = replace(AUTHORS, rule="biography")
        if verdict is None:
            verdict = _inherited(h, floor)
        verdict = _with_references(h, verdict)
        floor = _floor_after(h, verdict, floor)
        _note_named(h, verdict, antecedents)
        verdicts.append(verdict)
    _spread_quotations(heard, verdicts)
    _fill_sandwiches(heard, verdicts)
    _reach_back(heard, verdicts, scene)
    _name_studies(verdicts)
    return verdicts


def _by_itself(h: Heard, antecedents: Antecedents, floor: Floor) -> Verdict | None:
    """Return the verdict that the sentence itself gives, with whom it points back to."""
    if LISTED.match(folded(h.sentence.section)):
        return replace(AUTHORS, rule="reference-list")
    if h.doubtful:
        meant = antecedents.one_of(h.doubtful, h)
        return member_verdict(meant, "named-speaker", explicit=True) if meant else UNCLEAR
    if h.scope and not h.told:
        return replace(AUTHORS, rule="scope")
    if h.told:
        before = floor.verdict.speakers if h.joins and floor.told else ()
        return member_verdict((*before, *h.told, *h.cited), "named-speaker", explicit=True, external=h.external)
    if h.cited:
        return member_verdict(h.cited, "citation", explicit=True, external=h.external)
    if h.external and not h.referred:
        pointed = _pointed(h, antecedents) if not h.reported else None
        # 'He adds that … (X 2003)': the work stands behind the words of whoever has been speaking.
        is_members = pointed is not None and pointed.voice == "member"
        return pointed if is_members else external_verdict(h.external, "external-citation", explicit=True)
    if h.collective:
        return replace(AUTHORS, rule="collective")
    if h.own:
        return replace(AUTHORS, rule="own-voice")
    if h.pointer:
        return _pointed(h, antecedents)
    return None


def _pointed(h: Heard, antecedents: Antecedents) -> Verdict | None:
    if h.pointer is None:
        return None
    meant = antecedents.meant(h.pointer, h)
    if meant is None and h.pointer.authors:
        return replace(AUTHORS, rule="own-voice")
    if meant is None:
        is_loose = h.pointer.near or (h.pointer.many and h.pointer.count is None)
        return None if is_loose else UNCLEAR
    if meant.speakers:
        return member_verdict(meant.speakers, "carry-over-pronoun", explicit=False)
    return external_verdict(meant.external, "carry-over-pronoun", explicit=False)


def _with_references(h: Heard, verdict: Verdict) -> Verdict:
    """Return the verdict with the outside works that stand beside the words of a member or of the authors."""
    if verdict.voice == "external" or not h.external or verdict.external:
        return verdict
    return replace(verdict, external=h.external)


def _inherited(h: Heard, floor: Floor) -> Verdict:
    """Return what the sentence takes over from the one before it."""
    if floor.verdict.voice == "authors" or h.stops:
        return AUTHORS
    if {s.member for g in h.named for s in g} - {s.member for s in floor.verdict.speakers}:
        return UNCLEAR
    if floor.told or h.continues:
        return replace(floor.verdict, explicit=False, rule="carry-over")
    return AUTHORS


def _floor_after(h: Heard, verdict: Verdict, floor: Floor) -> Floor:
    if verdict.rule == "scope" and h.cited:
        # 'The study compared nine towns (Mora 2013). In two of them …': now its findings may follow.
        return Floor(member_verdict(h.cited, "citation", explicit=True))
    if verdict.voice == "authors":
        return Floor()
    if verdict.rule == "carry-over":
        return floor
    told = bool(h.told or verdict.rule == "carry-over-pronoun" or h.outsider)
    others = {s.member for g in h.named for s in g} - {s.member for s in verdict.speakers}
    closed = (h.ends_cited and not h.told) or h.sentence.text[:1] in "‘“«" or bool(others)
    bare = replace(verdict, external=() if verdict.voice == "member" else verdict.external)
    return Floor(bare, told and not closed)


def _note_named(h: Heard, verdict: Verdict, antecedents: Antecedents) -> None:
    """Remember for later words like 'she' who was named here, speaking or not."""
    if verdict.voice == "member":
        antecedents.hear(h, verdict.speakers, ())
    elif verdict.voice == "external" and h.outsider:
        antecedents.hear(h, (), verdict.external)
    elif (h.collective and not h.scope) or h.stranger:
        antecedents.hear(h, (), (), barrier="one" if h.stranger or h.named else "many")
    elif h.cited or h.named:
        antecedents.hear(h, h.cited or h.named[-1], ())


def _spread_quotations(heard: Sequence[Heard], verdicts: list[Verdict]) -> None:
    """Give each sentence of a quotation that runs over several to the one who is quoted."""
    for first, last in open_runs([h.sentence.text for h in heard]):
        source = verdicts[first] if verdicts[first].voice != "authors" else verdicts[last]
        if source.voice == "authors":
            continue
        for i in range(first, last + 1):
            if verdicts[i].voice == "authors" or (i > first and not heard[i].cited):
                verdicts[i] = replace(source, explicit=False, external=source.external, rule="open-quotation")


def _fill_sandwiches(heard: Sequence[Heard], verdicts: list[Verdict]) -> None:
    """Give to a source what stands between two citations of it."""
    said = [i for i, v in enumerate(verdicts) if v.voice != "authors"]
    for before, after in zip(said, said[1:], strict=False):
        one, other = verdicts[before], verdicts[after]
        same = (one.speakers, one.external) == (other.speakers, other.external)
        between = range(before + 1, after)
        plain = all(verdicts[i] == AUTHORS and not heard[i].stops for i in between)
        if same and plain and len(between) <= SANDWICH:
            for i in between:
                verdicts[i] = replace(one, explicit=False, rule="between-citations")


def _reach_back(heard: Sequence[Heard], verdicts: list[Verdict], scene: Scene) -> None:
    """Give a member the sentences that a citation at the paragraph's end documents.

    Only where that member spoke just before and nothing else is said of them: then the paragraph
    goes on with the member's account.
    """
    last = verdicts[-1]
    if last.voice != "member" or heard[-1].told or not heard[-1].ends_cited:
        return
    text = heard[-1].sentence.text
    is_same = {s.member for s in last.speakers} == {s.member for s in scene.last}
    plain = all(v == AUTHORS and not h.stops for h, v in zip(heard[:-1], verdicts[:-1], strict=True))
    if is_same and plain and not any(mark in text for mark in "‘“«"):
        for i in range(len(verdicts) - 1):
            verdicts[i] = replace(last, explicit=False, external=(), rule="citation-at-end")


def _name_studies(verdicts: list[Verdict]) -> None:
    """Tell a member named without a study the one that the paragraph cites of theirs."""
    cited: dict[str, set[Speaker]] = {}
    for speaker in (s for v in verdicts for s in v.speakers if s.study):
        cited.setdefault(speaker.member, set()).add(speaker)
    only = {member: next(iter(found)) for member, found in cited.items() if len(found) == 1}
    for i, verdict in enumerate(verdicts):
        named = tuple(only.get(s.member, s) if s.study is None else s for s in verdict.speakers)
        verdicts[i] = replace(verdict, speakers=named)


def decide_quotes(paragraphs: Sequence[Sequence[Heard]], lead: Verdict, leads: bool) -> list[Verdict]:
    """Return who says each sentence of displayed paragraphs, cut into quotations by their citations."""
    verdicts: list[Verdict] = []
    waiting: list[Heard] = []
    credited: list[str] = []
    for paragraph in paragraphs:
        for part in _quotations(paragraph):
            waiting += part
            source = _source_of(part)
            if source is not None:
                verdicts += [_quoted(h, source) for h in waiting]
                credited += [s.member for s in source.speakers]
                waiting = []
    if waiting:
        verdicts += _without_citation(waiting, lead, leads, credited)
    return verdicts


def _quotations(paragraph: Sequence[Heard]) -> list[Sequence[Heard]]:
    """Cut a displayed paragraph where a sentence closes with a listed study other than the last one."""
    last = next((h.cited for h in reversed(paragraph) if h.cited and h.ends_cited), ())
    parts: list[Sequence[Heard]] = []
    start = 0
    for i, h in enumerate(paragraph):
        if h.listed and h.ends_cited and h.cited != last:
            parts.append(paragraph[start : i + 1])
            start = i + 1
    return [*parts, paragraph[start:]] if start < len(paragraph) else parts


def _source_of(paragraph: Sequence[Heard]) -> Verdict | None:
    """Return whose words a displayed paragraph gives, by the citation that closes it."""
    for h in reversed(paragraph):
        if h.cited and h.ends_cited:
            return member_verdict(h.cited[-1:], "block-quote", explicit=True)
    closing = paragraph[-1]
    if closing.external and closing.ends_cited:
        return external_verdict(closing.external, "block-quote", explicit=True)
    return None


def _quoted(h: Heard, source: Verdict) -> Verdict:
    """Return the verdict of one quoted sentence; works cited inside the quotation stay external."""
    speakers = source.speakers
    explicit = any(s in speakers for s in h.cited) if speakers else bool(h.external)
    nested = tuple(s.study for s in h.cited if s not in speakers and s.study)
    external = (*h.external, *nested) if speakers else (h.external or source.external)
    return replace(source, explicit=explicit, external=external)


def _without_citation(waiting: Sequence[Heard], lead: Verdict, leads: bool, credited: Sequence[str]) -> list[Verdict]:
    """Return the verdicts of a quotation that cites nobody: its lead-in says whose it is."""
    left = tuple(s for s in lead.speakers if s.member not in credited) or lead.speakers
    if lead.voice == "member" and len({s.member for s in left}) == 1:
        source = member_verdict(left, "block-quote-lead-in", explicit=False)
        return [_quoted(h, source) for h in waiting]
    if lead.voice == "external" and leads:
        source = external_verdict(lead.external, "block-quote-lead-in", explicit=False)
        return [replace(source, external=h.external or source.external) for h in waiting]
    if leads:
        return [UNCLEAR] * len(waiting)
    # A summary set like a quotation: nobody introduces it, so each sentence speaks for itself.
    verdicts = decide_paragraph(waiting, Scene(), Antecedents({}))
    return [UNCLEAR if v == AUTHORS else v for v in verdicts]
