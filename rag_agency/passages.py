"""Sentences to Passages: neighbours within one section, as long as an embedder reads well.

Cut at paragraphs where it can be, else between sentences; never inside one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from rag_agency.errors import PassageTooLong
from rag_agency.language import without_accents
from rag_agency.records import Member, Passage, Sentence

TARGET_TOKENS = 200  # 81 % of evidence in the first 900 words at 200; see eval/LOG.md
CountTokens = Callable[[Sequence[str]], list[int]]


def cut_passages(
    sentences: Sequence[Sentence],
    count_tokens: CountTokens,
    limit: int | None,
    target: int = TARGET_TOKENS,
) -> tuple[Passage, ...]:
    """Return the passages of one report in reading order.

    ``limit`` is the most tokens that the embedder reads, None where it has no limit; a passage that
    is longer raises PassageTooLong, since the embedder would cut it silently.
    """
    counts = count_tokens([s.text for s in sentences])
    lengths = {s.number: n for s, n in zip(sentences, counts, strict=True)}
    groups = (group for stream in _streams(sentences) for group in _groups(stream, lengths, target))
    passages = [_passage(number, group) for number, group in enumerate(groups)]
    for passage, tokens in zip(passages, count_tokens([embedded_text(p) for p in passages]), strict=True):
        if limit is not None and tokens > limit:
            raise PassageTooLong(
                f"passage {passage.id} has {tokens} tokens and the embedder reads {limit}; "
                "choose an embedder with a longer limit"
            )
    return tuple(passages)


def embedded_text(passage: Passage) -> str:
    """Return the string that is embedded: the passage under its heading. It is never quoted."""
    return f"{passage.section}. {passage.text}" if passage.section else passage.text


def _passage(number: int, sentences: Sequence[Sentence]) -> Passage:
    first = sentences[0]
    return Passage(f"{first.report}#{number}", first.report, first.section, tuple(sentences))


def _streams(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Yield runs of one section; footnotes, which only interrupt, come after it one by one."""
    text = [s for s in sentences if s.kind not in ("heading", "footnote")]
    notes = [s for s in sentences if s.kind == "footnote"]
    for _, section in groupby(text, key=lambda s: s.section):
        yield list(section)
    for _, note in groupby(notes, key=lambda s: s.paragraph):
        yield list(note)


def _groups(sentences: Sequence[Sentence], lengths: dict[int, int], target: int) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    size = 0
    for sentence in sentences:
        starts_paragraph = bool(group) and group[-1].paragraph != sentence.paragraph
        is_full = size + lengths[sentence.number] > target or (starts_paragraph and size > 0.75 * target)
        if group and is_full:
            yield group
            group, size = [], 0
        group.append(sentence)
        size += lengths[sentence.number]
    if group:
        yield group


def countries_of(passage: Passage, roster: Sequence[Member]) -> tuple[str, ...]:
    """Return the countries that a passage names, and those of a member who works in one country only."""
    text = without_accents(embedded_text(passage))
    known = {country for member in roster for country in member.countries}
    named = {c for c in known if re.search(rf"\b{re.escape(without_accents(c))}", text)}
    one = {m.countries[0] for m in roster if m.slug in passage.members and len(m.countries) == 1}
    return tuple(sorted(named | one))
