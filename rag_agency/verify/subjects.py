"""Who or what a sentence is about: a rewritten sentence does not say of one thing what its evidence says of another.

The content words of both are laid side by side; where the same words stand before and behind, and one
noun stands in the place of another, it must be a word for the same thing. Without grammar: a noun is
what opens a clause or follows an article. Between languages there is nothing to lay side by side: there
each noun must have a word of the evidence that means the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rag_agency.language import without_accents
from rag_agency.records import Language
from rag_agency.verify.figures import UNITS
from rag_agency.verify.speakers import ADVERBIAL
from rag_agency.words import STOP_WORDS

Closeness = Callable[[str, str], float]

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
STEM = 5  # letters by which forms of a word, and cognates, are the same
# Content words, and share of a claim's, that its evidence must have for the rest to be set beside it.
KEPT, SHARE = 3, 0.5
# Closeness of two nouns above which they are words for one thing; ‘officials’ and ‘leaders’ have 0.67.
SAME_THING = 0.68
# The same between languages, for any word of the evidence: 21 true sentences have 0.49 at least, lies 0.33 to 0.47.
TRANSLATED = 0.45
LONGEST = 5  # content words in the place of others; more is another clause
ARTICLES: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:the|a|an|its?|their|his|her|these|this|such|all|most|many|some)\s+$"),
    "es": re.compile(r"\b(?:el|la|los|las|al|del|un[oa]?s?|est[oae]s?|es[oae]s?|sus?|much[oa]s|tod[oa]s)\s+$"),
}
# A noun behind such a word is a circumstance, which is worded in many ways.
GOVERNED = re.compile(
    r"\b(?:in|at|by|on|with|without|of|from|to|for|into|among|under|over|between|as|"
    r"en|con|sin|de|desde|por|para|entre|bajo|como)\s+$"
)
OPENS = re.compile(r"(?:^|[,;:.]\s*)(?:and |y )?$")
# Where such a word stands before what is said, the evidence names its subject in an earlier sentence.
PRONOUN = re.compile(r"\b(?:they|it|he|she|this|these|that|those|which|who|ell[oa]s?|el cual|esto|eso|que)\W*$")
# Words for one thing that counting does not need; a row is one thing in both languages.
THINGS: tuple[str, ...] = (
    *UNITS.values(),
    r"state|governments?|estado|gobiernos?|authorit\w+|autoridad\w*",
    r"networks?|ties|bonds|links|red(?:es)?|lazos|vinculos",
    r"leaders?|heads|dirigentes?|lider(?:es)?|dirigencia",
    r"agreements?|treat(?:y|ies)|ftas?|tratados?|acuerdos?",
    r"laws?|rules?|norms?|ley(?:es)?|normas?|reglas?",
    r"organi[sz]ations?|associations?|groups?|organizacion(?:es)?|asociacion(?:es)?|grupos?",
    r"polic(?:y|ies)|politicas?",
    r"gains?|benefits?|beneficios?|ventajas?",
    r"problems?|difficult\w+|troubles?|problemas?|dificultad\w*",
    r"statistics|figures|data|estadisticas|cifras|datos",
    r"work|labour|trabajo",
)
_STOP = (
    STOP_WORDS["en"]
    | STOP_WORDS["es"]
    | frozenset("also too however even tambien ademas embargo propio propia mismo misma".split())
)
_THINGS = tuple(re.compile(rf"(?:{pattern})$") for pattern in THINGS)


@dataclass(frozen=True, slots=True)
class _Word:
    """A content word, what tells it from another, and where it begins."""

    text: str
    key: str
    start: int


def replaced_noun(claim: str, evidence: Sequence[str], language: Language, close: Closeness | None) -> str:
    """Return the noun of a claim that stands in the place of another in its evidence; empty: none does.

    ``close`` tells whether two nouns are words for the same thing, None where only the table can.
    """
    mine = _content(claim)
    everything = {word.key for text in evidence for word in _content(text)}
    if sum(word.key in everything for word in mine) < max(KEPT, SHARE * len(mine)):
        return ""
    for text in evidence:
        for new, old in _exchanged(mine, _content(text)):
            if {word.key for word in new} & everything or {word.key for word in old} & {word.key for word in mine}:
                continue
            nouns = [place for place, word in enumerate(new) if _is_noun(claim, word, language)]
            if not nouns or PRONOUN.search(without_accents(text[: _behind(text, old)])):
                continue
            noun, other = (" ".join(word.text for word in words) for words in (new[nouns[0] :], old))
            if close is None or close(noun, other) < SAME_THING:
                return noun
    return ""


def untranslated_noun(claim: str, evidence: Sequence[str], language: Language, close: Closeness) -> str:
    """Return the noun of a claim for which evidence in another language has no word; empty: each has one."""
    theirs = [word for text in evidence for word in _content(text)]
    known = {word.key for word in theirs}
    for word in _content(claim):
        if word.key in known or word.text[0].isdigit() or not _is_noun(claim, word, language):
            continue
        if max((close(word.text.lower(), other.text.lower()) for other in theirs), default=0.0) < TRANSLATED:
            return word.text
    return ""


def _exchanged(mine: Sequence[_Word], theirs: Sequence[_Word]) -> Iterator[tuple[Sequence[_Word], Sequence[_Word]]]:
    """Yield the words of one text that stand where the other has others, between words that both have."""
    match = SequenceMatcher(None, [w.key for w in mine], [w.key for w in theirs], autojunk=False)
    for kind, a, b, c, d in match.get_opcodes():
        if kind == "replace" and b - a <= LONGEST and b < len(mine):
            yield mine[a:b], theirs[max(c, d - LONGEST) : d]


def _is_noun(text: str, word: _Word, language: Language) -> bool:
    """Whether a word can be a noun: behind an article, or where a clause opens, as in Spanish a verb can, too."""
    before = without_accents(text[: word.start])
    if found := ARTICLES[language].search(before):
        return not GOVERNED.search(before[: found.start()])
    opening = OPENS.search(before) and not ADVERBIAL.match(without_accents(text[word.start :]))
    return language == "en" and bool(opening)


def _behind(text: str, words: Sequence[_Word]) -> int:
    """Return where the word that follows some words begins."""
    end = words[-1].start + len(words[-1].text)
    found = next((w for w in WORD.finditer(text, end) if without_accents(w[0]) not in _STOP), None)
    return found.start() if found else len(text)


def _content(text: str) -> list[_Word]:
    words = [_Word(found[0], without_accents(found[0]), found.start()) for found in WORD.finditer(text)]
    return [_Word(w.text, _key(w.key), w.start) for w in words if w.key not in _STOP and len(w.key) > 1]


def _key(word: str) -> str:
    bare = re.sub(r"['’]s$", "", word)
    thing = next((i for i, pattern in enumerate(_THINGS) if pattern.match(bare)), None)
    return bare[:STEM] if thing is None else f"thing {thing}"
