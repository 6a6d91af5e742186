"""What a course is about: the trainer's words, read as subjects that a sentence can be counted to.

``cooperatives and free trade`` are two subjects; ``cooperatives + policy`` is one that has two
parts, and a sentence must meet both. Words that the table of themes knows are looked for in both
languages, others by their stems. Knows no index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag_agency.language import language_of, without_accents
from rag_agency.records import Language, Sentence
from rag_agency.themes import THEMES, Theme, is_about
from rag_agency.words import STOP_WORDS, plain_words, terms

LIST = re.compile(r"\s*[,;]\s*|\s+(?:and|y|e|with|con|versus|vs\.?)\s+")
EMPTY = frozenset(  # words of a topic that say nothing of what it is about
    "small value values valor people producers producer farmers farmer network networks agreements agreement role "
    "latin america rural theme "
    "pequenos productores productor campesinos red redes acuerdos acuerdo papel america latina tema public "
    "publicas publica politicas".split()
)
# Words known in both languages: their beginnings, English and Spanish, and their names as titles.
TWINS: tuple[tuple[str, str, tuple[str, str]], ...] = (
    ("cooperativ", "cooperativ", ("cooperatives", "cooperativas")),
    ("coffee", "cafe+ cafetal", ("coffee", "café")),
    ("cocoa", "cacao", ("cocoa", "cacao")),
    ("price", "precio", ("prices", "precios")),
    ("chain", "cadena", ("value chains", "cadenas de valor")),
    ("intermediar middlem", "intermediari", ("intermediaries", "intermediarios")),
    ("loyal", "leal", ("loyalty", "lealtad")),
    ("migra", "migra", ("migration", "migración")),
    ("women", "mujer", ("women", "mujeres")),
    ("young youth", "joven juventud", ("young people", "jóvenes")),
    ("leader", "dirigent lider", ("leaders", "dirigentes")),
    ("agency", "agencia", ("agency", "agencia")),
    ("standard", "estandar norma", ("standards", "normas")),
)
AND: dict[Language, str] = {"en": "and", "es": "y"}
I_SOUND = re.compile(r"h?i(?![aeo])")  # before which Spanish says e for y


# ‘Formal and informal mechanisms’: a word with its opposite leaves nothing out, and is no statement on either.
EITHER = re.compile(
    r"(?<!between )(?<!entre )(?<!zone of )\b(?:(?:some|unos|algunos) )?(\w{5,}?)(?:e?s)?,? (?:and|or|y|e|o|u) "
    r"(?:(?:some|otros) )?(?:in|im|un|non-?)\1(?:e?s)?\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What statements must be about: every part must be met. ``code`` is how an outline writes it."""

    code: str
    parts: tuple[Theme, ...]

    def covers(self, sentence: Sentence) -> bool:
        """Say whether a sentence is about all parts; a word beside its opposite counts for neither."""
        bare = replace(sentence, text=EITHER.sub("", sentence.text))
        return all(is_about(bare, part) for part in self.parts)

    def name(self, language: Language) -> str:
        """Return the subject's name as a title."""
        names = [part.names[language] for part in self.parts]
        lowered = [names[0], *(name[:1].lower() + name[1:] for name in names[1:])]
        return _joined(lowered, language)

    def also(self, other: Theme) -> Subject:
        """Return the subject with one more part."""
        return Subject(f"{self.code} + {other.slug}", (*self.parts, other))


def subjects_in(topic: str) -> tuple[Subject, ...]:
    """Return the subjects of a topic in the trainer's words, in their order, each once."""
    whole = _known(topic)
    if whole:
        return (Subject(whole.slug, (whole,)),)
    found = [subject_of(part) for part in LIST.split(topic.strip()) if plain_words(part)]
    return tuple({subject.code: subject for subject in found}.values())


def subject_of(code: str) -> Subject:
    """Return the subject that an outline writes so; parts are joined by a plus between spaces."""
    parts = [part for name in code.split(" + ") for part in _parts(name.strip())]
    return Subject(code.strip(), tuple(dict.fromkeys(parts)))


def topic_in(topic: str, language: Language) -> str:
    """Return a topic as a title: by its subjects' names where both languages have them, else as it was typed."""
    subjects = subjects_in(topic)
    if len(subjects) == 1:
        return subjects[0].name(language)
    is_named = all(len(part.words) > 1 for subject in subjects for part in subject.parts)
    if not is_named or language_of(topic) == language:
        return _title(topic)
    names = [subject.name(language) for subject in subjects]
    return _joined([*names[:1], *(name[:1].lower() + name[1:] for name in names[1:])], language)


def other_words(subject: Subject, topic: str) -> tuple[str, ...]:
    """Return the content words of a topic that none of the subject's parts accounts for."""
    known = {word for part in subject.parts for word in _words_of(part)}
    language = language_of(topic)
    words = [w for w in plain_words(topic) if w not in STOP_WORDS[language] and w not in EMPTY and len(w) > 2]
    return tuple(w for w in words if not any(w.startswith(k) for k in known))


def _parts(name: str) -> Iterator[Theme]:
    """Yield the theme of the table that a name holds, then words known in both languages, then the others."""
    theme = _known(name)
    found = [theme] if theme else []
    found += _by_twins(other_words(Subject(name, tuple(found)), name))
    rest = other_words(Subject(name, tuple(found)), name)
    yield from found
    if rest or not found:
        yield _of_words(rest or tuple(plain_words(name)))


def _known(name: str) -> Theme | None:
    """Return the theme of the table whose slug or name stands in the words; the whole of a list is not one."""
    plain = without_accents(name).strip()
    for theme in THEMES.values():
        names = {theme.slug, *(without_accents(n) for n in theme.names.values())}
        if any(re.search(rf"\b{re.escape(n)}\b", plain) for n in names) and not LIST.search(plain):
            return theme
    return None


def _by_twins(words: tuple[str, ...]) -> Iterator[Theme]:
    """Yield what words that are known in both languages stand for: cooperatives, coffee, prices."""
    for english, spanish, names in TWINS:
        begins = [entry.split("+")[0] for entry in (*english.split(), *spanish.split())]
        if any(word.startswith(begin) for word in words for begin in begins):
            yield Theme(names[0], {"en": _title(names[0]), "es": _title(names[1])}, {"en": english, "es": spanish})


def _of_words(words: tuple[str, ...]) -> Theme:
    """Return a theme of the trainer's own words: one by its stem, several as a row."""
    language = language_of(" ".join(words))
    looked_for = "+".join(terms(words[0], language)) if len(words) == 1 else "+".join(words)
    name = " ".join(words)
    return Theme(name, {"en": _title(name), "es": _title(name)}, {language: looked_for or name})


def _words_of(theme: Theme) -> set[str]:
    entries = " ".join([*theme.words.values(), *map(without_accents, theme.names.values()), theme.slug])
    return {word for entry in entries.split() for word in entry.split("+") if len(word) > 2}


def _title(name: str) -> str:
    return name.strip()[:1].upper() + name.strip()[1:]


def _joined(names: list[str], language: Language) -> str:
    if len(names) < 2:
        return "".join(names)
    last = names[-1]
    word = "e" if language == "es" and I_SOUND.match(without_accents(last)) else AND[language]
    return f"{', '.join(names[:-1])} {word} {last}"
