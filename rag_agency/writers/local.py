"""A language model in this process: a GGUF file, run by xllamacpp on the processor.

Loaded at the first question and kept. One question at a time; beside what the model writes, it can be
asked by the same reader whether a sentence of it is supported, for which it has a second place.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag_agency.errors import RequestError, WriterError
from rag_agency.writers.models import FIRST_WORDS, MOST_TOKENS
from rag_agency.writers.prompt import Message

if TYPE_CHECKING:
    from xllamacpp import Server

CONTEXT = 6144  # tokens: prompt and examples take about 1,100, eight sentences 900, and Spanish more
BESIDE = 1024  # tokens; a sentence with its evidence and the question whether the one supports the other
PLACES = 2  # one to write in, one to be asked in, so that what was read of the evidence is not lost
_END = object()


class LocalModel:
    """A GGUF file."""

    def __init__(self, file: Path, tokens: int = MOST_TOKENS, threads: int | None = None) -> None:
        """Remember the file; one core less than there are, for llama.cpp falls off a cliff where it must share."""
        if not file.is_file():
            raise RequestError(f"there is no file {file}; set RAG_AGENCY_WRITER_MODEL to a GGUF file")
        self._file = file
        self._tokens = tokens
        self._threads = threads or max(1, (os.cpu_count() or 2) - 1)
        self._lock = threading.RLock()  # whoever reads what it writes may ask it beside that
        self._server: Server | None = None
        self.name = f"gguf:{file.stem}"
        self.timings: dict[str, float] = {}  # of the last answer, as llama.cpp tells them

    def say(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield what the model says, bit by bit; raise WriterError where it cannot."""
        with self._lock:
            server = self._loaded()
            bits: queue.Queue[object] = queue.Queue()
            stopped = threading.Event()
            work = threading.Thread(target=self._run, args=(server, messages, bits, stopped), daemon=True)
            work.start()
            try:
                while (bit := bits.get()) is not _END:
                    if isinstance(bit, WriterError):
                        raise bit
                    yield str(bit)
            finally:
                stopped.set()
                work.join()

    def first_words(self, messages: Sequence[Message]) -> Mapping[str, float]:
        """Return the log-probabilities of the likeliest first tokens; raise WriterError where it cannot."""
        options = {"max_tokens": 1, "logprobs": True, "top_logprobs": FIRST_WORDS, "stream": False}
        heard: list[dict[str, Any]] = []
        with self._lock:
            try:
                self._loaded().handle_chat_completions(_request(messages) | options, lambda whole: heard.append(whole))
            except RuntimeError as error:
                raise WriterError("failed", f"the model failed ({type(error).__name__})") from error
        if not heard or "error" in heard[-1]:
            raise WriterError("failed", "the model failed")
        return {word["token"]: word["logprob"] for word in _first(heard[-1])}

    def _loaded(self) -> Server:
        if self._server is None:
            try:
                import xllamacpp
            except ImportError as error:
                raise RequestError("a GGUF file needs: pip install 'rag-agency[local]'") from error
            parameters = xllamacpp.CommonParams()
            parameters.model.path = str(self._file)
            parameters.n_ctx = CONTEXT + BESIDE
            parameters.n_parallel = PLACES
            parameters.kv_unified = True
            parameters.verbosity = -1
            parameters.cpuparams.n_threads = self._threads
            parameters.cpuparams_batch.n_threads = self._threads
            try:
                self._server = xllamacpp.Server(parameters)
            except RuntimeError as error:
                raise WriterError("failed", f"{self._file.name} cannot be loaded as a GGUF file") from error
        return self._server

    def _run(self, server: Server, messages: Sequence[Message], bits: queue.Queue[object], stopped: Any) -> None:  # noqa: ANN401
        def heard(chunk: dict[str, Any]) -> bool:
            for choice in chunk.get("choices", ()):
                bits.put(choice.get("delta", {}).get("content") or "")
            if "error" in chunk:
                bits.put(WriterError("failed", "the model failed on this question"))
            self.timings = chunk.get("timings") or self.timings
            return bool(stopped.is_set())

        try:
            options = {"max_tokens": self._tokens, "stream": True}
            server.handle_chat_completions(_request(messages) | options, heard)
        except RuntimeError as error:
            bits.put(WriterError("failed", f"the model failed on this question ({type(error).__name__})"))
        bits.put(_END)


def _request(messages: Sequence[Message]) -> dict[str, Any]:
    return {
        "messages": [{"role": m.role, "content": m.text} for m in messages],
        "temperature": 0,
        "cache_prompt": True,
    }


def _first(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the likeliest first tokens of a whole answer in OpenAI's form."""
    tokens = (whole["choices"][0].get("logprobs") or {}).get("content") or [{}]
    likeliest: list[dict[str, Any]] = tokens[0].get("top_logprobs") or []
    return likeliest
