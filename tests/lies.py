"""Lies and truths over the shipped briefs, with the evidence each was offered: read from the briefs as a build reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag_agency import corpus
from rag_agency.compose import Citer
from rag_agency.pages import paragraphs_of, read_document
from rag_agency.records import Language, Member, Report, Sentence
from rag_agency.sentences import cut_sentences
from rag_agency.verify import Given
from rag_agency.voices import attribute

HOME = Path(__file__).resolve().parents[1]
DATA = HOME / "tests" / "data"
FIRST, FRESH = "lying_endpoint", "fresh_lies"  # the second was written when the gate had been tuned on the first


@dataclass(frozen=True)
class Said:
    """One sentence of the lying endpoint."""

    id: str
    kind: str
    text: str
    cited: tuple[int, ...]


@dataclass(frozen=True)
class Scene:
    """A question, the evidence offered for it, and what the endpoint says."""

    name: str
    question: str
    language: Language
    held_out: bool
    offered: tuple[Given, ...]
    said: tuple[Said, ...]

    @property
    def reply(self) -> str:
        """All of it, as a model writes it."""
        return "\n".join(f"{s.text} {''.join(f'[{n}]' for n in s.cited)}" for s in self.said)


def rows(folder: str, name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / folder / name).read_text(encoding="utf-8").splitlines()]


@cache
def roster() -> tuple[Member, ...]:
    return tuple(corpus.read_members(HOME / "corpus" / corpus.MEMBERS_FILE))


@cache
def catalogue() -> tuple[Report, ...]:
    return tuple(corpus.read_reports(HOME / "corpus" / corpus.REPORTS_FILE))


@cache
def ledger(report: str) -> dict[str, Sentence]:
    record = next(r for r in catalogue() if r.id == report)
    path = HOME / "corpus" / record.file
    document = read_document(path, report, "")
    described = corpus.describe(path, document, catalogue(), record.file)
    return {s.text: s for s in attribute(cut_sentences(paragraphs_of(document), report), roster(), described)}


@cache
def scenes(folder: str = FIRST) -> tuple[Scene, ...]:
    citer = Citer(catalogue(), roster())
    languages = {r.id: r.language for r in catalogue()}
    said = [
        (row["scene"], Said(row["id"], row["kind"], row["text"], tuple(row["cited"])))
        for row in rows(folder, "sentences.jsonl")
    ]
    made = []
    for row in rows(folder, "scenes.jsonl"):
        sentences = [ledger(e["report"])[e["text"]] for e in row["evidence"]]
        offered = tuple(
            Given(n, citer.sources(s, "", row["language"]), languages[s.report]) for n, s in enumerate(sentences, 1)
        )
        mine = tuple(one for scene, one in said if scene == row["scene"])
        made.append(Scene(row["scene"], row["question"], row["language"], row["held_out"], offered, mine))
    return tuple(made)
