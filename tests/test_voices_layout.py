"""The ledger over whole reports: how a text is set changes nothing, and the second report's gold."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_pages import SECOND, gold_of, paired, scored, sentences_of, typeset

from rag_agency.corpus import read_members
from rag_agency.pages import paragraphs_of, read_document
from rag_agency.records import Language, Report, Sentence
from rag_agency.sentences import cut_sentences
from rag_agency.voices import attribute

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SHARED = Path(__file__).parents[2] / "shared"
LANGUAGES: tuple[Language, ...] = ("en", "es")
SETTINGS = ((1, 130.0), (2, 170.0), (2, 215.0))  # columns, millimetres
LEAST_F1 = 0.9
MOST_FALSE = 0.02


def second_report(language: Language) -> Report:
    return Report("s", "s.pdf", "Nets", authors=("Ingrid Solheim", "Joaquín Abarca"), year=2014, language=language)


@cache
def markdown_of(language: Language) -> str:
    return (SECOND / f"report.{language}.md").read_text(encoding="utf-8")


def ledger_of(sentences: Sequence[Sentence], language: Language) -> tuple[Sentence, ...]:
    return attribute(sentences, read_members(SECOND / f"members.{language}.toml"), second_report(language))


def said(sentences: Sequence[Sentence]) -> list[tuple[object, ...]]:
    return [(s.text, s.voice, s.members, s.external, s.explicit, s.rule) for s in sentences]


def printed(path: Path) -> tuple[Sentence, ...]:
    return cut_sentences(paragraphs_of(read_document(path, "s")), "s")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_report_is_read_right(language: Language) -> None:
    figures = scored(paired(ledger_of(sentences_of(markdown_of(language)), language), gold_of(language)))
    assert figures["f1"] >= LEAST_F1, figures
    assert figures["false"] <= MOST_FALSE, figures


@cache
def printed_ledger(language: Language, columns: int, width: float) -> tuple[Sentence, ...]:
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "report.pdf"
        typeset(markdown_of(language), pdf, columns=columns, width=width)
        return ledger_of(printed(pdf), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("columns", "width"), SETTINGS)
def test_the_second_report_is_read_right_from_its_pdf(language: Language, columns: int, width: float) -> None:
    figures = scored(paired(printed_ledger(language, columns, width), gold_of(language)))
    assert figures["f1"] >= LEAST_F1, figures
    assert figures["false"] <= MOST_FALSE, figures


@settings(max_examples=8, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    width=st.integers(30, 120),
    pages=st.integers(1, 9),
)
def test_other_lines_and_pages_change_no_attribution(language: Language, width: int, pages: int) -> None:
    whole = ledger_of(sentences_of(markdown_of(language)), language)
    reflowed = ledger_of(sentences_of(markdown_of(language), width, pages), language)
    assert said(reflowed) == said(whole)


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_columns_and_paper_change_no_attribution(language: Language) -> None:
    seen = []
    for columns, width in SETTINGS:
        pairs = paired(printed_ledger(language, columns, width), gold_of(language))
        seen.append([{m.member for s in found for m in s.members} for _, found in pairs])
    assert all(one == seen[0] for one in seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_its_roster_a_report_has_no_members(language: Language) -> None:
    plain = attribute(sentences_of(markdown_of(language)), (), second_report(language))
    assert all(s.voice != "member" for s in plain)


def test_thirty_two_pages_take_less_than_two_seconds() -> None:
    pages = sentences_of(markdown_of("en")) * 5  # about as many sentences as 32 pages hold
    start = time.process_time()
    ledger_of(pages, "en")
    assert time.process_time() - start < 2


def test_the_first_report_is_read_right(tmp_path: Path) -> None:
    report, score = SHARED / "reports/latin-america.pdf", SHARED / "tools/score/score.py"
    if not (report.exists() and score.exists()):
        pytest.skip("the report and its gold are not on this machine")
    authors = ("Diego Muñoz", "María Luisa Viaña")
    record = Report("m", report.name, "Small producers", authors=authors, year=2012)
    rows = attribute(printed(report), read_members(CORPUS / "members.toml"), record)
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_text("".join(json.dumps(s.to_dict()) + "\n" for s in rows), encoding="utf-8")
    command = [sys.executable, str(score), "attribution", str(ledger)]
    last = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    figures = dict(part.split("=") for part in last.removeprefix("voice: ").split())
    assert float(figures["f1"]) >= 0.95
    assert float(figures["inherited_recall"]) >= 0.9
    assert float(figures["false_attribution"]) <= MOST_FALSE
    assert float(figures["voice_accuracy"]) >= 0.93
