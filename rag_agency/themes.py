"""The themes of the matrix and the words by which a sentence is counted to one.

A theme that a roster names and the table does not know is looked for by its own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag_agency.language import without_accents
from rag_agency.records import Language, Member, Sentence


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its slug, its names in the two languages, and beginnings of words that belong to it."""

    slug: str
    names: dict[Language, str]
    words: dict[Language, str]

    def __hash__(self) -> int:
        """Return the hash of the slug, by which a theme is known."""
        return hash(self.slug)


def _theme(slug: str, names: tuple[str, str], english: str, spanish: str) -> Theme:
    return Theme(slug, {"en": names[0], "es": names[1]}, {"en": english, "es": spanish})


# Beginnings of words, without accents; several words of one entry are joined by a plus.
THEMES = {
    theme.slug: theme
    for theme in (
        _theme(
            "organisations",
            ("Organisations", "Organizaciones"),
            "organis organiz cooperativ association union guild collective",
            "organiza cooperativ asociacion asociativ sindicat gremi colectiv",
        ),
        _theme(
            "markets",
            ("Markets", "Mercados"),
            "market price value+chain trader intermediar middlem buyer+ buyers+ sell sale+ sales+",
            "mercado precio cadena+de+valor cadenas+de+valor comerciante intermediari comprador vende venta+ ventas+",
        ),
        _theme(
            "territory",
            ("Territory", "Territorio"),
            "territor land+ local+govern municipal rural+develop",
            "territori tierra gobierno+local gobiernos+locales municip desarrollo+rural",
        ),
        _theme(
            "kinship",
            ("Kinship", "Parentesco"),
            "kin+ kinship extended+famil family+network family+tie relatives+ fiesta reciproc godparent compadr",
            "parentesco pariente familia+extensa redes+familiares lazos+familiares fiesta reciproc compadr",
        ),
        _theme(
            "informality",
            ("Informality", "Informalidad"),
            "informal formal contraband smuggl taxes+ taxation+",
            "informal formal contraband impuesto tribut",
        ),
        _theme(
            "activities",
            ("Activities", "Actividades"),
            "activit diversif livelihood migra off-farm crop livestock craft touris",
            "actividad diversif medio+de+vida medios+de+vida migra cultivo ganad artesan turis",
        ),
        _theme(
            "policy",
            ("Public policy", "Políticas públicas"),
            "policy+ policies+ public+ state+ government law+ laws+ legislat subsid regulation",
            "politica publico publica el+estado+ del+estado+ gobierno ley+ leyes+ subsidi regulaci normas+ normativ",
        ),
        _theme(
            "trade",
            ("Free trade", "Libre comercio"),
            "free+trade trade+agreement fta+ ftas+ export import+ imports+ imported+ tariff globalis globaliz "
            "international+market external+market",
            "comercio+exterior libre+comercio exporta importacion importad arancel tratado tlc globaliza "
            "mercado+internacional mercados+internacional mercado+externo mercados+externo",
        ),
    )
}


def themes_of(roster: Sequence[Member]) -> tuple[Theme, ...]:
    """Return the themes that the roster names, those of the table first; the table where it names none."""
    named = tuple(dict.fromkeys(slug for member in roster for slug in member.themes))
    known = [theme for theme in THEMES.values() if theme.slug in named or not named]
    return (*known, *(theme_of(slug) for slug in named if slug not in THEMES))


def theme_of(word: str) -> Theme:
    """Return the theme of a slug, or of a name in either language; else one of the word itself."""
    plain = without_accents(word).strip()
    for theme in THEMES.values():
        if plain == theme.slug or plain in (without_accents(name) for name in theme.names.values()):
            return theme
    name = word.strip()[:1].upper() + word.strip()[1:]
    words = "+".join(plain.split())
    return _theme(word, (name, name), words, words)


def is_about(sentence: Sentence, theme: Theme) -> bool:
    """Say whether a word of the theme begins a word of the sentence or of its section's heading."""
    return named_in(f"{sentence.section}. {sentence.text}", theme)


def named_in(text: str, theme: Theme) -> bool:
    """Say whether a word of the theme begins a word of a text."""
    return bool(_pattern(theme).search(without_accents(text)))


@cache
def _pattern(theme: Theme) -> re.Pattern[str]:
    entries = {entry for words in theme.words.values() for entry in words.split()}
    return re.compile("|".join(rf"\b{_spaced(entry)}" for entry in sorted(entries)) or r"(?!)")


def _spaced(entry: str) -> str:
    """Return an entry as a pattern; a plus at its end closes the word."""
    inner = r"\s+".join(re.escape(word) for word in entry.split("+") if word)
    return inner + (r"\b" if entry.endswith("+") else "")
