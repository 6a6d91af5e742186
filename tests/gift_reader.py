"""A strict reader of Moodle's GIFT, by the rules of Moodle's own importer, to read back what is written."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

SIGNS = ":#={}~n\\"
PLACES = {sign: chr(0xE000 + number) for number, sign in enumerate(SIGNS)}  # private letters stand in
BACK = {place: "\n" if sign == "n" else sign for sign, place in PLACES.items()}
WEIGHT = re.compile(r"%-*\d{1,3}\.?\d*%")


@dataclass
class Entry:
    """One question as Moodle would have it."""

    name: str
    text: str
    kind: str
    category: str
    answers: list[tuple[str, bool, str]] = field(default_factory=list)  # text, right, feedback
    pairs: list[tuple[str, str]] = field(default_factory=list)
    feedback: str = ""


def read_gift(text: str) -> list[Entry]:
    """Read a file; raise ValueError at whatever Moodle would refuse or read otherwise."""
    category, entries = "", []
    for block in re.split(r"\n\s*\n", text.strip()):
        if block.startswith("$CATEGORY:"):
            category = block.removeprefix("$CATEGORY:").strip()
            continue
        entries.append(_entry(block, category))
    return entries


def _entry(block: str, category: str) -> Entry:
    if any(line.strip().startswith("//") for line in block.splitlines()):
        raise ValueError("a line would be taken for a comment")
    text = re.sub(r"\\(.)", lambda m: PLACES.get(m[1]) or _refuse(f"\\{m[1]} is no escape"), block)
    found = re.fullmatch(r"::([^:]*)::\[html\]([^{}]*)\{([^{}]*)\}", text, re.DOTALL)
    if not found:
        raise ValueError(f"no name, text and one pair of braces: {block[:80]!r}")
    name, asked, answers = (part.strip() for part in found.groups())
    answers, _, feedback = answers.rpartition("####") if "####" in answers else (answers, "", "")
    entry = Entry(_plain(name), _html(asked), "", category, feedback=_html(feedback))
    _read_answers(answers.strip(), entry)
    return entry


def _read_answers(answers: str, entry: Entry) -> None:
    if "~" in answers:
        _choice(answers, entry)
    elif "->" in answers and "=" in answers:
        entry.kind = "match"
        for body in answers.split("=")[1:]:
            left, _, right = body.partition("->")
            entry.pairs.append((_html(left), _plain(right)))
    elif answers.split("#")[0].strip() in ("T", "TRUE", "F", "FALSE"):
        entry.kind = "true_false"
        truth, wrong, right = answers.split("#")
        entry.answers.append((truth.strip(), True, _html(right)))
        if _html(wrong) != _html(right):
            raise ValueError("feedback depends on the answer")
    else:
        _typed(answers, entry)


def _choice(answers: str, entry: Entry) -> None:
    entry.kind = "choice"
    for sign, body in re.findall(r"([~=])([^~=]*)", answers):
        weight = WEIGHT.match(body) if sign == "~" else None
        if weight and weight[0] != "%0%":
            raise ValueError("a wrong answer with a weight")
        shown, _, why = (body.removeprefix("%0%") if weight else body).partition("#")
        entry.answers.append((_html(shown), sign == "=", _html(why)))
    if sum(right for _, right, _ in entry.answers) != 1 or len(entry.answers) < 2:
        raise ValueError("not exactly one right answer among several")


def _typed(answers: str, entry: Entry) -> None:
    entry.kind = "fill"
    for body in answers.split("=")[1:]:
        if not body.startswith("%100%"):
            raise ValueError("an answer to type in without its whole weight")
        entry.answers.append((_plain(body.removeprefix("%100%").removeprefix("[plain]")), True, ""))
    if not entry.answers:
        raise ValueError("no answer")


def _html(text: str) -> str:
    text = text.strip().removeprefix("[html]")
    if re.match(r"\[\w+\]", text):
        raise ValueError(f"would be read as a format: {text[:30]!r}")
    if set(re.findall(r"<[^>]*>", text)) - {"<br>"}:
        raise ValueError(f"HTML that is not ours: {text[:80]!r}")
    return html.unescape(_plain(text).replace("<br>", "\n"))


def _plain(text: str) -> str:
    return "".join(BACK.get(sign, sign) for sign in text.strip())


def _refuse(words: str) -> str:
    raise ValueError(words)
