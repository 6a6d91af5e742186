"""What may be shown: each check fails when its thing is altered, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag_agency.ask import OpenIndex
from rag_agency.compose import Choice, Statement
from rag_agency.pages import SecondReader
from rag_agency.records import Page, Piece, Sentence, Source, Span, Speaker, letters_and_digits
from rag_agency.verify import failures

PAGES = {
    ("r", 1): "Of 120 traders, 45 lend money to their cousins. Prices rose by 3.5 per cent.",
    ("r", 2): "Roads decide the price of potatoes. Nobody knows why.",
    ("r", 3): "",
}


def said(text: str, page: int, *speakers: str) -> Sentence:
    leaf = Page("r", page, None, PAGES["r", page])
    piece = Piece(Span(leaf, 0, len(text)), text)
    voice = "member" if speakers else "authors"
    return Sentence(
        "r", 0, text, (piece,), "", "body", 0, voice, tuple(Speaker(s, f"{s.title()} 2012") for s in speakers)
    )


LEDGER = (
    said("Of 120 traders, 45 lend money to their cousins.", 1, "tassi"),
    said("Prices rose by 3.5 per cent.", 1),
    said("Roads decide the price of potatoes.", 2, "castillo", "tassi"),
    said("Nobody knows why.", 2),
)
GOOD = Source(
    "r", "T", 1, None, "Of 120 traders, 45 lend money to their cousins.", "tassi", "Tassi 2012", "member", "Tassi"
)


def stream(report: str, page: int) -> str | None:
    return letters_and_digits(PAGES.get((report, page), "")) if report == "r" else None


def failed(source: Source) -> list[str]:
    ledger = {"r": LEDGER}
    return [f.check for f in failures([source], stream, lambda r: ledger.get(r, ()))]


def test_a_true_source_passes():
    assert failed(GOOD) == []


def test_part_of_a_sentence_passes():
    assert failed(replace(GOOD, quote="45 lend money")) == []


@pytest.mark.parametrize(
    ("altered", "check"),
    [
        ({"quote": GOOD.quote.replace("45", "46")}, "quote"),
        ({"quote": GOOD.quote.replace("120", "12")}, "quote"),
        ({"quote": GOOD.quote.replace("lend", "steal")}, "quote"),
        ({"quote": "…"}, "quote"),
        ({"quote": ""}, "quote"),
        ({"quote": "cousins. Prices rose"}, "sentence"),
        ({"page": 2}, "quote"),
        ({"page": 0}, "page"),
        ({"page": 3}, "page"),
        ({"page": 99}, "page"),
        ({"member": "castillo"}, "speaker"),
        ({"study": "Tassi 1999"}, "study"),
        ({"study": None}, "study"),
        ({"voice": "authors"}, "voice"),
        ({"voice": "external"}, "voice"),
        ({"report": "s"}, "report"),
    ],
)
def test_each_check_fails_when_its_thing_is_altered(altered: dict[str, object], check: str):
    assert failed(replace(GOOD, **altered)) == [check]  # type: ignore[arg-type]


def test_the_authors_words_cannot_be_given_to_a_member():
    mine = replace(GOOD, quote="Prices rose by 3.5 per cent.", member=None, study=None, voice="authors")
    assert failed(mine) == []
    assert failed(replace(mine, member="tassi", voice="member")) == ["speaker"]


def test_a_members_words_cannot_lose_their_member():
    assert failed(replace(GOOD, member=None, study=None)) == ["speaker"]


@pytest.mark.parametrize("member", ["castillo", "tassi"])
def test_words_of_two_members_hold_for_each(member: str):
    words, study = "Roads decide the price of potatoes.", f"{member.title()} 2012"
    assert failed(replace(GOOD, page=2, quote=words, member=member, study=study)) == []


def test_spacing_case_hyphens_and_ligatures_do_not_matter():
    assert failed(replace(GOOD, quote="OF 120 traders,  45 lend mo\u00adney to their cousins")) == []


@given(st.integers(0, len(GOOD.quote) - 1), st.sampled_from("0123456789abcxyz"))
def test_any_letter_or_digit_exchanged_is_found(at: int, other: str):
    letter = GOOD.quote[at].lower()
    assume(letter.isalnum() and letter != other)
    assert failed(replace(GOOD, quote=GOOD.quote[:at] + other + GOOD.quote[at + 1 :])) == ["quote"]


@given(st.lists(st.booleans(), max_size=6))
def test_each_source_that_fails_is_told_once_and_in_order(truths: list[bool]):
    sources = [replace(GOOD, title=str(i), page=1 if true else 9) for i, true in enumerate(truths)]
    told = failures(sources, stream, lambda _: LEDGER)
    assert [f.source.title for f in told] == [str(i) for i, true in enumerate(truths) if not true]


def test_every_sentence_that_was_read_passes_by_the_second_extractor(opened: OpenIndex):
    index = opened.index
    (report,) = index.reports
    second = SecondReader(index.pdf(report))
    for sentence in index.sentences:
        sources = opened.citer.sources(sentence, "", "en")
        assert not list(failures(sources, lambda _, page: second.stream(page), lambda _: index.sentences))


def test_what_fails_is_not_shown(opened: OpenIndex):
    sentence = next(s for s in opened.index.sentences if "100 members" in s.text)
    true = opened.citer.sources(sentence, "", "en")
    false = tuple(replace(source, quote=source.quote.replace("100", "900")) for source in true)
    good, bad, half = (Statement(sentence, sources) for sources in (true, false, true + false))
    assert opened.checked(Choice((good, bad, half))).statements == (good,)
