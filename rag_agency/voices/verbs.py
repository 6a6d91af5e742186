"""Verbs and set phrases of saying in English and Spanish, as tables and the patterns made of them.

Patterns are for text without accents (``names.folded``), case ignored. Phrases are parted by semicolons;
a space in them is any white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NOUN_EN = (
    r"(?:stud(?:y|ies)|reports?|papers?|research|work|works|findings?|analys[ie]s|thesis|books?|"
    r"articles?|conclusions?|data|chapter|survey|fieldwork|account|essay|monograph|interviews?|"
    r"figures|"
    r"results?|observations?|evidence|respondents?|case\s+stud(?:y|ies))"
)
NOUN_ES = (
    r"(?:estudios?|informes?|trabajos?|investigacion(?:es)?|analisis|hallazgos?|tesis|libros?|"
    r"articulos?|"
    r"documentos?|ensayos?|conclusion(?:es)?|datos|capitulo|encuesta|resultados?|entrevistas?|"
    r"cifras|"
    r"monografia|ponencia|evidencias?|observacion(?:es)?)"
)
NOUN = rf"(?:{NOUN_EN}|{NOUN_ES})"
EN_REGULAR = """
accept acknowledge add admit advance advise advocate affirm agree allege announce answer argue ask
assert assess assume attribute believe call caution characterise characterize cite claim clarify comment
complain concede conclude confirm consider contend contest corroborate count contrast criticise criticize
declare define demand demonstrate deny depict describe detect discover discuss dispute distinguish
document doubt emphasise emphasize endorse estimate expect explain express highlight hypothesise
identify illustrate indicate infer insist interpret label lament list maintain measure mention name note
notice observe offer outline perceive point portray posit predict propose question quote rank
react reaffirm reason recall reckon recognise recognize recommend record refer regard reiterate reject relate remark
remember repeat reply report respond reveal share stress suggest summarise summarize suspect
target trace underline underscore urge value view warn witness wonder
"""
EN_IRREGULAR = r"""
calculates?; calculated; coincides?; coincided; comes? to (?:the|a) (?:same |similar )?conclusion;
came to (?:the|a) (?:same |similar )?conclusion; concurs?; concurred; counts? on; defends;
defend; disagrees?; disagreed; drew attention; draws? attention; feels?; felt; finds?; found; gives?;
gave; go(?:es)? (?:on|further); went on; held that; holds? that; hoped; hopes?; lays? out;
learn(?:s|ed|t); made (?:clear|the point); makes? (?:it )?(?:clear|plain|the point|a similar|the
case|reference); places? (?:emphasis|stress); pleads?; pleaded; puts?
(?:it|this|the|forward|that); reads? (?:\w+ ){1,3}as; said; saw; says?; seen; sees?; sets? out;
showed; shown; shows?; speaks?; spoke; stated; states; stating;
state(?= that\b| in (?:their|the|both|its)\b| how\b|[ ]*[:‘“]); takes? (?:the view|issue|a
different); thinks?; thought; told; treats?; understands?; understood; written; writes?(?!
(?:on|about)); wrote
"""
ES_AR = """
acepta acierta aclara aconseja admira afirma agrega anota apunta argumenta asegura alerta califica
calcula caracteriza celebra cita coment comprob comprueba concuerda confirm conjetura considera
constata cont contrasta critica cuenta cuestiona declara demanda demuestra denomina destaca
detalla documenta duda encontr encuentra enfatiza enumera especifica estima evidencia explica
expresa formula identifica ilustra indica informa insta interpreta justifica lament llama matiz
menciona mostr muestra narra neg niega not observa opina pens piensa plantea postula precisa
predic pregunta presenta pronostica prueba razona recalca rechaza recomend recomienda reconsider
record recuerda registra reitera relata remarca reporta resalta resena resta resume revela senala
sintetiza sospecha subraya sustenta termina titula ubica valora
"""
ES_ER = """
admite aduce advierte advirt alude anade atribuy coincide concede cree defend defiende describe
desmiente dice difiere discrepa discute distingue entend entiende escribe exige expone halla
infiere insiste invita mantiene ofrece percibe pid pide prefiere preve propone reconoc reconoce
reduce refier refir reivindica responde sostiene sugier sugir supone teme vincula ve
"""
ES_IRREGULAR = """
concluyo; concluyeron; concluye; concluyen; atribuye; atribuyen; anade; da a entender; da cuenta;
dijeron; dijo; dio cuenta; dejan? claro; dicen; dicho; discrepan; discrepo; escrito; esta de
acuerdo; estan de acuerdo; expuso; expusieron; hace notar; hacen notar; hizo notar; hallan;
hallaron; hallo; llama la atencion; llego a la conclusion; mantuvo; mantuvieron; mostraron;
muestran; pidieron; pidio; pone de (?:manifiesto|relieve); pusieron de relieve; propuso;
propusieron; sostuvo; sostuvieron; sostienen; supo; va mas (?:alla|lejos); ven; vio; visto
"""
# What is done with a study, and says something all the same: 'ends her report with the request'.
CLOSING_EN = (
    r"(?:ends?|ended|closes?|closed|opens?|opened|begins?|began)\s+(?:his|her|their|its|the)\s+"
    rf"{NOUN_EN}\s+(?:with|by)"
)
CLOSING_ES = rf"(?:cierran?|cerro|terminan?|termino|abren?|abrio)\s+sus?\s+{NOUN_ES}\s+con"
REACHED_EN = (
    r"(?:reach(?:es|ed)?|arrive[sd]?\s+at|comes?\s+to|came\s+to)(?:\s+\w+){0,3}?\s+"
    r"(?:the|a)\s+(?:\w+\s+)?conclusion"
)
REACHED_ES = r"lleg(?:a|an|o|aron)(?:\s+[\w-]+){0,4}?\s+a\s+(?:la|una)\s+(?:\w+\s+)?conclusion"


def _english(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}(?:y|ies|ied|ying)"
    if base.endswith("e"):
        return f"{base[:-1]}(?:e|es|ed)"
    return f"{base}(?:s|es|ed|l?led)?"


def _spanish(form: str) -> str:
    """Return the third persons, present and past, of a verb given in its present or its stem."""
    stem = re.sub(r"[aeo]$", "", form)
    return rf"{stem}(?:an?|en?|o|aron|io|ieron|yo|yeron|aba|aban|ia|ian|ado|ido)"


def _phrases(table: str) -> Iterable[str]:
    return (" ".join(entry.split()).replace(" ", r"\s+") for entry in table.split(";"))


SAY_EN = "|".join([*map(_english, EN_REGULAR.split()), *_phrases(EN_IRREGULAR), CLOSING_EN, REACHED_EN])
SAY_ES = "|".join(
    [
        *map(_spanish, (ES_AR + ES_ER).split()),
        *_phrases(ES_IRREGULAR),
        CLOSING_ES,
        REACHED_ES,
    ]
)
SAY = rf"(?:{SAY_EN}|{SAY_ES})\b"
ANY_SAY = re.compile(rf"\b{SAY}", re.I)
