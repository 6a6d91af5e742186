"""Language models behind an address: OpenAI-compatible endpoints and Anthropic, through LlamaIndex.

The only place where a key is used. Errors of many kinds become a WriterError with a short cause, in
words of our own: what a server says of itself is never shown, for it may repeat the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rag_agency.errors import RequestError, WriterError
from rag_agency.settings import Settings
from rag_agency.writers.drafts import SCHEMA
from rag_agency.writers.models import FIRST_WORDS, MOST_TOKENS
from rag_agency.writers.prompt import Message

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse

Open = Callable[..., Iterator["ChatResponse"]]
UNKNOWN_FORM = (400, 404, 415, 422, 501)  # how endpoints say that they do not know an option
FEWER_WORDS = 5  # of which some endpoints give log-probabilities at most

# The class of an error, by the name that both client libraries give it; the first that fits.
CAUSES: tuple[tuple[str, str, str], ...] = (
    ("APITimeoutError", "timeout", "the model did not answer in time; give RAG_AGENCY_WRITER_SECONDS"),
    ("TimeoutException", "timeout", "the model stopped in the middle; give RAG_AGENCY_WRITER_SECONDS"),
    ("APIConnectionError", "unreachable", "the model's address cannot be reached; look at RAG_AGENCY_WRITER_URL"),
    ("TransportError", "unreachable", "the connection to the model broke"),
    ("RateLimitError", "rate limit", "the model's endpoint takes no more requests for now"),
    ("AuthenticationError", "key", "the model's endpoint does not take the key; look at RAG_AGENCY_WRITER_KEY"),
    ("PermissionDeniedError", "key", "the key may not use this model"),
    ("NotFoundError", "unreachable", "the endpoint has no such model or address"),
    ("JSONDecodeError", "malformed", "the endpoint's answer cannot be read"),
    ("ValidationError", "malformed", "the endpoint's answer cannot be read"),
    ("APIResponseValidationError", "malformed", "the endpoint's answer cannot be read"),
    ("APIStatusError", "failed", "the model's endpoint failed"),
    ("APIError", "failed", "the model's endpoint failed"),
)


class Endpoint:
    """A chat model of LlamaIndex.

    ``in_a_word`` is the same where it speaks OpenAI's form, held to one token: its endpoint may know
    log-probabilities, and JSON by a schema, or may not.
    """

    def __init__(self, llm: Any, name: str, in_a_word: Any = None) -> None:  # noqa: ANN401 - LlamaIndex is not imported here
        """Remember the model; nothing is sent."""
        self._llm = llm
        self._in_a_word = in_a_word
        self._structured = in_a_word is not None
        self._most_words: tuple[int, ...] = (FIRST_WORDS, FEWER_WORDS) if self._structured else ()
        self.name = name

    def say(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield what the model says, bit by bit; raise WriterError where it cannot."""
        from llama_index.core.base.llms.types import ChatMessage

        turns = [ChatMessage(role=m.role, content=m.text) for m in messages]
        if self._structured:
            begun = False
            try:
                for bit in self._bits(turns, {"response_format": {"type": "json_schema", "json_schema": SCHEMA}}):
                    begun = True
                    yield bit
                return
            except _NoSuchForm:
                if begun:
                    raise WriterError("malformed", "the endpoint's answer cannot be read") from None
                self._structured = False  # this endpoint has no structured output: ask in plain text from now on
        yield from self._bits(turns, {})

    def first_words(self, messages: Sequence[Message]) -> Mapping[str, float]:
        """Return the log-probabilities of the likeliest first tokens; none where the endpoint gives none."""
        from llama_index.core.base.llms.types import ChatMessage

        turns = [ChatMessage(role=m.role, content=m.text) for m in messages]
        while self._most_words:
            try:
                asked = {"logprobs": True, "top_logprobs": self._most_words[0]}
                likeliest = self._in_a_word.chat(turns, **asked).logprobs or [[]]
                return {word.token: word.logprob for word in likeliest[0]}
            except Exception as error:  # the edge to the client library, as below
                if getattr(error, "status_code", None) not in UNKNOWN_FORM:
                    raise _told(error) from None
                self._most_words = self._most_words[1:]  # this endpoint gives fewer, or none
        return {}

    def _bits(self, turns: Sequence[object], options: dict[str, Any]) -> Iterator[str]:
        try:
            for response in self._llm.stream_chat(turns, **options):
                yield response.delta or ""
        except Exception as error:  # the edge to two client libraries and whatever they let through
            if options and getattr(error, "status_code", None) in UNKNOWN_FORM:
                raise _NoSuchForm from None
            raise _told(error) from None


class _NoSuchForm(Exception):
    """The endpoint does not know structured output."""


def open_openai(settings: Settings) -> Endpoint:
    """Return an OpenAI-compatible model: Ollama, vLLM, llama.cpp's server, LM Studio, hosted ones."""
    if not settings.writer_url:
        raise RequestError("RAG_AGENCY_WRITER is openai, but RAG_AGENCY_WRITER_URL names no address; set it")
    try:
        from llama_index.llms.openai_like import OpenAILike
    except ImportError as error:
        raise RequestError("an OpenAI-compatible model needs: pip install 'rag-agency[openai]'") from error

    def held_to(tokens: int) -> object:
        return OpenAILike(
            model=_model(settings),
            api_base=settings.writer_url,
            api_key=settings.writer_key or "none",  # the client insists on one; local servers take any
            is_chat_model=True,
            temperature=0.0,
            max_tokens=tokens,
            max_retries=0,
            timeout=settings.writer_seconds,
        )

    return Endpoint(held_to(MOST_TOKENS), f"openai:{settings.writer_model}", held_to(1))


def open_anthropic(settings: Settings) -> Endpoint:
    """Return a model of Anthropic."""
    if not settings.writer_key:
        raise RequestError("RAG_AGENCY_WRITER is anthropic, but RAG_AGENCY_WRITER_KEY is empty; set it")
    try:
        from llama_index.llms.anthropic import Anthropic
    except ImportError as error:
        raise RequestError("a model of Anthropic needs: pip install 'rag-agency[anthropic]'") from error
    llm = Anthropic(
        model=_model(settings),
        api_key=settings.writer_key,
        base_url=settings.writer_url or None,
        temperature=0.0,
        max_tokens=MOST_TOKENS,
        max_retries=0,
        timeout=settings.writer_seconds,
    )
    try:
        _ = llm.metadata  # LlamaIndex has a table of models and stops at a name that is not in it
    except ValueError as error:
        raise RequestError(
            f"the installed llama-index-llms-anthropic does not know the model {settings.writer_model}; look at the "
            "spelling of RAG_AGENCY_WRITER_MODEL, or update it: pip install -U 'rag-agency[anthropic]'"
        ) from error
    return Endpoint(llm, f"anthropic:{settings.writer_model}")


def _model(settings: Settings) -> str:
    if not settings.writer_model:
        raise RequestError("RAG_AGENCY_WRITER_MODEL names no model; set it to a name that the endpoint knows")
    return settings.writer_model


def _told(error: Exception) -> WriterError:
    """Return an error in words of our own."""
    names = [kind.__name__ for kind in type(error).__mro__]
    for name, cause, message in CAUSES:
        if name in names:
            return WriterError(cause, message)
    return WriterError("failed", f"the model failed ({type(error).__name__})")
