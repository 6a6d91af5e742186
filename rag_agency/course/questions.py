"""Questions to talk about: which fit a quotation, by what it says, in words that take turns.

A figure can be checked, an opinion weighed, a proposal tried out; only a finding can be true elsewhere.
What a quotation is, is told by its words alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag_agency.course.masking import figures_in, without_citations
from rag_agency.course.records import Quote
from rag_agency.records import Language

Kind = Literal["figure", "proposal", "opinion", "finding"]
Form = dict[Language, str]
PROPOSAL = re.compile(
    r"\b(?:should|must|ought to|recommend\w*|propos\w+|calls? for|asks? for|suggests? that"
    r"|deben?|deber[ií]an?|hay que|recomiend\w+|recomendaci\w+|propon\w+|propuesta\w*|piden?|sugier\w+)\b",
    re.I,
)
OPINION = re.compile(
    r"\b(?:believ\w+|thinks?|feels?|holds?|considers?|argues?|in (?:the|their|his|her) (?:view|opinion)"
    r"|convinced|consulted|interviewed|perceiv\w+|sees?|cree|creen|piensan?|sostien\w+|considera[n]?|opinan?|opini[oó]n\w*|perciben?|consultad[oa]s|convencid[oa]s?"
    r"|entrevistad[oa]s|a juicio de|a su juicio|ven)\b",
    re.I,
)
ON_ONE: dict[Kind, tuple[Form, ...]] = {
    "finding": (
        {
            "en": "What would it take in your area for this finding by {who} to be true there as well?",
            "es": "¿Qué haría falta en su zona para que este hallazgo de {who} también fuera cierto allí?",
        },
        {
            "en": "What would you observe or measure to check this finding by {who}?",
            "es": "¿Qué habría que observar o medir para comprobar este hallazgo de {who}?",
        },
        {
            "en": "Do you know a case that fits this finding by {who}, and one that does not? What sets them apart?",
            "es": "¿Conoce un caso que coincida con este hallazgo de {who} y otro que no? ¿En qué se distinguen?",
        },
        {
            "en": "In this finding by {who}, who gains, who loses, and about whom is nothing said?",
            "es": "En este hallazgo de {who}, ¿quién gana, quién pierde y de quién no se dice nada?",
        },
    ),
    "opinion": (
        {
            "en": "This is a view, reported by {who}. What experience may lie behind it, "
            "and who might see it differently?",
            "es": "Esto es una opinión, según {who}. ¿Qué experiencia puede haber detrás y quién podría verlo de otra "
            "manera?",
        },
        {
            "en": "Would the people you work with agree with this statement by {who}? "
            "Which of their experiences would they point to?",
            "es": "¿Estarían de acuerdo con esta afirmación de {who} las personas con quienes usted trabaja? "
            "¿Qué experiencias mencionarían?",
        },
        {
            "en": "What speaks for this view in the quote from {who}, and what against it? "
            "Name one fact for each that could be looked up.",
            "es": "¿Qué habla a favor de la opinión de esta cita de {who} y qué en contra? "
            "Nombre para cada lado un dato que se pueda verificar.",
        },
    ),
    "figure": (
        {
            "en": "What exactly does the figure in this quote from {who} count, and where? "
            "What would it be in your area?",
            "es": "¿Qué cuenta exactamente la cifra de esta cita de {who}, y dónde? ¿Cuál sería en su zona?",
        },
        {
            "en": "How could the figure in this quote from {who} have been obtained? Who would have had to count?",
            "es": "¿Cómo se pudo obtener la cifra de esta cita de {who}? ¿Quién habría tenido que contar?",
        },
        {
            "en": "Does the figure in this quote from {who} seem high or low to you? "
            "With what would you compare it to say so?",
            "es": "¿Le parece alta o baja la cifra de esta cita de {who}? ¿Con qué la compararía para decirlo?",
        },
    ),
    "proposal": (
        {
            "en": "Who would have to act for this proposal in the quote from {who} to come true in your area, "
            "and what would it cost them?",
            "es": "¿Quién tendría que actuar para que lo que propone esta cita de {who} se hiciera realidad en su "
            "zona, y qué le costaría?",
        },
        {
            "en": "Which problem does the proposal in this quote from {who} answer? Is it a problem where you work?",
            "es": "¿A qué problema responde lo que propone esta cita de {who}? "
            "¿Existe ese problema donde usted trabaja?",
        },
        {
            "en": "If you took up the proposal in this quote from {who}, what would you try first, "
            "and how would you notice after a year that it helps?",
            "es": "Si siguiera lo que propone esta cita de {who}, ¿qué probaría primero y en qué notaría al cabo "
            "de un año que sirve?",
        },
    ),
}
ON_A_DIFFERENCE: tuple[Form, ...] = (
    {
        "en": "{a} and {b} say different things on one question. What would follow from each of them where you work? "
        "Point to the words in each quote that your answer rests on.",
        "es": "{a} y {b} dicen cosas distintas sobre una misma pregunta. ¿Qué consecuencias tendría cada una donde "
        "usted trabaja? Señale las palabras de cada cita en que se apoya su respuesta.",
    },
    {
        "en": "Speak first for {a} and then for {b}: which experience could each of them call on?",
        "es": "Hable primero por {a} y después por {b}: ¿en qué experiencia podría apoyarse cada parte?",
    },
    {
        "en": "If {a} and {b} were in the room, what would you ask them to find out why they differ?",
        "es": "Si {a} y {b} estuvieran en la sala, ¿qué les preguntaría para averiguar por qué difieren?",
    },
)
ON_TWO: tuple[Form, ...] = (
    {
        "en": "Read both statements. Do they speak of the same producers, products and markets? "
        "Mark the words that say so.",
        "es": "Lea las dos afirmaciones. ¿Hablan de los mismos productores, productos y mercados? "
        "Marque las palabras que lo indican.",
    },
    {
        "en": "What do the two statements have in common, and where does one of them go further than the other?",
        "es": "¿Qué tienen en común las dos afirmaciones y en qué va una más lejos que la otra?",
    },
    {
        "en": "If you could take only one of these two statements to a training of your own, "
        "which would it be, and why?",
        "es": "Si solo pudiera llevar una de estas dos afirmaciones a una capacitación suya, ¿cuál sería y por qué?",
    },
)


def kind_of(quote: Quote) -> Kind:
    """Return what a quotation is: it gives a figure, proposes something, reports a view, or a finding."""
    text = without_citations(quote.text)
    if figures_in(text):
        return "figure"
    if PROPOSAL.search(text):
        return "proposal"
    return "opinion" if OPINION.search(text) else "finding"


def on_one(quote: Quote, who: str, language: Language, turn: int) -> str:
    """Return the question on one quotation; those of one kind take turns, from 0."""
    return _turn(ON_ONE[kind_of(quote)], turn)[language].format(who=who)


def on_a_difference(a: str, b: str, language: Language, turn: int) -> str:
    """Return the question on two voices that differ."""
    return _turn(ON_A_DIFFERENCE, turn)[language].format(a=a, b=b)


def on_two(language: Language, turn: int) -> str:
    """Return the question on two statements side by side."""
    return _turn(ON_TWO, turn)[language]


def _turn(forms: Sequence[Form], turn: int) -> Form:
    return forms[turn % len(forms)]
