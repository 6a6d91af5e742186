"""A language model asked whether evidence supports a claim: how likely its first word is yes, not no.

Wants the log-probabilities of one word; what a model writes is not read. Where its endpoint gives
none there is no verdict, and the note says so. Knows no endpoint: the model is handed in.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from itertools import chain

from rag_agency.checkers.records import Pair, Verdict
from rag_agency.errors import WriterError
from rag_agency.language import without_accents
from rag_agency.writers.models import Weighing
from rag_agency.writers.prompt import support_messages

NAME = "support_yes_no"
YES, NO = frozenset(("yes", "si")), frozenset(("no",))
NO_PROBABILITIES = "the model's endpoint gives no log-probabilities"


class YesNoChecker:
    """Scores pairs by P(yes) / (P(yes) + P(no)) over the likeliest first words of an answer."""

    name = NAME

    def __init__(self, model: Weighing) -> None:
        """Remember the model; nothing is asked."""
        self._model = model

    @property
    def version(self) -> str:
        """The model's name and the hash of the prompt."""
        asked = repr(support_messages("", ""))
        return f"{self._model.name}, prompt {hashlib.sha256(asked.encode()).hexdigest()[:12]}"

    def check(self, pairs: Sequence[Pair]) -> tuple[Verdict, ...]:
        """Return one verdict a pair; without evidence the score is 0."""
        return tuple(self._verdict(pair) for pair in pairs)

    def _verdict(self, pair: Pair) -> Verdict:
        evidence = " ".join(pair.evidence)
        if not evidence.strip():
            return Verdict(0.0, "no evidence")
        try:
            words = self._model.first_words(support_messages(pair.claim, evidence))
        except WriterError as error:
            return Verdict(None, str(error))
        return read_words(words)


def read_words(words: Mapping[str, float]) -> Verdict:
    """Return the verdict of the log-probabilities of first words, in either language and any case."""
    if not words:
        return Verdict(None, NO_PROBABILITIES)
    shares = {
        side: math.fsum(math.exp(log) for word, log in words.items() if _bare(word) in known)
        for side, known in (("yes", YES), ("no", NO))
    }
    whole = sum(shares.values())
    if not whole:
        likeliest = max(chain(words), key=words.__getitem__)
        return Verdict(None, f"the model begins with “{likeliest.strip()}”, neither yes nor no")
    return Verdict(shares["yes"] / whole)


def _bare(word: str) -> str:
    return without_accents(word).strip(" \n\t▁Ġ*.\"'")
