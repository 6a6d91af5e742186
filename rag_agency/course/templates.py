"""What a course says in its own words, in English and Spanish; all else in it is quoted.

Words here claim nothing about the reports beyond what the quotes beside them carry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag_agency.errors import CourseRefused
from rag_agency.records import Language

LANGUAGES: tuple[Language, ...] = ("en", "es")
AND: dict[Language, str] = {"en": " and ", "es": " y "}

WORDS: dict[str, dict[Language, str]] = {
    "course": {"en": "{topic}: what the reports find", "es": "{topic}: qué encuentran los informes"},
    "not covered": {
        "en": "The corpus does not cover {lacking}{limits}: a session needs {fewest} statements of its own. "
        "What there is instead, with the number of statements: {instead}",
        "es": "El corpus no cubre {lacking}{limits}: una sesión necesita {fewest} afirmaciones propias. "
        "Lo que sí hay, con el número de afirmaciones: {instead}",
    },
    "wish": {
        "en": "Name a topic, 1 to {most} sessions and {shortest} to {longest} minutes a session; "
        "found ‘{topic}’, {sessions} sessions, {minutes} minutes.",
        "es": "Indique un tema, de 1 a {most} sesiones y de {shortest} a {longest} minutos por sesión; "
        "se recibió «{topic}», {sessions} sesiones, {minutes} minutos.",
    },
    "unknown member": {
        "en": "There is no member {name}; there are {known}.",
        "es": "No hay ningún miembro {name}; hay {known}.",
    },
    "unknown country": {
        "en": "There is no country {name}; there are {known}.",
        "es": "No hay ningún país {name}; hay {known}.",
    },
    "empty session": {
        "en": "Session ‘{title}’ ({theme}) has {found} statements in this index and needs {fewest}; "
        "take it out or choose another theme.",
        "es": "La sesión «{title}» ({theme}) tiene {found} afirmaciones en este índice y necesita {fewest}; "
        "quítela o elija otro tema.",
    },
    "lost pin": {
        "en": "These words do not stand on page {page} of {report}: ‘{quote}’; take them out.",
        "es": "Estas palabras no están en la página {page} de {report}: «{quote}»; quítelas.",
    },
    "nothing": {"en": "nothing", "es": "nada"},
    "thin one voice": {
        "en": "Thin evidence: one voice only, {who}.",
        "es": "Poca evidencia: una sola voz, {who}.",
    },
    "thin one page": {
        "en": "Thin evidence: {voices}, {statements} statements on one page.",
        "es": "Poca evidencia: {voices}, {statements} afirmaciones en una página.",
    },
    "thin few": {
        "en": "Thin evidence: only {statements} statements, by {voices}.",
        "es": "Poca evidencia: solo {statements} afirmaciones, de {voices}.",
    },
    "one voice": {"en": "one voice", "es": "una voz"},
    "voices": {"en": "{count} voices", "es": "{count} voces"},
    "fewer sessions": {
        "en": "The corpus carries {found} sessions on this topic, not {asked}.",
        "es": "El corpus alcanza para {found} sesiones sobre este tema, no para {asked}.",
    },
    "objective say": {
        "en": "Say what {who} find on this theme, and name the study and the page of each finding.",
        "es": "Decir qué encuentran {who} sobre este tema y nombrar el estudio y la página de cada hallazgo.",
    },
    "objective say one": {
        "en": "Say what {who} finds on this theme, and name the study and the page of each finding.",
        "es": "Decir qué encuentra {who} sobre este tema y nombrar el estudio y la página de cada hallazgo.",
    },
    "objective differ": {
        "en": "Explain how {a} and {b} differ, without calling either of them right.",
        "es": "Explicar en qué difieren {a} y {b}, sin dar la razón a ninguna de las dos voces.",
    },
    "objective number": {
        "en": "Give the figure {number} together with what, where and whose it is.",
        "es": "Dar la cifra {number} junto con qué mide, dónde y de quién es.",
    },
    "objective own": {
        "en": "Compare one quoted finding with a case from your own work.",
        "es": "Comparar un hallazgo citado con un caso de su propio trabajo.",
    },
    "no difference": {
        "en": "No two statements on this theme differ so clearly that the program would say so; "
        "the session therefore has no difference to discuss.",
        "es": "No hay dos afirmaciones sobre este tema que difieran con claridad suficiente para decirlo; "
        "por eso la sesión no trae una diferencia para discutir.",
    },
    "no case": {
        "en": "No passage on this theme is long enough to be read as a case.",
        "es": "Ningún pasaje sobre este tema es lo bastante largo para leerlo como caso.",
    },
    "few items": {
        "en": "The evidence carries {found} of {asked} quiz items; more would repeat one or could not be traced.",
        "es": "La evidencia alcanza para {found} de {asked} preguntas; otras se repetirían o no se podrían rastrear.",
    },
    "silent": {
        "en": "The reports quoted here give no usable statement on this theme by {who}.",
        "es": "Los informes citados no dan aquí una afirmación utilizable sobre este tema de {who}.",
    },
    "languages": {
        "en": "Some quotes are in Spanish, the language of the source they are taken from; nothing is translated.",
        "es": "Algunas citas están en inglés, el idioma de la fuente de donde se toman; nada está traducido.",
    },
    "briefs": {
        "en": "The quotes are from evidence briefs that restate {report} in other words. A page given with "
        "{report} is that report’s; the page at the end of a source note, in brackets with the brief’s name, "
        "is the brief’s.",
        "es": "Las citas provienen de síntesis que resumen {report} con otras palabras. La página que acompaña a "
        "{report} es la de ese informe; la que cierra la nota de la fuente, entre paréntesis con el nombre de la "
        "síntesis, es la de la síntesis.",
    },
    "contradict": {
        "en": "These two statements answer it differently.",
        "es": "Estas dos afirmaciones responden de manera distinta.",
    },
    "neither": {"en": "Neither is called right here.", "es": "Aquí no se da la razón a ninguna."},
    "ask difference": {
        "en": "{a} and {b} say different things on one question. Where you work, what follows from each of them? "
        "Name the words in each quote that your answer rests on.",
        "es": "{a} y {b} dicen cosas distintas sobre una misma pregunta. Donde usted trabaja, ¿qué se sigue de cada "
        "una? Señale las palabras de cada cita en que se apoya su respuesta.",
    },
    "ask transfer": {
        "en": "What would have to be so where you work for this statement by {who} to hold there?",
        "es": "¿Qué tendría que darse donde usted trabaja para que valga allí esta afirmación de {who}?",
    },
    "ask evidence": {
        "en": "What would you have to see or count in order to check this statement by {who}?",
        "es": "¿Qué habría que ver o contar para comprobar esta afirmación de {who}?",
    },
    "ask together": {
        "en": "Read both statements. Do they speak of the same producers, products and markets? "
        "Mark the words that say so.",
        "es": "Lea las dos afirmaciones. ¿Hablan de los mismos productores, productos y mercados? "
        "Marque las palabras que lo indican.",
    },
    "case title": {"en": "A case to read: {section}", "es": "Un caso para leer: {section}"},
    "case task": {
        "en": "Read the passage. Underline what is a finding and what is a judgement, "
        "and note for each sentence who says it.",
        "es": "Lea el pasaje. Subraye qué es un hallazgo y qué es un juicio, y anote quién dice cada oración.",
    },
    "quiz who": {"en": "Whose finding is this?", "es": "¿De quién es este hallazgo?"},
    "quiz what": {"en": "Which of these findings is {who}’s?", "es": "¿Cuál de estos hallazgos es de {who}?"},
    "quiz number": {"en": "Which number stands in the gap?", "es": "¿Qué número va en el espacio?"},
    "quiz place": {"en": "Which country stands in the gap?", "es": "¿Qué país va en el espacio?"},
    "quiz fill": {"en": "Fill the gap with the number.", "es": "Complete el espacio con el número."},
    "quiz true_false": {
        "en": "True or false: this is a finding of {who}.",
        "es": "Verdadero o falso: este hallazgo es de {who}.",
    },
    "quiz match": {
        "en": "Match each finding with the person whose it is.",
        "es": "Una cada hallazgo con la persona a quien corresponde.",
    },
    "study not named": {"en": "study not named", "es": "estudio sin nombrar"},
    "from outside": {"en": "From outside the network", "es": "De fuera de la red"},
    "true": {"en": "True", "es": "Verdadero"},
    "false": {"en": "False", "es": "Falso"},
    "why who": {"en": "The source gives this finding to {who}.", "es": "La fuente atribuye este hallazgo a {who}."},
    "why not who": {
        "en": "{who} is quoted in this course with another finding; the source does not give this one to them.",
        "es": "De {who} se cita en este curso otro hallazgo; la fuente no le atribuye este.",
    },
    "why not who outside": {
        "en": "In the reports, though not quoted in this course so far, {who} says something else.",
        "es": "En los informes, aunque no citado hasta aquí en este curso, {who} dice otra cosa.",
    },
    "why what": {"en": "This is {who}’s finding.", "es": "Este hallazgo es de {who}."},
    "why not what": {"en": "This finding is {who}’s.", "es": "Este hallazgo es de {who}."},
    "why gap": {"en": "So it stands in the report.", "es": "Así figura en el informe."},
    "why not gap": {
        "en": "‘{option}’ stands in the reports in another sentence, on something else.",
        "es": "«{option}» figura en los informes en otra oración, sobre otra cosa.",
    },
}


def refusal(name: str, language: Language, values: Callable[[Language], dict[str, object]]) -> CourseRefused:
    """Return the error that says why a course is refused, in every language; ``values`` fills the braces of one."""
    return CourseRefused({code: say(name, code).format(**values(code)) for code in LANGUAGES}, language)


def say(name: str, language: Language) -> str:
    """Return words of a course; what stands in braces is for the caller to fill."""
    return WORDS[name][language]


def count_of_voices(count: int, language: Language) -> str:
    """Return ‘one voice’ or ‘3 voices’."""
    return say("one voice", language) if count == 1 else say("voices", language).format(count=count)


def listed(names: Sequence[str], language: Language) -> str:
    """Return names as a list in words."""
    if len(names) < 2:
        return "".join(names)
    return AND[language].join([", ".join(names[:-1]), names[-1]])
