"""A pack in the formats that trainers work with: Word, slides, print, Moodle, Anki, references.

``material`` and ``quiz`` put a pack into the blocks of a handout; ``word``, ``paper`` and ``marked``
draw it; ``deck`` and ``slides`` make the slides; ``formats`` is the table of all that can be had.
"""

from __future__ import annotations

import os
from pathlib import Path

from rag_agency.course.exports.formats import COPIES, FORMATS, Export, Format, exports_of
from rag_agency.course.records import Pack

__all__ = ["COPIES", "FORMATS", "Export", "Format", "exports_of", "write_all"]


def write_all(pack: Pack, folder: Path) -> tuple[Path, ...]:
    """Write a pack in every format and return the files; each is written beside and then swapped."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for export in exports_of(pack):
        path = folder / export.file
        beside = path.with_name(f"{path.name}.new")
        beside.write_bytes(export.data(pack))
        os.replace(beside, path)
        written.append(path)
    return tuple(written)
