"""What in a question is said out of courtesy, ‘Good morning, could you tell me …? Thank you.’, and not asked.

Works on tables of phrases in English and Spanish. What is left is what is asked; a greeting that was
searched for would be looked for in the reports, and be missing there.
"""

from __future__ import annotations

import re

from rag_agency.records import Language
from rag_agency.words import terms

PLEASE = r"(?:please|kindly|por\s?favor|porfa)"
KNOW = r"(?:know|find out|understand|learn|ask|saber|conocer|entender|preguntar|averiguar)"
OPENINGS = tuple(
    re.compile(rf"[\s¡!¿?.,:;]*(?:{pattern})(?![\w’'])[\s!.,:;)–-]*", re.I)
    for pattern in (
        # greetings
        r"(?:hi|hello|hey|greetings|good (?:morning|afternoon|evening|day))(?: there| all| everyone| team)?",
        r"hola|buen(?:os|as)? (?:d[ií]as?|tardes|noches)|qu[eé] tal(?=\s*[?,.!])|saludos",
        r"(?:disculp|oig)[ae]n?|perd[oó]n(?:e|en)?|excuse me",
        r"(?:dear|estimad[oa]s?|querid[oa]s?)(?: \w+){1,2}(?=\s*[,:.])",
        PLEASE,
        # that a question follows
        r"(?:(?:i|we) have |tengo |tenemos )?(?:a |one |another |una |otra )(?:quick |short )?"
        r"(?:question|consulta|pregunta|duda)(?: r[aá]pida)?(?=\s*[:,.])",
        # to be told
        rf"(?:y |and )?(?:(?:can|could|would|will) you (?:{PLEASE} )?)?(?:tell|inform) (?:me|us)(?: {PLEASE})?",
        rf"(?:and )?(?:(?:can|could|would|will) you (?:{PLEASE} )?)?(?:let me know|help me (?:to )?{KNOW})",
        rf"(?:can|could|would|will) you (?:{PLEASE} )?(?:explain|say)(?: to (?:me|us))?(?: {PLEASE})?",
        r"(?:y )?(?:(?:me|nos) )?(?:puede[ns]?|podr[ií]a[ns]?|pod[eé]s)(?: usted)? "
        rf"(?:decir|explicar|contar|indicar|informar|ayudar a {KNOW})(?:me|nos)?",
        r"(?:y )?(?:d[ií]me|d[ií]game|dinos|d[ií]ganos|decime|cu[eé]nt[ae]me|ind[ií](?:ca|que)me)",
        r"(?:y )?expl[ií](?:ca|que)(?:me|nos)",
        # that one would like to know
        rf"(?:i|we)(?:[’']d| would)? (?:like|love|want|need|wish)(?: you)? to {KNOW}(?: more)?(?: about| if| whether)?",
        rf"(?:i am|i[’']m|we are|we[’']re) (?:trying|hoping|curious) to {KNOW}",
        r"(?:i (?:was |am )?wonder(?:ing)?|do you (?:happen to )?know|any idea)(?: if| whether)?",
        r"(?:quisiera|quiero|necesito|deseo|quer[ií]a|queremos|quisi[eé]ramos|necesitamos|(?:me|nos) gustar[ií]a"
        rf"|(?:me|nos) interesa) {KNOW}(?: m[aá]s)?(?: sobre| acerca de| si)?",
        r"(?:sabe[ns]?|sab[eé]s|tienes? idea de)(?= (?:qu|cu|d[oó]nde|c[oó]mo|por qu))",
    )
)
CLOSING = re.compile(
    rf"[\s,.;!¡–-]*\b(?:{PLEASE}"
    r"|(?:many )?thanks?(?: you)?(?: (?:very|so) much| a lot)?(?: in advance)?(?: for your help)?"
    r"|(?:muchas |mil )?gracias(?: de antemano)?(?: por (?:su|tu) (?:ayuda|respuesta|tiempo))?"
    r"|(?:good)?bye|adi[oó]s|chao|hasta luego|cheers|(?:best |kind )?regards|saludos(?: cordiales)?)"
    r"[\s.!,]*(?P<asks>\??)\s*$",
    re.I,
)
# A sentence by which the asker says who they are; it is no part of a question that is whole without it.
ABOUT_ONESELF = re.compile(
    r"(?:(?:I|we|my|our|soy|somos|estoy|estamos|trabaj(?:o|amos)|tengo|tenemos|mi|nuestr[oa]s?)\b|I[’']m|we[’']re)"
    r"[^.?!]*[.!]\s+",
    re.I,
)
# What one says to begin or end with, or asks of the program instead of the reports.
SMALL_TALK = re.compile(
    r"\W*(?:(?:ok(?:ay)?|vale|great|perfecto?|help(?: me)?|ayuda|ay[uú]dame)"
    r"|(?:who|what) are you|are you (?:a |an )?(?:human|person|robot|bot|machine|ai|\w*gpt)\b.*"
    r"|how (?:do you|does (?:this|it)) work"
    r"|what (?:can|do) you (?:do|know|answer)|what can i ask(?: you)?|how are you|(?:qui[eé]n|qu[eé]) eres"
    r"|eres (?:un |una )?(?:human[oa]|persona|robot|m[aá]quina|ia)|c[oó]mo (?:funcionas?|est[aá]s)(?: esto)?"
    r"|qu[eé] (?:puedes|sabes|puede|sabe)(?: hacer| responder)?|qu[eé] (?:te |le )?puedo preguntar(?:te|le)?)?\W*",
    re.I,
)
WHOLE = 3  # content words; with fewer a question needs what was said before it


def without_courtesies(text: str, language: Language) -> str:
    """Return what a text asks without greeting, request, thanks and who is asking; the text where nothing is left."""
    rest = _without_openings(_without_closings(text))
    introduced = ABOUT_ONESELF.match(rest)
    if introduced and "?" in rest and len(terms(rest[introduced.end() :], language)) >= WHOLE:
        rest = _without_openings(rest[introduced.end() :])
    return rest if terms(rest, language) else text


def is_small_talk(text: str) -> bool:
    """Whether a text is a greeting, thanks, or a question to the program about itself, and asks nothing else."""
    return bool(SMALL_TALK.fullmatch(_without_openings(_without_closings(text))))


def _without_openings(text: str) -> str:
    opening = next((found for pattern in OPENINGS if (found := pattern.match(text)) and found.end()), None)
    if opening is None:
        return text
    return _without_openings(text[opening.end() :])


def _without_closings(text: str) -> str:
    closing = CLOSING.search(text)
    if closing is None:
        return text
    return _without_closings(text[: closing.start()] + closing["asks"])
