"""Numbers with what they count, in digits and in words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag_agency.verify.figures import figures_in

PIECES = st.sampled_from(
    ["ten", "veinte", "-", "–", "1,200", "3.5", "mil", "y", "and", "per cent", "members", ".", "%"]
)


@given(st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=60))
@example("twenty - 30 members")
def test_any_text_is_read_without_failing(text):
    assert all(figure.value == figure.value for figure in figures_in(text))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("about 100 members", 100, "member"),
        ("unos 65.000 agricultores", 65_000, "farmer"),
        ("treinta y cinco hectáreas", 35, "hectare"),
        ("85 % de las fincas", 85, "per cent"),
        ("1.5 million farmers", 1_500_000, "farmer"),
    ],
)
def test_a_number_is_read_with_what_it_counts(text, value, unit):
    assert [(f.value, f.unit) for f in figures_in(text)] == [(value, unit)]
