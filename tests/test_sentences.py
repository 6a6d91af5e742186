"""Promise 1: every piece of a sentence is a run of its page; sentences end where a reader ends them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag_agency.pages import Paragraph
from rag_agency.pages.reader import Line
from rag_agency.records import Kind, Page, Sentence, letters_and_digits
from rag_agency.sentences import LONGEST, cut_sentences

LETTERS = "abé ñÁ-\u00ad\u2010ﬁﬃ.,;:!?…()[]\"'“”‘’«»¿¡•–0123459¹²\t\u00a0ß½"
texts = st.text(st.sampled_from(LETTERS), min_size=1, max_size=30).filter(lambda t: t.strip() == t and t)
words = st.sampled_from(
    "the well-known coffee co- opera\u00ad Bolivia. (Tassi 2012). pp. 12 al. ¿Qué precio? efﬁcient ‘we’ 3.5 … •".split()
)
lines = texts | st.lists(words, min_size=1, max_size=7).map(" ".join)
kinds: st.SearchStrategy[Kind] = st.sampled_from(["heading", "body", "list", "block_quote", "footnote", "box"])


def printed(pages: Sequence[Sequence[Sequence[str]]], kind: Kind = "body") -> list[Paragraph]:
    """Return paragraphs, each a list of lines, of so many pages, as if read."""
    found = []
    for number, paragraphs in enumerate(pages, 1):
        page = Page("r", number, None, "\n".join(line for p in paragraphs for line in p))
        start = 0
        for paragraph in paragraphs:
            rows = []
            for line in paragraph:
                rows.append(Line(page, start, start + len(line), 72.0, 700.0, 10.0, 0.0, 0.0))
                start += len(line) + 1
            found.append(Paragraph(tuple(rows), kind))
    return found


def joined(paragraphs: Sequence[Paragraph]) -> Paragraph:
    """Return one paragraph that runs over what were several."""
    return Paragraph(tuple(line for p in paragraphs for line in p.lines), paragraphs[0].kind)


def cut(*rows: str) -> list[str]:
    """Return the sentences of one paragraph printed in these lines."""
    return [s.text for s in cut_sentences(printed([[rows]]), "r")]


def holds_promise_one(sentences: Sequence[Sentence]) -> None:
    for sentence in sentences:
        assert sentence.pieces
        for piece in sentence.pieces:
            stream = letters_and_digits(piece.text)
            assert stream == letters_and_digits(piece.span.text)
            assert stream in letters_and_digits(piece.span.page.text)
        whole = "".join(letters_and_digits(p.text) for p in sentence.pieces)
        assert whole == letters_and_digits(sentence.text)


pages_of_lines = st.lists(
    st.lists(st.lists(lines, min_size=1, max_size=4), min_size=1, max_size=3), min_size=1, max_size=3
)


@given(pages_of_lines, kinds)
def test_every_piece_is_a_run_of_letters_and_digits_of_its_page(pages, kind):
    holds_promise_one(cut_sentences(printed(pages, kind), "r"))


@given(pages_of_lines)
def test_the_same_holds_for_a_paragraph_over_page_ends(pages):
    holds_promise_one(cut_sentences([joined(printed(pages))], "r"))


@given(pages_of_lines)
def test_no_letter_or_digit_of_a_paragraph_is_lost(pages):
    paragraphs = printed(pages)
    read = "".join(letters_and_digits(s.text) for s in cut_sentences(paragraphs, "r"))
    assert read == "".join(letters_and_digits(line.text) for p in paragraphs for line in p.lines)


@given(pages_of_lines)
def test_sentences_are_numbered_in_reading_order(pages):
    sentences = cut_sentences(printed(pages), "r")
    assert [s.number for s in sentences] == list(range(len(sentences)))
    assert [s.paragraph for s in sentences] == sorted(s.paragraph for s in sentences)


@given(pages_of_lines)
def test_a_sentence_is_single_spaced_and_has_no_line_end(pages):
    for sentence in cut_sentences(printed(pages), "r"):
        assert "  " not in sentence.text and "\n" not in sentence.text
        assert sentence.text == sentence.text.strip()


@given(
    st.lists(
        st.sampled_from("Farmers sell maize and beans at the market in Tarija every Monday".split()),
        min_size=4,
        max_size=20,
    ),
    st.integers(1, 8),
)
def test_how_lines_are_set_does_not_change_the_sentences(some, width):
    rows = [" ".join(some[i : i + width]) for i in range(0, len(some), width)]
    assert cut(*rows) == cut(" ".join(some))


def test_a_sentence_over_a_page_end_has_two_pieces_each_on_its_page():
    both = joined(printed([[["Traders lend money"]], [["to their cousins."]]]))
    (sentence,) = cut_sentences([both], "r")
    assert sentence.text == "Traders lend money to their cousins."
    assert [(p.text, p.span.page.number) for p in sentence.pieces] == [
        ("Traders lend money", 1),
        ("to their cousins.", 2),
    ]
    assert sentence.page.number == 1


def test_a_word_cut_by_a_page_end_is_joined_for_readers_and_parted_for_quoting():
    both = joined(printed([[["They have a co\u00ad"]], [["operative."]]]))
    (sentence,) = cut_sentences([both], "r")
    assert sentence.text == "They have a cooperative."
    assert [p.text for p in sentence.pieces] == ["They have a co", "operative."]


def test_a_sentence_around_a_footnote_has_two_pieces():
    page = Page("r", 1, None, "Traders lend money\n1 A note of its own.\nto their cousins.")
    parts = [(0, 18), (page.text.index("to"), len(page.text))]
    rows = tuple(Line(page, a, b, 72.0, 700.0, 10.0, 0.0, 0.0) for a, b in parts)
    (sentence,) = cut_sentences([Paragraph(rows, "body")], "r")
    assert [p.text for p in sentence.pieces] == ["Traders lend money", "to their cousins."]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Prices rose. (Tassi 2012) Then they fell.", 2),
        ("Prices rose.” (Castillo 2012, p. 4) Then they fell.", 2),
        ("They had 100 members (Castillo 2012). They left.", 2),
        ("Muñoz et al. 2012 say so. Others do not.", 2),
        ("See pp. 12 and 13 for it. It is there.", 2),
        ("Dr. Ana Paz came. J. Viaña left.", 2),
        ("It costs 3.5 bolivianos. It was 4.", 2),
        ("¿Quién vende? ¡Todos venden! Nadie compra.", 3),
        ("Vendemos papa. ¿A qué precio? Al de la feria.", 3),
        ("“We sell.” “We buy.” They agree.", 3),
        ("They work (some of them. Not all) in the town. Yes.", 2),
        ("He said: “We wait… we always wait.” Then he left.", 2),
        ("The firm S.R.L. is small. It sells.", 2),
        ("Audita Consult S.R.L. sells it", 1),
        ("Prices rose.³ Then they fell.", 2),
        ("What?! Nobody. Everybody.", 3),
        ("They would have no. The rest left.", 2),
        ("Law No. 29 and art. 7 protect it. It is old.", 2),
        ("Ellos no nos ven a nosotros ni a nos. La ley núm. 4 rige.", 2),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, count: int):
    assert len(cut(text)) == count, cut(text)


def test_a_citation_behind_the_full_stop_stays_with_what_it_documents():
    assert cut("Prices rose. (Tassi 2012) Then they fell.") == [
        "Prices rose. (Tassi 2012)",
        "Then they fell.",
    ]


def test_dots_of_an_omission_belong_to_the_next_sentence():
    assert cut("Prices rose. … and then they fell again.")[-1].startswith("…")


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (("co\u00ad", "operative"), "cooperative"),
        (("co\u2010", "operative"), "cooperative"),
        (("co-", "operative"), "cooperative"),
        (("a small-scale farm and small-", "scale sale"), "a small-scale farm and small-scale sale"),
        (("the Andean-", "Amazonian road"), "the Andean-Amazonian road"),
        (("from 1998-", "2004 they sold"), "from 1998- 2004 they sold"),
        (("the eﬃ-", "cient oﬀice"), "the efficient office"),
    ],
)
def test_hyphens_at_line_ends(rows: tuple[str, ...], text: str):
    assert cut(*rows) == [text]


def test_a_run_longer_than_any_sentence_is_cut_without_loss():
    text = " ".join(f"word{n}" for n in range(LONGEST * 3))
    parts = cut(text)
    assert all(len(part.split()) <= LONGEST for part in parts)
    assert " ".join(parts) == text


def test_a_heading_is_one_sentence_whatever_it_says():
    page = printed([[["1. Who sells? Who buys?"]]], "heading")
    assert [s.text for s in cut_sentences(page, "r")] == ["1. Who sells? Who buys?"]


def test_list_items_in_one_paragraph_are_parted():
    assert cut("• maize • beans • potatoes") == ["• maize", "• beans", "• potatoes"]


def test_no_paragraphs_give_no_sentences():
    assert cut_sentences([], "r") == ()
