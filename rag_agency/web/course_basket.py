"""The basket: quotations that a trainer keeps for her course, as her browser or a file of hers holds them.

Pure. A basket names sentences by report, page and words; who says them and how they are cited is
looked up in the index that is open, so that nothing else can come in with a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag_agency.course.records import Pin
from rag_agency.errors import RequestError

FORMAT: Literal["rag-agency basket"] = "rag-agency basket"
VERSION: Literal[1] = 1
MOST_QUOTES = 300  # more than any course takes; a browser keeps about 5 MB
LONGEST = 4000  # letters of a sentence or a question


@dataclass(frozen=True, slots=True)
class Kept:
    """A quotation in the basket, and the question that brought it, if one did."""

    pin: Pin
    asked: str = ""


Basket = tuple[Kept, ...]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    report: str = Field(min_length=1, max_length=200)
    page: int = Field(ge=1)
    quote: str = Field(min_length=1, max_length=LONGEST)
    asked: str = Field(default="", max_length=LONGEST)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    format: Literal["rag-agency basket"]
    version: Literal[1]
    kept: list[_Entry]


def to_text(basket: Basket) -> str:
    """Return a basket as the text of its file."""
    kept = [{"report": k.pin.report, "page": k.pin.page, "quote": k.pin.quote, "asked": k.asked} for k in basket]
    return json.dumps({"format": FORMAT, "version": VERSION, "kept": kept}, ensure_ascii=False, indent=1) + "\n"


def from_text(text: str, name: str) -> Basket:
    """Read a basket from the text of its file.

    Raises:
        RequestError: it is no basket, or a field of it is not as it should be.
    """
    try:
        file = _File.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RequestError(f"{name}: {place or 'the file'}: {first['msg']}") from error
    return added((), (Kept(Pin(k.report, k.page, k.quote), k.asked) for k in file.kept))


def from_browser(value: object) -> Basket:
    """Return what a browser has kept; nothing where that is not a basket of this version."""
    try:
        return from_text(value, "basket") if isinstance(value, str) and value else ()
    except RequestError:
        return ()


def added(basket: Basket, more: Iterable[Kept]) -> Basket:
    """Return a basket with more in it, each quotation once, the first in its place.

    Raises:
        RequestError: it would hold more than a basket can.
    """
    known: dict[Pin, Kept] = {}
    for kept in (*basket, *more):
        known.setdefault(kept.pin, kept)
    if len(known) > MOST_QUOTES:
        raise RequestError(f"a basket holds {MOST_QUOTES} quotations; take some out first")
    return tuple(known.values())
