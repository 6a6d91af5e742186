"""Real PDFs by other people: each is read, or named, and every piece is found by the second extractor."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from rag_agency.pages import Document, SecondReader, paragraphs_of, read_document
from rag_agency.records import Sentence, letters_and_digits
from rag_agency.sentences import cut_sentences

SHARED = Path(__file__).resolve().parents[2] / "shared"
PDFS = SHARED / "pdfs"
REPORT = SHARED / "reports" / "latin-america.pdf"
BRIEFS = Path(__file__).resolve().parents[1] / "corpus"
READABLE = {
    "pypdf_multicolumn": 0.97,
    "pypdf_pdflatex-4-pages": 0.97,
    "pypdf_mistitled_outlines_example": 0.97,
    "pypdf_annotated_pdf": 0.97,
    "pypdf_GeoTopo-komprimiert": 0.85,  # a thesis full of formulas, which two extractors read differently
    "pdfplumber_federal-register-2020-17221": 0.97,
    "pdfplumber_scotus-transcript-p1": 0.97,
    "docling_amt_handbook_sample": 0.97,
    "docling_multi_page": 0.97,
}
pytestmark = pytest.mark.skipif(not PDFS.is_dir(), reason=f"no folder of real PDFs at {PDFS}")


@cache
def document(name: str) -> Document:
    return read_document(PDFS / f"{name}.pdf", name)


@cache
def sentences(name: str) -> tuple[Sentence, ...]:
    return cut_sentences(paragraphs_of(document(name)), name)


@pytest.mark.parametrize("name", READABLE)
def test_every_piece_is_a_run_of_its_page(name: str):
    streams = {page.number: letters_and_digits(page.text) for page in document(name).pages}
    pieces = [piece for sentence in sentences(name) for piece in sentence.pieces]
    assert pieces
    assert all(letters_and_digits(p.text) in streams[p.span.page.number] for p in pieces)


@pytest.mark.parametrize(("name", "share"), READABLE.items())
def test_the_second_extractor_finds_nearly_every_sentence_on_its_page(name: str, share: float):
    second = SecondReader(PDFS / f"{name}.pdf")
    body = [s for s in sentences(name) if s.kind not in ("heading", "footnote")]
    found = [all(letters_and_digits(p.text) in second.stream(p.span.page.number) for p in s.pieces) for s in body]
    assert sum(found) >= share * len(found)


def test_an_invisible_text_layer_is_not_read_and_told():
    assert [s.text for s in sentences("docling_invisible_text_layer")] == ["Visible heading line"]
    (warning,) = document("docling_invisible_text_layer").warnings
    assert warning == "page 1 has 4 words that no reader can see; they were left out"


def test_a_thesis_keeps_the_labels_of_its_front_matter():
    pages = document("pypdf_GeoTopo-komprimiert").pages
    assert len(pages) == 117
    assert [p.number for p in pages] == list(range(1, 118))


def test_three_columns_are_not_mixed():
    text = [s.text for s in sentences("pdfplumber_federal-register-2020-17221") if s.kind == "body"]
    assert sum(len(t.split()) > 5 for t in text) > 20
    assert not any(t.count("Federal Register / Vol.") > 1 for t in text)


@pytest.mark.skipif(not REPORT.exists(), reason=f"no report at {REPORT}")
def test_the_report_has_its_pages_and_no_furniture():
    read = read_document(REPORT, "munoz-viana-2012")
    found = cut_sentences(paragraphs_of(read), "munoz-viana-2012")
    assert len(read.pages) == 32
    second = SecondReader(REPORT)
    for sentence in found:
        for piece in sentence.pieces:
            assert letters_and_digits(piece.text) in second.stream(piece.span.page.number)


@pytest.mark.parametrize("path", sorted(BRIEFS.glob("*.pdf"))[:3], ids=lambda p: p.stem)
def test_briefs_are_read_without_a_warning(path: Path):
    assert read_document(path, path.stem).warnings == ()
