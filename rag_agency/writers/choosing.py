"""A language model that a reader of the page chooses, and what may be chosen there.

Whoever reaches the page types an address into this program, so only this computer's own are taken,
and the one that the settings name. The key of the settings goes to the model that they name it for,
and to no other.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from rag_agency.settings import Settings

MAGIC = b"GGUF"  # the first bytes of such a file
Problem = Literal["no_name", "no_address", "not_here", "no_file", "no_key"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A kind of language model, its address where it has one, and its name there or its file."""

    kind: str
    url: str
    model: str


def problem_of(chosen: Chosen, configured: Settings) -> Problem | None:
    """Return why this cannot be used, in a word; None where it can."""
    if not chosen.model.strip():
        return "no_name"
    return PROBLEMS[chosen.kind](chosen, configured)


def settings_for(chosen: Chosen, configured: Settings) -> Settings:
    """Return the settings with the chosen model in them, and the key only where it is that model's."""
    url = chosen.url.strip() if chosen.kind == "openai" else ""
    if chosen.kind == "anthropic" and configured.writer == "anthropic":
        url = configured.writer_url  # where the settings send its key
    key = configured.writer_key if _is_configured(chosen.kind, url, configured) else ""
    return replace(configured, writer=chosen.kind, writer_url=url, writer_model=chosen.model.strip(), writer_key=key)


def is_of_this_computer(url: str) -> bool:
    """Whether an address is on the loopback, by its own words: no name but localhost is looked up."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        _ = parts.port  # raises where it is none
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or parts.username or parts.password:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_configured(kind: str, url: str, configured: Settings) -> bool:
    return kind == configured.writer and url.rstrip("/") == configured.writer_url.rstrip("/")


def _openai(chosen: Chosen, configured: Settings) -> Problem | None:
    url = chosen.url.strip()
    if not url:
        return "no_address"
    return None if _is_configured("openai", url, configured) or is_of_this_computer(url) else "not_here"


def _anthropic(_chosen: Chosen, configured: Settings) -> Problem | None:
    return None if configured.writer == "anthropic" and configured.writer_key else "no_key"


def _gguf(chosen: Chosen, _configured: Settings) -> Problem | None:
    try:
        with Path(chosen.model.strip()).expanduser().open("rb") as file:
            return None if file.read(len(MAGIC)) == MAGIC else "no_file"
    except OSError:
        return "no_file"


PROBLEMS: dict[str, Callable[[Chosen, Settings], Problem | None]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "gguf": _gguf,
}
