"""Which kind of number a question asks for, and whether a sentence has one of that kind.

‘How much land …?’ is not answered by a number of farmers. Works on tables of words in English and Spanish;
what a bare ‘how many …’ counts is for the search to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag_agency.language import without_accents

FIGURE = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundreds?|thousands?|half|"
    r"una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|cien\w*|mil|media?|last|ultim[oa]s|several|vari[oa]s)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A kind of number: how it is asked for, and how it is told."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


def _quantity(asked: str, units: str, otherwise: str = r"(?!)") -> Quantity:
    """Return a kind of number told by units behind a figure, or otherwise."""
    told = rf"\b{FIGURE}(?:[ -]\w+)?[ -](?:{units})\b|{otherwise}"
    return Quantity(re.compile(rf"\b(?:{asked})\b"), re.compile(told))


MONEY = (
    r"prices?|costs?|wages?|salar\w+|earn\w*|pay|paid|charges?|budgets?|money|loans?|precios?|cuesta\w*|costos?|costes?|"
    r"sueldos?|gana|ganan|jornal\w*|pag\w+|cobra\w*|presupuestos?|dinero"
)
QUANTITIES = {
    "time": _quantity(
        r"how long|how many (?:\w+ )?(?:years|months|weeks|days|hours)|cuanto tiempo"
        r"|cuant[oa]s (?:\w+ )?(?:anos|meses|semanas|dias|horas)",
        "years?|months?|weeks?|days?|hours?|decades?|centur(?:y|ies)|anos?|mes(?:es)?|semanas?|dias?|horas?|decadas?|siglos?",
        r"\b(?:1[5-9]|20)\d\d\b|overnight|matter of (?:hours|days)|de la noche a la manana|cuestion de"
        r"|\bhalf the time|mitad del",
    ),
    "share": _quantity(
        r"(?:what|which) (?:share|percentage|proportion|fraction|interest rate|part of (?:all|the world))"
        r"|que parte de l[oa]s|(?:que|cual es (?:la|el)) (?:porcentaje|proporcion|fraccion|tasa de interes)",
        "per ?cent|por ciento|thirds?|terci\\w+|quarters?|cuart[oa]s?|of the|of all|de l[oa]s",
        r"%|\bhalf|\bmitad|\bthird|majorit|mayoria|\bone in\b|\bmost of\b|tercera parte|cuarta parte",
    ),
    "area": _quantity(
        r"how much land|how large an area|how many (?:hectares|acres)|cuanta tierra|cuantas (?:hectareas|manzanas)"
        r"|(?:what|que) (?:area|superficie|extension)",
        "hectares?|ha|hectareas?|acres?|manzanas?|km2|square",
    ),
    "weight": _quantity(
        r"how (?:many|much) (?:tonn?es|tons|kilos?|kilograms|hundredweight|quintals|fertiliser)"
        r"|cuant[oa]s? (?:tonelad\w+|kilos?|quintal\w*|fertilizante|abono)|que cantidad de (?:abono|fertilizante)",
        r"tonn?es?|tons?|kg|kilos?|kilograms?|hundredweight|quintal\w*|tonelad\w+",
        r"\d ?kg\b",
    ),
    "distance": _quantity(
        r"how (?:far|many (?:kilometres|kilometers|km|miles))|a que distancia|cuantos (?:kilometros|km)",
        r"km|kilomet\w+|miles?|metros?|metres?",
    ),
    "money": _quantity(
        rf"(?:what|(?<!por )que) (?:\w+ )?(?:{MONEY})|(?:how much|cuant[oa]s?) (?:.{{0,25}} )?(?:{MONEY})"
        r"|what (?:do|does|did|would|will) .{1,60} (?:cost|charge|earn)",
        r"dollars?|dolares|usd|euros?|quetzal\w*|bolivianos?|soles|cordobas?|pesos?|times|veces|per ?cent|por ciento",
        r"[$€%]|\bfree of charge|\bgratis|\bdouble|\bdoble",
    ),
}


COUNTED = re.compile(r"\b(?:how many|cuant[oa]s) ([a-z]+)(?: (?:de )?([a-z]+))?")


def counted(text: str) -> tuple[str, ...]:
    """Return the words behind ‘how many’, one of which is what is counted; none where nothing is."""
    found = COUNTED.search(without_accents(text))
    return tuple(word for word in found.groups() if word) if found else ()


def quantity_asked(text: str) -> str | None:
    """Return the kind of number that a question asks for; None where it asks for none, or only how many."""
    plain = without_accents(text)
    return next((name for name, quantity in QUANTITIES.items() if quantity.asked.search(plain)), None)


def has_quantity(text: str, kind: str) -> bool:
    """Whether a text tells a number of that kind."""
    return bool(QUANTITIES[kind].told.search(without_accents(text)))
