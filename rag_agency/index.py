"""Passages to disk and back: Chroma for meaning, a lexicon for words, readings beside them.

An index is a folder of generations. A build writes a new one beside the old and swaps the name in
``current``; a reader holds one generation from opening to closing, so it never sees half of
one. Knows no question.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import BadZipFile

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from rag_agency.errors import IndexBusy, IndexUnusable
from rag_agency.lexicon import Lexicon, WordCounts, WordVectors, lexicon_of
from rag_agency.passages import embedded_text
from rag_agency.records import Member, Passage, Question, Reading, Report, Sentence
from rag_agency.storage import read_reading, write_reading
from rag_agency.tokens import SentenceTokens, join
from rag_agency.vectors import VectorStore
from rag_agency.words import terms

CURRENT = "current"
GENERATIONS = "generations"
FILES = "files"

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an index was built with; what was built with anything else is not mixed with it."""

    format: int
    reading: str
    embedder: str
    encoder: str
    roster: str

    def difference(self, other: Fingerprint) -> str:
        """Name what differs, in words; empty where nothing does."""
        mine, others = asdict(self), asdict(other)
        return ", ".join(f"{k} {mine[k]} against {others[k]}" for k in mine if mine[k] != others[k])


@dataclass(frozen=True, slots=True)
class Indexed:
    """A reading, the folder its PDF came from, and its vectors.

    Those of ``passages`` are the embedder's, and so are those of ``tokens``; those of
    ``sentences`` and of ``words`` are the encoder's; a row each.
    """

    reading: Reading
    origin: str
    passages: Vectors
    sentences: Vectors
    tokens: SentenceTokens
    words: WordVectors


class Index:
    """One opened generation. Reads only; what it holds does not change while it is open."""

    def __init__(self, folder: Path, name: str, chroma_url: str = "", *, searchable: bool = True) -> None:
        """Open a generation, to search or only to look; raise IndexUnusable where it is not whole."""
        try:
            about = json.loads((folder / "index.json").read_text(encoding="utf-8"))
            self.fingerprint = Fingerprint(**about["fingerprint"])
            self.roster = tuple(_member(row) for row in about["roster"])
            self.origins: dict[str, str] = about["origins"]
            names = list(self.origins)
            self.readings = tuple(read_reading(folder / "readings" / f"{n}.json") for n in names)
            vectors = [_load(folder, n, whole=searchable) for n in names]
        except (OSError, EOFError, BadZipFile, KeyError, ValueError, TypeError) as error:
            raise IndexUnusable(f"The index in {folder} is damaged; rebuild it: rag-agency build") from error
        self.name = name
        self.folder = folder
        self.reports = tuple(reading.report for reading in self.readings)
        self.passages = tuple(p for reading in self.readings for p in reading.passages)
        self.sentences = tuple(s for reading in self.readings for s in reading.sentences)
        if searchable:
            self._prepare(vectors, chroma_url)

    def _prepare(self, vectors: Sequence[dict[str, Any]], chroma_url: str) -> None:
        self.sentence_vectors = _stacked([arrays["sentences"] for arrays in vectors])
        self.tokens = join([_tokens(arrays) for arrays in vectors])
        self._places = {passage.id: i for i, passage in enumerate(self.passages)}
        self._store = VectorStore(self.folder / "chroma", self.name, chroma_url)
        languages = {report.id: report.language for report in self.reports}
        self.word_counts = WordCounts([terms(embedded_text(p), languages[p.report]) for p in self.passages])
        self.sentence_word_counts = WordCounts([terms(s.text, languages[s.report]) for s in self.sentences])
        self.vocabularies = tuple(_words(arrays) for arrays in vectors)

    @property
    def files(self) -> Path:
        """The folder that keeps a copy of every PDF, by its SHA-256."""
        return self.folder.parent.parent / FILES

    def pdf(self, report: Report) -> Path:
        """Return where the PDF of a report is kept."""
        return self.files / f"{report.sha256}.pdf"

    def reading_of(self, report: str) -> Reading | None:
        """Return the reading of a report by its id."""
        return next((r for r in self.readings if r.report.id == report), None)

    def nearest(self, vector: Vectors, k: int, question: Question) -> dict[int, float]:
        """Return the places of the ``k`` passages nearest in meaning with their cosine, filtered."""
        found = self._store.query(vector, k, question)
        return {self._places[name]: score for name, score in found if name in self._places}

    def lexicon(self, band: tuple[float, float]) -> Lexicon:
        """Return the vocabulary over all sentences, for an encoder with that band of cosines."""
        languages = {report.id: report.language for report in self.reports}
        return lexicon_of(self.vocabularies, [(s.text, languages[s.report]) for s in self.sentences], band)


def _tokens(arrays: dict[str, Any]) -> SentenceTokens:
    return SentenceTokens(arrays["tokens"], arrays["token_counts"])


def _words(arrays: dict[str, Any]) -> WordVectors:
    return WordVectors(tuple(arrays["words"].tolist()), arrays["word_vectors"])


