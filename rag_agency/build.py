"""STORY 1: corpus → pages → sentences with a voice → passages → index.

The order of the steps stands here and nowhere else.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rag_agency import corpus, index
from rag_agency.errors import IndexUnusable, PassageTooLong, ReportError
from rag_agency.index import Fingerprint, Index, Indexed
from rag_agency.models import Embedder, open_embedder
from rag_agency.pages import paragraphs_of, read_document
from rag_agency.passages import TARGET_TOKENS, countries_of, cut_passages, embedded_text
from rag_agency.records import Member, Reading, Report
from rag_agency.sentences import cut_sentences
from rag_agency.settings import Settings
from rag_agency.voices import attribute

FORMAT = 1  # of the files of an index; another number is another index
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
class _Plan:
    """What is to be done with each PDF."""

    keep: tuple[Report, ...]
    read: tuple[Path, ...]
    changed: frozenset[str]  # file names of reports whose PDF is another now
    removed: tuple[Report, ...]


def build(
    settings: Settings,
    places: Sequence[Path] = (),
    *,
    members: Path | None = None,
    remove: Sequence[str] = (),
    progress: Progress = lambda _file, _done, _of: None,
) -> Build:
    """Make or refresh the index from PDFs and folders of PDFs; the corpus folder where none is named.

    A folder is mirrored: what is no longer in it goes. A PDF named alone is added. ``remove`` lists
    ids of reports to take out. A PDF that fails is listed, and the others are indexed.

    Raises:
        CorpusError: reports.toml or members.toml cannot be used.
        ReportError: no PDF at all could be read.
        IndexBusy: another build is writing.
    """
    started = time.perf_counter()
    places = [*places] or ([] if remove else [settings.corpus])
    roster = corpus.read_members(members or settings.corpus / corpus.MEMBERS_FILE)
    catalogue = corpus.read_reports(settings.corpus / corpus.REPORTS_FILE)
    embedder, encoder = (
        open_embedder(settings.embedder, settings),
        open_embedder(settings.encoder, settings),
    )
    fingerprint = fingerprint_of(embedder, encoder, roster)
    with index.writing(settings.index):
        old, same = _old_index(settings, fingerprint)
        plan = _plan(old, same, places, remove)
        reader = _Reader(settings, catalogue, roster, embedder, encoder)
        fresh, failed = _read_all(reader, plan, progress)
        kept = [index.stored(old, report) for report in plan.keep if old]
        contents = _with_unique_ids([*kept, *fresh])
        if not contents and failed:
            raise ReportError("; ".join(error for _, error in failed))
        if fresh or plan.removed or old is None or not same:
            index.write_generation(settings.index, contents, roster, fingerprint, settings.chroma_url)
            index.remove_old(settings.index, [item.reading.report.sha256 for item in contents])
    name = (settings.index / index.CURRENT).read_text(encoding="utf-8").strip()
    return _told(name, plan, kept, fresh, failed, time.perf_counter() - started)


def fingerprint_of(embedder: Embedder, encoder: Embedder, roster: Sequence[Member]) -> Fingerprint:
    """Return what an index built now would be built with."""
    names = hashlib.sha256(repr(roster).encode()).hexdigest()[:12]
    return Fingerprint(
        FORMAT, f"{_reading_code()} at {TARGET_TOKENS} tokens", embedder.name, encoder.name, names
    )


def _reading_code() -> str:
    """Return a short hash of the code that reads: another code may read another ledger."""
    here = Path(__file__).parent
    rooms = [here / room for room in READING_ROOMS]
    files = sorted(f for room in rooms for f in (room.glob("*.py") if room.is_dir() else [room]))
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


def _old_index(settings: Settings, fingerprint: Fingerprint) -> tuple[Index | None, bool]:
    """Return the current index, if any, and whether what it holds can be kept as it is."""
    try:
        old = index.open_generation(settings.index, settings.chroma_url)
    except IndexUnusable:
        return None, False
    return old, not old.fingerprint.difference(fingerprint)


def _plan(old: Index | None, same: bool, places: Sequence[Path], remove: Sequence[str]) -> _Plan:
    """Compare what is there with what is indexed, by SHA-256."""
    paths = {corpus.sha256_of(path): path for path in corpus.find_pdfs(places)}
    folders = {place.resolve() for place in places if place.is_dir()}
    indexed = list(old.reports) if old else []
    names = {path.name for path in paths.values()}
    mirrored = [r for r in indexed if old and Path(old.origins.get(r.id, "")) in folders]
    gone = [r for r in mirrored if r.sha256 not in paths and r.file not in names]
    gone += [r for r in indexed if r.id in remove]
    changed = [r for r in indexed if r.sha256 not in paths and r.file in names and r not in gone]
    staying = [r for r in indexed if r not in gone and r not in changed]
    if not same and old:
        again = {r.sha256: old.pdf(r) for r in staying if r.sha256 not in paths}
        return _Plan((), (*again.values(), *paths.values()), frozenset(r.file for r in changed), tuple(gone))
    known = {r.sha256 for r in staying}
    new = tuple(path for sha, path in paths.items() if sha not in known)
    return _Plan(tuple(staying), new, frozenset(r.file for r in changed), tuple(gone))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one PDF through all the steps."""

    settings: Settings
    catalogue: Sequence[Report]
    roster: Sequence[Member]
    embedder: Embedder
    encoder: Embedder

    def read(self, path: Path) -> Indexed:
        """Read one PDF: pages, sentences with a voice, passages, vectors."""
        document = read_document(path, path.stem, self.settings.pdf_password)
        report = corpus.describe(path, document, self.catalogue)
        sentences = attribute(cut_sentences(paragraphs_of(document), report.id), self.roster, report)
        passages = cut_passages(sentences, self.embedder.count_tokens, self.embedder.record.max_tokens)
        passages = tuple(replace(p, countries=countries_of(p, self.roster)) for p in passages)
        reading = Reading(report, document.pages, sentences, passages, document.warnings)
        index.keep_file(self.settings.index, path, report.sha256)
        return Indexed(
            reading,
            str(path.parent),
            self.embedder.embed_passages([embedded_text(p) for p in passages]),
            self.encoder.embed_passages([s.text for s in sentences]),
        )


def _read_all(
    reader: _Reader, plan: _Plan, progress: Progress
) -> tuple[list[Indexed], list[tuple[str, str]]]:
    fresh: list[Indexed] = []
    failed: list[tuple[str, str]] = []
    for done, path in enumerate(plan.read):
        progress(path.name, done, len(plan.read))
        try:
            fresh.append(reader.read(path))
        except (ReportError, PassageTooLong) as error:
            failed.append((path.name, str(error)))
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
    kept: Sequence[Indexed],
    fresh: Sequence[Indexed],
    failed: Sequence[tuple[str, str]],
    seconds: float,
) -> Build:
    readings = [item.reading for item in (*kept, *fresh)]
    read = [item.reading.report for item in fresh]
    return Build(
        index=name,
        reports=len(readings),
        pages=sum(len(r.pages) for r in readings),
        sentences=sum(len(r.sentences) for r in readings),
        passages=sum(len(r.passages) for r in readings),
        added=tuple(r.id for r in read if r.file not in plan.changed),
        changed=tuple(r.id for r in read if r.file in plan.changed),
        removed=tuple(r.id for r in plan.removed),
        unchanged=tuple(r.id for r in plan.keep),
        failed=tuple(failed),
        warnings={item.reading.report.file: item.reading.warnings for item in fresh if item.reading.warnings},
        seconds=seconds,
    )
