"""Saved answers checked again against the PDFs: no model, no index, the ledger made anew.

The PDFs are found in the corpus folder and among the copies that an index keeps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from rag_agency import corpus
from rag_agency.errors import ReportError, RequestError
from rag_agency.language import language_of
from rag_agency.pages import SecondReader, paragraphs_of, read_document
from rag_agency.records import Draft, Language, Sentence, Source, Voice, letters_and_digits
from rag_agency.sentences import cut_sentences
from rag_agency.settings import Settings
from rag_agency.verify import Gate, Given, failures
from rag_agency.verify.support import Thresholds
from rag_agency.voices import attribute


class _Source(BaseModel):
    model_config = ConfigDict(extra="ignore")

    report: str
    title: str = ""
    page: int
    page_label: str | None = None
    quote: str
    member: str | None = None
    study: str | None = None
    voice: Voice
    citation: str = ""


class _Check(BaseModel):
    model_config = ConfigDict(extra="ignore")

    check: str
    passed: bool
    detail: str = ""


class _Sentence(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: str
    sources: list[_Source]
    written: bool = False
    checks: list[_Check] = []


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | None = None
    question: str = ""
    language: Language = "en"
    status: str
    sentences: list[_Sentence]


def recheck(file: Path, settings: Settings) -> Iterator[str]:
    """Yield one line a failed check of the answers in a file of JSON lines.

    Raises:
        RequestError: the file cannot be read, or a line is not an Answer.
    """
    shelf = Shelf(settings)
    for number, answer in _answers(file):
        name = answer.id or f"line {number}"
        if (answer.status == "abstained") == bool(answer.sentences):
            yield f"{name}: status {answer.status} with {len(answer.sentences)} sentences"
        for sentence in answer.sentences:
            if not sentence.sources:
                yield f"{name}: a sentence without a source: {sentence.text[:60]}"
            sources = [Source(**source.model_dump()) for source in sentence.sources]
            for failure in failures(sources, shelf.stream, shelf.ledger):
                yield f"{name}: {failure.check}: {failure.reason}: {failure.source.quote[:60]}"
            if sentence.written and sources and (wrong := _wrong_words(sentence, sources, answer.language, shelf)):
                yield f"{name}: {wrong}: {sentence.text[:60]}"


def recorded_only(file: Path) -> int:
    """Return how many sentences of a file a checker model was asked about, whose word cannot be had again."""
    sentences = [sentence for _, answer in _answers(file) for sentence in answer.sentences if sentence.written]
    return sum(any(check.check == "checker" for check in sentence.checks) for sentence in sentences)


def _wrong_words(sentence: _Sentence, sources: Sequence[Source], language: Language, shelf: Shelf) -> str:
    """Return the check that a model's sentence fails, gone through again without a model.

    Closeness of meaning needs one and is taken as the certificate has it, and so is a checker model's
    word; all else is done anew.
    """
    unpassed = next((check for check in sentence.checks if not check.passed), None)
    if unpassed:
        return f"{unpassed.check}: shown though this check failed"
    if "support" not in {check.check for check in sentence.checks}:
        return "support: the certificate does not say that this check was made"
    offered = shelf.given(sources)
    gate = Gate(shelf.roster, limits=Thresholds(meaning=0.0, few_words=0.0, near=0.0, across=0.0))
    failed = gate(Draft(sentence.text, tuple(given.number for given in offered)), offered, language)[-1]
    return "" if failed.passed else f"{failed.name}: {failed.detail}"


def _answers(file: Path) -> Iterator[tuple[int, _Answer]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{file} cannot be read as text; give a file of answers as JSON lines") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, _Answer.model_validate_json(line)
        except ValidationError as error:
            raise RequestError(f"{file} line {number} is not an answer: {error.errors()[0]['msg']}") from error


class Shelf:
    """Finds the PDF of a report by its id and reads it anew, each once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.roster = tuple(corpus.read_members(settings.corpus / corpus.MEMBERS_FILE))
        self._catalogue = corpus.read_reports(settings.corpus / corpus.REPORTS_FILE)
        self._paths = self._known_paths()
        self.stream = cache(self._stream)
        self.ledger = cache(self._ledger)
        self._reader = cache(lambda path: SecondReader(path, settings.pdf_password))

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports whose PDF is there, by id."""
        return tuple(self._paths)

    def given(self, sources: Sequence[Source]) -> tuple[Given, ...]:
        """Return sources as numbered evidence: those of one sentence of a report together."""
        whole: dict[tuple[str, int], list[Source]] = {}
        for source in sources:
            quote = letters_and_digits(source.quote)
            known = (s.number for s in self.ledger(source.report) if quote in letters_and_digits(s.text))
            whole.setdefault((source.report, next(known, -len(whole) - 1)), []).append(source)
        languages = {report: self._language(report) for report, _ in whole}
        return tuple(Given(n, tuple(v), languages[k[0]]) for n, (k, v) in enumerate(whole.items(), 1))

    def _language(self, report: str) -> Language:
        return language_of(" ".join(sentence.text for sentence in self.ledger(report)[:20]))

    def _known_paths(self) -> Mapping[str, tuple[Path, str]]:
        """Return where the PDF of each report is, and the file name that its user knows it by."""
        paths = {r.id: (self._settings.corpus / r.file, r.file) for r in self._catalogue}
        there = {name: place for name, place in paths.items() if place[0].exists()}
        return there | _kept_copies(self._settings.index)

    def _stream(self, report: str, page: int) -> str | None:
        place = self._paths.get(report)
        return self._reader(place[0]).stream(page) if place else None

    def _ledger(self, report: str) -> Sequence[Sentence]:
        path, file = self._paths[report]
        document = read_document(path, report, self._settings.pdf_password)
        record = corpus.describe(path, document, self._catalogue, file)
        return attribute(cut_sentences(paragraphs_of(document), report), self.roster, record)


def _kept_copies(folder: Path) -> dict[str, tuple[Path, str]]:
    """Return the PDFs that an index keeps, by report id, without opening the index."""
    from rag_agency.index import CURRENT, FILES, GENERATIONS

    current = folder / CURRENT
    if not current.exists():
        return {}
    generation = folder / GENERATIONS / current.read_text(encoding="utf-8").strip()
    kept = {}
    for reading in (generation / "readings").glob("*.json"):
        record: dict[str, Any] = json.loads(reading.read_text(encoding="utf-8"))["report"]
        path = folder / FILES / f"{record['sha256']}.pdf"
        if not path.exists():
            raise ReportError(f"the PDF of {record['id']} is missing from {folder}; rebuild it: rag-agency build")
        kept[record["id"]] = path, record["file"]
    return kept
