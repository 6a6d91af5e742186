"""What may be shown: the quote on its page, the page in its report, the speaker in the ledger.

Checks with another extractor than the one that read the page. Knows no model and no index; pages
and ledger are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag_agency.records import Sentence, Source, Speaker, letters_and_digits

PageStream = Callable[[str, int], str | None]  # report, page → letters and digits; None: no such report
Ledger = Callable[[str], Sequence[Sentence]]  # report → its sentences with voices


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that does not hold, which check it fails and why."""

    source: Source
    check: str
    reason: str


def failures(sources: Iterable[Source], stream: PageStream, ledger: Ledger) -> Iterator[Failure]:
    """Yield what fails: at most one failure a source."""
    for source in sources:
        failure = _first_failure(source, stream, ledger)
        if failure:
            yield failure


def _first_failure(source: Source, stream: PageStream, ledger: Ledger) -> Failure | None:
    page = stream(source.report, source.page)
    quote = letters_and_digits(source.quote)
    if page is None:
        return Failure(source, "report", f"there is no report {source.report}")
    if not page:
        return Failure(source, "page", f"{source.report} has no text on page {source.page}")
    if not quote or quote not in page:
        return Failure(source, "quote", f"these words do not stand on page {source.page} of {source.report}")
    spoken = [s for s in ledger(source.report) if quote in letters_and_digits(s.text)]
    if not spoken:
        return Failure(source, "sentence", "the quote is not one sentence of the report, or part of one")
    return _wrong_speaker(source, spoken)


def _wrong_speaker(source: Source, spoken: Sequence[Sentence]) -> Failure | None:
    """Return what the ledger has against the speaker; ``spoken`` are the sentences with the quote."""
    speakers = {speaker for s in spoken for speaker in s.members}
    if source.member and source.member not in {speaker.member for speaker in speakers}:
        return Failure(source, "speaker", f"the ledger does not give these words to {source.member}")
    if source.member and Speaker(source.member, source.study) not in speakers:
        return Failure(source, "study", f"the ledger does not give these words to the study {source.study}")
    if source.voice == "member" and not source.member:
        return Failure(source, "speaker", "a member's words without the member")
    voices = {s.voice for s in spoken}
    if source.voice not in voices:
        return Failure(source, "voice", f"the ledger has voice {', '.join(sorted(voices))}, not {source.voice}")
    return None
