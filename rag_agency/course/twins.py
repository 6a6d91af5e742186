"""The same statement in the other language, by the same voice: what a pack quotes rather than a foreign one.

Briefs in two languages restate one report, each in its own order and words. Two sentences say the
same where one voice is given them, both restate one page of it, and they are close in meaning; how
close goes by two models, the light one of whole sentences and the one of words in their context.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rag_agency.index import Index
from rag_agency.records import Language, Sentence

# Sums of two cosines for sentences that restate one page: from FIT on, those read said the same; from TOLD on
# the page's statement stood in the other language too, in this sentence or one beside it.
FIT, TOLD = 1.2, 0.7
PAGES = re.compile(r"\bpp?\.\s*([\d–,\-\s]*\d)")
Closeness = Callable[[Sentence, Sentence], float]
Voice = tuple[str, frozenset[str], tuple[str, ...]]


class Twins:
    """Finds statements again in the other language."""

    def __init__(
        self, index: Index, closeness: Closeness, languages: Mapping[str, Language], place: Callable[[Sentence], str]
    ) -> None:
        """Take an index; ``place`` says which pages of the report behind it a sentence restates, empty for none."""
        self._closeness = closeness
        self._place = place
        self._rows = {(s.report, s.number): row for row, s in enumerate(index.sentences)}
        self._of_languages = [languages[s.report] for s in index.sentences]
        self._vectors = _centred(index.tokens.means, self._of_languages)
        self._by_voice: dict[tuple[Language, Voice], list[Sentence]] = {}
        self._pages: dict[tuple[str, int], frozenset[int]] = {}
        for sentence in index.sentences:
            if sentence.kind not in ("heading", "footnote"):
                key = languages[sentence.report], voice_of(sentence)
                self._by_voice.setdefault(key, []).append(sentence)

    def of(self, sentence: Sentence, language: Language) -> list[Sentence]:
        """Return the sentences of a language that say the same, by the same voice, the likest first."""
        return [other for near, other in self._near(sentence, language) if near >= FIT]

    def is_told(self, sentence: Sentence, language: Language) -> bool:
        """Say whether the same voice says it in a language, in one sentence there or over several."""
        return any(near >= TOLD for near, _ in self._near(sentence, language))

    def are_same(self, first: Sentence, second: Sentence) -> bool:
        """Say whether two sentences of different reports say the same, in one language or in two."""
        if first.report == second.report or voice_of(first) != voice_of(second):
            return False
        return bool(self.pages(first) & self.pages(second)) and self._score(first, second) >= FIT

    def pages(self, sentence: Sentence) -> frozenset[int]:
        """Return the pages of the report behind a brief that a sentence restates."""
        key = (sentence.report, sentence.number)
        if key not in self._pages:
            self._pages[key] = pages_in(self._place(sentence))
        return self._pages[key]

    def _near(self, sentence: Sentence, language: Language) -> list[tuple[float, Sentence]]:
        mine = self.pages(sentence)
        others = self._by_voice.get((language, voice_of(sentence)), []) if mine else []
        found = [(self._score(sentence, o), o) for o in others if o.report != sentence.report and mine & self.pages(o)]
        return sorted(found, key=lambda one: -one[0])

    def _score(self, first: Sentence, second: Sentence) -> float:
        a, b = (self._vectors[self._rows[s.report, s.number]] for s in (first, second))
        return float(a @ b) + self._closeness(first, second)


def voice_of(sentence: Sentence) -> Voice:
    """Return who speaks, as far as it is the same in all reports."""
    return sentence.voice, sentence.spoken_by, sentence.outside


def pages_in(place: str) -> frozenset[int]:
    """Return the pages that a reference names: ``pp. 7–8`` are two."""
    found = PAGES.search(place)
    pages: set[int] = set()
    for part in found[1].split(",") if found else ():
        ends = [int(number) for number in re.findall(r"\d+", part)]
        pages.update(range(ends[0], ends[-1] + 1))
    return frozenset(pages)


def _centred(vectors: NDArray[np.float32], languages: Sequence[Language]) -> NDArray[np.float32]:
    """Return vectors of unit length from the centre of their language, which takes the language itself out."""
    centred = np.nan_to_num(np.array(vectors, np.float32))
    for language in set(languages):
        rows = [row for row, of_row in enumerate(languages) if of_row == language]
        centred[rows] -= centred[rows].mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(lengths, 1e-6), np.float32)
