"""Who says each sentence: a member of the network, an external source, or the report's authors."""

from __future__ import annotations

from collections.abc import Sequence

from rag_agency.records import Member, Report, Sentence

__all__ = ["attribute"]


def attribute(sentences: Sequence[Sentence], roster: Sequence[Member], report: Report) -> tuple[Sentence, ...]:
    """Return a report's sentences with voice, members, external sources and the rule that decided.

    ``sentences`` are a whole report's in reading order; whoever speaks in one may carry over to the
    next. Rules and structure only, no model; names come from the roster.
    """
    # Imported at first use: the patterns take a second to compile, and only reading needs them.
    from rag_agency.voices.ledger import attribute as attribute_all

    return attribute_all(sentences, roster, report)
