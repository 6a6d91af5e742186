"""How two statements stand to each other, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag_agency.records import Sentence

Label = Literal["contradict", "differ_by_context", "differ_by_definition", "agree", "same_source"]
ContrastKind = Literal["country", "crop", "year", "scale", "organisation"]


@dataclass(frozen=True, slots=True)
class Context:
    """In what two statements differ: a kind, and what each of them says; names are those of the tables."""

    kind: ContrastKind
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sentences, how they stand to each other, how sure that is (0 to 1), and by which rule."""

    a: Sentence
    b: Sentence
    label: Label
    contexts: tuple[Context, ...] = ()
    score: float = 0.0
    rule: str = ""
