"""Numbers with what they count: in digits or in words, English or Spanish, with their bounds.

A figure is taken from the evidence or it is not in it: value, unit and bound must be the same. Knows
no sentence but the two it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag_agency.language import without_accents

WORDS: dict[str, float] = {
    **{w: n for n, w in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)},
    **{w: n for n, w in enumerate("dos tres cuatro cinco seis siete ocho nueve diez once doce".split(), 2)},
    **{w: n for n, w in enumerate("thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), 13)},
    **{w: n for n, w in enumerate("trece catorce quince dieciseis diecisiete dieciocho diecinueve".split(), 13)},
    **{w: n * 10 for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)},
    **{w: n * 10 for n, w in enumerate("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(), 2)},
    **{f"veinti{w}": 20 + n for n, w in enumerate("un dos tres cuatro cinco seis siete ocho nueve".split(), 1)},
    **{w: n * 100 for n, w in enumerate("doscientos trescientos cuatrocientos quinientos seiscientos".split(), 2)},
    **{w: n * 100 for n, w in enumerate("doscientas trescientas cuatrocientas quinientas seiscientas".split(), 2)},
    **{"setecientos": 700, "ochocientos": 800, "novecientos": 900, "cien": 100, "ciento": 100},
    **{"dozen": 12, "docena": 12, "half": 0.5, "mitad": 0.5, "tercio": 1 / 3},
    **{"thirds": 1 / 3, "tercios": 1 / 3, "quarters": 0.25},
}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "mil": 1_000,
    "million": 1e6,
    "millon": 1e6,
    "millones": 1e6,
    "billion": 1e9,
    "billon": 1e12,
    "billones": 1e12,
}
# Stems of what is counted; a row is one thing in both languages.
UNITS: dict[str, str] = {
    "per cent": r"%|per ?cent\w*|por ciento|percentage|porcentaje",
    "member": r"members?|membership|socios?|socias|miembros?",
    "farmer": r"farmers?|smallholders?|producers?|growers?|agricultor\w*|productor\w*|campesin\w*|caficultor\w*",
    "cooperative": r"co-?operatives?|cooperativas?",
    "family": r"famil(?:y|ies)|households?|familias?|hogar(?:es)?",
    "chain": r"chains?|cadenas?",
    "company": r"compan(?:y|ies)|firms?|empresas?",
    "hectare": r"hectares?|ha|hectareas?",
    "hundredweight": r"hundredweights?|cwt|quintal(?:es)?",
    "tonne": r"tonnes?|tons?|toneladas?",
    "kilo": r"kilos?|kilograms?|kg|kilogramos?",
    "pound": r"pounds?|libras?",
    "kilometre": r"kilomet\w+|km",
    "year": r"years?|anos?|decades?|decadas?",
    "month": r"months?|meses|mes",
    "day": r"days?|dias?",
    "hour": r"hours?|horas?",
    "time": r"times|veces",
    "money": r"dollars?|usd|dolar(?:es)?|euros?|bolivianos?|soles|quetzal(?:es)?|pesos?",
    "country": r"countr(?:y|ies)|pais(?:es)?",
    "study": r"stud(?:y|ies)|estudios?",
    "point": r"points?|priorit\w+|conditions?|issues?|puntos?|prioridad\w*|condicion\w*|asuntos?|temas?",
    "measure": r"measures?|medidas?",
    "woman": r"wom[ae]n|mujer(?:es)?",
    "trader": r"traders?|comerciantes?|intermediar\w+",
    "job": r"jobs?|empleos?",
}
BOUNDS: dict[str, str] = {
    "at least": r"at least|al menos|por lo menos|como minimo|no less than",
    "up to": r"up to|at most|as (?:many|much) as|no more than|hasta|a lo sumo|como maximo",
    "more than": r"more than|over|above|mas de|por encima de|exceeding",
    "less than": r"less than|fewer than|under|below|menos de|por debajo de",
    "nearly": r"nearly|almost|just under|casi",
}
A_THIRD = re.compile(r"\b(?:a|one)[ -]third\b")  # “third” alone is an ordinal
CITATION = re.compile(r"\([^()]*\d{4}[^()]*\)|\[\d+\]")
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|%|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]")
UNIT_WINDOW = 4  # words after a number in which its unit is looked for
BETWEEN = {"to", "and", "or", "a", "y", "o", "-", "–", "—"}
_UNIT = {name: re.compile(rf"(?:{pattern})$") for name, pattern in UNITS.items()}
_BOUND = {name: re.compile(rf"\b(?:{pattern})(?:\W+\w+)?\W*$") for name, pattern in BOUNDS.items()}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts (empty where no known unit follows) and how it is bounded."""

    value: float
    unit: str = ""
    bound: str = ""
    printed: str = ""
    after: str = ""

    @property
    def is_year(self) -> bool:
        """Whether it can be a year: four plain digits."""
        return self.printed.isdigit() and len(self.printed) == 4 and 1500 <= self.value <= 2100


