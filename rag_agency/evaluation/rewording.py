"""The same question put otherwise, by rule: with a slip of the keys, in capitals, a member misspelt.

Paraphrases and translations need a person; those stand in the question files, with their ``parent``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag_agency.evaluation.intervals import SEED
from rag_agency.evaluation.prose import members_named
from rag_agency.evaluation.records import Item
from rag_agency.records import Member

MOST = 30  # questions reworded in each way: the half-width at nine in ten right is ± 11 points
LONG_WORD = re.compile(r"\b[a-záéíóúñ]{7,}\b")
Reword = Callable[[str, Sequence[Member], random.Random], str | None]


def slip(question: str, roster: Sequence[Member], dice: random.Random) -> str | None:
    """Swap two neighbouring letters inside a long word that is no name."""
    words = list(LONG_WORD.finditer(question))
    if not words:
        return None
    word = dice.choice(words)
    place = word.start() + dice.randint(1, len(word[0]) - 3)
    first, second = question[place], question[place + 1]
    return question[:place] + second + first + question[place + 2 :] if first != second else None


def capitals(question: str, roster: Sequence[Member], dice: random.Random) -> str | None:
    """Put all in capitals."""
    return question.upper()


def misspelt(question: str, roster: Sequence[Member], dice: random.Random) -> str | None:
    """Double a letter inside the surname of a member who is named."""
    named = members_named(question, roster)
    surname = next((m.surname for m in roster if m.slug in named and m.surname in question), None)
    if not surname:
        return None
    place = dice.randint(1, len(surname) - 2)
    return question.replace(surname, surname[:place] + surname[place] + surname[place:])


WAYS: dict[str, Reword] = {"typo": slip, "casing": capitals, "misspelt_member": misspelt}


def reworded(items: Sequence[Item], roster: Sequence[Member]) -> tuple[Item, ...]:
    """Return questions reworded by rule, each with its parent; only plain ones that have an answer."""
    plain = [i for i in items if not i.abstain and i.style == "plain" and not i.history and not i.parent and i.vital]
    plain = [item for item in plain if item.kind != "injection"]
    found = []
    for way, reword in WAYS.items():
        dice = random.Random(f"{SEED} {way}")
        made = [(item, text) for item in plain if (text := reword(item.question, roster, dice))]
        made = [(item, text) for item, text in made if text != item.question]
        for item, text in dice.sample(made, min(MOST, len(made))):
            name = f"{item.id}~{way}"
            found.append(replace(item, id=name, question=text, style=way, parent=item.id, perturbation=way))
    return tuple(found)
