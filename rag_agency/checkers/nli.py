"""Any cross-encoder for natural language inference, from a local directory.

Which output means entailment is read from the model's own configuration; a model that does not say
is refused. No code of a model's author is run, and nothing is fetched. Evidence longer than the
model reads is cut between sentences, and the best piece counts.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag_agency.checkers.lexical import SENTENCE_END
from rag_agency.checkers.records import Pair, Verdict
from rag_agency.errors import ModelError
from rag_agency.models import BATCH, OFFLINE

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

NAME = "support_nli"
SPECIAL_TOKENS = 4  # what a tokenizer puts around and between two texts, at most
FALLBACK_LENGTH = 512  # tokens, where neither the model nor its tokenizer has a limit
UNLIMITED = 100_000  # tokenizers without a limit give a huge number


class NliChecker:
    """Scores pairs by the probability that the evidence entails the claim; loads at first use."""

    name = NAME

    def __init__(self, folder: Path) -> None:
        """Look whether there is a model; raise ModelError where there is none."""
        if not (folder / "config.json").is_file():
            raise ModelError(f"{folder} holds no model (config.json is missing); name the directory of a cross-encoder")
        self._folder = folder

    @cached_property
    def version(self) -> str:
        """The directory's name with the beginning of the SHA-256 of its weights."""
        digest = hashlib.sha256()
        for file in sorted([*self._folder.glob("*.safetensors"), *self._folder.glob("*.bin")]):
            with file.open("rb") as weights:
                digest.update(hashlib.file_digest(weights, "sha256").digest())
        return f"{self._folder.name}@{digest.hexdigest()[:12]}"

    def check(self, pairs: Sequence[Pair]) -> tuple[Verdict, ...]:
        """Return one verdict a pair; the note is the piece of evidence that supports it best."""
        pieces = [tuple(self._pieces(pair)) for pair in pairs]
        asked = [(piece, pair.claim) for pair, own in zip(pairs, pieces, strict=True) for piece in own]
        scores = iter(self._entailments(asked))
        return tuple(_best([(next(scores), piece) for piece in own]) for own in pieces)

    def _pieces(self, pair: Pair) -> Iterator[str]:
        """Yield the evidence in runs of whole sentences that fit beside the claim."""
        room = self._length - len(self._tokens(pair.claim)) - SPECIAL_TOKENS
        sentences = [s for text in pair.evidence for s in SENTENCE_END.split(text) if s.strip()]
        run: list[str] = []
        for sentence in sentences:
            if run and len(self._tokens(" ".join([*run, sentence]))) > room:
                yield " ".join(run)
                run = []
            run.append(sentence)
        if run:
            yield " ".join(run)

    def _entailments(self, asked: Sequence[tuple[str, str]]) -> list[float]:
        if not asked:
            return []
        options = {"batch_size": BATCH, "show_progress_bar": False, "activation_fn": _as_it_is}
        logits = np.asarray(self._model.predict(list(asked), **options), np.float64)
        if logits.ndim == 1 or logits.shape[1] == 1:
            return [float(p) for p in 1 / (1 + np.exp(-logits.reshape(-1)))]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return [float(p) for p in powers[:, self._entailment] / powers.sum(axis=1)]

    def _tokens(self, text: str) -> list[int]:
        tokens: list[int] = self._model.tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
        return tokens

    @cached_property
    def _length(self) -> int:
        own = self._model.max_seq_length or self._model.tokenizer.model_max_length
        return own if own and own < UNLIMITED else FALLBACK_LENGTH

    @cached_property
    def _entailment(self) -> int:
        """Which output means entailment, by the names in the model's configuration."""
        labels: dict[int, str] = self._model.config.id2label
        wanted = [i for i, label in labels.items() if _means_entailment(label)]
        if len(wanted) == 1:
            return int(wanted[0])
        names = ", ".join(labels.values())
        raise ModelError(
            f"{self._folder} does not say which of its outputs ({names}) means entailment; name them in "
            "id2label of its config.json"
        )

    @cached_property
    def _model(self) -> CrossEncoder:
        os.environ.update(OFFLINE)
        from safetensors import SafetensorError
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        options: dict[str, Any] = {"dtype": "float32"}
        try:
            return CrossEncoder(str(self._folder), local_files_only=True, device="cpu", model_kwargs=options)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            reason = " ".join(str(error).split())
            raise ModelError(
                f"{self._folder} cannot be loaded as a cross-encoder ({reason}); name the directory of another model"
            ) from error


def _as_it_is(logits: Any) -> Any:  # noqa: ANN401 - a tensor; torch stays in its own room
    return logits


def _means_entailment(label: str) -> bool:
    plain = label.lower().replace("-", "_")
    return ("entail" in plain or plain in ("supported", "consistent", "attributable")) and not plain.startswith(
        ("not", "non", "un", "no_")
    )


def _best(scored: Sequence[tuple[float, str]]) -> Verdict:
    if not scored:
        return Verdict(0.0, "no evidence")
    score, piece = max(scored)
    return Verdict(score, piece)
