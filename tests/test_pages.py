"""PDF to lines and paragraphs: what a reader would read, in the order they would read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import (
    NASTY,
    PLAIN,
    SECRET,
    damaged,
    dump_page,
    jpeg_named_pdf,
    labelled,
    locked,
    raw_pdf,
    study_paper,
    typeset,
    with_hidden_text,
    words_at,
)

from rag_agency.errors import ReportError
from rag_agency.pages import Document, Paragraph, SecondReader, page_picture, paragraphs_of, read_document
from rag_agency.pages.furniture import without_furniture
from rag_agency.records import Sentence, letters_and_digits
from rag_agency.sentences import cut_sentences

SALE = "Farmers who sell together keep more of the price than those who sell alone at the gate. "
HEADS = "header: [Evidence from the Andes #h(1fr) Working paper], footer: context [#h(1fr) #counter(page).display()]"


def read(path: Path) -> Document:
    return read_document(path, "r")


def paragraphs(path: Path) -> tuple[Paragraph, ...]:
    return paragraphs_of(read(path))


def sentences(path: Path) -> tuple[Sentence, ...]:
    return cut_sentences(paragraphs(path), "r")


def of_kind(path: Path, kind: str) -> list[str]:
    return [s.text for s in sentences(path) if s.kind == kind]


# Words and lines


@pytest.mark.parametrize("font", ["Libertinus Serif", "New Computer Modern"])
def test_ligatures_are_read_as_their_letters(tmp_path: Path, font: str):
    path = typeset("The office finds five efficient affiliates.", tmp_path / "a.pdf", head=f'#set text(font: "{font}")')
    assert [s.text for s in sentences(path)] == ["The office finds five efficient affiliates."]


def test_a_word_hyphenated_at_a_line_end_is_joined_for_readers_and_found_for_quoting(tmp_path: Path):
    body = (
        "#set par(justify: true)\n#block(width: 48mm)["
        + "Smallholder organisations commercialise agricultural differentiation internationally. " * 4
        + "]"
    )
    path = typeset(body, tmp_path / "a.pdf", head="#set text(hyphenate: true)")
    document = read(path)
    assert any(line.text.endswith(("-", "\u2010", "\u00ad")) for line in document.lines[0])
    for sentence in sentences(path):
        assert sentence.text == "Smallholder organisations commercialise agricultural differentiation internationally."


def test_a_hyphen_of_the_word_itself_is_kept_at_a_line_end(tmp_path: Path):
    first, second = "The well-known and the small-", "scale farmers are small-scale sellers."
    path = raw_pdf([words_at(first, y=540) + words_at(second, y=526)], tmp_path / "a.pdf")
    assert sentences(path)[0].text == "The well-known and the small-scale farmers are small-scale sellers."


@pytest.mark.parametrize("hyphen", ["\u00ad", "-"])
def test_soft_and_hard_hyphens_at_line_ends_go(tmp_path: Path, hyphen: str):
    path = raw_pdf(
        [words_at(f"They have a co{hyphen}", y=540) + words_at("operative of coffee growers.", y=526)],
        tmp_path / "a.pdf",
    )
    assert sentences(path)[0].text == "They have a cooperative of coffee growers."


def test_every_line_is_a_run_of_its_page(tmp_path: Path):
    document = read(study_paper(tmp_path / "a.pdf"))
    for page, lines in zip(document.pages, document.lines, strict=True):
        assert all(page.text[line.start : line.end] == line.text.strip() for line in lines)
        assert [line.start for line in lines] == sorted(line.start for line in lines)


# What is on every page and belongs to none


def test_running_heads_feet_and_page_numbers_are_not_read(tmp_path: Path):
    path = typeset((SALE * 9 + "\n\n") * 10, tmp_path / "a.pdf", page=HEADS)
    found = sentences(path)
    assert len(read(path).pages) > 2
    assert not any("Andes" in s.text or "Working paper" in s.text for s in found)
    assert {s.text for s in found} == {SALE.strip()}


def test_a_sentence_that_stands_alone_on_its_page_is_not_furniture(tmp_path: Path):
    path = raw_pdf([PLAIN, words_at("In 1998 the price fell to 45 cents.", y=540)], tmp_path / "a.pdf")
    assert [s.text for s in sentences(path)] == [
        "The harvest of coffee begins in April and ends in August.",
        "In 1998 the price fell to 45 cents.",
    ]


def test_a_page_without_lines_has_no_furniture():
    assert without_furniture([[], []]) == [[], []]


# Labels


def test_the_printed_labels_are_kept_beside_the_physical_numbers(tmp_path: Path):
    body = "#pagebreak()\n".join([SALE] * 5)
    path = labelled(typeset(body, tmp_path / "a.pdf"), tmp_path / "b.pdf", roman=2)
    assert [(p.number, p.label) for p in read(path).pages] == [
        (1, "i"), (2, "ii"), (3, "1"), (4, "2"), (5, "3"),
    ]  # fmt: skip


def test_where_nothing_is_labelled_the_label_is_null(tmp_path: Path):
    assert read(raw_pdf([PLAIN], tmp_path / "a.pdf")).pages[0].label is None


# Paragraphs


def test_headings_name_the_section_of_what_follows(tmp_path: Path):
    found = sentences(study_paper(tmp_path / "a.pdf"))
    assert [s.text for s in found if s.kind == "heading"] == ["Coffee cooperatives", "Potatoes"]
    assert {s.section for s in found if "sheds" in s.text} == {"Potatoes"}


def test_a_footnote_does_not_cut_the_sentence_it_stands_under(tmp_path: Path):
    body = (
        SALE * 14
        + "#footnote[Singani is a spirit made from grapes.] The village sells "
        + "maize and beans and " * 130
        + "seed."
    )
    path = typeset(body, tmp_path / "a.pdf")
    assert [t for t in of_kind(path, "footnote") if "Singani" in t]
    body_texts = of_kind(path, "body")
    assert not any("Singani" in t for t in body_texts)
    assert any("The village sells" in t for t in body_texts)


def test_a_note_mark_stuck_to_a_word_is_raised(tmp_path: Path):
    path = typeset(
        "The singanis#footnote[Singani is a spirit made from grapes.] are sold in La Paz.", tmp_path / "a.pdf"
    )
    assert sentences(path)[0].text == "The singanis¹ are sold in La Paz."


def test_numbers_that_are_no_notes_are_left_alone(tmp_path: Path):
    path = typeset("The law PL480 and the group G7 brought 45 ships.", tmp_path / "a.pdf")
    assert sentences(path)[0].text == "The law PL480 and the group G7 brought 45 ships."


def test_columns_are_read_one_after_the_other(tmp_path: Path):
    body = " ".join(f"Sentence number {n} speaks of market {n} in the hills." for n in range(1, 60))
    path = typeset(body, tmp_path / "a.pdf", page='columns: 2, numbering: "1"')
    numbers = [int(s.text.split()[2]) for s in sentences(path)]
    assert numbers == list(range(1, 60))


def test_a_sentence_over_a_page_end_is_one_sentence_of_two_pieces(tmp_path: Path):
    path = typeset(SALE * 50, tmp_path / "a.pdf", page=HEADS)
    across = [s for s in sentences(path) if len(s.pieces) > 1]
    assert across
    for sentence in across:
        first, second = sentence.pieces
        assert second.span.page.number == first.span.page.number + 1
        assert sentence.text == SALE.strip()


def test_lists_and_displayed_quotations_are_told_apart(tmp_path: Path):
    body = (
        SALE * 3 + "\n\n#quote(block: true)[We sell what we grow and we eat what is left, and no one asks us why.]\n\n"
        + SALE + "\n\n- Maize is dried on roofs.\n- Beans are dried on mats.\n\n" + SALE
    )  # fmt: skip
    path = typeset(body, tmp_path / "a.pdf")
    assert of_kind(path, "block_quote") == ["We sell what we grow and we eat what is left, and no one asks us why."]
    assert of_kind(path, "list") == ["• Maize is dried on roofs.", "• Beans are dried on mats."]


def test_what_stands_under_the_heading_of_a_box_is_boxed(tmp_path: Path):
    body = SALE * 3 + "\n\n= Box 1. Credit\n\nLoans are small and dear in the hills.\n\n= After\n\n" + SALE
    path = typeset(body, tmp_path / "a.pdf")
    assert of_kind(path, "box") == ["Loans are small and dear in the hills."]


# Nasty files: each a named result


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (jpeg_named_pdf, "not a PDF but a JPEG image"),
        (damaged, "is damaged"),
        (lambda p: raw_pdf([], p), "has no pages"),
        (lambda p: raw_pdf(["", ""], p), "no readable text; run it through OCR"),
        (lambda p: p.write_bytes(b"") or p, "an empty file"),
        (lambda p: p.write_text("notes") and p, "something else"),
        (lambda p: raw_pdf([words_at(SECRET, before="3 Tr")], p), "no readable text"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_cure(tmp_path: Path, make, said: str):
    path = make(tmp_path / "bad.pdf")
    with pytest.raises(ReportError) as caught:
        read(path)
    assert str(caught.value).startswith("bad.pdf") and said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_gone_is_named(tmp_path: Path):
    with pytest.raises(ReportError, match=r"gone\.pdf cannot be read: No such file"):
        read(tmp_path / "gone.pdf")


def test_any_cut_or_flipped_byte_gives_a_document_or_a_named_error(tmp_path: Path):
    whole = study_paper(tmp_path / "a.pdf").read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]):
            (tmp_path / "b.pdf").write_bytes(data)
            try:
                read(tmp_path / "b.pdf")
            except ReportError as error:
                assert "b.pdf" in str(error)


def test_a_locked_file_opens_with_its_password_only(tmp_path: Path):
    path = locked(study_paper(tmp_path / "a.pdf"), tmp_path / "b.pdf", "secret")
    with pytest.raises(ReportError, match="b.pdf is locked; set RAG_AGENCY_PDF_PASSWORD"):
        read(path)
    with pytest.raises(ReportError, match="locked"):
        read_document(path, "r", "wrong")
    assert read_document(path, "r", "secret").pages[0].text == read(tmp_path / "a.pdf").pages[0].text


@pytest.mark.parametrize("way", NASTY)
def test_text_that_no_reader_can_see_never_becomes_a_line_and_is_reported(tmp_path: Path, way: str):
    document = read(with_hidden_text(way, tmp_path / "a.pdf"))
    read_text = " ".join(line.text for lines in document.lines for line in lines)
    assert "harvest of coffee" in read_text
    assert not any(word in read_text for word in ("Ignore", "rule", "praise", "secret", "fertiliser"))
    assert any("page 1 has 8 words that no reader can see" in w for w in document.warnings)


def test_hidden_words_inside_a_visible_line_are_cut_out_and_nothing_else(tmp_path: Path):
    line = (
        words_at("Prices rose", x=50) + words_at("and fell tenfold", x=115, before="3 Tr") + words_at("in May.", x=200)
    )
    document = read(raw_pdf([PLAIN + line], tmp_path / "a.pdf"))
    said = " ".join(line.text for line in document.lines[0])
    assert "Prices rose" in said and "in May." in said and "tenfold" not in said


@pytest.mark.parametrize("colour", ["1 0 0 rg", "0.5 g", "0 0 1 rg", "1 0.6 0 rg"])
def test_coloured_text_is_seen(tmp_path: Path, colour: str):
    document = read(raw_pdf([words_at("Prices rose in May.", before=colour)], tmp_path / "a.pdf"))
    assert document.warnings == ()


def test_white_text_on_a_dark_ground_is_seen(tmp_path: Path):
    content = "q 0.1 g 30 480 350 40 re f Q\n" + words_at("Prices rose in May.", before="1 g")
    assert read(raw_pdf([content], tmp_path / "a.pdf")).warnings == ()


def test_a_picture_of_a_page_that_is_no_page_is_an_error(tmp_path: Path):
    path = raw_pdf([PLAIN], tmp_path / "a.pdf")
    with pytest.raises(ReportError, match="a.pdf has no page 2; it has 1"):
        page_picture(path, 2, "coffee")


def test_an_empty_page_is_told_and_the_others_are_read(tmp_path: Path):
    document = read(raw_pdf([PLAIN, "", PLAIN], tmp_path / "a.pdf"))
    assert [bool(lines) for lines in document.lines] == [True, False, True]
    assert document.warnings == ("page 2 has no text; if it is a scan, run it through OCR first",)


def test_a_page_of_over_a_million_characters_is_left_out_and_told(tmp_path: Path):
    document = read(dump_page(tmp_path / "a.pdf"))
    assert [bool(lines) for lines in document.lines] == [True, False]
    assert document.warnings == ("page 2 holds over 1,000,000 characters and was left out",)


# The second extractor


def test_the_second_extractor_finds_every_piece_on_its_page(tmp_path: Path):
    path = typeset(SALE * 50 + "\n\n= Next\n\nThe office#footnote[A note.] finds five.", tmp_path / "a.pdf", page=HEADS)
    second = SecondReader(path)
    for sentence in sentences(path):
        for piece in sentence.pieces:
            assert letters_and_digits(piece.text) in second.stream(piece.span.page.number)


def test_the_second_extractor_has_no_page_nought_and_none_past_the_end(tmp_path: Path):
    second = SecondReader(raw_pdf([PLAIN], tmp_path / "a.pdf"))
    assert second.page_count == 1
    assert [second.stream(n) for n in (-1, 0, 2)] == ["", "", ""]


def test_a_quote_is_marked_where_it_stands_and_nowhere_else(tmp_path: Path):
    path = raw_pdf([PLAIN + words_at("Potatoes are dried in June.", y=300)], tmp_path / "a.pdf")
    plain = page_picture(path, 1, "")
    marked = page_picture(path, 1, "Potatoes are dried in June.")
    changed = [
        y for y in range(plain.height)
        if any(plain.getpixel((x, y)) != marked.getpixel((x, y)) for x in range(70, 200, 3))
    ]  # fmt: skip
    assert changed
    assert all(abs(plain.height - y - 300 * 1.6) < 30 for y in changed)


def test_a_quote_that_is_not_there_is_not_marked(tmp_path: Path):
    path = raw_pdf([PLAIN], tmp_path / "a.pdf")
    assert page_picture(path, 1, "llamas").tobytes() == page_picture(path, 1, "").tobytes()
