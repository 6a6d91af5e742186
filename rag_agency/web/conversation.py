"""A conversation as HTML and as files: turns to what a reader sees, copies and keeps.

Pure: knows the records and the labels, no gradio and no index.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from rag_agency.courtesies import is_small_talk
from rag_agency.records import Answer, Language, Source
from rag_agency.verify.opinion import NOT_ASKED
from rag_agency.web.labels import counted, say
from rag_agency.web.markup import download, escape, keep, markdown, pick, safe_markdown, unbroken

STOP = "stop"  # what the button that stops a model picks
RULE = "\n---\n"  # stands before the list of citations, by the contract


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, a failure, or nothing yet.

    ``so_far`` are the sentences of a language model that have passed while it goes on; ``token`` is by
    what it can be stopped, empty where nothing can.
    """

    question: str
    answer: Answer | None = None
    failure: str | None = None
    so_far: tuple[str, ...] = ()
    token: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation of an answer by its number, with the sources behind it."""

    number: int
    citation: str
    sources: tuple[Source, ...]


def marks_of(answer: Answer) -> tuple[Mark, ...]:
    """Return the citations in the order in which the answer's text numbers them."""
    marks: list[Mark] = []
    for sentence in answer.sentences:
        for citation in dict.fromkeys(source.citation for source in sentence.sources):
            sources = tuple(s for s in sentence.sources if s.citation == citation)
            marks.append(Mark(len(marks) + 1, citation, sources))
    return tuple(marks)


def picked(name: str, turns: Sequence[Turn]) -> tuple[Source, ...]:
    """Return the sources of the citation picked, ``turn:number``; none where there is none."""
    place, _, number = name.partition(":")
    if not (place.isdigit() and number.isdigit() and int(place) < len(turns)):
        return ()
    answer = turns[int(place)].answer
    marks = marks_of(answer) if answer else ()
    return next((mark.sources for mark in marks if mark.number == int(number)), ())


def conversation_html(turns: Sequence[Turn], language: Language) -> str:
    """Return all turns, the latest last."""
    parts = [_turn(place, turn, language) for place, turn in enumerate(turns)]
    return f'<div class="turns">{"".join(parts)}</div>' if parts else ""


def _turn(place: int, turn: Turn, language: Language) -> str:
    asked = f'<h2 class="asked">{escape(turn.question)}</h2>'
    if turn.failure is not None:
        body = _failure(turn.failure, language)
    elif turn.answer is None:
        body = _pending(turn, language)
    elif is_small_talk(turn.question):
        body = f'<div class="note">{markdown(turn.answer.text)}</div>'
    elif turn.answer.status == "abstained":
        body = _abstention(turn.answer, language) + _tools(place, turn, language)
    else:
        body = _answer(place, turn.answer, language) + _tools(place, turn, language)
    return f'<article class="turn" id="turn-{place}">{asked}{body}</article>'


def _pending(turn: Turn, language: Language) -> str:
    waiting = f'<p class="pending" role="status">{escape(say("writing" if turn.token else "reading", language))}</p>'
    so_far = f'<div class="answer so-far"><p>{" ".join(map(escape, turn.so_far))}</p></div>' if turn.so_far else ""
    stop = pick(STOP, escape(say("stop", language)), "stop") if turn.token else ""
    return f"{so_far}{waiting}{stop}"


def _failure(reason: str, language: Language) -> str:
    return (
        f'<div class="note failed" role="alert"><strong>{escape(say("failed", language))}</strong>'
        f'<p>{escape(reason)}</p><p class="quiet">{escape(say("failed_hint", language))}</p></div>'
    )


def _abstention(answer: Answer, language: Language) -> str:
    heading = say("refused" if answer.reason == "refused" else "abstained", language)
    return (
        f'<div class="note abstained"><strong>{escape(heading)}</strong>'
        f"{markdown(answer.text)}{_missing(answer, language)}</div>"
    )


