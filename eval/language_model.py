"""How a language model does as the writer: facts beside the extractive writer's, what the gate refused, time.

    python eval/language_model.py MODEL.gguf RECORD.jsonl [--index DIR] [--questions N] [--replay]

Half of the questions are English, half Spanish, spread over those of ``answerable.jsonl`` that are not held
out. What the model says is kept in RECORD, a line a try: a run that is stopped goes on where it was, and
the gate can be tried again on the same words: with ``--replay`` the model is not asked again, and a try
that is not kept brings nothing. Answers stand in RECORD's folder as ``answers.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rag_agency.ask import OpenIndex, ask, open_index
from rag_agency.records import Answer, Question
from rag_agency.settings import from_environment
from rag_agency.writers import Writing
from rag_agency.writers.local import LocalModel
from rag_agency.writers.prompt import Message

QUESTIONS = Path(__file__).parent / "questions" / "answerable.jsonl"


@dataclass
class Recorded:
    """A model whose words are kept by question and try, and said again from there."""

    model: LocalModel
    file: Path
    replay: bool = False
    question: str = ""
    tries: int = 0
    kept: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what is kept."""
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        self.kept = {(row["id"], row["try"]): row for row in map(json.loads, lines)}
        self.name = self.model.name

    def say(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield what was said, or what the model says now."""
        self.tries += 1
        key = self.question, self.tries
        if key not in self.kept and self.replay:
            return
        if key not in self.kept:
            started = time.perf_counter()
            text = "".join(self.model.say(messages))
            row = {"id": key[0], "try": key[1], "text": text, "seconds": time.perf_counter() - started}
            self.kept[key] = row | {"timings": self.model.timings}
            with self.file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(self.kept[key], ensure_ascii=False) + "\n")
        yield self.kept[key]["text"]


def chosen(rows: Sequence[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """Return as many English as Spanish questions, spread evenly, in turn."""
    halves = []
    for language in ("en", "es"):
        those = [row for row in rows if row["language"] == language and not row["held_out"]]
        halves.append([those[int(i * len(those) / (number // 2))] for i in range(number // 2)])
    return [row for pair in zip(*halves, strict=True) for row in pair]


def facts(texts: Sequence[str], row: dict[str, Any]) -> float:
    """Return the share of what a right answer must say that stands in texts."""
    whole = "\n".join(texts)
    return sum(bool(re.search(pattern, whole, re.I)) for pattern in row["vital"]) / len(row["vital"])


def body(answer: Answer) -> str:
    """Return the answer without its list of references."""
    return answer.text.rpartition("\n---\n")[0] or answer.text


def asked(row: dict[str, Any], opened: OpenIndex) -> Answer:
    """Ask one question of the set."""
    return ask(Question(row["question"], history=tuple(row.get("history") or ())), opened)


def main() -> None:
    """Ask, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("record", type=Path)
    parser.add_argument("--index", type=Path, default=from_environment().index)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--replay", action="store_true")
    options = parser.parse_args()
    settings = replace(from_environment(), index=options.index, writer="gguf", writer_model=str(options.model))
    opened = open_index(settings=settings)
    assert opened.writing and isinstance(opened.writing.model, LocalModel)
    recorded = Recorded(opened.writing.model, options.record, options.replay)
    writing = Writing(recorded, opened.writing.gate, seconds=3600)
    rows = chosen([json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()], options.questions)
    answers = []
    for row in rows:
        recorded.question, recorded.tries = row["id"], 0
        answers.append((row, asked(row, replace(opened, writing=None)), asked(row, replace(opened, writing=writing))))
        sys.stderr.write(f"{len(answers)} of {len(rows)}\r")
    saved = options.record.with_name("answers.jsonl")
    saved.write_text("".join(json.dumps(a.to_dict(), ensure_ascii=False) + "\n" for _, _, a in answers), "utf-8")
    sys.stdout.write(report(answers, recorded))


def report(answers: Sequence[tuple[dict[str, Any], Answer, Answer]], recorded: Recorded) -> str:
    """Return the figures as lines."""
    lines = []
    for language in ("en", "es"):
        those = [(r, e, w) for r, e, w in answers if r["language"] == language]
        quoted = sum(facts([body(e)], r) for r, e, _ in those) / len(those)
        whole = sum(facts([body(w)], r) for r, _, w in those) / len(those)
        own = sum(facts([s.text for s in w.sentences if s.written], r) for r, _, w in those) / len(those)
        passed = sum(s.written for _, _, w in those for s in w.sentences)
        dropped = [d for _, _, w in those for d in w.dropped]
        fell = [w.fallback for _, _, w in those if w.fallback]
        lines.append(
            f"{language}: facts extractive {quoted:.3f}, with the model {whole:.3f}, in its sentences alone {own:.3f}; "
            f"{passed} sentences passed, {len(dropped)} refused ({sum(d.mended for d in dropped)} then mended); "
            f"fell back {len(fell)} of {len(those)}: {sorted(fell)}"
        )
    tries = [row for row in recorded.kept.values() if row.get("timings")]
    seconds = sorted(row["seconds"] for row in tries)
    said = sum(row["timings"]["predicted_n"] for row in tries)
    spent = sum(row["timings"]["predicted_ms"] for row in tries) / 1000
    lines.append(
        f"{len(tries)} tries; median {seconds[len(seconds) // 2]:.1f} s a try; {said / spent:.1f} tokens a second"
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
