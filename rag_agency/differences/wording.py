"""A relation in words, in the reader's language; no side is declared right."""

from __future__ import annotations

from collections.abc import Collection

from rag_agency.differences.issues import ISSUES
from rag_agency.differences.records import Context, ContrastKind, Label, Relation
from rag_agency.records import Language

# Themes and subjects that the questions of the table belong to.
THEMES_OF: dict[str, tuple[str, ...]] = {
    "trade_gain": ("trade",),
    "consulted": ("trade", "policy"),
    "influence": ("trade", "policy"),
    "policy_effect": ("policy",),
    "policy_fault": ("policy",),
    "weakening": ("organisations", "cooperatives"),
    "organising": ("organisations", "cooperatives", "kinship"),
    "informality": ("informality",),
    "chains": ("markets", "value chains"),
    "one_buyer": ("markets", "value chains"),
    "activities": ("activities", "migration"),
    "loyalty": ("organisations", "cooperatives", "loyalty"),
}
KINDS: dict[ContrastKind, dict[Language, str]] = {
    "country": {"en": "country", "es": "país"},
    "crop": {"en": "product", "es": "producto"},
    "year": {"en": "year", "es": "año"},
    "scale": {"en": "scale", "es": "escala"},
    "organisation": {"en": "kind of organisation", "es": "tipo de organización"},
}
LABELS: dict[Label, dict[Language, str]] = {
    "contradict": {
        "en": "These two statements stand against each other.",
        "es": "Estas dos afirmaciones se contraponen.",
    },
    "differ_by_context": {
        "en": "These two statements differ by context",
        "es": "Estas dos afirmaciones difieren por su contexto",
    },
    "differ_by_definition": {
        "en": "These two statements do not mean the same by ‘{term}’.",
        "es": "Estas dos afirmaciones no entienden lo mismo por «{term}».",
    },
    "agree": {"en": "These two statements agree.", "es": "Estas dos afirmaciones coinciden."},
    "same_source": {
        "en": "Both rest on the same study and count once.",
        "es": "Ambas provienen del mismo estudio y cuentan una sola vez.",
    },
}
SPANISH = {
    "Brazil": "Brasil",
    "Mexico": "México",
    "Panama": "Panamá",
    "Peru": "Perú",
    "beef": "carne de res",
    "cocoa": "cacao",
    "coffee": "café",
    "plantain": "plátano",
    "salami": "salame",
    "vegetables": "hortalizas",
    "wine": "vino",
    "cooperative": "cooperativa",
    "export company": "empresa exportadora",
    "kinship network": "red de parentesco",
    "union": "gremio",
    "large producers": "grandes productores",
    "small producers": "pequeños productores",
    "agency": "agencia",
    "identity": "identidad",
    "informality": "informalidad",
    "kinship": "parentesco",
    "market": "mercado",
    "multiple activities": "actividades múltiples",
    "territory": "territorio",
    "value chain": "cadena de valor",
}


def question_of(relation: Relation, language: Language) -> str:
    """Return the question that both statements answer; empty where it is not one of the table."""
    return next((issue.question[language] for issue in ISSUES if issue.slug == relation.rule), "")


def is_on(relation: Relation, themes: Collection[str]) -> bool:
    """Say whether what two statements speak of belongs to one of some themes; yes where none of them is known."""
    if relation.rule.startswith("defines:"):
        return relation.rule.removeprefix("defines:") in {*themes, *(theme.rstrip("s") for theme in themes)}
    known = {theme for of_issue in THEMES_OF.values() for theme in of_issue}
    return bool(set(THEMES_OF[relation.rule]) & set(themes)) or not known & set(themes)


def sentence_of(relation: Relation, language: Language) -> str:
    """Return how the two statements stand to each other, as one sentence."""
    words = LABELS[relation.label][language]
    if relation.label == "differ_by_context":
        return f"{words} ({'; '.join(context_in_words(c, language) for c in relation.contexts)})."
    return words.format(term=in_language(relation.rule.removeprefix("defines:"), language))


def context_in_words(context: Context, language: Language) -> str:
    """Return one context with both of its sides: ``country: Peru / Bolivia``."""
    a, b = in_language(context.a, language), in_language(context.b, language)
    return f"{KINDS[context.kind][language]}: {a} / {b}"


def in_language(names: str, language: Language) -> str:
    """Return the names of a table, joined by commas, in a language."""
    if language == "en":
        return names
    return ", ".join(SPANISH.get(name, name) for name in names.split(", "))
