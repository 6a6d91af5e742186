"""The gate's rules one by one: each lie that once passed beside the truth that must go on passing."""

from __future__ import annotations

import pytest

from rag_agency.records import Draft, Language, Member, Source
from rag_agency.verify import Gate, Given

ROSTER = (
    Member("quispe", "Rosa Quispe", (), "", ("Peru",), ("Quispe 2012",)),
    Member("salas", "Jorge Salas", (), "", ("Peru",), ("Salas 2012",)),
)


def evidence(text: str, member: str | None = "quispe", language: Language = "en") -> Given:
    voice = "member" if member else "authors"
    return Given(1, (Source("r", "t", 1, "1", text, member, None, voice, "Muñoz and Viaña 2012, p. 1"),), language)


def refused(claim: str, given: Given, language: Language = "en") -> str:
    """Return the check that a sentence fails, empty where it passes all."""
    last = Gate(ROSTER)(Draft(claim, (1,)), [given], language)[-1]
    return "" if last.passed else last.name


def test_a_lone_hyphen_is_no_number():
    given = evidence("Growers in Tarma call the sheds bodega - store.")
    assert refused("Quispe says that growers in Tarma call the sheds bodega - store.", given) == ""


CAUSES = (
    (
        "Carts come late, since the bridge is narrow.",
        "Quispe says that carts come late because the bridge is narrow.",
        "Quispe says that the bridge is narrow because carts come late.",
    ),
    (
        "The long drought contributed to the flight of young people in the valley.",
        "Quispe says that the drought led to the flight of young people in the valley.",
        "Quispe says that the flight of young people contributed to the long drought in the valley.",
    ),
    (
        "Low prices stem from the many traders at the gate.",
        "Quispe says that the many traders at the gate cause low prices.",
        "Quispe says that low prices cause the many traders at the gate.",
    ),
)
CAUSES_ES = (
    (
        "La sequía larga contribuyó a la huida de los jóvenes del valle.",
        "Quispe dice que la huida de los jóvenes se debe a la sequía larga del valle.",
        "Quispe dice que la huida de los jóvenes contribuyó a la sequía larga del valle.",
    ),
    (
        "Los socios tienen problemas de cuentas, que atribuyen a la poca escuela.",
        "Quispe dice que la poca escuela lleva a problemas de cuentas.",
        "Quispe dice que los problemas de cuentas causan la poca escuela.",
    ),
)


@pytest.mark.parametrize(("language", "case"), [*(("en", c) for c in CAUSES), *(("es", c) for c in CAUSES_ES)])
def test_cause_and_effect_are_not_turned_about(language: Language, case: tuple[str, str, str]):
    said, true, lie = case
    given = evidence(said, language=language)
    assert (refused(true, given, language), refused(lie, given, language)) == ("", "wording")


SUBJECTS: tuple[tuple[Language, str, str, str], ...] = (
    (
        "en",
        "Small growers store potatoes in dry sheds near the river.",
        "Quispe says that small growers store potatoes in dry sheds near the river.",
        "Quispe says that large exporters store potatoes in dry sheds near the river.",
    ),
    (
        "es",
        "Los consumidores buscan cada vez más papas limpias y de buen tamaño.",
        "Quispe dice que los consumidores buscan cada vez más papas limpias.",
        "Quispe dice que los intermediarios buscan cada vez más papas limpias.",
    ),
    (
        "en",  # the subject stands in an earlier sentence: whom ‘they’ means is not the gate's to say
        "In every case, she writes, they bring homes more income and work.",
        "Quispe says that these fairs bring homes more income and work.",
        "Quispe says that these fairs bring homes no income and no work.",
    ),
)


@pytest.mark.parametrize(("language", "said", "true", "lie"), SUBJECTS)
def test_what_is_said_of_one_thing_is_not_said_of_another(language: Language, said: str, true: str, lie: str):
    given = evidence(said, language=language)
    assert (refused(true, given, language), refused(lie, given, language)) == ("", "wording")


def test_words_for_the_same_thing_may_change_where_the_table_or_a_model_knows_them():
    given = evidence("Farmers store potatoes in dry sheds near the river.")
    assert refused("Quispe says that smallholders store potatoes in dry sheds near the river.", given) == ""
    other = "Quispe says that neighbours store potatoes in dry sheds near the river."
    assert refused(other, given) == "wording"
    sure = Gate(ROSTER, close=lambda first, second: 0.9)
    assert sure(Draft(other, (1,)), [given], "en")[-1].passed


WORDS_FOR = {"producers": "productores", "fairs": "ferias", "prices": "precios"}


def known_words(first: str, second: str) -> float:
    """Closeness as a model gives it: a word and its translation are close, whole sentences fairly, other words not."""
    if " " in first:
        return 0.7
    return 0.9 if first in (second, WORDS_FOR.get(second)) else 0.3


