"""What a language model is to a writer: a name, and words that come bit by bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from rag_agency.writers.prompt import Message

MOST_TOKENS = 400  # four short sentences are about 200; a list of citations is not asked for


class Model(Protocol):
    """A language model.

    ``name`` tells a reader which it is, without its key and without its address.
    """

    @property
    def name(self) -> str:
        """What an answer says of who worded it."""

    def say(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield what the model says, bit by bit; raise WriterError where it cannot."""
