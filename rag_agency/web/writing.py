"""Answers that come sentence by sentence: a question asked in a thread, and what passed so far.

Keeps which questions are being answered, so that a reader can stop one. Knows no HTML.
"""

from __future__ import annotations

import queue
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from rag_agency.web.conversation import Turn
from rag_agency.writers import Listener


@dataclass(frozen=True, slots=True)
class Desk:
    """The questions that a model is answering now, by token."""

    stops: dict[str, threading.Event] = field(default_factory=dict)

    def token(self) -> str:
        """Return a token for one question."""
        token = uuid.uuid4().hex
        self.stops[token] = threading.Event()
        return token

    def stop(self, token: str) -> None:
        """Stop the answer to a question, if it is still being written."""
        if token in self.stops:
            self.stops[token].set()

    def turns(self, turn: Turn, answered: Callable[[Listener], Turn]) -> Iterator[Turn]:
        """Yield the turn with each sentence that passes, and last the whole answer; left early, the model stops."""
        stop = self.stops.setdefault(turn.token, threading.Event())
        passed: queue.Queue[str | Turn] = queue.Queue()
        listener = Listener(show=lambda one: passed.put(one.draft.text), stopped=stop.is_set)
        threading.Thread(target=lambda: passed.put(answered(listener)), daemon=True).start()
        try:
            while isinstance(one := passed.get(), str):
                turn = replace(turn, so_far=(*turn.so_far, one))
                yield turn
            yield one
        finally:
            stop.set()
            self.stops.pop(turn.token, None)
