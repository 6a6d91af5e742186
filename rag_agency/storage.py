"""Readings as JSON files and back: what an index keeps of each report besides its vectors."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rag_agency.records import Page, Passage, Piece, Reading, Report, Sentence, Span, Speaker


def write_reading(reading: Reading, path: Path) -> None:
    """Write a reading to a JSON file; pages once, spans as offsets into them."""
    passages = [
        {
            "id": p.id,
            "section": p.section,
            "countries": p.countries,
            "sentences": [s.number for s in p.sentences],
        }
        for p in reading.passages
    ]
    data = {
        "report": asdict(reading.report),
        "pages": [[page.number, page.label, page.text] for page in reading.pages],
        "sentences": [_sentence_row(s) for s in reading.sentences],
        "passages": passages,
        "warnings": reading.warnings,
    }
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _sentence_row(s: Sentence) -> list[Any]:
    pieces = [[p.span.page.number, p.span.start, p.span.end, p.text] for p in s.pieces]
    members = [[speaker.member, speaker.study] for speaker in s.members]
    head = [s.number, s.text, pieces, s.section, s.kind, s.paragraph]
    return [*head, s.voice, members, s.external, s.explicit, s.rule]


def read_reading(path: Path) -> Reading:
    """Read a reading back, equal to the one that was written."""
    data = json.loads(path.read_text(encoding="utf-8"))
    report = _report(data["report"])
    pages = tuple(Page(report.id, number, label, text) for number, label, text in data["pages"])
    by_number = {page.number: page for page in pages}
    sentences = tuple(_sentence(row, report.id, by_number) for row in data["sentences"])
    passages = tuple(
        Passage(
            row["id"],
            report.id,
            row["section"],
            tuple(sentences[n] for n in row["sentences"]),
            tuple(row["countries"]),
        )
        for row in data["passages"]
    )
    return Reading(report, pages, sentences, passages, tuple(data["warnings"]))


def _report(row: dict[str, Any]) -> Report:
    return Report(**row | {"authors": tuple(row["authors"])})


def _sentence(row: list[Any], report: str, pages: dict[int, Page]) -> Sentence:
    number, text, pieces, section, kind, paragraph, voice, members, external, explicit, rule = row
    return Sentence(
        report=report,
        number=number,
        text=text,
        pieces=tuple(Piece(Span(pages[page], start, end), words) for page, start, end, words in pieces),
        section=section,
        kind=kind,
        paragraph=paragraph,
        voice=voice,
        members=tuple(Speaker(member, study) for member, study in members),
        external=tuple(external),
        explicit=explicit,
        rule=rule,
    )
