"""Small fakes for the parts that are heavy; anyone may use them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rag_agency.models import ModelRecord, TokenVectors
from rag_agency.words import plain_words
from rag_agency.writers.prompt import Message


class WordHashEmbedder:
    """An embedder without weights: a text is the bag of its words, each hashed to a place."""

    def __init__(self, name: str = "word-hash", dimensions: int = 256, max_tokens: int | None = 512) -> None:
        self.name = name
        self.record = ModelRecord(name, dimensions, max_tokens)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of unit length a text."""
        vectors = np.zeros((len(texts), self.record.dimensions), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in plain_words(text) or [""]:
                row[zlib.crc32(word.encode()) % len(row)] += 1
            row /= np.linalg.norm(row)
        return vectors

    embed_queries = embed_passages

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words, and the two marks at the ends."""
        return [len(text.split()) + 2 for text in texts]

    def read_passages(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], list[TokenVectors]]:
        """Return passages' vectors and, a token a word, those of their words."""
        return self.embed_passages(texts), [self._tokens(text) for text in texts]

    def read_query(self, text: str) -> tuple[NDArray[np.float32], TokenVectors]:
        """Return a question's vector and those of its words."""
        return self.embed_queries([text])[0], self._tokens(text)

    def _tokens(self, text: str) -> TokenVectors:
        words = list(re.finditer(r"\S+", text))
        vectors = self.embed_passages([word[0] for word in words])
        return TokenVectors(vectors, tuple(word.span() for word in words))


class ScriptedModel:
    """A language model that says what it is told to: one reply a question, the last one again."""

    name = "scripted"

    def __init__(self, *replies: str) -> None:
        self.replies = replies
        self.heard: list[Sequence[Message]] = []

    def say(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the next reply, a few letters at a time."""
        self.heard.append(messages)
        reply = self.replies[min(len(self.heard), len(self.replies)) - 1]
        return (reply[i : i + 7] for i in range(0, len(reply), 7))
