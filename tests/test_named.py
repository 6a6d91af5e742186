"""What a question names is heard, also misspelt and in Spanish: members, studies, years, countries, products, themes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag_agency.asked import understand
from rag_agency.named import countries_asked, members_in, studies_in, years_in
from rag_agency.places import COUNTRIES
from rag_agency.products import PRODUCTS, products_in
from rag_agency.records import Member, Question

ROSTER = (
    Member(
        "guharay",
        "Falguni Guharay",
        ("SIMAS",),
        countries=("Nicaragua",),
        studies=("SIMAS 2011a", "SIMAS 2011b", "SIMAS 2012"),
        themes=("markets", "policy"),
    ),
    Member("tassi", "Nico Tassi", countries=("Bolivia",), studies=("Tassi 2012",), themes=("kinship", "informality")),
)


@pytest.mark.parametrize(
    ("text", "studies", "years"),
    [
        ("What does SIMAS 2011b propose?", ("SIMAS 2011b",), ()),
        ("¿Qué propone SIMAS (2011 a)?", ("SIMAS 2011a",), ()),
        ("What did Guharay's 2011 studies find?", ("SIMAS 2011a", "SIMAS 2011b"), ()),
        ("¿Qué dice el estudio de 2012 de Guharay?", ("SIMAS 2012",), ()),
        ("What did Guharay see change in Nicaragua between the years 1990 and 2000?", (), ("1990", "2000")),
        ("What happened to cooperatives after 1986?", (), ("1986",)),
    ],
)
def test_a_year_beside_a_name_means_a_study_and_any_other_a_year(text, studies, years):
    found = studies_in(text, members_in(text, ROSTER), ROSTER)
    assert (found, years_in(text, found)) == (studies, years)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Who buys cocoa in Nicaragu?", ("Nicaragua",)),
        ("los productores guatemalteco", ("Guatemala",)),
        ("coffee in Guatamala", ("Guatemala",)),
        ("¿Qué pasa con los hondureños?", ("Honduras",)),
        ("What do cooperatives need?", ()),
    ],
)
def test_a_country_is_heard_with_a_slip_and_by_its_people(text, countries):
    assert countries_asked(text) == countries


@given(st.sampled_from(sorted(c for c in COUNTRIES if len(c) > 6 and " " not in c)), st.data())
def test_one_letter_left_out_of_a_long_name_does_not_hide_the_country(country, data):
    place = data.draw(st.integers(1, len(country) - 1))
    assert country in countries_asked(f"What is grown in {country[:place] + country[place + 1 :]} today?")


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("¿Quién compra el cacao y el café?", ("coffee", "cocoa")),
        ("How do families market quinoa?", ("quinoa",)),
        ("¿Cómo se llama la cooperativa?", ()),
        ("What do cooperatives sell?", ()),
    ],
)
def test_products_are_heard_in_both_languages(text, products):
    assert products_in(text) == products


@given(st.sampled_from(sorted((p, s) for p, stems in PRODUCTS.items() for s in stems)))
def test_every_name_of_a_product_is_heard_as_it_stands(entry):
    product, stem = entry
    assert product in products_in(f"Who sells {stem.removesuffix('+').upper()}?")


def test_a_question_carries_all_that_it_names():
    asked = understand(Question("What does SIMAS 2011b say of 120 cocoa markets in Nicaragua since 1990?"), ROSTER)
    assert (asked.members, asked.studies) == (("guharay",), ("SIMAS 2011b",))
    assert (asked.years, asked.countries, asked.products) == (("1990",), ("Nicaragua",), ("cocoa",))
    assert "2011b" not in asked.numbers and {"120", "1990"} <= set(asked.numbers)
    assert "markets" in asked.themes
    assert understand(Question("¿Qué hacen las redes familiares?"), ROSTER).themes == ("kinship",)
