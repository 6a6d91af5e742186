"""What a run was made with: commit, hashes, versions. So that a figure can be made again."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rag_agency.ask import OpenIndex
from rag_agency.corpus import sha256_of
from rag_agency.evaluation.intervals import SEED
from rag_agency.evaluation.records import Named, Provenance

PACKAGES = (
    "rag-agency",
    "bm25s",
    "chromadb",
    "fpdf2",
    "ir_measures",
    "llama-index-core",
    "numpy",
    "pydantic",
    "pypdf",
    "pypdfium2",
    "scipy",
    "sentence-transformers",
    "torch",
)


def provenance_of(opened: OpenIndex, files: Sequence[Path], *, held_out: bool) -> Provenance:
    """Return what a run on an opened index and these files of questions is made with."""
    fingerprint = opened.index.fingerprint
    return Provenance(
        commit=_commit(Path(__file__).parent),
        index=opened.index.name,
        seed=SEED,
        held_out=held_out,
        questions=tuple(Named(file.name, sha256_of(file)) for file in files),
        corpus=tuple(Named(report.id, report.sha256) for report in opened.index.reports),
        models=(Named("embedder", fingerprint.embedder), Named("encoder", fingerprint.encoder)),
        packages=tuple(Named(name, _version(name)) for name in PACKAGES),
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _commit(folder: Path) -> str:
    """Return the commit of the program, with a mark where files differ from it; empty outside a checkout."""
    try:
        run = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.strip()