def test_between_languages_each_noun_needs_a_word_of_the_evidence():
    given = evidence("Producers say that the fairs hold the prices.", language="en")
    gate = Gate(ROSTER, close=known_words)

    def refusal(text: str) -> str:
        last = gate(Draft(text, (1,)), [given], "es")[-1]
        return "" if last.passed else last.name

    assert refusal("Quispe dice que las ferias sostienen los precios, según los productores.") == ""
    assert refusal("Quispe dice que las ferias sostienen los precios, según los intermediarios.") == "wording"


HEDGED = (
    (
        "Such fairs may at first help growers and prices, but in time bring heavy debts.",
        "Quispe says that such fairs may help growers and prices at first but bring heavy debts in time.",
        "Quispe says that such fairs help growers and prices at first but bring heavy debts in time.",
    ),
    (
        "The council has so far been unable to put in place suitable rules, prices and sheds.",
        "Quispe says that the council has so far been unable to put suitable rules, prices and sheds in place.",
        "Quispe says that the council has so far put suitable rules, prices and sheds in place.",
    ),
)


@pytest.mark.parametrize(("said", "true", "lie"), HEDGED)
def test_a_hedge_or_negation_that_a_sentence_keeps_need_not_stand_in_each_of_its_clauses(
    said: str, true: str, lie: str
):
    assert (refused(true, evidence(said)), refused(lie, evidence(said))) == ("", "wording")


def test_the_negation_of_a_single_word_is_not_lost_with_its_clause():
    given = evidence("Los vecinos piden papas de calidad, no lavadas y de su valle.", language="es")
    assert refused("Quispe dice que los vecinos piden papas de calidad, no lavadas y de su valle.", given, "es") == ""
    assert refused("Quispe dice que los vecinos piden papas lavadas y de su valle.", given, "es") == "wording"


def test_a_trade_that_stays_apart_does_not_depend():
    given = evidence("The trade of the valley stays apart from the agreements of the council.")
    lie = "Quispe says that the trade of the valley depends on the agreements of the council."
    assert refused(lie, given) == "wording"


@pytest.mark.parametrize("verb", ["fears", "praises", "opposes", "supports", "wants"])
def test_who_is_only_mentioned_is_not_said_to_do_what_others_do(verb: str):
    given = evidence("Leaders consulted by Salas oppose the agreements, and the council treats growers badly.", None)
    assert refused(f"Salas {verb} growers and the agreements of the council.", given) == "speakers"
    assert refused("The report's authors say that leaders consulted by Salas oppose the agreements.", given) == ""


def test_who_is_mentioned_with_what_they_do_may_be_said_to_do_it():
    given = evidence("Jorge Salas directs a fair of growers in Tarma.", None)
    assert refused("The report's authors say that Salas directs a fair of growers in Tarma.", given) == ""


UNNAMED = (
    (
        "en",
        "Small growers store potatoes in dry sheds.",
        "According to Quispe, small growers store potatoes in dry sheds.",
    ),
    ("en", "The sheds are dry and near the river.", "According to Quispe, the sheds are dry and near the river."),
    ("en", "Potatoes of Tarma are stored in sheds.", "According to Quispe, potatoes of Tarma are stored in sheds."),
    (
        "es",
        "Los vecinos guardan papas en galpones secos.",
        "Según Quispe, los vecinos guardan papas en galpones secos.",
    ),
)


@pytest.mark.parametrize(("language", "said", "shown"), UNNAMED)
def test_a_sentence_that_leaves_its_speaker_out_is_shown_with_the_name_before_it(
    language: Language, said: str, shown: str
):
    given = evidence(f"{said.removesuffix('.')} (Quispe 2012).", language=language)
    draft, checks = Gate(ROSTER).mended(Draft(said, (1,)), [given], language)
    assert (draft.text, checks[-1].passed) == (shown, True)


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("Small growers store potatoes in 900 dry sheds.", evidence("Small growers store potatoes in dry sheds.")),
        ("Studies show that small growers store potatoes.", evidence("Small growers store potatoes in dry sheds.")),
        ("The report's authors say that small growers store potatoes.", evidence("Small growers store potatoes.")),
        ("Growers store potatoes.", evidence("In Tarma, some small growers seem to store potatoes in dry sheds.")),
        ("Salas says that small growers store potatoes.", evidence("Small growers store potatoes in dry sheds.")),
        ("Small growers never store potatoes in sheds.", evidence("Small growers store potatoes in dry sheds.")),
    ],
)
def test_a_name_before_it_mends_nothing_else(said: str, given: Given):
    draft, checks = Gate(ROSTER).mended(Draft(said, (1,)), [given], "en")
    assert draft.text == said and not checks[-1].passed
