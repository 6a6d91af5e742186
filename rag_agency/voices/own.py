"""Which report is a member's own study: by its citation, or by its authors and year.

Goes by the report's record alone, never by what stands in the text. Where two studies of one year
could be meant and the citation does not say which, it is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag_agency.records import Member, Report, Speaker
from rag_agency.voices.names import key


def own_speakers(report: Report, roster: Sequence[Member]) -> tuple[Speaker, ...]:
    """Return the members whose study this report is, each with the study as the roster lists it."""
    found = ((member, _study(member, report)) for member in roster)
    return tuple(Speaker(member.slug, study) for member, study in found if study)


def _study(member: Member, report: Report) -> str | None:
    if report.based_on or not any(_is_author(author, member) for author in report.authors):
        return None
    cited = [study for study in member.studies if key(study) == key(report.citation)]
    dated = [study for study in member.studies if report.year and key(study).split()[-1][:4] == str(report.year)]
    likely = cited or dated
    return likely[0] if len(likely) == 1 else None


def _is_author(author: str, member: Member) -> bool:
    """Whether an author is the member: the whole name, its initial and surname, or an alias."""
    printed = key(author.replace(",", " "))
    name = key(member.name).split()
    initials = ({name[0], name[0][0]}, {name[-1]})
    words = printed.split()
    is_short = len(words) == 2 and (_fits(words, initials) or _fits(words[::-1], initials))
    return printed in {key(form) for form in (member.name, *member.aliases)} or is_short


def _fits(words: Iterable[str], forms: Iterable[set[str]]) -> bool:
    return all(word in form for word, form in zip(words, forms, strict=True))
