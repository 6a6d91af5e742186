"""What causes what: a rewritten sentence makes no cause of what is none, and does not turn cause and effect about.

A table of words in English and Spanish by which sentences tie a cause to its effect, by what stands
first. Knows no sentence but those it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Stems = Callable[[str], Sequence[str]]

BECAUSE = re.compile(r"\b(?:because(?: of)?|due to|porque|debido a|a causa de|ya que)\b")
# What ties an effect that stands before it to a cause that stands behind it.
EFFECT_FIRST = re.compile(
    rf"{BECAUSE.pattern}|\b(?:since(?! (?:the )?\d)|owing to|thanks to|as a result of|"
    r"(?:stems?|comes?|came|results?|arises?) from|"
    r"(?:is|are|was|were) (?:caused by|the (?:result|effect|consequence) of)|(?:responds?|answers?|owes?) to|"
    r"attribut\w+(?: \w+)? to|(?<=, )for|pues|gracias a|al|viene[n]? de|proviene[n]? de|se deben? a|"
    r"responde[n]? a|atribuy\w+ a|(?:es|son) (?:el )?(?:resultado|efecto|consecuencia) de)\b"
)
# And the other way about.
CAUSE_FIRST = re.compile(
    r"\b(?:therefore|hence|thus|which is why|so that|so|for (?:that|this) reason|as a result|"
    r"(?:causes?|caused|produces?|produced|creates?|created|generat\w+|breeds?|makes?|made)|"
    r"(?:leads?|led|contribut\w+) to|"
    r"results? in|(?:among|one of|part of) the (?:causes|reasons|factors) (?:of|for|in|behind)|"
    r"(?:a|the|one) (?:cause|reason|factor) (?:of|for|in|behind)|"
    r"por eso|por ello|por lo tanto|de ahi que|asi|causan?|causo|causaron|genera[n]?|produce[n]?|crea[n]?|hace[n]? que|"
    r"(?:lleva|llevan|llevo|contribuy\w+|conduce[n]?) a|"
    r"(?:un[oa]? de|entre) l[oa]s (?:causas|razones|factores|motivos) del?|(?:la|una) (?:causa|razon) del?)\b"
)
CAUSAL = re.compile(
    r"\b(?:cause\w*|reasons?|since(?! (?:the )?\d)|owing|results?|lead\w*|led|being|for|as|thanks|explain\w*|"
    r"causa\w*|razon\w*|pues|gracias|explica\w*|al|resultado\w*|motivos?)\b"
)


@dataclass(frozen=True, slots=True)
class _Tie:
    """The stems of a cause and of its effect, and the word that ties them."""

    word: str
    cause: frozenset[str]
    effect: frozenset[str]


def wrong_cause(mine: str, theirs: str, stems: Stems) -> str:
    """Return what a sentence says wrongly of causes, in words; empty: nothing. Both are without accents."""
    made_up = BECAUSE.search(mine)
    if made_up and not (BECAUSE.search(theirs) or CAUSE_FIRST.search(theirs) or CAUSAL.search(theirs)):
        return f"“{made_up[0]}” is not in the evidence"
    known = _ties(theirs, stems)
    for tie in _ties(mine, stems):
        if any(_turned(tie, other) for other in known) and not any(_agrees(tie, other) for other in known):
            return f"cause and effect are not tied so in the evidence as by “{tie.word}”"
    return ""


def _ties(text: str, stems: Stems) -> list[_Tie]:
    found = []
    for pattern, effect_first in ((EFFECT_FIRST, True), (CAUSE_FIRST, False)):
        for match in pattern.finditer(text):
            before, behind = (frozenset(stems(part)) for part in (text[: match.start()], text[match.end() :]))
            cause, effect = (behind, before) if effect_first else (before, behind)
            if cause and effect:
                found.append(_Tie(match[0], cause, effect))
    return found


def _turned(mine: _Tie, theirs: _Tie) -> bool:
    """Whether each side of a tie has more of the other side of the evidence's than of its own."""
    return _leans(mine.cause, theirs.effect, theirs.cause) and _leans(mine.effect, theirs.cause, theirs.effect)


def _agrees(mine: _Tie, theirs: _Tie) -> bool:
    return _leans(mine.cause, theirs.cause, theirs.effect) and _leans(mine.effect, theirs.effect, theirs.cause)


def _leans(stems: frozenset[str], towards: frozenset[str], other: frozenset[str]) -> bool:
    return len(stems & towards) > len(stems & other)
