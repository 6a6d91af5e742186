"""A number of one kind is no answer to a question for another: land is not counted in farmers."""

from __future__ import annotations

import pytest

from rag_agency.quantities import QUANTITIES, counted, has_quantity, quantity_asked

TOLD = {
    "time": ("They worked together for three years.", "Trabajaron juntos tres años.", "since 1986"),
    "share": ("Some 75 per cent of them are poor.", "La mitad son jóvenes.", "10 of the 120 survive"),
    "area": ("Each farms between 3 and 5 hectares.", "Cultivan 5 hectáreas cada uno."),
    "weight": ("They sell 4,000 hundredweight.", "Piden 50kg por familia.", "Exporta 200 toneladas."),
    "distance": ("The port is 300 km away.", "Está a 300 kilómetros."),
    "money": ("A kilo costs $3.", "Raised as many as six times.", "Pagan 20 bolivianos."),
}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much land does a grower farm?", "area"),
        ("¿Cuántas hectáreas trabaja un horticultor?", "area"),
        ("What share of the economy is informal?", "share"),
        ("What fraction of the beef is sold informally?", "share"),
        ("¿Qué porcentaje se rechazó?", "share"),
        ("How long do the contracts run?", "time"),
        ("For how many months did he live there?", "time"),
        ("¿En cuánto tiempo logran que suba el precio?", "time"),
        ("What daily wage do they get?", "money"),
        ("What would a ministry cost a country?", "money"),
        ("¿Cuánto paga el intermediario?", "money"),
        ("How many tonnes does it ship?", "weight"),
        ("How far is the port?", "distance"),
        ("How many members has a cooperative?", None),
        ("Why do prices matter?", None),
        ("¿Por qué dice que los buenos precios complican?", None),
        ("What do good prices bring?", None),
    ],
)
def test_the_kind_of_number_that_is_asked_for_is_heard(question: str, kind: str | None):
    assert quantity_asked(question) == kind


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TOLD.items() for text in texts])
def test_a_number_of_that_kind_is_known_by_its_unit(kind: str, text: str):
    assert has_quantity(text, kind)


@pytest.mark.parametrize("kind", QUANTITIES)
def test_a_number_of_people_is_of_no_other_kind(kind: str):
    assert not has_quantity("More than 10,000 small farmers are linked to 65 chains.", kind)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many small farmers are there?", ("small", "farmers")),
        ("¿Cuántos socios tiene la cooperativa?", ("socios", "tiene")),
        ("Who buys cocoa?", ()),
    ],
)
def test_what_is_counted_stands_behind_how_many(question: str, words: tuple[str, ...]):
    assert counted(question) == words
