"""What a model says, as it comes, to sentences with the numbers they cite.

Reads two forms: lines that end with numbers in square brackets, and the JSON that endpoints with
structured output return. Strict: what is neither comes out without numbers, and the gate refuses it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from rag_agency.records import Draft

SCHEMA: dict[str, Any] = {
    "name": "answer",
    "strict": True,
    "schema": {
        "type": "object",
        "additionalProperties": False,
        "required": ["sentences"],
        "properties": {
            "sentences": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["text", "evidence"],
                    "properties": {
                        "text": {"type": "string"},
                        "evidence": {"type": "array", "items": {"type": "integer"}},
                    },
                },
            }
        },
    },
}
MARKS = re.compile(r"(?:\s*\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\])+")
NEXT = re.compile(r"\n|[^\s\[.,;:!?]")  # what shows that a run of marks has ended
BULLET = re.compile(r"^\s*(?:[-*•]\s+|\d{1,2}[.)]\s+)")
BETWEEN = re.compile(r"(?<=[.!?…])[”»\"]?\s+(?=[A-ZÁÉÍÓÚÑ¿¡“«])|\n+")
EMPHASIS = re.compile(r"\*\*|__|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
LOCATOR = re.compile(r"\s*\([^()]*\bpp?\.\s*\d[^()]*\)")  # a model copies it, and it is in the reference
MOST = 20  # sentences; a model that goes on after so many is not answering a question


def drafts_in(chunks: Iterable[str]) -> Iterator[Draft]:
    """Yield sentences as soon as they are whole, in the order in which the model says them."""
    said, read, count = "", 0, 0
    for chunk in chunks:
        said += chunk
        found, read = _whole(said, read)
        for draft in found:
            yield draft
            count += 1
            if count >= MOST:
                return
    yield from _rest(said, read)


def is_json(said: str) -> bool:
    """Whether a model answers in JSON, fenced or bare."""
    return said.lstrip().removeprefix("```json").removeprefix("```").lstrip().startswith("{")


def _whole(said: str, read: int) -> tuple[list[Draft], int]:
    """Return the sentences that are complete beyond a place, and the place up to which they go."""
    if is_json(said):
        return _objects(said, read)
    drafts: list[Draft] = []
    while match := MARKS.search(said, read):
        after = NEXT.search(said, match.end())
        if not after or "[" in said[match.end() : after.start()]:
            break
        drafts += _marked(said[read : match.start()], match[0])
        read = after.start()
    return drafts, read


def _objects(said: str, read: int) -> tuple[list[Draft], int]:
    """Return the whole objects of the list of sentences beyond a place."""
    drafts: list[Draft] = []
    start = max(read, said.find("[") + 1)
    decoder = json.JSONDecoder()
    while start and (place := said.find("{", start)) >= 0:
        try:
            row, end = decoder.raw_decode(said, place)
        except ValueError:
            break
        drafts += _from_object(row)
        start = read = end
    return drafts, read


def _from_object(row: object) -> list[Draft]:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return []
    numbers = row.get("evidence")
    cited = tuple(n for n in numbers if isinstance(n, int)) if isinstance(numbers, list) else ()
    text = MARKS.sub("", row["text"])
    return [Draft(_plain(text), cited)] if text.strip() else []


def _rest(said: str, read: int) -> Iterator[Draft]:
    """Yield what is left where the model has ended."""
    if is_json(said):
        return
    rest = said[read:]
    end = 0
    for match in MARKS.finditer(rest):
        yield from _marked(rest[end : match.start()], match[0])
        end = match.end()
    yield from _marked(rest[end:], "")


def _marked(text: str, marks: str) -> list[Draft]:
    """Return the sentences before a run of marks; those on lines of their own before it cite nothing."""
    cited = tuple(dict.fromkeys(int(n) for n in re.findall(r"\d+", marks)))
    lines = [line for line in text.lstrip(" .,;").split("\n") if re.search(r"\w", line)]
    drafts = []
    for i, line in enumerate(lines):
        numbers = cited if i == len(lines) - 1 else ()
        drafts += [Draft(_plain(part), numbers) for part in BETWEEN.split(line) if re.search(r"\w", part)]
    if drafts and marks and not re.search(r"[.!?…][”»\"')\]]*$", drafts[-1].text):
        drafts[-1] = Draft(drafts[-1].text + ".", drafts[-1].cited)
    return drafts


def _plain(text: str) -> str:
    return " ".join(EMPHASIS.sub("", LOCATOR.sub("", BULLET.sub("", text))).split())
