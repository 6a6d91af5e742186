"""STORY 1: corpus → pages → sentences with a voice → passages → index.

The order of the steps stands here and nowhere else.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from rag_agency import corpus, index
from rag_agency.errors import IndexUnusable, PassageTooLong, ReportError
from rag_agency.index import Fingerprint, Index, Indexed
from rag_agency.lexicon import vectors_of
from rag_agency.models import Embedder, Reader, open_embedders
from rag_agency.passages import TARGET_TOKENS, countries_of, cut_passages, embedded_text
from rag_agency.records import Member, Reading, Report
from rag_agency.sentences import cut_sentences
from rag_agency.settings import Settings
from rag_agency.tokens import tokens_of
from rag_agency.voices import attribute

FORMAT = 3  # of the files of an index; another number is another index
READING_ROOMS = ("pages", "voices", "language.py", "passages.py", "sentences.py")

Progress = Callable[[str, int, int], None]  # a file's name, how many are done, of how many


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did; ``warnings`` are by file name."""

    index: str
    reports: int
    pages: int
    sentences: int
    passages: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    warnings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the object that ``build --json`` prints."""
        counts = {name: getattr(self, name) for name in ("reports", "pages", "sentences", "passages")}
        lists = {name: list(getattr(self, name)) for name in ("added", "changed", "removed", "unchanged")}
        failed = [{"file": file, "error": error} for file, error in self.failed]
        warnings = {file: list(texts) for file, texts in self.warnings.items()}
        return counts | lists | {"failed": failed, "warnings": warnings, "seconds": round(self.seconds, 2)}


@dataclass(frozen=True, slots=True)
class _Task:
    """A PDF to read: where its bytes are, and the folder and file name that its user knows it by."""

    path: Path
    origin: str
    file: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done with each PDF."""

    keep: tuple[Report, ...]
    read: tuple[_Task, ...]
    changed: frozenset[tuple[str, str]]  # origin and file of reports that are read again
    removed: tuple[Report, ...]


def build(
    settings: Settings,
    places: Sequence[Path] = (),
    *,
    members: Path | None = None,
    remove: Sequence[str] = (),
    progress: Progress = lambda _file, _done, _of: None,
    embedders: tuple[Reader, Embedder] | None = None,
) -> Build:
    """Make or refresh the index from PDFs and folders of PDFs; the corpus folder where none is named.

    A folder is mirrored: what is no longer in it goes. A PDF named alone is added. ``remove`` lists
    ids of reports to take out. A PDF that fails is listed, and the others are indexed. ``embedders``
    are used in the place of the two that the settings name.

    Raises:
        CorpusError: reports.toml or members.toml cannot be used.
        ReportError: no PDF at all could be read.
        IndexBusy: another build is writing.
    """
    started = time.perf_counter()
    places = [*places] or ([] if remove else [settings.corpus])
    roster = corpus.read_members(members or settings.corpus / corpus.MEMBERS_FILE)
    catalogue = corpus.read_reports(settings.corpus / corpus.REPORTS_FILE)
    embedder, encoder = embedders or open_embedders(settings)
    fingerprint = fingerprint_of(embedder, encoder, roster)
    with index.writing(settings.index):
        old, same = _old_index(settings, fingerprint)
        plan = _plan(old, same, catalogue, places, remove)
        reader = _ReportReader(settings, catalogue, roster, embedder, encoder)
        fresh, failed = _read_all(reader, plan, progress)
        if failed and not fresh and not plan.keep:
            raise ReportError("; ".join(error for _, error in failed))
        if fresh or plan.removed or plan.changed or old is None or not same:
            kept = [index.stored(old, report) for report in plan.keep if old]
            contents = _with_unique_ids([*kept, *fresh])
            index.write_generation(settings.index, contents, roster, fingerprint, settings.chroma_url)
            index.remove_old(settings.index, [item.reading.report for item in contents], old)
    name = (settings.index / index.CURRENT).read_text(encoding="utf-8").strip()
    return _told(name, plan, old, fresh, failed, time.perf_counter() - started)


def fingerprint_of(embedder: Embedder, encoder: Embedder, roster: Sequence[Member]) -> Fingerprint:
    """Return what an index built now would be built with."""
    names = hashlib.sha256(repr(roster).encode()).hexdigest()[:12]
    return Fingerprint(FORMAT, f"{_reading_code()} at {TARGET_TOKENS} tokens", embedder.name, encoder.name, names)


@cache
def _reading_code() -> str:
    """Return a short hash of the code that reads: another code may read another ledger."""
    here = Path(__file__).parent
    rooms = [here / room for room in READING_ROOMS]
    files = sorted(f for room in rooms for f in (room.glob("*.py") if room.is_dir() else [room]))
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


def _old_index(settings: Settings, fingerprint: Fingerprint) -> tuple[Index | None, bool]:
    """Return the current index, if any, and whether what it holds can be kept as it is."""
    try:
        old = index.open_generation(settings.index, settings.chroma_url, searchable=False)
    except IndexUnusable:
        return None, False
    return old, not old.fingerprint.difference(fingerprint)


