"""Who says a sentence, and the note of its source, for readers who have not read the reports."""

from __future__ import annotations

from collections.abc import Sequence

from rag_agency.compose.cite import in_language as cited_in
from rag_agency.course.templates import listed, say
from rag_agency.differences.wording import in_language
from rag_agency.records import Language, Member, Sentence, Source

AUTHORS: dict[Language, str] = {"en": "The report’s authors", "es": "Los autores del informe"}
# Whose finding it is where the speaker reports it of somebody outside the network.
AFTER: dict[Language, str] = {"en": "{who}, after {works}", "es": "{who}, a partir de {works}"}


class Credits:
    """Names speakers; a work from outside that a sentence rests on is named with them."""

    def __init__(self, roster: Sequence[Member]) -> None:
        """Remember the members."""
        self._members = {member.slug: member for member in roster}

    def voice(self, sentence: Sentence, language: Language) -> str:
        """Return whose voice it is in, whomever it reports."""
        if sentence.outside:
            return "; ".join(sentence.outside)
        slugs = dict.fromkeys(speaker.member for speaker in sentence.members)
        return listed([self._name(slug, language) for slug in slugs], language) if slugs else AUTHORS[language]

    def who(self, sentence: Sentence, language: Language) -> str:
        """Return who says a sentence, and after whom."""
        works, voice = _works(sentence, language), self.voice(sentence, language)
        return AFTER[language].format(who=voice, works=works) if works else voice

    def told(self, source: Source, sentence: Sentence, language: Language) -> str:
        """Return a reference that says who, which study, which report and page, and whom the speaker reports."""
        works = _works(sentence, language)
        if source.member is None:
            who = say("from outside", language) if sentence.outside else self.who(sentence, language)
            return f"{who}, {source.citation}"
        member = self._members[source.member]
        name = AFTER[language].format(who=member.name, works=works) if works else member.name
        if source.study is None:
            rest = source.citation.removeprefix(member.surname)
            return f"{name}, {say('study not named', language)}{rest}"
        return f"{name}, {source.citation}"

    def _name(self, slug: str, language: Language) -> str:
        """Return a member's name with the countries studied."""
        member = self._members.get(slug)
        if member is None:
            return slug
        countries = in_language(", ".join(member.countries), language)
        return f"{member.name} ({countries})" if countries else member.name


def _works(sentence: Sentence, language: Language) -> str:
    """Return the works from outside that somebody else's sentence rests on, as a list in words."""
    works = () if sentence.outside else sentence.external
    return listed([cited_in(work, language) for work in works], language)
