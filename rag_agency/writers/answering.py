"""Asking a model for an answer: sentence by sentence through the gate, one try to mend, then what is left.

Nothing is shown before it has passed. What the model does or fails to do never raises: it ends in
what passed until then, with a word for the reason.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

from rag_agency.compose.prose import Passed, Written
from rag_agency.errors import WriterError
from rag_agency.records import Check, Draft, Dropped, Language, letters_and_digits
from rag_agency.verify import Gate, Given, pick
from rag_agency.verify.support import by_words
from rag_agency.writers.drafts import LOCATOR, drafts_in
from rag_agency.writers.models import Model
from rag_agency.writers.prompt import Line, Message, first_messages, repair_messages

LEAST_LEFT = 1 / 3  # share of what was written; where less passes, the answer is no longer the model's
CLOSE_ENOUGH = 0.5  # share of a refused sentence's words by which it tried to use a piece of evidence
AUTHORS: dict[Language, str] = {"en": "The report's authors", "es": "Los autores del informe"}
AND: dict[Language, str] = {"en": " and ", "es": " y "}
DECLINES = re.compile(
    r"(?:evidence|documents?|passages?|reports?) do(?:es)? not say|(?:evidencia|informes?) no l[oa]s? dicen?|"
    r"\bI(?:['’]m| am) (?:sorry|unable)|\bI (?:cannot|can['’]t|won['’]t)|as an ai\b|"
    r"lo siento|no puedo (?:ayudar|responder)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told of sentences as they pass, and may stop the model."""

    show: Callable[[Passed], None] = field(default=lambda _passed: None)
    stopped: Callable[[], bool] = field(default=lambda: False)


@dataclass(frozen=True, slots=True)
class Writing:
    """A model, the gate its words go through, and how long it may take."""

    model: Model
    gate: Gate
    seconds: float = 120.0

    def write(self, question: str, language: Language, offered: Sequence[Given], listener: Listener) -> Written:
        """Return what may be shown of a model's answer from numbered evidence."""
        messages = first_messages(question, [_line(g, self.gate, language) for g in offered], language)
        first = _Hearing(self.gate, offered, language, listener)
        cause = self._hear(messages, first)
        if cause or not first.failed:
            return first.written(cause)
        refused = [(draft.text, check.detail) for draft, check in first.failed]
        again = _Hearing(self.gate, offered, language, listener, first.passed)
        self._hear(repair_messages(messages, first.said, refused, language), again)
        return first.with_repairs(again).written(None)

    def _hear(self, messages: Sequence[Message], hearing: _Hearing) -> str | None:
        """Take in one answer of the model; return why it broke off, None where it came to its end."""
        try:
            chunks = self.model.say(messages)
            for draft in drafts_in(_in_time(chunks, hearing, time.monotonic() + self.seconds)):
                hearing.take(draft)
        except WriterError as error:
            return error.cause
        return None


class _Hearing:
    """What has come of one answer of a model so far."""

    def __init__(
        self,
        gate: Gate,
        offered: Sequence[Given],
        language: Language,
        listener: Listener,
        passed: Sequence[Passed] = (),
    ) -> None:
        self.listener = listener
        self.said = ""
        self.passed = list(passed)
        self.failed: list[tuple[Draft, Check]] = []
        self.mended = 0
        self._judge: Callable[[Draft], tuple[Draft, tuple[Check, ...]]] = lambda d: gate.mended(d, offered, language)
        self._offered = offered

    def take(self, draft: Draft) -> None:
        """Let a sentence through the gate, or keep it with the check it failed."""
        if any(letters_and_digits(draft.text) == letters_and_digits(p.draft.text) for p in self.passed):
            return
        judged, checks = self._judge(draft)
        if not checks[-1].passed:
            self.failed.append((draft, checks[-1]))
            return
        self.passed.append(Passed(judged, checks))
        self.listener.show(self.passed[-1])

    def with_repairs(self, again: _Hearing) -> _Hearing:
        """Return this hearing with the sentences that the second try brought."""
        self.mended = len(again.passed) - len(self.passed)
        self.passed = again.passed
        return self

    def written(self, cause: str | None) -> Written:
        """Return what is to be shown, and what was not and why."""
        dropped = tuple(
            Dropped(draft.text, draft.cited, check.name, check.detail, mended=i < self.mended)
            for i, (draft, check) in enumerate(self.failed)
        )
        cause = cause or self._cause()
        if not self.passed or cause == "nothing left":
            return Written(dropped=dropped, fallback=cause or "empty")
        return Written(tuple(self.passed), self._instead(), dropped, cause)

    def _cause(self) -> str | None:
        """Return why the answer is not the model's, where the model itself did not break off."""
        if not self.said.strip():
            return "empty"
        if not self.passed and DECLINES.search(self.said):
            return "declined"
        if not self.passed and self.failed and all(check.name == "citations" for _, check in self.failed):
            return "malformed"
        written = len(self.passed) + len(self.failed) - self.mended
        return "nothing left" if len(self.passed) < LEAST_LEFT * written else None

    def _instead(self) -> tuple[int, ...]:
        """Return the evidence that the sentences not shown tried to use, and no other sentence shows."""
        shown = {number for passed in self.passed for number in passed.draft.cited}
        wanted = (self._tried(draft) for draft, _ in self.failed[self.mended :])
        return tuple(dict.fromkeys(number for number in wanted if number and number not in shown))

    def _tried(self, draft: Draft) -> int:
        near = pick(draft.cited, self._offered) or tuple(self._offered)
        best = max(near, key=lambda given: by_words(draft.text, given.text))
        is_close = by_words(draft.text, best.text) >= CLOSE_ENOUGH
        return best.number if is_close or best.number in draft.cited else 0


def _in_time(chunks: Iterator[str], hearing: _Hearing, until: float) -> Iterator[str]:
    """Yield what a model says until it is stopped or its time is over."""
    try:
        for chunk in chunks:
            hearing.said += chunk
            if hearing.listener.stopped():
                raise WriterError("stopped", "stopped by the reader")
            if time.monotonic() > until:
                raise WriterError("timeout", "the model took too long")
            yield chunk
    finally:
        if isinstance(chunks, Generator):
            chunks.close()


def _line(given: Given, gate: Gate, language: Language) -> Line:
    """Return evidence as a model sees it."""
    names = [m.name for m in gate.roster if m.slug in given.members]
    speaker = AND[language].join(names) or given.outside or AUTHORS[language]
    source = given.sources[0]
    return Line(given.number, speaker, source.page_label or str(source.page), LOCATOR.sub("", given.text))
