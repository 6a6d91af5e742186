"""What the page says, in Spanish and English. Knows nothing of where it is said."""

from __future__ import annotations

from rag_agency.records import Language

LANGUAGES: tuple[tuple[str, Language], ...] = (("Español", "es"), ("English", "en"))

EXAMPLES: dict[Language, tuple[str, ...]] = {
    "en": (
        "How many members does a coffee cooperative in Peru need?",
        "What do Castillo and Ranaboldo say about informality?",
        "¿Qué encontró Tassi sobre el parentesco y los mercados?",
    ),
    "es": (
        "¿Cuántos socios necesita una cooperativa cafetalera en el Perú?",
        "¿En qué difieren Castillo y Ranaboldo sobre la informalidad?",
        "What keeps small producers out of large markets?",
    ),
}

COUNTRIES_ES = {
    "Brazil": "Brasil",
    "Dominican Republic": "República Dominicana",
    "Haiti": "Haití",
    "Kenya": "Kenia",
    "Mexico": "México",
    "Panama": "Panamá",
    "Peru": "Perú",
}

# Each label in English and in Spanish.
LABELS: dict[str, tuple[str, str]] = {
    "title": ("Small-scale farmers in Latin America", "Pequeños productores en América Latina"),
    "promise": (
        "Ask the reports. Each answer says who found it, where, on which page, in which words.",
        "Pregunte a los informes. Cada respuesta dice quién lo encontró, dónde, en qué página y con qué palabras.",
    ),
    "language": ("Language", "Idioma"),
    "tab_ask": ("Ask", "Preguntar"),
    "tab_who": ("Who says what", "Quién dice qué"),
    "tab_reports": ("Reports", "Informes"),
    "question": ("Your question", "Su pregunta"),
    "question_hint": ("Write your question", "Escriba su pregunta"),
    "send": ("Ask", "Preguntar"),
    "new": ("New conversation", "Nueva conversación"),
    "examples": ("For example", "Por ejemplo"),
    "limits": ("Limit to a member, country or report", "Limitar a un miembro, país o informe"),
    "member": ("Member", "Miembro"),
    "country": ("Country", "País"),
    "report": ("Report", "Informe"),
    "reading": ("Looking it up in the reports …", "Buscando en los informes …"),
    "citations": ("Citations", "Citas"),
    "copy": ("Copy", "Copiar"),
    "copied": ("Copied", "Copiado"),
    "download": ("Download", "Descargar"),
    "save_json": ("Save as JSON", "Guardar como JSON"),
    "abstained": ("The reports do not say", "Los informes no lo dicen"),
    "refused": ("Not a question for the reports", "No es una pregunta para los informes"),
    "partial": ("A part of the answer", "Una parte de la respuesta"),
    "missing": ("Not found in the reports", "No está en los informes"),
    "failed": ("This question could not be answered", "No se pudo responder esta pregunta"),
    "failed_hint": (
        "This says nothing about what is in the reports. Try again; if it fails again, tell whoever runs "
        "this page what you asked.",
        "Esto no dice nada sobre lo que hay en los informes. Intente otra vez; si vuelve a fallar, avise a "
        "quien administra esta página qué preguntó.",
    ),
    "unexpected": ("Something unexpected went wrong", "Ocurrió algo inesperado"),
    "source": ("Source", "Fuente"),
    "source_empty": (
        "Choose a citation, and its page appears here with the words marked.",
        "Elija una cita y aquí aparecerá su página con las palabras marcadas.",
    ),
    "cited_in": ("in", "en"),
    "authors": ("The report’s authors", "Los autores del informe"),
    "external": ("An outside source", "Una fuente externa"),
    "inherited": (
        "The sentence itself names nobody: who speaks is known from the sentences around it.",
        "La oración misma no nombra a nadie: quién habla se sabe por las oraciones que la rodean.",
    ),
    "brief_of": (
        "This is an evidence brief; it restates {0}.",
        "Esta es una síntesis de evidencia; resume {0}.",
    ),
    "page_both": ("Page {0} · page {1} of the PDF", "Página {0} · página {1} del PDF"),
    "page_one": ("Page {0}", "Página {0}"),
    "page_none": (
        "Page {0} of the PDF · no printed number",
        "Página {0} del PDF · sin número impreso",
    ),
    "zoom": ("Click the page to enlarge it", "Pulse la página para ampliarla"),
    "page_picture": ("Page {0} of {1}, with the quotation marked", "Página {0} de {1}, con la cita marcada"),
    "not_marked": (
        "These words could not be marked on the page.",
        "No se pudieron marcar estas palabras en la página.",
    ),
    "no_picture": ("The page cannot be shown", "No se puede mostrar la página"),
    "back": ("Back", "Volver"),
    "who_intro": (
        "Read what each member says, sentence by sentence, as the reports give it. A number opens its quotations.",
        "Lea lo que dice cada miembro, oración por oración, como lo dan los informes. Un número abre sus citas.",
    ),
    "anyone": ("All members", "Todos los miembros"),
    "topic": ("Theme, or a word of your own", "Tema, o una palabra propia"),
    "all_themes": ("All themes", "Todos los temas"),
    "all_sentences": ("All", "Todas"),
    "no_statement": ("no statement found in {0} reports", "ningún enunciado en {0} informes"),
    "no_statement_one": ("no statement found in 1 report", "ningún enunciado en 1 informe"),
    "statements": ("{0} statements", "{0} enunciados"),
    "statements_one": ("1 statement", "1 enunciado"),
    "first_of": ("the first {0} are shown", "se muestran los primeros {0}"),
    "on": ("on", "sobre"),
    "section_none": ("Without a section", "Sin sección"),
    "page_short": ("p. {0}", "p. {0}"),
    "corpus": ("Reports in the corpus", "Informes en el corpus"),
    "corpus_empty": (
        "There is no report in the corpus. Add one below.",
        "No hay informes en el corpus. Agregue uno abajo.",
    ),
    "pages": ("{0} pages", "{0} páginas"),
    "sentences": ("{0} sentences", "{0} oraciones"),
    "members_found": ("Members found", "Miembros encontrados"),
    "members_none": ("No member speaks in it", "Ningún miembro habla en él"),
    "warnings": ("To check", "Por revisar"),
    "no_year": ("n.d.", "s. f."),
    "remove": ("Remove", "Quitar"),
    "remove_ask": (
        "Remove “{0}” from the corpus? Its sentences will no longer be found or cited.",
        "¿Quitar «{0}» del corpus? Sus oraciones ya no se encontrarán ni citarán.",
    ),
    "keep": ("Keep it", "Conservar"),
    "removing": ("Removing “{0}” …", "Quitando «{0}» …"),
    "removed": ("“{0}” was removed.", "«{0}» se quitó."),
    "add_reports": ("Add reports", "Agregar informes"),
    "add_intro": (
        "Drop PDFs here, up to 100 MB each. They are read first, and count only when you add them.",
        "Suelte aquí archivos PDF, hasta 100 MB cada uno. Primero se leen, y solo cuentan cuando usted los agrega.",
    ),
    "drop": ("PDF files", "Archivos PDF"),
    "read_now": ("Read", "Leer"),
    "reading_file": ("Reading {0} ({1} of {2}) … {3} s", "Leyendo {0} ({1} de {2}) … {3} s"),
    "starting": ("Starting … {0} s", "Iniciando … {0} s"),
    "finishing": ("Finishing … {0} s", "Terminando … {0} s"),
    "what_was_read": ("What was read", "Qué se leyó"),
    "not_counted": (
        "Nothing counts yet. Look it over, then add it or discard it.",
        "Todavía no cuenta. Revíselo y luego agréguelo o descártelo.",
    ),
    "replaces": ("Takes the place of “{0}”", "Reemplaza a «{0}»"),
    "known": ("Is in the corpus already", "Ya está en el corpus"),
    "not_read": ("Could not be read", "No se pudo leer"),
    "add": ("Add to the corpus", "Agregar al corpus"),
    "discard": ("Discard", "Descartar"),
    "added": ("Added to the corpus: {0}", "Se agregó al corpus: {0}"),
    "discarded": ("Discarded; the corpus is as it was.", "Descartado; el corpus quedó como estaba."),
    "no_files": ("Choose PDF files first.", "Primero elija archivos PDF."),
    "not_pdf": (
        "{0} is not a PDF; save or export it as a PDF and add it again.",
        "{0} no es un PDF; guárdelo o expórtelo como PDF y agréguelo otra vez.",
    ),
    "too_large": (
        "{0} has over 100 MB; make it smaller or split it.",
        "{0} tiene más de 100 MB; redúzcalo o divídalo.",
    ),
    "nothing_done": ("Nothing was changed.", "No se cambió nada."),
}


def say(name: str, language: Language, *values: object) -> str:
    """Return a label in a language with its values put in."""
    return LABELS[name][language == "es"].format(*values)


def counted(name: str, number: int, language: Language) -> str:
    """Return a label that counts, with its own form for one."""
    return say(f"{name}_one", language) if number == 1 else say(name, language, number)


def country_name(country: str, language: Language) -> str:
    """Return a country as it is called in the language."""
    return COUNTRIES_ES.get(country, country) if language == "es" else country


def preferred_language(accept: str) -> Language:
    """Return the first of our languages that a browser's Accept-Language asks for; else English."""
    wanted = []
    for place, part in enumerate(accept.split(",")):
        name, _, weight = part.partition(";q=")
        try:
            wanted.append((-float(weight or 1), place, name.strip().lower()[:2]))
        except ValueError:
            continue
    names = [name for _, _, name in sorted(wanted)]
    return next((code for name in names for code in ("es", "en") if name == code), "en")


def names_joined(citation: str, language: Language) -> str:
    """Return a reference with the reader's word between two authors."""
    return citation.replace(" and ", " y ") if language == "es" else citation.replace(" y ", " and ")
