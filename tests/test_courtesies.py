"""Greetings, requests and thanks around a question change nothing of what is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag_agency.asked import understand
from rag_agency.courtesies import without_courtesies
from rag_agency.records import Language, Question

ASKS: dict[Language, str] = {
    "en": "How many members does a coffee cooperative in Peru have?",
    "es": "¿Cuántos socios tiene una cooperativa de café en el Perú?",
}
GREETINGS: dict[Language, tuple[str, ...]] = {
    "en": ("Hello!", "Good morning,", "Hi there.", "Dear colleagues,", "Excuse me:"),
    "es": ("¡Hola!", "Buenos días,", "Buenas tardes.", "Estimados señores:", "Disculpe,"),
}
REQUESTS: dict[Language, tuple[str, ...]] = {
    "en": ("Tell me:", "Could you please tell me:", "I would like to know", "I have a question:", "Please let me know"),
    "es": ("Dime:", "¿Me podría decir:", "Quisiera saber", "Tengo una consulta:", "Por favor, cuénteme"),
}
THANKS: dict[Language, tuple[str, ...]] = {
    "en": ("Thank you.", "Many thanks in advance!", "Please.", "Thanks a lot, regards"),
    "es": ("Gracias.", "Muchas gracias de antemano.", "Por favor.", "Mil gracias por su ayuda, saludos"),
}
ASKERS: dict[Language, tuple[str, ...]] = {
    "en": ("I am preparing a workshop for young farmers.", "We work for a municipality!"),
    "es": ("Estoy preparando un taller para jóvenes.", "Trabajamos en una alcaldía."),
}


def some(told: dict[Language, tuple[str, ...]], language: Language) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *told[language]))


@given(st.data(), st.sampled_from(("en", "es")))
def test_what_is_asked_is_the_same_however_politely(data: st.DataObject, language: Language):
    before = [data.draw(some(told, language)) for told in (GREETINGS, ASKERS, REQUESTS)]
    polite = " ".join([*before, ASKS[language], data.draw(some(THANKS, language))]).strip()
    assert without_courtesies(polite, language).rstrip() == ASKS[language]
    asked = understand(Question(polite, language=language), ())
    assert asked == understand(Question(ASKS[language], language=language), ())


@given(st.text(max_size=200), st.sampled_from(("en", "es")))
def test_something_is_always_left_and_nothing_is_added(text: str, language: Language):
    rest = without_courtesies(text, language)
    assert rest == text or (rest and rest.rstrip("?") in text)


@pytest.mark.parametrize("text", ["Hola", "Thanks", "Buenos días, gracias", "please"])
def test_a_greeting_alone_stays(text: str):
    assert without_courtesies(text, "es") == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What do you know about ports?", "en"),
        ("Who said that thanks are due to the state?", "en"),
        ("¿Qué tal funcionan las cooperativas?", "es"),
        ("¿Gracias a qué sobreviven las cooperativas?", "es"),
        ("Hilda asks who buys cocoa", "en"),
    ],
)
def test_words_of_courtesy_inside_a_question_stay(text: str, language: Language):
    assert without_courtesies(text, language) == text


def test_who_is_asking_stays_where_the_question_needs_it():
    text = "Trabajo con cooperativas de café en el Perú. ¿Cuántos socios tienen?"
    assert without_courtesies(text, "es") == text
