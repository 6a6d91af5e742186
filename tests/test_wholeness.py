"""Which statements can be read by themselves: what points to a sentence that is not there is not quoted."""

from __future__ import annotations

import pytest

from rag_agency.wholeness import points_out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("After 1975 these policies failed in the whole country.", "these"),
        ("Muñoz and Viaña likewise describe cooperatives used to seek benefits.", "likewise"),
        ("Castillo, for his part, defends the cooperative model as the key.", "for his part"),
        ("Guharay stresses, however, that producers gained nothing.", "however"),
        ("Sectoral farm policy is therefore insufficient, the authors judge.", "therefore"),
        ("The report’s authors also present him as an exporter.", "him"),
        ("In that passage, economic activity overflows into ritual.", "that passage"),
        ("Según Castillo, estas sumaban 240.000 pequeños agricultores.", "estas"),
        ("Tras 1975 esas políticas fracasaron en todo el país.", "esas"),
        ("Asimismo, los productores venden en la ciudad.", "Asimismo"),
        ("Guharay, por su parte, encontró problemas de gobernanza.", "por su parte"),
        ("Los precios bajos, en cambio, traen problemas al productor.", "en cambio"),
        ("Los tratados funcionan así en un solo sentido.", "funcionan así"),
        ("Mecanismos técnicos, formales e informales, lo obligan a trabajar con una empresa.", "lo obligan"),
        ("Los autores del informe lo presentan como empresario.", "lo presentan"),
        ("Pueden garantizarles cierta seguridad social, sin más.", "Pueden"),
        ("Kinship networks, it finds, are sophisticated in the valleys.", "it finds"),
        (
            "Local codes, practices and values govern them in the market.",
            "Local codes, practices and values govern them",
        ),
        ("Tassi (2012) reads it in Bolivia as an alternative circuit.", "reads it"),
        ("Ranaboldo et al. (2011) find that it helps producers cope.", "find that it"),
        ("Para los tres, las organizaciones son muy dinámicas.", "Para los tres"),
        ("Guharay calls FTAs the cost a country pays to enter markets in this way.", "this"),
        ("Her study finds that wells dry up.", "Her"),
        ("Muñoz y Viaña prolongan el argumento por su cuenta.", "el argumento"),
        ("Socialist regimes, the synthesis continues, see a space for dynamics.", "synthesis continues"),
        ("Muñoz and Viaña also describe cooperatives as a hinge.", "Viaña also describe"),
        ("Official statistics mislead, Galleguillos adds, since producers vary.", "Galleguillos adds"),
        ("Para la carne, agregan los autores del informe, la formalidad es relativa.", "agregan los autores"),
        ("Castillo agrega que la cooperativa necesita planes.", "Castillo agrega"),
        ("Muñoz y Viaña también describen la cooperativa como bisagra.", "Viaña también describen"),
        ("La organización tiene que escucharlos en las buenas y en las malas.", "escucharlos"),
        ("Las políticas fallan porque, al ejecutarlo, falta dinero.", "ejecutarlo"),
        ("Members of cooperatives, in his view, cannot rely on it alone.", "in his view"),
        ("Under that term the study understands a strategy of families.", "that term"),
    ],
)
def test_words_that_need_the_sentence_before_are_found(text: str, words: str) -> None:
    assert points_out(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Producers such as coffee growers sell to those who pay most.",
        "Organisations received no invitation, and for this reason their leaders oppose the agreements.",
        "Small farms survive, since kinship networks connect production to markets wherever these lie.",
        "Institutions hardly match, hence their presence in all models.",
        "Leaders have little influence, although these actively discuss laws.",
        "Redes aymaras controlan un comercio informal; esas redes pueden alimentar la corrupción.",
        "La empresa compra el producto, y esta prohíbe tratar con otra.",
        "El mercado puede ser una amenaza, y por eso muchas redes entran y salen.",
        "El individualismo debilita al grupo y lo divide.",
        "Los productores deben organizarse tal como lo hacen los gremios.",
        "Large buyers pay producers little for wool and sell it on, which leaves them poor.",
        "Wells dry up (these figures are from Quiroga 2014).",
        "Roasting coffee adds value in the valley, and Coffee adds value abroad.",
        "Las cooperativas compran los granos para venderlos en la ciudad.",
        "Las redes también venden en otros países, y los productores agregan valor.",
        "Castillo rejects the argument that cooperatives are too small.",
    ],
)
def test_words_that_mean_something_in_the_sentence_itself_are_left(text: str) -> None:
    assert points_out(text) == ""
