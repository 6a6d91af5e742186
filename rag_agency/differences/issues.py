"""The questions on which statements can differ, and the answers that a sentence may give to them.

A table for the subject of this corpus, small producers and their markets, in both languages. Two
statements are on the same subject where they answer the same question; what is not in the table is
passed over in silence. Patterns are read on text without accents and without citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rag_agency.records import Language


@dataclass(frozen=True, slots=True)
class Issue:
    """A question, the words that show what a sentence is about, and its answers by their patterns.

    ``about`` must all be found. ``apart`` are pairs of answers that say different things of one aspect;
    other pairs answer it from two sides and differ in nothing. ``opposed`` are those of them that
    cannot both hold of one thing; ``broad`` are answers so wide that two who give them do not yet
    agree. Where there are ``subjects``, two statements must share one: training in trade and a labour
    law are two things that one can be consulted on.
    """

    slug: str
    question: dict[Language, str]
    about: tuple[re.Pattern[str], ...]
    answers: dict[str, re.Pattern[str]]
    apart: tuple[frozenset[str], ...] = ()
    opposed: tuple[frozenset[str], ...] = ()
    broad: frozenset[str] = frozenset()
    subjects: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def answers_in(self, text: str) -> frozenset[str]:
        """Return the answers that a text without accents gives; none where it is about something else."""
        if not all(pattern.search(text) for pattern in self.about):
            return frozenset()
        return frozenset(name for name, pattern in self.answers.items() if pattern.search(text))

    def subjects_in(self, text: str) -> frozenset[str]:
        """Return of which of its subjects a text without accents speaks."""
        return frozenset(name for name, pattern in self.subjects.items() if pattern.search(text))

    def are_apart(self, first: frozenset[str], second: frozenset[str]) -> bool:
        """Say whether the two sides say different things of one aspect."""
        return any(frozenset((a, b)) in self.apart for a in first for b in second)

    def are_opposed(self, first: frozenset[str], second: frozenset[str]) -> bool:
        """Say whether an answer of one side excludes an answer of the other."""
        return any(frozenset((a, b)) in self.opposed for a in first for b in second)


def _issue(
    slug: str,
    questions: tuple[str, str],
    about: tuple[str, ...],
    answers: dict[str, str],
    *pairs: tuple[str, str],
    opposed: bool = False,
    broad: tuple[str, ...] = (),
) -> Issue:
    return Issue(
        slug,
        {"en": questions[0], "es": questions[1]},
        tuple(re.compile(pattern) for pattern in about),
        {name: re.compile(pattern) for name, pattern in answers.items()},
        tuple(frozenset(pair) for pair in pairs),
        tuple(frozenset(pair) for pair in pairs if opposed),
        frozenset(broad),
    )


def _of_one_of(issue: Issue, subjects: dict[str, str]) -> Issue:
    """Return a question that can be asked of several subjects."""
    return replace(issue, subjects={name: re.compile(pattern) for name, pattern in subjects.items()})


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
        ("gain", "no_gain"),
        opposed=True,
    ),
    _of_one_of(
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
                "offered": r"joined actively|direct participation|participacion directa|participad\w+ activamente|"
                r"actively discuss",
                "left_out": r"no invitation|not invited|no fueron invitad|no recibi\w+ invitacion|sin invitar|"
                r"take no part|no participan|no intervienen|not .{0,20}invited|"
                r"no other dialogue|ningun otro dialogo|no hay otro dialogo",
            },
            ("offered", "left_out"),
            opposed=True,
        ),
        {"trade": FREE_TRADE + r"|\btrade\b|comercio|agreement|acuerdo", "law": r"\blaws?\b|\bley(?:es)?\b"},
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
    ),
    _issue(
        "policy_fault",
        (
            "Why does public policy not reach small producers?",
            "¿Por qué la política pública no llega a los pequeños productores?",
        ),
        (
            r"polic(?:y|ies)|\blaws?\b|programmes|\bley(?:es)?\b|\bpoliticas?\b|programas",
            r"\black|missing|\bfail|for want|without (?:resources|programmes)|do(?:ne)? very little|barrier|"
            r"insufficient|reason|because|cause|keeps?\b|impide|falta|carec|no funcion|insuficien|barrera|razon|porque|"
            r"sin (?:recursos|programas)",
        ),
        {
            "centralised": r"\bcentrali[sz]",
            "no_means": r"(?:lack|want|falta|carec)\w* .{0,40}(?:resources|programmes|recursos|programas)|"
            r"without (?:resources|programmes)|sin (?:recursos|programas)|do very little",
            "by_sector": r"sectoral|sectorial",
            "not_understood": r"officials do not .{0,12}understand|funcionarios no (?:entiend|comprend)\w+",
        },
        ("centralised", "no_means"),
        ("centralised", "not_understood"),
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
        ("individual_interest", "schooling_and_management"),
    ),
    _issue(
        "organising",
        ("Which form of organisation serves small producers?", "¿Qué forma de organización sirve al productor?"),
        (ORGANISATION + r"|network|redes|\bredes\b",),
        {
            "cooperative": r"(?:cooperative|associative).{0,30}model as the key|modelo .{0,30}cooperativ\w+ como clave|"
            r"business and union organi[sz]ation|organizacion empresarial y gremial|"
            r"cooperatives? .{0,40}key to development",
            "other_forms": r"forms other than the cooperative|structures other than|take other forms|"
            r"(?:rather|better|mas) (?:than|que) (?:los gremios|traditional unions|las? corporacion)|"
            r"formas distintas (?:de|a) la cooperativa|instead of (?:a )?cooperative",
        },
        broad=("other_forms",),
    ),
    _of_one_of(
        _issue(
            "informality",
            ("Is informality a way or a limit?", "¿La informalidad es un camino o un límite?"),
            (r"informal|formalit|formalidad|legal recognition|reconocimiento legal",),
            {
                "a_way": r"alternativ|(?:guarantees?|garantiza) .{0,60}flexib|informal (?:but|yet) solid|"
                r"acuerdos solidos|lets? small producers cope|"
                r"essential to most|formality (?:a|is)? ?(?:relative|there may)|la formalidad es relativa|circuit",
                "a_limit": r"cannot (?:treat|settle|rely)|no pueden aspirar|obstacle|estorb|obstacul|"
                r"need(?:s)? legal recognition|necesitan el reconocimiento legal|reaches a limit|"
                r"as much legal recognition|mayor reconocimiento legal",
            },
            ("a_way", "a_limit"),
            broad=("a_way",),
        ),
        {
            "informality": r"\binformal(?:ity|idad)|informal practices|practicas informales|border zone",
            "formality": r"\bformal(?:ity|idad)|legal recognition|reconocimiento legal",
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
            "more_income": r"incomes? (?:rose|.{0,30}benefited)|ingresos (?:subieron|aument|mejor)|raised incomes",
            "little_income": r"paying producers little|paid little|pagan? poco",
            "new_partners": r"alliances (?:formed )?with new|alliances formed|alianzas con nuevos",
            "one_partner": r"forbid|prohib|bind(?:s)? producers|ata(?:n)? (?:a|al) produc|dependence on|dependencia de",
            "worth_it": r"positive impact|impacto positivo|acknowledged gains",
            "not_worth_it": r"enchain|encaden|suffocat|asfixia",
        },
        ("new_partners", "one_partner"),
        ("worth_it", "not_worth_it"),
    ),
    _issue(
        "one_buyer",
        ("Why do producers sell to one buyer?", "¿Por qué venden los productores a un solo comprador?"),
        (r"buyer|comprador|outlet|any other|tie\b|compulsory|obligatori|export compan|empresa exportadora",),
        {
            "content": r"no interest|uninterested|sin interes|no le interesa|no muestra interes",
            "bound": r"forbid|prohib|compulsory|obligatori|bind|not in their power",
        },
        ("content", "bound"),
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
        ("custom", "market"),
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
        ("first", "relative"),
        opposed=True,
    ),
)


def answers_of(text: str) -> Iterator[tuple[Issue, frozenset[str]]]:
    """Yield each question that a text, without accents, answers, with its answers."""
    for issue in ISSUES:
        found = issue.answers_in(text)
        if found:
            yield issue, found
