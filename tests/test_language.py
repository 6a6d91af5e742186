"""Which language a text is in, also where it is a word or two."""

from __future__ import annotations

import pytest

from rag_agency.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello", "en"),
        ("Hola", "es"),
        ("thanks", "en"),
        ("gracias", "es"),
        ("Who is Luis Galleguillos?", "en"),
        ("quien eres", "es"),
        ("cooperativas de cafe", "es"),
        ("coffee cooperatives in Peru", "en"),
        ("What is ‘la Junta Nacional del Café’?", "en"),
        ("¿Qué es un stakeholder?", "es"),
    ],
)
def test_short_texts_are_told_apart(text: str, language: str):
    assert language_of(text) == language
