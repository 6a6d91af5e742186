"""What a language model is to a writer: a name, and words that come bit by bit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from rag_agency.writers.prompt import Message

FIRST_WORDS = 20  # of which log-probabilities are asked; what OpenAI-compatible endpoints give at most
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


@runtime_checkable
class Weighing(Protocol):
    """A language model that also tells how likely it would begin with each word."""

    @property
    def name(self) -> str:
        """Which model it is."""

    def first_words(self, messages: Sequence[Message]) -> Mapping[str, float]:
        """Return the log-probabilities of the likeliest first tokens; none where its endpoint gives none."""
