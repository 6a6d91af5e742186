"""Which statements can be read by themselves, and which point to something that is not quoted with them.

‘These policies’, ‘likewise’, ‘por su parte’ need the sentence before; whoever meets the quote alone
cannot know which policies. Goes by words and where they stand; what a word means here it does not know,
so that some statements are passed over that could have stood.
"""

from __future__ import annotations

import re

from rag_agency.compose.cite import without_marker
from rag_agency.places import countries_in
from rag_agency.records import Sentence
from rag_agency.voices.verbs import SAY

FEWEST, MOST = 8, 60  # words of a statement that is quoted by itself
OPENS_BACK = re.compile(
    r"^\W*(?:this|these|those|that|such|they|their|it|its|he|she|his|her|both|the same|the result|the reason|hence|"
    r"thus|therefore|for that reason|however|otherwise|instead|of course|also|here|there|later|then|so|in this|"
    r"before all this|in other|at the same|on this|the three|neither|nor|such|earlier|today|leaders were|each|"
    r"many of these|all this|agreements in this|est[aeo]s?|es[aeo]s?|tal(?:es)?|ell[oa]s?|dich[oa]s?|su|sus|lo|por eso|"
    r"de ahí|por ello|ello|así|además|también|sin embargo|el mismo|la misma|aun así|después|luego|hoy|tampoco|"
    r"(?:a )?la mayoría(?! de)|la razón|el motivo|a further|un segundo|otr[oa]s?|sin (?:él|ella|ello|eso)|"
    r"without (?:it|such|this)|frente a ello|sucede igual|"
    r"entonces|another|the policy study adds|in recent|most (?:have|show)|legal form|for the three|"
    r"allí|de allí|al consolidarse|as strategies|aquí|por su parte|los tres|ambos|dos|una segunda|a second|"
    r"(?:in |en )?(?:the|el|la|los) (?:first|second|third|primer\w*|segund\w*|tercer\w*|word itself|lead of))\b",
    re.I,
)
# The same further inside: what is meant stands before, as a rule in the sentence before.
ENGLISH_BACK = (
    r"(?<!although )(?<!wherever )(?<!because )(?<!since )these|(?<!for )this(?! is why)|"
    r"(?<!and for )this reason|"
    r"those(?! (?:who|which|that|with|in|of|whose|where|on|from|most)\b| [\w-]+ (?:\w+ )?who\b)|"
    r"such (?!as\b|an?\b)\w+|"
    r"that (?:approach|view|passage|reason|trade|failure|quotation|study|term|movement|fall|tie|law|role|end|debate|"
    r"model|project|process|support|situation|setting|point|time|period|region)|"
    r"likewise|similarly|meanwhile|(?<!and )(?<!, )(?<!; )(?:therefore|hence|thus)|however|nevertheless|nonetheless|"
    r"accordingly|otherwise|for (?:his|her|their) part|in turn|by contrast|in contrast|on the other hand|"
    r"on the contrary|(?:the|a) (?:latter|former)|the same (?:study|brief|passage|author|report|page|source)|"
    r"(?:mentioned|described|outlined|named) (?:above|before)|above all this|"
    r"(?:the|all) (?:two|three|four|five|six) (?:members|authors|researchers|studies|others|cases)|"
    r"later in the synthesis|him|in (?:his|her) account|the reason given|once more|"
    r"(?:reads?|describes?|sees?|calls?|defines?|understands?|treats?|considers?|presents?) (?:it|them)|"
    r"(?:finds?|holds?|argues?|says?|adds?|notes?|writes?|concludes?|claims?|states?|reports?) that (?:it|they|he|she)|"
    r"it (?:finds|found|adds|argues|notes|says|concludes|writes|holds|shows|suggests)|"
    r"in (?:his|her) view|the argument(?! (?:that|of|for|on|about|against)\b)|"
    r"(?:can|cannot|must|would|may|will) then"
)
SPANISH_BACK = (
    r"(?<!y )(?<!; )(?:est[ea]|est[oa]s|es[ea]|es[oa]s|aquel(?:l[oa]s?)?)|esto|(?<!y por )eso|"
    r"(?<!y por )(?<!ser por )ello|dich[oa]s?|tal(?!\s+(?:vez|como))|tales(?!\s+como)|asimismo|igualmente|"
    r"por (?:su|otra|una) parte|por otro lado|por (?:lo )?tanto|por ende|en cambio|sin embargo|no obstante|a su vez|"
    r"(?:funcion\w+|actúa\w*|ocurre|sucede) así|así(?=,)|aun así|allí|(?<!y de )ahí|(?:el|la|los|las|lo) mism[oa]s?|"
    r"(?:los|las) (?:dos|tres|cuatro) (?:autor\w+|investigador\w+|estudios)|"
    r"(?:para|entre) (?:los|las) (?:dos|tres|cuatro)(?!\s+\w)|lo anterior|de este modo|de esa manera|"
    r"un matiz propio|el argumento(?! (?:de|que|según|sobre|contra|a favor)\b)|al respecto|"
    r"un[ao]? \w+ así"
)
INSIDE_BACK = re.compile(rf"\b(?:{ENGLISH_BACK}|{SPANISH_BACK})\b", re.I)
# Who adds or goes on has said something before; the speaker stands beside the verb.
SPEAKER = r"(?:[A-ZÁÉÍÓÚÑ][\w’'-]+(?: \(\d{4}\w?\))?|authors?|synthesis|study|brief|autor(?:es|as)?|síntesis|estudio)"
ADDS = r"(?:agrega|añade|prolonga|continúa|prosigue)n?"
GOES_ON = re.compile(
    rf"\b{SPEAKER},? (?:adds?|added|continues?|goes? on)\b(?! (?:value|income|jobs|up)\b)|"
    rf"\b{SPEAKER},? also,? (?:{SAY}|\w+s?\b)|"
    rf"\b{SPEAKER} {ADDS}\b(?! valor)|\b{ADDS} (?:(?:el|la|los|las) (?:mism[oa]s? )?)?{SPEAKER}|"
    rf"\b{SPEAKER},? también,? \w+"
)
# What speaks of a place in the text has left it; no sentence before it mends that.
OF_THE_TEXT = re.compile(
    r"\b(?:(?:el|del|al|este) (?:\w+ )?(?:capítulo|recuadro|apartado)|un pasaje|"
    r"(?:as a member|como miembro) (?:of the|de la) \w+|"
    r"the (?:\w+ )?(?:chapter|box)|a passage)\b",
    re.I,
)
# What opens so goes on from the sentence before and yet says whose part it is: the name follows.
BY_NAME = re.compile(r"^\W*(?:por su parte|for (?:his|her|their) part), (?=(?-i:[A-ZÁÉÍÓÚÑ]))", re.I)
# Who ‘he’ is has to be said before it.
HE = re.compile(r"\b(?:he|she)\b")
NAMED = re.compile(r"(?<!^)\b[A-ZÁÉÍÓÚÑ][\w’'-]+")
# ‘A mediano plazo, sostienen X y Y, no fortalece …’: of what that is said stands in the sentence before.
ELIDED = re.compile(
    r"^\W*(?i:a|al|en|de|del|por|para|tras|con|sin|desde|hasta|hoy) [^,]{3,60}, "
    r"(?:\w+n? (?:[A-ZÁÉÍÓÚÑ]\w+|los autores)[^,]{0,40}, )?"
    r"no (?:se )?(?!hay\b|existen?\b|bastan?\b|faltan?\b|es\b|solo\b|obstante\b)\w+"
)
# ‘Ana Lima, of the team, notes’: whose words those after it are is said there.
INTRODUCED = re.compile(r"^[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+ [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+, (?:of|from|del?|who|quien|que)\b")
# A nation of which it is not said which one.
NATION = re.compile(
    r"\b(?:national (?:polic|law|government|market)\w*|políticas? nacional\w*|ley(?:es)? nacional\w*|"
    r"gobiernos? nacional\w*|the country|(?:el|del) país)\b(?! como)",
    re.I,
)
# What is told as having happened needs a place, a name or a date.
HAPPENED = re.compile(
    r"^\W*(?:[\w’'-]+\W+){1,6}?(?:rose|fell|grew|gained|became|was|were|had|changed|improved|increased|"
    r"(?!según)[a-záéíóúñ]{2,}(?:aron|ieron|eron)|[a-záéíóúñ]{3,}ó)\b|^\W*hubo\b",
    re.I,
)
# A sentence that takes back or limits the one before it.
TAKES_BACK = re.compile(
    r"^\W*(?:but|however|yet|still|even so|nevertheless|nonetheless|that said|only|then|later|afterwards|doubts?|"
    r"aun así|sin embargo|pero|no obstante|con todo|ahora bien|en cambio|solo|sólo|después|luego|"
    r"no (?:se )?(?:funcion|pued|deb|son|está|tien)\w*)\b|"
    r"^.{0,80}?\b(?:however|though|sin embargo|no obstante|en cambio|nevertheless|nonetheless|aun así|con todo)\b|"
    r"\bnot generali[sz]\w+|\bno (?:son|es) generaliza\w+|\bal respecto\b|"
    r"^(?:the|el|la|los|las|its|their)\b.{0,60}\b"
    r"(?:above all|mainly|mostly|chiefly|only|sobre todo|principalmente|solo)\b|"
    r"^(?:this|these|that|those|such|est[ea]s?|es[ea]s?|estos|esos|tal(?:es)?)\b.{0,90}\b"
    r"(?:not|no|ni|poco|poca|sin|only|solo|little|hardly|lacks?|faltan?|limit\w*|weak\w*|without)\b",
    re.I,
)
# Whom so early a ‘them’ means is not in the sentence; nor is who does it where Spanish begins with the verb.
EARLY_THEM = re.compile(r"^(?:\W*[\w’'-]+\W+){1,8}them\b", re.I)
NO_SUBJECT = re.compile(
    r"^\W*(?:pueden?|deben?|son|están?|tienen?|sirven?|permiten?|garantizan?|dependen?|buscan?|quedan?|funcionan?|"
    r"compran?|venden?|incluyen?|forman?|controlan?|trabajan?|reciben?|logran?|suelen?|viven?)\b",
    re.I,
)
# ‘lo obligan’: an object that stands before, unless a masculine noun of the sentence itself does.
CLITIC = re.compile(r"\blo (?!que\b|cual|más\b|menos\b|pequeñ|anterior|común|local|económic|comercial|propio)\w+\b")
# The same behind an infinitive or a gerund, ‘escucharlos’, unless a word before it can be what is meant.
ENCLITIC = re.compile(r"\b(?!charlas?\b|perlas?\b|burlas?\b)[a-záéíóúñ]+(?:[aeiáéí]r|ndo)(?:se|me)?(l[oa]s?)\b")
MEANT = {
    "lo": re.compile(r"\b(?:el|un|al|del|cada|todo|los|unos|este|algo|lo)\s+\w+", re.I),
    "la": re.compile(r"\b(?:la|una|cada|toda|las|unas)\s+\w+", re.I),
    "los": re.compile(r"\b\w{3,}[oe]s\b", re.I),
    "las": re.compile(r"\b\w{3,}[ae]s\b", re.I),
}
VERB_END = re.compile(r"(?:an?|en?|ó|aron|ieron|ía|ían|aba|aban)$")
TELLER = re.compile(r"^\W*(?:los autores(?: del informe)?|las autoras|el informe|el estudio|la síntesis)\b", re.I)
MASCULINE = re.compile(r"\b(?:el|un|al|del|cada|todo|los|unos|este)\s+\w+", re.I)
# A footnote's number between two sentences that were not parted, and one at the end.
TWO_IN_ONE = re.compile(r"[.)’”]\d{1,2} [A-ZÁÉÍÓÚÑ¿“‘]|[⁰-⁹¹²³] [A-ZÁÉÍÓÚÑ]")
NOTE_MARK = re.compile(r"(?<=[.!?’”»)])\d{1,2}$|[⁰-⁹¹²³]+(?=\W*$)")
# An item of a list that has none of these is only the end of its lead-in.
FINITE = re.compile(
    r"\b(?:must|should|is|are|was|were|has|have|rose|gained|changed|can|may|means|need(?:s|ed)?|deben?|debería\w*|es|"
    r"son|está\w*|tienen?|hace|ganaron|subieron|cambiaron|dificultan?|tienden?|fortalecen)\b"
)
ENDS = re.compile(r"[.!?…’”»)]$")
STUDIES = re.compile(r"\b[A-ZÁÉÍÓÚÑ]\w+ (?:19|20)\d\d[a-z]?\b")  # what lists studies tells no finding
NEXT_SENTENCE = re.compile(r"(?:(?<=[a-záéíóúñü\d»’”)][.!?:])|(?<=[.!?][’”»]))\s+(?=[A-ZÁÉÍÓÚÑ¿¡«“‘\[])")
CITED = re.compile(r"\s*\([^()]*\d{4}[^()]*\)")


