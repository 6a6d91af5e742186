"""What a question takes for granted and the evidence has otherwise: another member's finding, another figure.

A premise is corrected, not repeated: the sentence that has it right comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rag_agency.named import years_of
from rag_agency.records import Asked, Evidence, Found
from rag_agency.verify.figures import Figure, figures_in

ANOTHER = 1.5  # by how much another member's sentence beats the one who was named
LOOKED_AT = 12  # sentences in which the figure of the question is looked for
NEAR = 0.45  # share of the question's words from which a sentence is about the same


def not_said(asked: Asked, ranked: Sequence[Found]) -> tuple[str, ...]:
    """Return the member named in the question where another member's words answer it far better."""
    if len(asked.members) != 1:
        return ()
    own = max((f.score for f in ranked if set(asked.members) & f.sentence.spoken_by), default=-99.0)
    others = max((f.score for f in ranked if f.sentence.spoken_by - set(asked.members)), default=-99.0)
    return asked.members if others > own + ANOTHER and ranked[0].score == others else ()


def other_figure(asked: Asked, ranked: Sequence[Found], evidence: Evidence) -> tuple[str, Found] | None:
    """Return the figure of the question that no evidence has, and the sentence with one of its kind instead.

    Of its kind means a year for a year, or a number of the same thing: members, hectares, per cent.
    """
    if asked.wanted == "number" or not asked.numbers:
        return None
    near = [f for f in ranked[:LOOKED_AT] if evidence.share(f) >= NEAR]
    known = {(figure.value, _kind(figure)) for f in ranked[:LOOKED_AT] for figure in _figures(f.sentence.text)}
    for figure in figures_in(asked.text):
        kind = _kind(figure)
        is_there = {(figure.value, kind), (figure.value, "")} & known
        if not kind or is_there or figure.printed in years_of(asked.studies):
            continue
        instead = (f for f in near if kind in map(_kind, _figures(f.sentence.text)))
        best = max(instead, key=evidence.share, default=None)
        if best:
            return f"{figure.printed} %" if figure.unit == "per cent" else figure.printed, best
    return None


def _kind(figure: Figure) -> str:
    return "calendar year" if figure.is_year and figure.unit != "year" else figure.unit


_figures = lru_cache(maxsize=20_000)(figures_in)  # the same sentences are looked at for every question