def _member(row: dict[str, Any]) -> Member:
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    return Member(**row | lists)


def _stacked(parts: Sequence[Vectors]) -> Vectors:
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros((0, 1), dtype=np.float32)


def _load(folder: Path, name: str, *, whole: bool = True) -> dict[str, Any]:
    """Return the arrays kept for a report; only their names are read where not the whole is wanted."""
    with np.load(folder / "vectors" / f"{name}.npz", allow_pickle=False) as arrays:
        return {key: arrays[key] if whole else None for key in arrays.files}


def open_generation(folder: Path, chroma_url: str = "", *, searchable: bool = True) -> Index:
    """Open the current generation of an index folder, whatever it was built with."""
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IndexUnusable(f"No index at {folder}. Build it with: rag-agency build") from error
    return Index(folder / GENERATIONS / name, name, chroma_url, searchable=searchable)


def refuse_other(index: Index, fingerprint: Fingerprint) -> Index:
    """Return the index if it was built with what the fingerprint says; else name the difference."""
    difference = index.fingerprint.difference(fingerprint)
    if difference:
        raise IndexUnusable(f"The index was built with another {difference}. Rebuild it: rag-agency build")
    return index


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the one writer's place; raise IndexBusy where another build has it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusy(f"Another build is writing {folder}; wait until it is done") from error
    try:
        yield
    finally:
        lock.release()


def stored(index: Index, report: Report) -> Indexed:
    """Return what an index holds of a report, to be written again unchanged."""
    reading = next(r for r in index.readings if r.report.id == report.id)
    arrays = _load(index.folder, report.id)
    origin = index.origins[report.id]
    return Indexed(reading, origin, arrays["passages"], arrays["sentences"], _tokens(arrays), _words(arrays))


def renamed(item: Indexed, name: str) -> Indexed:
    """Return the same with another id for the report."""
    reading = item.reading
    report = replace(reading.report, id=name)
    sentences = tuple(replace(s, report=name) for s in reading.sentences)
    passages = tuple(
        replace(
            p,
            id=p.id.replace(reading.report.id, name, 1),
            report=name,
            sentences=tuple(sentences[s.number] for s in p.sentences),
        )
        for p in reading.passages
    )
    return replace(item, reading=replace(reading, report=report, sentences=sentences, passages=passages))


def write_generation(
    folder: Path,
    contents: Sequence[Indexed],
    roster: Sequence[Member],
    fingerprint: Fingerprint,
    chroma_url: str,
) -> str:
    """Write a generation beside the current one, swap to it, and return its name."""
    name = uuid4().hex[:12]
    target = folder / GENERATIONS / name
    for part in ("readings", "vectors"):
        (target / part).mkdir(parents=True)
    for item in contents:
        report = item.reading.report.id
        write_reading(item.reading, target / "readings" / f"{report}.json")
        np.savez(
            target / "vectors" / f"{report}.npz",
            passages=item.passages,
            sentences=item.sentences,
            tokens=item.tokens.vectors,
            token_counts=item.tokens.counts,
            words=np.array(item.words.words, dtype=np.str_),
            word_vectors=item.words.vectors,
        )
    store = VectorStore(target / "chroma", name, chroma_url)
    for item in contents:
        store.add(item.reading.passages, item.passages, item.reading.report)
    about = {
        "fingerprint": asdict(fingerprint),
        "roster": [asdict(member) for member in roster],
        "origins": {item.reading.report.id: item.origin for item in contents},
    }
    (target / "index.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
    _swap(folder, name)
    return name


def _swap(folder: Path, name: str) -> None:
    beside = folder / f"{CURRENT}.new"
    beside.write_text(name, encoding="utf-8")
    os.replace(beside, folder / CURRENT)


def remove_old(folder: Path, reports: Sequence[Report], before: Index | None) -> None:
    """Keep the current generation, of ``reports``, and the one before it, which readers may still hold.

    Other generations, whole or left by a crash, and PDFs that neither has go.
    """
    current = (folder / CURRENT).read_text(encoding="utf-8").strip()
    for generation in (folder / GENERATIONS).iterdir():
        if generation.name not in (current, before.name if before else current):
            shutil.rmtree(generation, ignore_errors=True)
    wanted = {report.sha256 for report in (*reports, *(before.reports if before else ()))}
    for file in (folder / FILES).iterdir() if (folder / FILES).is_dir() else ():
        if file.suffix != ".pdf" or file.stem not in wanted:
            file.unlink(missing_ok=True)


def keep_file(folder: Path, path: Path, sha256: str) -> None:
    """Keep a copy of a PDF, so that its pages can be shown and checked wherever it came from."""
    target = folder / FILES / f"{sha256}.pdf"
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".new")
    shutil.copyfile(path, beside)
    os.replace(beside, target)


def passage_of(index: Index, sentence: Sentence) -> Passage | None:
    """Return the passage that holds a sentence; headings have none."""
    reading = index.reading_of(sentence.report)
    passages = reading.passages if reading else ()
    return next((p for p in passages if sentence.number in {s.number for s in p.sentences}), None)