def stands_alone(sentence: Sentence) -> bool:
    """Say whether a statement is a whole sentence that needs none before it."""
    return is_whole(sentence) and not points_out(sentence.text) and not is_unplaced(sentence.text)


def is_whole(sentence: Sentence) -> bool:
    """Say whether a statement is one whole sentence, of a length to be quoted."""
    text = without_marker(sentence.text).strip()
    begins = text[:1].isupper() or text[:1] in "“‘«¿¡"
    if (
        OF_THE_TEXT.search(text)
        or not FEWEST <= len(text.split()) <= MOST
        or not begins
        or not ENDS.search(NOTE_MARK.sub("", text))
    ):
        return False
    if len(STUDIES.findall(CITED.sub("", text))) > 1:
        return False
    if sentence.kind == "list" and not FINITE.search(text):
        return False
    return not TWO_IN_ONE.search(text)


def points_out(text: str) -> str:
    """Return the words of a quote that point to something outside it; empty where there are none.

    Of several sentences that are quoted together, the first has what the others point to.
    """
    whole = BY_NAME.sub("", CITED.sub("", without_marker(text)).strip())
    words = NEXT_SENTENCE.split(whole)[0]
    found = OPENS_BACK.match(words) or NO_SUBJECT.match(words) or INSIDE_BACK.search(words)
    found = found or EARLY_THEM.match(words) or GOES_ON.search(words)
    found = found or _object_before(words) or _object_behind(words) or ELIDED.match(words) or _unnamed(words)
    return found[0].strip() if found else ""


