"""The words around reported speech in English and Spanish: people, scope, whose voice, what goes on.

Patterns are for text without accents (``names.folded``) and ignore case. Verbs are in ``verbs``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag_agency.voices.verbs import NOUN

PERSON_EN = (
    r"(?:authors?|researchers?|scholars?|anthropologists?|economists?|sociologists?|geographers?|"
    r"writers?|"
    r"agronomists?|historians?|biologists?|ecologists?|engineers?|experts?|specialists?|"
    r"hydrologists?|members?)"
)
PERSON_ES = (
    r"(?:autor(?:a|es|as)?|investigador(?:a|es|as)?|antropolog[oa]s?|economistas?|sociolog[oa]s?|"
    r"geograf[oa]s?|agronom[oa]s?|historiador(?:a|es|as)?|biolog[oa]s?|ecolog[oa]s?|ingenier[oa]s?|"
    r"expert[oa]s?|especialistas?|hidrolog[oa]s?|estudios[oa]s?)"
)
PERSON = rf"(?:{PERSON_EN}|{PERSON_ES})"
OWNED = (
    r"(?:in|en|throughout|a\s+lo\s+largo\s+de)\s+(?:his|her|their|its|su|sus|that|the\s+same|este|"
    rf"ese|el\s+mismo)\s+(?:\w+\s+)?{NOUN}"
)
ADVERB = (
    rf"(?:{OWNED}|also|too|further|furthermore|additionally|likewise|similarly|then|thus|therefore|"
    r"however|"
    r"himself|herself|themselves|both|all|each|first|finally|even|in\s+turn|again|instead|"
    r"explicitly|"
    r"nevertheless|still|rightly|does|do|did|has|have|had|would|can|could|goes\s+on\s+to|went\s+"
    r"on\s+to|"
    r"on\s+(?:the\s+)?(?:other\s+hand|contrary)|for\s+(?:his|her|their)\s+part|[a-z]{3,}ly|"
    r"tambien|ademas|asimismo|igualmente|por\s+su\s+parte|por\s+otr[oa]\s+(?:parte|lado)|en\s+"
    r"cambio|"
    r"a\s+su\s+vez|ya|se|le|les|lo|la|los|las|ha|han|habia|habian|incluso|tampoco|ambos|ambas|"
    r"todos|todas|"
    r"[a-z]{3,}mente|no\s+(?=cree|creen|considera|ve\b|believe)|al\s+respecto)"
)
ADVERBS = rf"(?:\s*,?\s*{ADVERB}\b\s*,?){{0,4}}"
TITLE = (
    r"(?:(?:dr|dra|prof|lic|ing|mr|mrs|ms|sr|sra)\.?|don|dona|(?:el|la|los|las|"
    rf"the)\s+{PERSON})"
)

SCOPE_EN = (
    r"(?:work(?:s|ed)|led|compare[sd]?|coordinates|manages|heads|runs|chairs|writes\s+(?:on|about)|"
    r"carried\s+out|conducted|studi(?:ed|es)|analys(?:ed|es)|analyz(?:ed|es)|examin(?:ed|es)|"
    r"investigat(?:ed|es)|research(?:ed|es)|look(?:ed|s)\s+(?:at|into)|focus(?:es|ed|ses|sed)?|"
    r"wrote(?=\s+(?:an?\b|the\b|his\b|her\b|[‘“«]))|"
    r"surveyed|founded|publishe[ds]|direct(?:s|ed)|coordinate[ds]|presented|visited|interviewed|"
    r"followed|spent|taught|teaches|lives?|lived|compiled|covers?|covered|was\s+based|were\s+based|"
    r"explores?|"
    r"explored|address(?:es|ed)|deals?\s+with|dealt\s+with|is\s+about|concerns?|joined|"
    r"specialis\w+|specializ\w+)(?!\w)"
)
SCOPE_ES = (
    r"(?:compar(?:a|o|an|aron)|encabeza|gestiona|preside|acompan(?:a|o|an|aron)|"
    r"trabaj(?:a|o|an|aron)|dirig(?:e|io|en|ieron)|llev(?:o|aron)\s+a\s+cabo|realiz(?:a|o|an|aron)|"
    r"investig(?:a|o|an|aron)|analiz(?:a|o|an|aron)|estudi(?:a|o|an|aron)|examin(?:a|o|an|aron)|"
    r"se\s+centr(?:a|o|an|aron)|se\s+ocup(?:a|o|an|aron)|se\s+bas(?:a|o|an|aron)|se\s+realiz(?:o|"
    r"aron)|"
    r"se\s+llev(?:o|aron)\s+a\s+cabo|se\s+dedic(?:a|o|an|aron)|fund(?:a|o)|public(?:a|o|aron)|"
    r"coordin(?:a|o|an|aron)|"
    r"encuest(?:o|aron)|entrevist(?:o|aron)|visit(?:o|aron)|recorri(?:o|eron)|vivi(?:o|eron)|"
    r"escribi(?:o|eron)(?=\s+(?:una?\b|sus?\b|[«“‘]))|"
    r"compil(?:o|aron)|explor(?:a|o|an|aron)|abord(?:a|o|an|aron)|trat(?:a|o|an)\s+(?:de|sobre)|"
    r"ensena|sigui(?:o|eron))(?!\w)"
)
SCOPE = rf"(?:{SCOPE_EN}|{SCOPE_ES})"
BIO = (
    r"(?:is|was|has\s+been|are|were|es|fue|ha\s+sido|son)\s+(?:currently\s+|also\s+|now\s+|"
    r"tambien\s+|actualmente\s+)?"
    r"(?:an?\b|the\b|one\b|who\b|quien(?:es)?\b|president|director|professor|manager|coordinator|"
    r"un\b|una\b|el\b|la\b|los\b|director|"
    r"presidente|profesora?|coordinador|gerente|investigador|born|based|nacid|antropolog|"
    r"economista|sociolog|"
    r"ingenier|agronom|biolog|geograf|historiador|abogad|hidrolog)"
)

OWN_VOICE = re.compile(
    r"\b(?:we|us|our|nosotros|nuestr[oa]s?|hemos|creemos|consideramos|pensamos|vemos|podemos|"
    r"proponemos)\b|"
    r"\b(?:this|the\s+present)\s+(?:report|synthesis|document|section|chapter|publication|"
    r"brief)\b(?!\s+(?:by|of))|"
    r"\b(?:este|el\s+presente|esta|la\s+presente)\s+(?:informe|sintesis|documento|seccion|capitulo|"
    r"publicacion|apartado)\b|"
    r"\bas\s+(?:has\s+been\s+|was\s+)?(?:mentioned|noted|indicated|described|discussed|seen|"
    r"explained|stated)\s+"
    r"(?:above|before|earlier|previously|already)|\bas\s+(?:previously|already)\s+\w+ed\b|"
    r"\bcomo\s+(?:ya\s+)?se\s+(?:ha\s+)?\w+\s*(?:antes|arriba|anteriormente|mas\s+arriba|,)|"
    r"\b(?:authors|editors)\s+of\s+(?:this|the\s+present)\b|\b(?:autor[ae]?s?|editor[ae]s)\s+"
    r"(?:de\s+(?:este|esta|la\s+presente)|del\s+(?:presente|informe))\b",
    re.I,
)
GROUP_EN = r"(?:studies|reports|researchers|authors|contributions|papers|findings|work)"
MEMBERS_EN = rf"(?:{GROUP_EN}|members)"
GROUP_ES = r"(?:estudios|informes|investigadores|autores|trabajos|contribuciones|hallazgos)"
MEMBERS_ES = rf"(?:{GROUP_ES}|miembros|integrantes)"
COLLECTIVE = re.compile(
    r"\b(?:(?:almost\s+|nearly\s+)?(?:all|most|many|several|some|few|none)(?:\s+of)?(?:\s+the)?|"
    r"the\s+(?:different|various|other|main)|"
    rf"different|various)\s+(?:[^\s,.;:]+\s+){{0,4}}?(?:{GROUP_EN}|network\s+members)\b|"
    rf"\b(?:network|programme|program|project)(?:['’]s)?\s+(?:[^\s,.;:]+\s+){{0,3}}?{MEMBERS_EN}\b|"
    rf"\b{MEMBERS_EN}\s+of\s+the\s+(?:\S+\s+){{0,3}}?(?:network|programme|program|project)\b|"
    r"\b(?:studies|work|research)\s+(?:done|carried\s+out|conducted|undertaken)\s+(?:by|in|for)\s+"
    rf"the\s+(?:\S+\s+){{0,3}}?(?:network|programme|program|project)\b|"
    r"\b(?:casi\s+)?(?:todos|todas|la\s+mayoria\s+de|muchos|varios|algunos|algunas|ninguno\s+de|"
    r"los\s+(?:distintos|diversos|diferentes|demas))(?:\s+de)?(?:\s+l[oa]s)?\s+(?:\S+\s+"
    rf"){{0,3}}?{GROUP_ES}\b|"
    rf"\b{MEMBERS_ES}\s+(?:(?!de\b)\S+\s+){{0,2}}?(?:de\s+la|del)\s+(?:\S+\s+){{0,2}}?(?:red|"
    r"programa|proyecto)\b|"
    r"\bthe\s+(?:learning\s+)?(?:network|programme)\s+(?:found|members|studies|concluded|finds)\b|"
    r"\b(?:la\s+red|el\s+programa)\s+(?:encontro|hallo|concluyo|constato|encuentra|concluye)\b",
    re.I,
)
STOP = re.compile(
    r"^\W*(?:(?:it\s+is|it’s|it\s+was|it\s+has)\s+(?:\w+\s+){0,2}?(?:important|clear|worth|"
    r"essential|necessary|evident|useful|"
    r"interesting|precisely|noted|found|shown|likely|vital|possible|no\s+coincidence|often|common|"
    r"fair|tempting|striking|obvious)|"
    r"it\s+(?:seems|appears|follows)|(?:they|the\s+(?:two|three|four))\s+(?:\w+\s+)?differ\b|what\s+(?:all|these|this|is)|(?:thus|consequently|hence|in\s+"
    r"short|in\s+sum|in\s+summary|"
    r"in\s+conclusion|to\s+conclude|overall|all\s+in\s+all|to\s+sum\s+up|taken\s+together|on\s+"
    r"balance|all\s+this|"
    r"the\s+essential\s+thing)\b|"
    r"(?:es|resulta|seria|fue|parece)\s+(?:\w+\s+){0,2}?(?:importante|claro|necesario|esencial|"
    r"evidente|preciso|util|fundamental|"
    r"indispensable|vital|posible|comun|probable|frecuente|interesante|tentador|obvio)|"
    r"(?:(?:los|las)\s+(?:dos|tres|cuatro)\s+(?:\w+\s+)?)?(?:difieren|se\s+diferencian)\b|(?:cabe|conviene|vale\s+la\s+pena|hay\s+que|queda\s+claro|se\s+(?:trata|puede|debe|encontro|"
    r"observo|observa|constata|constato))\b|"
    r"(?:por\s+(?:lo\s+)?tanto|por\s+ende|en\s+suma|en\s+resumen|en\s+conclusion|en\s+sintesis|"
    r"en\s+definitiva|en\s+general|"
    r"en\s+conjunto|todo\s+esto|todo\s+ello|de\s+ahi\s+que)\b)",
    re.I,
)
CONTINUES = re.compile(
    r"^\W*(?:(?:in\s+)?(?:this|these|they|such|it|its|their|those|that|he|she|his|her)\b|a\s+"
    r"case\s+in\s+point|"
    r"for\s+(?:example|instance)|an?\s+example|among\s+them|(?:in\s+)?\w+\s+of\s+(?:them|these|"
    r"those)\b|(?:en\s+)?\w+\s+de\s+(?:ell[oa]s|est[oa]s)\b|"
    r"(?:en\s+)?(?:est[aeo]s?|es[aeo]s?|ell[ao]s?|ello|dich[oa]s?|tal|tales|su|sus)\b|por\s+"
    r"ejemplo|un\s+ejemplo|"
    r"(?:asi|de\s+este\s+modo|entre\s+ellos)\b)",
    re.I,
)


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for several, case ignored."""
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.I)
