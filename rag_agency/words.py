"""Words as a search compares them: no accents, no stop words, stems; for BM25 and coverage."""

from __future__ import annotations

import re
from functools import cache

import Stemmer

from rag_agency.language import without_accents
from rag_agency.records import Language

STOP_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        """
        a about after all also an and any are as at be because been being both but by can could did
        do does doing down each few for from further had has have he her here hers him his how i if
        in into is it its just me more most my no nor not of off on once only or other our out over
        own same she should so some such than that the their them then there these they this those
        through to too under until up very was we were what when where which while who whom whose
        why will with would you your say says said report according
        """.split()
    ),
    "es": frozenset(
        """
        a al algo algun alguna algunas algunos ante antes como con contra cual cuales cuando cuanto
        cuantos cuanta cuantas de del desde donde dos el ella ellas ellos en entre era es esa esas
        ese eso esos esta estan estas este esto estos fue ha han hasta hay la las le les lo los mas
        me mi mucho muy nada ni no nos o os otra otros para pero poco por porque que quien quienes
        se segun ser si sin sobre son su sus tambien tanto te tiene tienen todo todos tu un una uno
        unos y ya dice dicen informe
        """.split()
    ),
}
# Words by which a question asks, and that say nothing of what it is about.
FRAME_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        """
        say says said tell tells told think thinks find finds found finding findings conclude concludes
        concluded describe describes described mention mentions view opinion account argue argues words
        study studies studied report reports network researcher researchers according
        explain explains claim claims point points see sees give gives kind sort way ways thing things
        people many much does regard regarding role make makes case cases compare compared contrast
        differ differs difference differences agree agrees disagree common summarise summarize
        summary list
        """.split()
    ),
    "es": frozenset(
        """
        dice dicen decir piensa piensan opina opinan opinion encontro encontraron hallo encuentra hallazgos
        concluye concluyo describe menciona segun estudio estudios informe informes red
        investigador investigadores explica afirma plantea ve cuenta cuentan manera modo forma cosa cosas
        gente caso casos papel hace hacen q compara compare comparar contraste difiere difieren diferencia
        diferencias coinciden coincide comun resume resuma resumir resumen mencione enumere enumera
        """.split()
    ),
}
EMPTY = frozenset().union(*STOP_WORDS.values(), *FRAME_WORDS.values())  # that say nothing of what is asked about
WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case without accents; 1,200 and 1.200 are one word."""
    return [re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", word) for word in WORD.findall(without_accents(text))]


def terms(text: str, language: Language) -> list[str]:
    """Return the stems of a text's content words, in order, with repetitions."""
    words = [w for w in plain_words(text) if w not in STOP_WORDS[language] and (len(w) > 1 or w.isdigit())]
    return list(_stemmer(language).stemWords(words))


@cache
def _stemmer(language: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer({"en": "english", "es": "spanish"}[language])
