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
        "en": "Explain what {who} find on this theme, keeping apart who says it and for which place.",
        "es": "Explicar qué encuentran {who} sobre este tema, distinguiendo quién lo dice y de qué lugar habla.",
    },
    "objective say one": {
        "en": "Explain what {who} finds on this theme, and for which place.",
        "es": "Explicar qué encuentra {who} sobre este tema y de qué lugar habla.",
    },
    "objective differ": {
        "en": "Explain how {a} and {b} differ, without calling either of them right.",
        "es": "Explicar en qué difieren {a} y {b}, sin dar la razón a ninguna de las dos voces.",
    },
    "objective number": {
        "en": "Say what the figure {number} measures, where, and who gives it.",
        "es": "Decir qué mide la cifra {number}, de qué lugar es y quién la da.",
    },
    "objective own": {
        "en": "Compare one quoted finding with a case from your own work.",
        "es": "Comparar un hallazgo citado con un caso de su propio trabajo.",
    },
    "no difference": {
        "en": "This session has no difference to discuss.",
        "es": "Esta sesión no trae una diferencia para discutir.",
    },
    "no case": {"en": "This session has no case to read.", "es": "Esta sesión no trae un caso para leer."},
    "few items": {
        "en": "The quiz has {found} items; {asked} were planned.",
        "es": "El cuestionario tiene {found} preguntas; se habían previsto {asked}.",
    },
    "silent": {"en": "Voices that this session does not quote: {who}.", "es": "Voces que esta sesión no cita: {who}."},
    "languages": {
        "en": "Some quotes are in Spanish, the language of the source they are taken from; nothing is translated.",
        "es": "Algunas citas están en inglés, el idioma de la fuente de donde se toman; nada está traducido.",
    },
    "briefs": {
        "en": "The quotes are from evidence briefs, which restate {report} in other words. In the note of a "
        "source, the page after ‘{report}’ is a page of that report; the page in brackets is one of the brief, where "
        "the quoted words stand.",
        "es": "Las citas provienen de síntesis de evidencia, que resumen {report} con otras palabras. En la nota de "
        "cada fuente, la página que sigue a «{report}» es de ese informe; la que va entre paréntesis es de la "
        "síntesis, donde están las palabras citadas.",
    },
    "contradict": {
        "en": "These two statements answer it differently.",
        "es": "Estas dos afirmaciones responden de manera distinta.",
    },
    "neither": {"en": "Neither is called right here.", "es": "Aquí no se da la razón a ninguna."},
    "case title": {"en": "A case to read: {section}", "es": "Un caso para leer: {section}"},
    "case task": {
        "en": "Read the passage. Underline the findings once and the judgements twice, "
        "and note beside each sentence who says it.",
        "es": "Lea el pasaje. Subraye los hallazgos con una línea y los juicios con dos, "
        "y anote junto a cada oración quién la dice.",
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
        "en": "Match each finding with the person it comes from.",
        "es": "Relacione cada hallazgo con la persona de quien proviene.",
    },
    "study not named": {"en": "study not named", "es": "estudio no indicado"},
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
