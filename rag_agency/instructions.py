"""What in a question gives orders instead of asking: told apart, so that the rest can be answered.

Works on tables of patterns in English and Spanish. Whoever writes 'ignore the reports and …' gets no
obedience; whoever hides an order beside a real question gets the answer to the question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag_agency.language import without_accents
from rag_agency.words import EMPTY, plain_words

# Where an order can begin or end: sentence ends, brackets, tags, and the turns by which one is tacked on.
SEAMS = re.compile(
    r"(?<=[.!?])\s+|\n+|<!--.*?-->|<[^<>]*>|[()\[\]]|;\s*|\s*,?\s+but\s+(?=credit|attribute|say|answer)|\s+y de paso\s+"
    r"|,?\s+(?:so|and)\s+(?=attribute|tell me)|\b(?:p\. ?d\.|p\. ?s\.)\s*:?|\bwhile doing so,?\s+"
    r"|\s+y\s+(?=firma la|atribuye)",
    re.I,
)
ORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        # to leave the sources or the rules
        r"(?<!se )(?<!que )\b(?:ignor[ea]?\w*|disregard|forget|olvid[ae]\w*|omit[ae]|override|bypass|salt(?:a|ate))"
        r"\b.{0,40}"
        r"\b(?:instruc\w+|docum\w*|prompt|rul\w+|reglas?|context\w*|fuentes?|sources?|anterior\w*|previous|above|"
        r"informe\w*|reports?|todo|everything|spanish|english)\b",
        r"\b(?:new rule|nueva regla|from now on|a partir de ahora|desde ahora|let'?s play|juguemos)\b",
        r"\b(?:leave|deja)\b.{0,20}\b(?:citations|citas|quotation|comillas)\b|\b(?:sin citas|without citations)\b",
        # for what is kept inside
        r"\b(?:system|developer|hidden|secret|initial|internal)\s*(?:prompt|message|instruc\w+|configuration)",
        r"\b(?:prompt|mensaje|instruccion\w*) (?:del |de |inicial\w*|ocult[ao]s?|intern[ao]s?|secret\w+)(?:sistema)?",
        r"\b(?:reveal|print|show|repeat|leak|dump|give me|muestra\w*|revela\w*|imprime|repite|dame|dime)\b.{0,30}"
        r"(?:\b(?:prompt|instruc\w+|api.?keys?|clave de la api|contrasenas?|passwords?|environment|ssh|"
        r"variables? de entorno)\b|\bother users\b|\bdemas usuarios\b|~/)",
        r"\b(?:text|message) you (?:received|were given)\b|\btexto que recibiste\b|\bcontrasena:|\bpassword:",
        # to be somebody else, or to make something up
        r"\b(?:you are now|act as|pretend|roleplay|role-play|actua como|finge|haz de cuenta|ahora eres|jailbreak|"
        r"dan mode|you are \w+gpt)\b",
        r"\b(?:invent[ae]\w*|make up|made[- ]up|fabricate|conjeturas|looks? real|looks? legit)\b",
        r"\b(?:write|compose|escribe|redacta) (?:a |an |una )?(?:quotation|quote|cita)\b",
        # for set words, marks, links and pictures in the answer
        r"<!--|<\|?/?(?:system|im_start|im_end|assistant|user)\b|\[/?(?:inst|system)\]|<<sys>>",
        r"^\s*(?:system|assistant)\b",
        r"\b(?:answer|respond|reply|say|write|output|responde|contesta|escribe|di) "
        r"(?:\w+ )?(?:only|exactly|just|with|solo|solamente|exactamente|unicamente|siempre|immediately|"
        r"inmediatamente)\b",
        r"\b(?:begin|start|end|finish|termina|empieza|comienza|acaba)\b.{0,30}"
        r"(?:\b(?:answer|reply|respuesta|frase|phrase)\b|with ['\"‘“]|con [«“\"])",
        r"\b(?:insert|inserta|agrega|anade|append|render|output)\b.{0,40}"
        r"(?:\b(?:phrase|frase|image|imagen|link|enlace|token)\b|<img)|!\[|<img|https?://",
        r"\b(?:escribe|write|di|say) (?:['\"‘“«]|[A-Z]{4})|\bsay then|\bsolo eso\b|\bnada mas\.?$",
        r"\b(?:borra|elimina|delete|erase|wipe|drop)\b.{0,25}\b(?:indice|index|archivos?|files?|datos|data\w*|todo|everything)\b",
        r"\b(?:replace|cambia|sustituye)\b.{0,25}\b(?:number|numero|cifra)",
        r"\bdi que\b|^\W*(?:just )?say that\b|\b(?:orden|instruccion)(?:es)? del (?:administrador|sistema)\b",
        r"\b(?:firma|sign)\b.{0,20}\b(?:respuesta|answer)\b|\bllama .{1,40} a tod[oa]s\b|\bcall (?:all|every)\b",
        # to credit somebody
        r"\b(?:cite|cita|attribute|atribuye\w*|credit|acredita)\b.{0,40}"
        r"(?:\b(?:saying|diciendo|dice que|as saying)\b|\bit to\b|\blo a\b)",
        r"\b(?:you are obliged|estas obligado|correct my report|corrige mi informe|tell the user|as a fact that)\b",
        # in disguise
        r"\b(?:base64|rot13|decodifica|decode|initials|iniciales y|reverse of)\b|\bfollow it as an order\b",
        r"\b(?:note to the model|nota (?:al|para el) modelo)\b|^\s*!?-*\s*assistant\b",
    )
)
ASKS = re.compile(
    r"\?|^\W*(?:what|which|who|whose|when|where|why|how|does|do|did|is|are|then say when|summari[sz]e|explain|describe|"
    r"tell me (?:what|who|how|why|when|where)|que|cual\w*|quien\w*|cuando|donde|por que|como|cuant\w+|de que|resume|"
    r"explica|describe|(?:y )?dime:? (?:que|quien|como|por que))\b"
)
CLAIM = re.compile(
    r"\b(?:saying|diciendo|say|state|fact|afirma\w*|di|user)\b.{0,30}?\b(?:that|que)\s+(?P<claim>[^.!?]*\d[^.!?]*)",
    re.I,
)
FIGURES_FOR_LETTERS = str.maketrans("013457", "oieast")


@dataclass(frozen=True, slots=True)
class Told:
    """A question parted from its orders: ``text`` is what is asked, empty where nothing is."""

    text: str
    has_orders: bool = False


def without_orders(text: str) -> Told:
    """Return what a text asks when its orders are taken away.

    A claim with a figure that the orders want said is kept as what is asked: the corpus may know better.
    """
    if not _orders(text):
        return Told(text)
    parts = [part.strip() for part in SEAMS.split(text) if part and part.strip(" .,;:-!¡")]
    asked = [part for part in parts if not _orders(part) and ASKS.search(without_accents(part))]
    if asked:
        return Told(_whole(" ".join(asked), parts), has_orders=True)
    claim = next((found["claim"] for part in parts if (found := CLAIM.search(part))), "")
    # Without its figure: the corpus has another one, or none.
    return Told(re.sub(r"\s*\d[\d.,]*", "", claim), has_orders=True)


def _whole(asked: str, parts: list[str]) -> str:
    """Return a question that does not say what it is about, ‘what is it?’, with what was said before it."""
    if any(word not in EMPTY and len(word) > 1 for word in plain_words(asked)):
        return asked
    return " ".join(part for part in parts if not _orders(part))


def _orders(text: str) -> bool:
    plain = without_accents(text)
    return any(order.search(plain) or order.search(_spelt_out(plain)) for order in ORDERS)


def _spelt_out(plain: str) -> str:
    """Return the text with words such as 'd0cum3nt5' spelt in letters."""
    return re.sub(
        r"\b(?=\w*[a-z])(?=\w*\d)\w{3,}\b|\b\d[a-z0-9]{2,}\b", lambda m: m[0].translate(FIGURES_FOR_LETTERS), plain
    )
