"""What the tab that makes course material says, in English and in Spanish."""

LABELS: dict[str, tuple[str, str]] = {
    "tab_course": ("Course", "Curso"),
    "course_intro": (
        "Make material for a course from the reports. Every line says where it comes from.",
        "Prepare material para un curso a partir de los informes. Cada línea dice de dónde viene.",
    ),
    "keep_answer": ("Add to the course", "Agregar al curso"),
    "keep_quote": ("Add this quotation to the course", "Agregar esta cita al curso"),
    "kept": ("Added to the course", "Agregado al curso"),
    "basket": ("1. Basket", "1. Canasta"),
    "basket_empty": (
        "Nothing here yet. ‘Add to the course’, under an answer or beside a quotation, puts its words here. "
        "A course can also be made without.",
        "Todavía no hay nada. «Agregar al curso», debajo de una respuesta o junto a una cita, pone aquí sus "
        "palabras. También se puede hacer un curso sin esto.",
    ),
    "basket_private": (
        "Kept in this browser only. Save it as a file to take it elsewhere.",
        "Se guarda solo en este navegador. Guárdela como archivo para llevarla a otro lugar.",
    ),
    "basket_full": (
        "A basket holds {0} quotations; take some out first.",
        "Una canasta contiene hasta {0} citas; saque algunas primero.",
    ),
    "basket_count": ("{0} quotations", "{0} citas"),
    "basket_count_one": ("1 quotation", "1 cita"),
    "basket_lost": (
        "These words are not in the reports that are open now; a course cannot use them.",
        "Estas palabras no están en los informes abiertos ahora; un curso no puede usarlas.",
    ),
    "basket_file": ("basket.json", "canasta.json"),
    "basket_save": ("Save the basket", "Guardar la canasta"),
    "basket_load": ("Load a basket", "Cargar una canasta"),
    "basket_loaded": ("Loaded: {0}", "Se cargó: {0}"),
    "basket_clear": ("Empty the basket", "Vaciar la canasta"),
    "take_out": ("Take out", "Sacar"),
    "goes_into": ("Goes into session", "Va en la sesión"),
    "goes_nowhere": ("none", "ninguna"),
    "asked_for": ("Asked: {0}", "Se preguntó: {0}"),
    "plan": ("2. Plan", "2. Plan"),
    "course_topic": ("Topic: a theme, or words of your own", "Tema: uno de la lista, o palabras propias"),
    "course_members": ("Members (all where none is chosen)", "Miembros (todos si no elige ninguno)"),
    "course_countries": ("Countries (all where none is chosen)", "Países (todos si no elige ninguno)"),
    "course_languages": ("Language of the material", "Idioma del material"),
    "course_level": ("Level", "Nivel"),
    "introductory": ("Introductory", "Introductorio"),
    "advanced": ("Advanced", "Avanzado"),
    "course_sessions": ("Sessions", "Sesiones"),
    "course_minutes": ("Minutes a session", "Minutos por sesión"),
    "propose": ("Propose an outline", "Proponer un esquema"),
    "no_topic": ("Choose or write a topic first.", "Primero elija o escriba un tema."),
    "outline": ("3. Outline", "3. Esquema"),
    "outline_empty": (
        "The outline appears here. Reorder, remove or replace its sessions; nothing is final until you build.",
        "Aquí aparecerá el esquema. Cambie el orden, quite o reemplace sesiones; nada es definitivo hasta que "
        "construya.",
    ),
    "session": ("Session {0}", "Sesión {0}"),
    "evidence": ("{0} statements · {1} voices · {2} pages", "{0} enunciados · {1} voces · {2} páginas"),
    "minutes": ("{0} min", "{0} min"),
    "up": ("Earlier", "Antes"),
    "down": ("Later", "Después"),
    "replace": ("Replace with …", "Reemplazar por …"),
    "alternatives": ("Other sessions that the reports allow", "Otras sesiones que los informes permiten"),
    "insert": ("Add as a session", "Agregar como sesión"),
    "outline_save": ("Save the outline", "Guardar el esquema"),
    "outline_file": ("outline.toml", "esquema.toml"),
    "outline_load": ("Load an outline", "Cargar un esquema"),
    "outline_clear": ("Discard the outline", "Descartar el esquema"),
    "build": ("Build the course", "Construir el curso"),
    "building": ("Building … {0} s", "Construyendo … {0} s"),
    "built": ("4. Material", "4. Material"),
    "built_from": ("Made on {0} from the index {1}", "Hecho el {0} a partir del índice {1}"),
    "no_outline": ("Propose or load an outline first.", "Primero proponga o cargue un esquema."),
    "format_zip": ("Everything in one file", "Todo en un archivo"),
    "format_pack": ("The pack itself, to verify it later", "El paquete mismo, para verificarlo después"),
    "trainer_copy": ("with key and traces", "con clave y orígenes"),
    "participants_copy": ("for participants", "para participantes"),
    "format_docx": ("Word", "Word"),
    "format_pptx": ("Slides (PowerPoint)", "Diapositivas (PowerPoint)"),
    "format_pdf": ("To print (PDF)", "Para imprimir (PDF)"),
    "format_markdown": ("Markdown", "Markdown"),
    "format_gift": ("Quiz for Moodle (GIFT)", "Cuestionario para Moodle (GIFT)"),
    "format_anki": ("Cards for Anki (text)", "Tarjetas para Anki (texto)"),
    "format_bibtex": ("References (BibTeX)", "Referencias (BibTeX)"),
    "format_csl": ("References (CSL-JSON)", "Referencias (CSL-JSON)"),
    "format_cards": ("Quote cards (PDF)", "Tarjetas con citas (PDF)"),
    "measured": (
        "Differences between two statements are found by rules, which say nothing where they are not sure. Of those "
        "said to differ by context, {0} of {1} drawn by lot were right; of those said to contradict, {2} of {3}, "
        "all of them sides of one and the same disagreement. Much is passed over: of pairs set aside beforehand, "
        "{4} of {5} that differ by context were found, and {6} of {7} that contradict. Read both quotations before "
        "you rely on one.",
        "Las diferencias entre dos enunciados se encuentran con reglas, que callan cuando no están seguras. De las "
        "que se presentan como diferencias de contexto, {0} de {1} sacadas al azar eran correctas; de las "
        "contradicciones, {2} de {3}, todas ellas caras de un mismo desacuerdo. Mucho se pasa por alto: de los "
        "pares apartados de antemano se encontraron {4} de {5} que difieren por su contexto y {6} de {7} que se "
        "contradicen. Lea las dos citas antes de confiar en una.",
    ),
    "look": ("Look it over", "Revisar"),
    "not_taken": ("{0} was not taken: {1}", "{0} no se aceptó: {1}"),
    "wrong_ending": ("give a file that ends in {0}", "dé un archivo que termine en {0}"),
    "file_large": ("it has over {0} kB", "tiene más de {0} kB"),
    "not_text": ("it is not a text file", "no es un archivo de texto"),
}
