"""Is each finding given to the member whose it is? The heart of the suite.

A member may be named in three ways: as the speaker of a source, in a sentence of the answer, in the
text that is shown. Each is an attribution. It is right where the sentence has a source of that
member, the ledger made anew from the PDF gives the quote to that member, and no gold contradicts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag_agency.evaluation.ground import Ground
from rag_agency.evaluation.prose import apart, members_named, read_prose
from rag_agency.evaluation.records import Check, Finding, Item
from rag_agency.evaluation.tally import not_applicable, score, tally
from rag_agency.records import Answer, Source, Speaker, letters_and_digits


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words given to a member, and what is wrong with that; empty where nothing is."""

    member: str
    source: Source | None
    text: str
    wrong: str


def member_attribution(answer: Answer, ground: Ground) -> Check:
    """Return how many attributions to a member are right; the rest are false attributions."""
    made = attributions(answer, ground)
    wrong = [
        Finding(
            f"given to {a.member}: {a.wrong}",
            a.source.report if a.source else "",
            a.source.page if a.source else None,
            a.source.page_label if a.source else None,
            a.source.quote if a.source else a.text,
        )
        for a in made
        if a.wrong
    ]
    return tally("member_attribution", len(made), wrong, "each finding is given to the member whose it is")


def attributions(answer: Answer, ground: Ground) -> tuple[Attribution, ...]:
    """Return every attribution to a member that an answer makes, each once."""
    made = [*_by_sources(answer, ground), *_by_sentences(answer, ground), *_by_text(answer, ground)]
    return tuple(dict.fromkeys(made))


def members_found(item: Item, answer: Answer, ground: Ground) -> Check:
    """Return the overlap (F1) of the members cited and those whose finding it is, where the question has gold."""
    name = "members_f1"
    if not item.members or not answer.sentences:
        return not_applicable(name, "no members in the gold" if answer.sentences else "no sentences")
    cited = {s.member for sentence in answer.sentences for s in sentence.sources if s.member}
    gold = set(item.members)
    share = 2 * len(cited & gold) / (len(cited) + len(gold)) if cited else 0.0
    return score(name, share, ", ".join(sorted(gold)), ", ".join(sorted(cited)) or "no member")


def said_by(source: Source, ground: Ground) -> frozenset[Speaker]:
    """Return the members, with their studies, to whom the ledger, made anew, gives a quote."""
    spoken = ground.shelf.spoken(source.report, source.quote)
    return frozenset(speaker for sentence in spoken for speaker in sentence.members)


def _by_sources(answer: Answer, ground: Ground) -> Iterator[Attribution]:
    for sentence in answer.sentences:
        for source in sentence.sources:
            if source.member:
                yield Attribution(source.member, source, "", _wrong(source, source.member, ground))


def _wrong(source: Source, member: str, ground: Ground) -> str:
    if member not in {m.slug for m in ground.shelf.roster}:
        return "there is no such member"
    speakers = said_by(source, ground)
    if member not in {speaker.member for speaker in speakers}:
        return f"the report gives these words to {', '.join(sorted({s.member for s in speakers})) or 'no member'}"
    if source.study and Speaker(member, source.study) not in speakers:
        return f"the report does not give these words to the study {source.study}"
    if ground.speakers.contradict(source.report, source.quote, member):
        return "the questions' authors give these words to another member"
    return ""


def _by_sentences(answer: Answer, ground: Ground) -> Iterator[Attribution]:
    """Yield the members named in the words around a sentence's quotation."""
    for sentence in answer.sentences:
        _, around = apart(sentence.text)
        for member in members_named(around, ground.shelf.roster):
            yield _named(member, sentence.sources, sentence.text)


def _by_text(answer: Answer, ground: Ground) -> Iterator[Attribution]:
    """Yield the members named around what the text cites."""
    prose = read_prose(answer.text)
    entries = dict(prose.entries)
    sources = [source for sentence in answer.sentences for source in sentence.sources]
    for segment in prose.segments:
        citations = {entries.get(mark) for mark in segment.marks}
        behind = [s for s in sources if s.citation in citations and _fits(s, segment.quoted)]
        for member in members_named(segment.leads, ground.shelf.roster) if segment.marks else ():
            yield _named(member, behind, segment.text)


def _fits(source: Source, quoted: Sequence[str]) -> bool:
    """Whether a source is behind one of the quotations, where there is one; several may share a citation."""
    stream = letters_and_digits(source.quote)
    return not quoted or any(stream in letters_and_digits(q) or letters_and_digits(q) in stream for q in quoted)


def _named(member: str, sources: Sequence[Source], text: str) -> Attribution:
    """Return whether a member who is named has a source in that sentence (how true it is, the source tells)."""
    own = next((source for source in sources if source.member == member), None)
    return Attribution(member, own, text, "" if own else "named without a source of that member in the sentence")
