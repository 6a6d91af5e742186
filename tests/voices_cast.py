"""An invented roster, and the ledger of a short text as a table that tests can read."""

from __future__ import annotations

from ledger_pages import sentences_of

from rag_agency.records import Member, Report, Sentence
from rag_agency.voices import attribute

CAST = (
    Member("quiroga", "Elena Quiroga", studies=("Quiroga 2014",)),
    Member("basile", "Marco Basile", studies=("Basile 2013",)),
    Member("okoye", "Hana Okoye", aliases=("CEDRA",), studies=("CEDRA 2012a", "CEDRA 2012b")),
    Member("campos", "Inés Campos", studies=("Campos 2012",)),
    Member("bustamante", "Teresa Bustamante", studies=("Bustamante et al. 2011",)),
    Member("arojas", "Ana Rojas", studies=("Rojas 2010",)),
    Member("projas", "Pedro Rojas", studies=("Rojas 2015",)),
)
REPORT = Report("t", "t.pdf", "Wool and Water", authors=("Ruth Lindqvist", "Tomás Ibarra"), year=2016)


def ledger(markdown: str, report: Report = REPORT) -> tuple[Sentence, ...]:
    """Return the sentences of a short text with their voices."""
    return attribute(sentences_of(markdown), CAST, report)


def speakers(markdown: str, report: Report = REPORT) -> list[str]:
    """Return for each sentence its members joined by '+', else its external sources, else 'authors'."""
    return [
        "+".join(s.member for s in sentence.members) or "; ".join(sentence.external) or sentence.voice
        for sentence in ledger(markdown, report)
        if sentence.kind != "heading"
    ]


def rules(markdown: str) -> list[str]:
    """Return the rule that decided each sentence."""
    return [sentence.rule for sentence in ledger(markdown)]