def _answer(place: int, answer: Answer, language: Language) -> str:
    marks = {mark.number: mark for mark in marks_of(answer)}

    def button(number: int) -> str | None:
        mark = marks.get(number)
        return pick(f"{place}:{number}", f"[{number}]", "mark") if mark else None

    body = markdown(answer.text.rpartition(RULE)[0] or answer.text, button)
    listed = "".join(f"<li>{_listed(place, mark)}</li>" for mark in marks.values())
    partial = f'<p class="partial">{escape(say("partial", language))}</p>' if answer.status == "partial" else ""
    return (
        f'{partial}<div class="answer" lang="{answer.language}">{body}</div>'
        f"{_missing(answer, language)}{_confidence(answer, language)}"
        f'<div class="citations"><h3>{escape(say("citations", language))}</h3><ol>{listed}</ol></div>'
        f"{_by_model(answer, language)}"
    )


def _by_model(answer: Answer, language: Language) -> str:
    """Return who worded an answer, and what of it was not shown and why."""
    if answer.writer == "extractive" and not answer.dropped:
        return ""
    told = [say("worded_by", language, answer.writer), *_second_opinion(answer, language)]
    said = f'<p class="quiet">{escape(" ".join(told))}</p>'
    items = "".join(
        f"<li><q>{escape(d.text)}</q> {escape(say(f'check_{d.check}', language))}"
        f"{' ' + escape(say('mended', language)) if d.mended else ''}</li>"
        for d in answer.dropped
    )
    summary = escape(counted("dropped", len(answer.dropped), language))
    dropped = f'<details class="dropped"><summary>{summary}</summary><ul>{items}</ul></details>' if items else ""
    return f'<div class="by-model">{said if answer.writer != "extractive" else ""}{dropped}</div>'


def _second_opinion(answer: Answer, language: Language) -> list[str]:
    """Return whether a checker model was asked about the sentences, where one is set up."""
    asked = [check.detail for s in answer.sentences for check in s.checks if check.name == "checker"]
    if not asked:
        return []
    return [say("not_checked_by" if asked[0].startswith(NOT_ASKED) else "checked_by", language)]


def _listed(place: int, mark: Mark) -> str:
    words = f'<span class="number">{mark.number}</span><span>{unbroken(mark.citation)}</span>'
    return pick(f"{place}:{mark.number}", words, "citation")


def _confidence(answer: Answer, language: Language) -> str:
    if answer.confidence is None:
        return ""
    return f'<p class="quiet confidence">{escape(say("confidence", language, round(100 * answer.confidence)))}</p>'


def _missing(answer: Answer, language: Language) -> str:
    if not answer.missing:
        return ""
    items = "".join(f"<li>{escape(one)}</li>" for one in answer.missing)
    return f'<div class="missing"><h3>{escape(say("missing", language))}</h3><ul>{items}</ul></div>'


def _tools(place: int, turn: Turn, language: Language) -> str:
    text = markdown_file(turn)
    assert turn.answer is not None  # the callers show tools under answers only
    words = escape(say("keep_answer", language))
    kept = keep(str(place), words, say("kept", language)) if turn.answer.sentences else ""
    data = json.dumps(turn.answer.to_dict(), ensure_ascii=False, indent=2)
    return (
        '<div class="tools">'
        f'<button type="button" data-copy="{escape(text)}" data-done="{escape(say("copied", language))}">'
        f"{escape(say('copy', language))}</button>"
        f"{download(say('download', language), text.encode(), 'answer.md', 'text/markdown')}"
        f"{download(say('save_json', language), data.encode(), 'answer.json', 'application/json')}{kept}</div>"
    )


def markdown_file(turn: Turn) -> str:
    """Return a question and its answer with its citations as a Markdown file."""
    answer = turn.answer
    text = answer.text if answer else turn.failure or ""
    reports = {s.report: s.title for a in (answer.sentences if answer else ()) for s in a.sources}
    titles = "".join(f"- {title}\n" for title in reports.values())
    return safe_markdown(f"# {turn.question}\n\n{text}\n" + (f"\n{titles}" if titles else ""))