def limits(text: str) -> bool:
    """Say whether a sentence takes back or limits what the one before it says."""
    return bool(TAKES_BACK.search(CITED.sub("", without_marker(text)).strip()))


def passes_on(before: str, text: str) -> bool:
    """Say whether a sentence goes on, without a name, with what somebody is introduced for in the one before it."""
    words = CITED.sub("", without_marker(text)).strip()
    return bool(INTRODUCED.match(before)) and not NAMED.search(words)


def is_unplaced(text: str) -> bool:
    """Say whether a text tells what happened, or speaks of a nation, and gives no name, number or place to it."""
    words = CITED.sub("", without_marker(text)).strip()
    if NATION.search(words) and not countries_in(words):
        return True
    return bool(HAPPENED.match(words)) and not NAMED.search(words) and not re.search(r"\d", words)


def _unnamed(words: str) -> re.Match[str] | None:
    """Return a ‘he’ or ‘she’ before which nobody is named."""
    match = HE.search(words)
    return match if match and not NAMED.search(words[: match.start()]) and not words[:1].islower() else None


def _object_before(words: str) -> re.Match[str] | None:
    """Return a Spanish object pronoun for which the sentence itself has no noun before it."""
    for match in CLITIC.finditer(words):
        before = TELLER.sub("", words[: match.start()])
        if VERB_END.search(match[0]) and not MASCULINE.search(before):
            return match
    return None


def _object_behind(words: str) -> re.Match[str] | None:
    """Return a Spanish verb with its object behind it for which the sentence has no word before it."""
    return next((m for m in ENCLITIC.finditer(words) if not MEANT[m[1]].search(words[: m.start()])), None)
