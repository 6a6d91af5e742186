"""Files that a reader brings: what is a PDF and small enough, and a place to read them before they count."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from rag_agency.errors import RequestError
from rag_agency.records import Language
from rag_agency.settings import Settings
from rag_agency.web.job import Done, Task
from rag_agency.web.labels import say

MOST_BYTES = 100 * 1024 * 1024
MOST_TEXT = 1_000_000  # bytes of a basket or an outline; a full one has a tenth of it
HEADER = b"%PDF-"
HEADER_WITHIN = 1024  # bytes; readers of PDFs tolerate as much before it


@dataclass(frozen=True, slots=True)
class Preview:
    """New files in a folder of their own, with what was read of them once that is known."""

    folder: Path
    files: tuple[Path, ...]
    done: Done = Done(())

    def reading(self, settings: Settings) -> Task:
        """Return the task that reads them without touching the corpus."""
        return Task(replace(settings, index=self.folder / "index", chroma_url=""), self.files)

    def adding(self, settings: Settings) -> Task:
        """Return the task that adds those that could be read."""
        failed = {file for file, _ in self.done.failed}
        return Task(settings, tuple(file for file in self.files if file.name not in failed))


def problem_of(path: Path, language: Language) -> str:
    """Return why a file is not taken; empty where it is."""
    if path.stat().st_size > MOST_BYTES:
        return say("too_large", language, path.name)
    with path.open("rb") as file:
        return "" if HEADER in file.read(HEADER_WITHIN) else say("not_pdf", language, path.name)


def text_of(path: Path, ending: str, language: Language) -> str:
    """Return what a text file says, and remove the file.

    Raises:
        RequestError: its name, its size or its bytes are not those of such a file.
    """
    try:
        if path.suffix.lower() != ending:
            raise RequestError(say("not_taken", language, path.name, say("wrong_ending", language, ending)))
        if path.stat().st_size > MOST_TEXT:
            raise RequestError(say("not_taken", language, path.name, say("file_large", language, MOST_TEXT // 1000)))
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(say("not_taken", language, path.name, say("not_text", language))) from error
    finally:
        path.unlink(missing_ok=True)  # it is hers: nothing of it stays here


def take(paths: Iterable[Path]) -> Preview:
    """Copy files to a folder of their own."""
    folder = Path(tempfile.mkdtemp(prefix="rag-agency-"))
    (folder / "files").mkdir()
    files = tuple(Path(shutil.copy(path, folder / "files" / path.name)) for path in paths)
    return Preview(folder, files)


def discard(preview: Preview | None) -> None:
    """Remove a preview's folder."""
    if preview:
        shutil.rmtree(preview.folder, ignore_errors=True)