def _plan(
    old: Index | None,
    same: bool,
    catalogue: Sequence[Report],
    places: Sequence[Path],
    remove: Sequence[str],
) -> _Plan:
    """Compare what is there with what is indexed, by SHA-256."""
    pdfs = corpus.find_pdfs(places)
    there = {corpus.sha256_of(path): _Task(path, str(path.parent), path.name) for path in pdfs}
    homes = {(task.origin, task.file) for task in there.values()}
    folders = {str(place.resolve()) for place in places if place.is_dir()}
    indexed = {report: old.origins[report.id] for report in old.reports} if old else {}
    missing = {report: origin for report, origin in indexed.items() if report.sha256 not in there}
    gone = [r for r, origin in missing.items() if origin in folders and (origin, r.file) not in homes]
    gone += [r for r in indexed if r.id in remove and r not in gone]
    replaced = [r for r, origin in missing.items() if (origin, r.file) in homes and r not in gone]
    staying = [r for r in indexed if r not in gone and r not in replaced]
    again = [r for r in staying if not same or corpus.is_outdated(r, catalogue)]
    copies = [_Task(old.pdf(r), indexed[r], r.file) for r in again if old and r in missing]
    known = {r.sha256 for r in staying if r not in again}
    read = (*copies, *(task for sha, task in there.items() if sha not in known))
    afresh = [*copies, *(there[r.sha256] for r in again if r not in missing)]
    changed = {(indexed[r], r.file) for r in replaced} | {(task.origin, task.file) for task in afresh}
    return _Plan(tuple(r for r in staying if r not in again), read, frozenset(changed), tuple(gone))


@dataclass(frozen=True, slots=True)
class _ReportReader:
    """Reads one PDF through all the steps."""

    settings: Settings
    catalogue: Sequence[Report]
    roster: Sequence[Member]
    embedder: Reader
    encoder: Embedder

    def read(self, task: _Task) -> Indexed:
        """Read one PDF: pages, sentences with a voice, passages, vectors."""
        # Imported when the first PDF is read: the PDF libraries are slow to load.
        from rag_agency.pages import paragraphs_of, read_document

        document = read_document(task.path, task.path.stem, self.settings.pdf_password)
        report = corpus.describe(task.path, document, self.catalogue, task.file)
        sentences = attribute(cut_sentences(paragraphs_of(document), report.id), self.roster, report)
        passages = cut_passages(sentences, self.embedder.count_tokens, self.embedder.record.max_tokens)
        passages = tuple(replace(p, countries=countries_of(p, self.roster)) for p in passages)
        reading = Reading(report, document.pages, sentences, passages, document.warnings)
        index.keep_file(self.settings.index, task.path, report.sha256)
        vectors, read = self.embedder.read_passages([embedded_text(p) for p in passages])
        return Indexed(
            reading,
            task.origin,
            vectors,
            self.encoder.embed_passages([s.text for s in sentences]),
            tokens_of(sentences, passages, read, self.embedder.record.dimensions),
            vectors_of([s.text for s in sentences], report.language, self.encoder.embed_passages),
        )


def _read_all(reader: _ReportReader, plan: _Plan, progress: Progress) -> tuple[list[Indexed], list[tuple[str, str]]]:
    fresh: list[Indexed] = []
    failed: list[tuple[str, str]] = []
    for done, task in enumerate(plan.read):
        progress(task.file, done, len(plan.read))
        try:
            fresh.append(reader.read(task))
        except (ReportError, PassageTooLong) as error:
            failed.append((task.file, str(error)))
    progress("", len(plan.read), len(plan.read))
    return fresh, failed


def _with_unique_ids(contents: Iterable[Indexed]) -> list[Indexed]:
    """Give a report whose id another has a number behind it."""
    unique: list[Indexed] = []
    taken: set[str] = set()
    for item in contents:
        wanted = item.reading.report.id
        name = next(n for n in (wanted, *(f"{wanted}-{i}" for i in range(2, 10_000))) if n not in taken)
        taken.add(name)
        unique.append(item if name == wanted else index.renamed(item, name))
    return unique


def _told(
    name: str,
    plan: _Plan,
    old: Index | None,
    fresh: Sequence[Indexed],
    failed: Sequence[tuple[str, str]],
    seconds: float,
) -> Build:
    kept = [reading for reading in old.readings if reading.report in plan.keep] if old else []
    readings = [*kept, *(item.reading for item in fresh)]
    again = {item.reading.report.id for item in fresh if (item.origin, item.reading.report.file) in plan.changed}
    read = [item.reading.report.id for item in fresh]
    return Build(
        index=name,
        reports=len(readings),
        pages=sum(len(r.pages) for r in readings),
        sentences=sum(len(r.sentences) for r in readings),
        passages=sum(len(r.passages) for r in readings),
        added=tuple(name for name in read if name not in again),
        changed=tuple(name for name in read if name in again),
        removed=tuple(r.id for r in plan.removed),
        unchanged=tuple(r.id for r in plan.keep),
        failed=tuple(failed),
        warnings={item.reading.report.file: item.reading.warnings for item in fresh if item.reading.warnings},
        seconds=seconds,
    )
