"""The questions on which statements can differ, and the answers that a sentence may give to them.

A table for the subject of this corpus, small producers and their markets, in both languages. Two
statements are on the same subject where they answer the same question; what is not in the table is
passed over in silence. Patterns are read on text without accents and without citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag_agency.records import Language


@dataclass(frozen=True, slots=True)
class Issue:
    """A question, the words that show what a sentence is about, and its answers by their patterns.

    ``about`` must all be found. ``opposed`` are pairs of answers that cannot both hold of one thing;
    ``broad`` are answers so wide that two who give them do not yet agree.
    """

    slug: str
    question: dict[Language, str]
    about: tuple[re.Pattern[str], ...]
    answers: dict[str, re.Pattern[str]]
    opposed: tuple[frozenset[str], ...] = ()
    broad: frozenset[str] = frozenset()

    def answers_in(self, text: str) -> frozenset[str]:
        """Return the answers that a text without accents gives; none where it is about something else."""
        if not all(pattern.search(text) for pattern in self.about):
            return frozenset()
        return frozenset(name for name, pattern in self.answers.items() if pattern.search(text))

    def are_opposed(self, first: frozenset[str], second: frozenset[str]) -> bool:
        """Say whether an answer of one side excludes an answer of the other."""
        return any(frozenset((a, b)) in self.opposed for a in first for b in second)


def _issue(
    slug: str,
    questions: tuple[str, str],
    about: tuple[str, ...],
    answers: dict[str, str],
    opposed: tuple[tuple[str, str], ...] = (),
    broad: tuple[str, ...] = (),
) -> Issue:
    return Issue(
        slug,
        {"en": questions[0], "es": questions[1]},
        tuple(re.compile(pattern) for pattern in about),
        {name: re.compile(pattern) for name, pattern in answers.items()},
        tuple(frozenset(pair) for pair in opposed),
        frozenset(broad),
    )


FREE_TRADE = (
    r"free trade|\bftas?\b|trade agreement|libre comercio|tratado|\btlc\b|liberali[sz]|apertura|unilateral opening|"
    r"agricultural trade|comercio agricola|new markets|nuevos mercados"
)
ORGANISATION = r"cooperat|organi[sz]a|asociaci|asociati|associat|\bgroups?\b|\bgrupos?\b"
STATE = (
    r"polic(?:y|ies)|government|\bstate\b|\blaws?\b|\bestado\b|gobierno|\bley(?:es)?\b|\bpoliticas? (?:public|nacion)"
)

ISSUES = (
    _issue(
        "trade_gain",
        ("Do small producers gain from free trade?", "¿Ganan los pequeños productores con el libre comercio?"),
        (FREE_TRADE,),
        {
            "gain": r"large and small sectors gain|ganan (?:los )?sectores|"
            r"benefici\w+ a (?:los )?sectores grandes y pequenos",
            "no_gain": r"gained nothing|no benefit|not believe that .{0,40}benefit|"
            r"no ha(?:n)? (?:ganado|obtenido) nada|"
            r"no benefici|ningun benefici|only one direction|una sola direccion|mostly for large|mainly for large|"
            r"mainly served large|large farmers and exporters took|favour external|favorec\w+ a productores externos|"
            r"pushed aside|powerful groups|grupos poderosos|appropriated the openings",
        },
        (("gain", "no_gain"),),
    ),
    _issue(
        "consulted",
        (
            "Are small producers consulted on trade and policy?",
            "¿Se consulta a los pequeños productores sobre comercio y políticas?",
        ),
        (
            r"consult|invit|negotiat|negoci|debate|participa|take part|\btraining (?:in|on)\b|cursos|discussion|"
            r"formulat|formula",
            STATE + "|trade|comerci|agreement|acuerdo",
        ),
        {
            "offered": r"often offered|ofrecio muchas veces|ofrecio (?:con frecuencia|a menudo)|joined actively|"
            r"direct participation|participacion directa|participad\w+ activamente|actively discuss",
            "left_out": r"no invitation|not invited|no fueron invitad|no recibi\w+ invitacion|sin invitar|"
            r"take no part|no participan|no intervienen|keeps? them from|les impide|not .{0,20}invited|"
            r"no other dialogue|ningun otro dialogo|no hay otro dialogo",
        },
        (("offered", "left_out"),),
    ),
    _issue(
        "influence",
        (
            "How much influence do small producers have on policy?",
            "¿Cuánta influencia tienen los pequeños productores en las políticas?",
        ),
        (
            r"influen|negotiat|negoci|participa|take part|run by|manage|manejad",
            STATE + "|trade|market|mercad|authorities",
        ),
        {
            "little": r"influence .{0,30}(?:limited|been limited)|limited influence|influencia .{0,20}limitada|"
            r"no significant direct influence|influencia directa significativa|unable to negotiate|"
            r"no (?:pueden|son capaces de|logran) negociar|take no part|no intervienen|no participan|"
            r"groups? (?:in power|held political power)|powerful groups|grupos poderosos|"
            r"grupos que en cada momento|whichever groups",
        },
    ),
    _issue(
        "policy_effect",
        (
            "What does public policy do for small producers?",
            "¿Qué hace la política pública por los pequeños productores?",
        ),
        (STATE,),
        {
            "decides": r"(?:largely|do much to) decide|decides? whether|emerge, stagnate|depende\w* en gran medida|"
            r"ties the fate|depend on government policy|surjan, se estanquen",
            "favours": r"tax shields?|escudos? fiscal|incentiv",
            "does_not_work": r"do not work|fail in practice|no funcionan|lack sufficient|do(?:ne)? very little|"
            r"hecho muy poco|failings of state support|state failings|state support fell short|"
            r"still lacks concrete|carece\w* (?:aun )?de programas|without help from the state",
        },
        (("favours", "does_not_work"),),
    ),
    _issue(
        "policy_fault",
        (
            "Why does public policy not reach small producers?",
            "¿Por qué la política pública no llega a los pequeños productores?",
        ),
        (STATE + "|official|funcionari|statistic|estadistic",),
        {
            "centralised": r"\bcentrali[sz]",
            "no_means": r"(?:lack|want|falta|carec)\w* .{0,40}(?:resources|programmes|recursos|programas)|"
            r"without (?:resources|programmes)|sin (?:recursos|programas)|do very little",
            "by_sector": r"sectoral|sectorial",
            "not_understood": r"officials do not .{0,12}understand|funcionarios no (?:entiend|comprend)\w+",
        },
    ),
    _issue(
        "weakening",
        ("Why do producers’ organisations weaken?", "¿Por qué se debilitan las organizaciones de productores?"),
        (ORGANISATION, r"weak|debil|problem|trouble|vanish|desapare|left|quedan|governance|gobernanza|causes|pierd"),
        {
            "individual_interest": r"individualis|individual interest|interes\w* individual",
            "schooling_and_management": r"schooling|education|escolaridad|business management|gestion empresarial",
            "prices": r"(?:good|high) .{0,30}prices?\b.{0,60}(?:trouble|problem)|"
            r"(?:buenos|altos) precios.{0,80}(?:problema|complic)|higher income|"
            r"open market|mercado abierto",
            "violence": r"violen|conflict",
        },
    ),
    _issue(
        "organising",
        ("Which form of organisation serves small producers?", "¿Qué forma de organización sirve al productor?"),
        (ORGANISATION + r"|network|redes|\bredes\b",),
        {
            "cooperative": r"(?:cooperative|associative).{0,30}model as the key|modelo .{0,30}cooperativ\w+ como clave|"
            r"business and union organi[sz]ation|organizacion empresarial y gremial|"
            r"cooperatives? .{0,40}key to development",
            "other_forms": r"forms other than the cooperative|structures other than|take other forms|intersti[ct]|"
            r"(?:rather|better|mas) (?:than|que) (?:los gremios|traditional unions|las? corporacion)|"
            r"formas distintas (?:de|a) la cooperativa|economic, social and even religious|"
            r"(?:kinship|parentesco).{0,60}(?:essential|esencial)|instead of (?:a )?cooperative",
        },
        broad=("other_forms",),
    ),
    _issue(
        "gain_in_organisation",
        ("Do producers’ organisations grow stronger?", "¿Se fortalecen las organizaciones de productores?"),
        (r"cooperat",),
        {
            "stronger": r"gained working capital|ganaron capital|capacity to invest|obtuvieron capital|"
            r"investment capacity",
            "weaker": r"just 10 are left|10 (?:survive|sobreviv)|quedan (?:solo )?(?:diez|10)|almost vanished|"
            r"casi desaparec|problems? (?:for|to) (?:the )?cooperative|problemas a la cooperativa|"
            r"trouble their cooperatives|complican a su cooperativa|trouble to cooperatives|fragile",
        },
    ),
    _issue(
        "informality",
        ("Is informality a way or a limit?", "¿La informalidad es un camino o un límite?"),
        (r"informal|formalit|formalidad|legal recognition|reconocimiento legal",),
        {
            "a_way": r"alternativ|(?:guarantees?|garantiza) .{0,60}flexib|informal (?:but|yet) solid|"
            r"acuerdos solidos|lets? small producers cope|"
            r"essential to most|formality (?:a|is)? ?(?:relative|there may)|la formalidad es relativa|circuit",
            "a_limit": r"cannot (?:treat|settle|rely)|no pueden aspirar|obstacle|estorb|obstacul|"
            r"need(?:s)? legal recognition|necesitan el reconocimiento legal|reaches a limit|as much legal recognition|"
            r"mayor reconocimiento legal",
        },
        broad=("a_way",),
    ),
    _issue(
        "networks",
        ("What should kinship networks lead to?", "¿A qué deben llevar las redes de parentesco?"),
        (r"kin\b|kinship|parentesco|networks?\b|\bredes\b|coalition|coalicion|agreements|acuerdos", r".{25}"),
        {
            "own_agreements": r"(?:rarely|seldom) written|rara vez escrit|agreements and routes of their own|"
            r"‘agreements’ and routes|acuerdos.{0,4} y rutas propi|rather independent",
            "with_government": r"(?:with|junto (?:a|con)|together with|jointly with|include) .{0,12}local governments?|"
            r"(?:con|a) (?:los )?gobiernos locales|public.private coalition|coalicion\w* .{0,20}publico",
        },
    ),
    _issue(
        "chains",
        ("What do value chains bring to small producers?", "¿Qué traen las cadenas de valor al pequeño productor?"),
        (
            r"chain|cadena|\bprojects?\b|proyecto|export|compan|empresa|buyer|comprador|cocoa|cacao|intermediar",
            r"produc|cooperat|income|ingreso|benefit|grower|farmer|campesin|agricult",
        ),
        {
            "gains": r"incomes? (?:rose|.{0,30}benefited)|ingresos (?:subieron|aument|mejor)|positive impact|"
            r"impacto positivo|acknowledged gains|raised incomes|price increase was negotiated|"
            r"alliances formed|gained working capital",
            "losses": r"enchain|encaden|forbid|prohib|suffocat|asfixia|dependence|dependencia|monopol|"
            r"bind(?:s)? producers|ata(?:n)? (?:a|al) produc|paying producers little|paid little|pagan? poco|"
            r"raise the price .{0,20}six times|seis veces",
        },
    ),
    _issue(
        "one_buyer",
        ("Why do producers sell to one buyer?", "¿Por qué venden los productores a un solo comprador?"),
        (r"buyer|comprador|outlet|any other|tie\b|compulsory|obligatori|export compan|empresa exportadora",),
        {
            "content": r"no interest|uninterested|sin interes|no le interesa|no muestra interes",
            "bound": r"forbid|prohib|compulsory|obligatori|bind|not in their power",
        },
    ),
    _issue(
        "intermediaries",
        ("What do intermediaries do?", "¿Qué hacen los intermediarios?"),
        (r"intermediar|middlem",),
        {
            "play_off": r"trick|blackmail|push the price|raise the price|chantaj|artiman|play (?:exporters|several)|"
            r"mas alto|suben? el precio|several warehouses",
            "belong": r"kinship|parentesco|butcher|carnicer",
        },
    ),
    _issue(
        "activities",
        ("Why do small producers do several things at once?", "¿Por qué hace varias cosas a la vez el productor?"),
        (
            r"activit|actividad|diversif|livelihood|migra|wage|jornal|asalariad|agriculture|agricultura|enterprise|"
            r"double domicile|doble domicilio",
        ),
        {
            "custom": r"native practices|practicas propias|mobility and kinship behind",
            "small_part": r"small (?:part|portion)|pequena parte",
            "market": r"income and employment|ingresos y empleo|additional income|complementary income|"
            r"stresses market demand",
        },
    ),
    _issue(
        "loyalty",
        ("How much loyalty does a cooperative need?", "¿Cuánta lealtad necesita una cooperativa?"),
        (r"loyal|leal",),
        {
            "first": r"loyalty .{0,30}comes? (?:first|before)|win the loyalty|comes members.? loyalty|"
            r"lealtad .{0,30}primero|antes que nada la lealtad",
            "relative": r"relativ",
        },
        (("first", "relative"),),
    ),
    _issue(
        "state",
        ("What do small producers want of the state?", "¿Qué buscan los pequeños productores en el Estado?"),
        (r"\bstate\b|\bestado\b|legal",),
        {
            "recognition": r"need(?:s)? legal recognition|necesitan el reconocimiento legal|as much legal recognition|"
            r"mayor reconocimiento legal",
            "apart": r"cracks of the state|grietas del estado|lack\w* the force|faltaban ademas fuerza|intersti|"
            r"without help from the state|state unable|estado incapaz",
        },
    ),
)


def answers_of(text: str) -> Iterator[tuple[Issue, frozenset[str]]]:
    """Yield each question that a text, without accents, answers, with its answers."""
    for issue in ISSUES:
        found = issue.answers_in(text)
        if found:
            yield issue, found
