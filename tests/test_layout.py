"""How pages are set in other houses: quotations in smaller type, paragraphs that begin with an indent."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import typeset

from rag_agency.pages import Paragraph, paragraphs_of, read_document
from rag_agency.pages.furniture import NUMBER

LEAD = "As Basile puts it in a paper on herds that was read aloud at many a winter meeting in the valley:"
QUOTED = (
    "Nobody owns the rain, and everybody owns the mud that the rain leaves on the road to the high "
    "pastures in the spring of the year (Basile 2013)."
)
AFTER = "Mud is everywhere in the valley, and roads are made of it, as anybody can see who walks them in March."


def read(body: str, folder: Path, head: str = "") -> list[Paragraph]:
    return list(paragraphs_of(read_document(typeset(body, folder / "t.pdf", head=head), "t")))


@pytest.mark.parametrize(
    "quotation",
    [
        f"#pad(left: 8mm)[#text(size: 8.5pt)[{QUOTED}]]",
        f"#text(size: 8.5pt)[{QUOTED}]",
        f"#pad(left: 8mm)[{QUOTED}]",
        f"#emph[{QUOTED}]",
    ],
    ids=["small and set in", "small", "set in", "italic"],
)
def test_a_quotation_is_told_from_a_note_however_it_is_set(quotation: str, tmp_path: Path):
    body = f"{LEAD}#footnote[A paper of a few pages, read aloud.]\n\n{quotation}\n\n{AFTER}"
    kinds = [p.kind for p in read(body, tmp_path)]
    assert kinds == ["body", "block_quote", "body", "footnote"]


@pytest.mark.parametrize("caption", ["Source: drawn by the authors after a map of the high pastures.", "Rain and mud"])
def test_a_caption_in_small_type_is_no_quotation(caption: str, tmp_path: Path):
    kinds = [p.kind for p in read(f"{LEAD}\n\n#text(size: 8pt)[{caption}]\n\n{AFTER}", tmp_path)]
    assert kinds == ["body", "footnote", "body"]


def test_a_line_under_the_title_in_small_type_is_no_quotation(tmp_path: Path):
    under = "By ‘Evidence of the valley’, after what Basile wrote in 2013 · Licence CC BY 4.0"
    body = f"= Rain and mud\n\n#pad(left: 8mm)[{under}]\n\n{LEAD}\n\n{AFTER}"
    assert "block_quote" not in [p.kind for p in read(body, tmp_path)]


def test_a_small_quotation_goes_on_over_a_page_end(tmp_path: Path):
    halves = QUOTED.split("(")
    broken = (
        f"{LEAD}\n\n#pad(left: 8mm)[#text(size: 8.5pt)[{halves[0]}(Basile]]\n#pagebreak()\n"
        f"#pad(left: 8mm)[#text(size: 8.5pt)[2013).]]\n\n{AFTER}"
    )
    paragraphs = read(broken, tmp_path)
    assert [p.kind for p in paragraphs] == ["body", "block_quote", "body"]
    assert paragraphs[1].text.endswith("(Basile 2013).")


def test_one_line_paragraphs_with_the_usual_indent_are_no_quotations(tmp_path: Path):
    indented = "#set par(first-line-indent: (amount: 6mm, all: true), spacing: 0.65em)"
    items = "#pad(left: 3mm)[#set par(first-line-indent: 0mm)\n1) Dig deeper, and dig together where it is dry.]"
    paragraphs = [*[AFTER] * 7, "Rain is rare:", AFTER, "Basile states in a paper:", LEAD, items, AFTER]
    found = read("\n\n".join(paragraphs), tmp_path, indented)
    assert [p.text.split()[0] for p in found] == [*["Mud"] * 7, *"Rain Mud Basile As 1) Mud".split()]
    assert [p.kind for p in found] == [*["body"] * 11, "list", "body"]


def test_a_heading_of_two_lines_ends_where_the_bold_type_ends(tmp_path: Path):
    title = "Public measures that help the herds of the valley and those who follow them over the high passes"
    body = f"#block(above: 1em, below: 0.7em)[*{title}*]\n{AFTER}"
    first, second = read(body, tmp_path)
    assert (len(first.lines), first.text, second.text) == (2, title, AFTER)


@pytest.mark.parametrize(
    ("line", "is_number"),
    [("12", True), ("– 12 –", True), ("(12)", True), ("Page 3 of 9", True), ("iv", True)]
    + [("2012).", False), ("2012)", False), ("1994.", False)],
)
def test_a_year_that_ends_a_citation_is_no_page_number(line: str, is_number: bool):
    assert bool(NUMBER.match(line)) == is_number