def figures_in(text: str) -> list[Figure]:
    """Return the figures of a text in order, citations in brackets left out."""
    plain = A_THIRD.sub("tercio", without_accents(CITATION.sub(" ", text)))
    tokens = list(TOKEN.finditer(plain))
    found = [(start, end, value) for start, end, value in _numbers([t[0] for t in tokens])]
    figures = []
    for start, end, value in found:
        bound = next((name for name, p in _BOUND.items() if p.search(plain[: tokens[start].start()][-30:])), "")
        printed = plain[tokens[start].start() : tokens[end - 1].end()]
        following = [t[0] for t in tokens[end : end + UNIT_WINDOW]]
        figures.append(Figure(value, _unit(following), bound, printed, _next_word(following)))
    return _ranges(figures, found, [t[0] for t in tokens])


def unknown_figure(claim: str, evidence: str) -> str:
    """Return the first figure of a claim that the evidence does not have so, in words; empty: all are there."""
    known = figures_in(evidence)
    for figure in figures_in(claim):
        same = [k for k in known if abs(k.value - figure.value) < 1e-9]
        if not same:
            return f"{figure.printed} is not in the evidence"
        if figure.unit and not any(k.unit == figure.unit for k in same):
            counted = next((k.unit for k in same if k.unit), "something else")
            return f"{figure.printed} counts {counted} in the evidence, not {figure.unit}"
        if not figure.unit and figure.after and all(k.unit for k in same) and not _stands(figure.after, evidence):
            return f"{figure.printed} counts {same[0].unit} in the evidence, not {figure.after}"
        of_unit = [k for k in same if not figure.unit or k.unit == figure.unit]
        if not any(k.bound == figure.bound for k in of_unit):
            return f"the evidence has {of_unit[0].bound or 'no bound to'} {figure.printed}".replace("to to", "to")
    return ""


def _stands(word: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word[:5])}", without_accents(text)))


def _next_word(after: Sequence[str]) -> str:
    """Return the word right after a number, where it may be what is counted."""
    first = after[0] if after else ""
    return first if len(first) > 3 and first.isalpha() and first not in WORDS else ""


def _numbers(words: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield where numbers stand and their values: 5 million, twenty-five, treinta y cinco."""
    i = 0
    while i < len(words):
        value = _value(words[i])
        if value is None:
            i += 1
            continue
        end = i + 1
        while end < len(words):
            step = end + 1 if words[end] in ("y", "and") and value >= 10 and _is_word(words[i]) else end
            tail = _value(words[step]) if step < len(words) and _is_word(words[step]) else None
            if words[end] in SCALES:
                value, end = value * SCALES[words[end]], end + 1
            elif tail is not None and _is_word(words[i]) and 1 <= tail < value and value % 10 == 0 and value > 19:
                value, end = value + tail, step + 1
            else:
                break
        yield i, end, value
        i = end


def _is_word(token: str) -> bool:
    return not token[0].isdigit()


def _value(token: str) -> float | None:
    if token[0].isdigit():
        bare = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", token)
        return float(re.sub(r",", ".", bare)) if re.fullmatch(r"\d+(?:[.,]\d+)?", bare) else None
    if token in SCALES:
        return float(SCALES[token]) if SCALES[token] < 1e6 else None
    if token.endswith("fold") and token.removesuffix("fold") in WORDS:
        return WORDS[token.removesuffix("fold")]
    if "-" in token.strip("-"):
        parts = [_value(part) for part in token.split("-")]
        return None if None in parts or len(parts) != 2 else sum(p for p in parts if p is not None)
    return WORDS.get(token)


def _unit(after: Sequence[str]) -> str:
    for i, word in enumerate(after):
        if re.fullmatch(r"[.;:!?()]|,", word) or (i and word[0].isdigit()):
            return ""
        pair = f"{word} {after[i + 1]}" if i + 1 < len(after) else word
        for name, pattern in _UNIT.items():
            if pattern.match(word) or pattern.match(pair):
                return name
    return ""


def _ranges(figures: list[Figure], places: Sequence[tuple[int, int, float]], words: Sequence[str]) -> list[Figure]:
    """Give the first number of a range the unit of the second: 3 to 5 hectares."""
    for i in reversed(range(len(figures) - 1)):
        between = words[places[i][1] : places[i + 1][0]]
        if not figures[i].unit and len(between) == 1 and between[0] in BETWEEN:
            figures[i] = replace(figures[i], unit=figures[i + 1].unit)
    return figures
