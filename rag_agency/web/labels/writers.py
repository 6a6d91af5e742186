"""What the page says of language models that word answers, in English and in Spanish."""

LABELS: dict[str, tuple[str, str]] = {
    "writer": ("Answers", "Respuestas"),
    "writer_quotes": ("In the reports’ own words", "Con las palabras de los informes"),
    "writer_model": ("Worded by {0}, each sentence checked", "Redactadas por {0}, cada oración comprobada"),
    "writing": (
        "Writing; a sentence appears when it has been checked …",
        "Escribiendo; cada oración aparece cuando se ha comprobado …",
    ),
    "stop": ("Stop", "Detener"),
    "worded_by": (
        "Worded by {0}. Each sentence was checked against its sources; quotations are the reports’ own.",
        "Redactado por {0}. Cada oración se comprobó con sus fuentes; las citas son de los informes.",
    ),
    "dropped": ("{0} sentences were not shown", "No se mostraron {0} oraciones"),
    "dropped_one": ("1 sentence was not shown", "No se mostró 1 oración"),
    "mended": ("A second wording was shown.", "Se mostró una segunda redacción."),
    "check_source": ("Its source does not hold.", "Su fuente no se sostiene."),
    "check_form": ("It is no plain, finished sentence.", "No es una oración sencilla y terminada."),
    "check_citations": ("It cites evidence that it was not given.", "Cita evidencia que no se le dio."),
    "check_quotation": ("Its quotation is not in the evidence.", "Su cita textual no está en la evidencia."),
    "check_speakers": (
        "It credits somebody wrongly, or nobody.",
        "Lo atribuye a quien no lo dice, o no dice quién lo dice.",
    ),
    "check_figures": ("A number is not in the evidence.", "Un número no está en la evidencia."),
    "check_names": ("A name or place is not in the evidence.", "Un nombre o lugar no está en la evidencia."),
    "check_wording": (
        "It says more than the evidence, or less carefully.",
        "Dice más que la evidencia, o con menos cautela.",
    ),
    "check_support": ("The evidence does not carry it.", "La evidencia no lo respalda."),
    "check_checker": (
        "The checker model does not find it supported, or could not be asked.",
        "El modelo comprobador no lo ve respaldado, o no se le pudo preguntar.",
    ),
    "checked_by": (
        "A checker model was asked about each of its sentences as well.",
        "Se preguntó además a un modelo comprobador por cada una de sus oraciones.",
    ),
    "not_checked_by": (
        "The checker model that is set up gives no verdict here; all other checks were made.",
        "El modelo comprobador configurado no da aquí veredicto; se hicieron las demás comprobaciones.",
    ),
    "model_choice": ("Choose a language model", "Elegir un modelo de lenguaje"),
    "model_about": (
        "The question and the sentences found for it are sent to the model. Only addresses on this computer can be "
        "typed here, and the one that the settings name. Keys come from the settings, and go nowhere else.",
        "La pregunta y las oraciones halladas se envían al modelo. Aquí solo se admiten direcciones de esta "
        "computadora y la que indica la configuración. Las claves vienen de la configuración y no van a otro lugar.",
    ),
    "model_kind": ("Kind", "Tipo"),
    "model_openai": ("OpenAI-compatible address", "Dirección compatible con OpenAI"),
    "model_anthropic": ("Anthropic", "Anthropic"),
    "model_gguf": ("GGUF file", "Archivo GGUF"),
    "model_url": ("Address, such as http://127.0.0.1:11434/v1", "Dirección, como http://127.0.0.1:11434/v1"),
    "model_name": ("Name of the model", "Nombre del modelo"),
    "model_file": ("File on this computer", "Archivo en esta computadora"),
    "model_use": ("Use this model", "Usar este modelo"),
    "model_back": ("As the settings have it", "Como en la configuración"),
    "model_now": ("From now on answers are worded by {0}.", "Desde ahora redacta las respuestas {0}."),
    "model_none": (
        "From now on answers are in the reports’ own words.",
        "Desde ahora las respuestas van con las palabras de los informes.",
    ),
    "model_no_name": ("Type the name of the model, or its file.", "Escriba el nombre del modelo o su archivo."),
    "model_no_address": ("Type the address of the model.", "Escriba la dirección del modelo."),
    "model_not_here": (
        "This address is not on this computer; set another as RAG_AGENCY_WRITER_URL and start again.",
        "Esta dirección no es de esta computadora; indíquela en RAG_AGENCY_WRITER_URL y vuelva a abrir la página.",
    ),
    "model_no_file": (
        "There is no GGUF file there that can be read.",
        "Allí no hay ningún archivo GGUF que se pueda leer.",
    ),
    "model_no_key": (
        "For Anthropic set RAG_AGENCY_WRITER=anthropic and RAG_AGENCY_WRITER_KEY, and start again.",
        "Para Anthropic indique RAG_AGENCY_WRITER=anthropic y RAG_AGENCY_WRITER_KEY y vuelva a abrir la página.",
    ),
}
