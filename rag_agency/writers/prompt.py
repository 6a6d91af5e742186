"""Evidence and question to the messages a language model reads; the words of prompts stand in files.

Files under ``prompts/``, one a language for answers and one for the question of support: the system's
message, example turns, and the templates of the last turn. The text of reports goes in fenced, one line
a sentence, without anything that could close the fence. Knows no model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from rag_agency.records import Language

Role = Literal["system", "user", "assistant"]
SECTION = re.compile(r"^## (\w+)$", re.M)
FENCE = re.compile(r"</?\s*evidence\s*>|<\|[^|>]*\|>|[<>]", re.I)
MARK = re.compile(r"\[(?=\s*\d)")  # a text that has marks of its own would seem to be further evidence
BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what a model reads."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One numbered piece of evidence as a model sees it: who says it, on which page, in which words."""

    number: int
    speaker: str
    page: str
    text: str


def first_messages(question: str, evidence: Sequence[Line], language: Language) -> list[Message]:
    """Return the messages that ask for an answer from numbered evidence."""
    turns, templates = _prompt(language)
    listed = "\n".join(f"[{e.number}] {fenced(e.speaker)} (p. {e.page}): {fenced(e.text)}" for e in evidence)
    filled = templates["ask"].replace("{evidence}", listed).replace("{question}", fenced(question))
    return [*turns, Message("user", filled)]


def repair_messages(
    before: Sequence[Message], said: str, refused: Sequence[tuple[str, str]], language: Language
) -> list[Message]:
    """Return the messages that ask once more for sentences that were refused, each with the reason."""
    _, templates = _prompt(language)
    listed = "\n".join(f"- {fenced(text)}\n  {reason}" for text, reason in refused)
    return [*before, Message("assistant", said), Message("user", templates["repair"].replace("{refused}", listed))]


def support_messages(claim: str, evidence: str) -> list[Message]:
    """Return the messages that ask whether evidence supports a claim, to be answered with yes or no.

    In English whatever the language of the claim: asked in Spanish, a small model says no to almost anything.
    """
    turns, templates = _prompt("support")
    filled = templates["support"].replace("{evidence}", fenced(evidence)).replace("{claim}", fenced(claim))
    return [*turns, Message("user", filled)]


def fenced(text: str) -> str:
    """Return text on one line that can neither close the fence nor number itself."""
    return BLANK.sub(" ", MARK.sub("(", FENCE.sub(" ", text))).strip()


@cache
def _prompt(name: str) -> tuple[tuple[Message, ...], dict[str, str]]:
    """Return the turns of a prompt file, and its templates by name."""
    file = resources.files("rag_agency.writers") / "prompts" / f"{name}.md"
    parts = SECTION.split(file.read_text(encoding="utf-8"))[1:]
    sections = [(name, text.strip()) for name, text in zip(parts[::2], parts[1::2], strict=True)]
    roles: dict[str, Role] = {"system": "system", "user": "user", "assistant": "assistant"}
    turns = tuple(Message(roles[name], text) for name, text in sections if name in roles)
    return turns, {name: text for name, text in sections if name not in roles}
