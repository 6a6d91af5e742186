"""How well the confidence of answers is calibrated, and how risk falls when the least sure are declined.

    python eval/measure_confidence.py [OUT.csv]

Asks the questions of eval/questions that are held out, of the project's own index, and has each answered
whatever the confidence. Prints, for bands of confidence, the share of questions that the reports do answer;
writes the risk–coverage curve to OUT.csv (default: eval/risk_coverage.csv): at each threshold the share of
questions answered, and the share of those whose answer lacks something vital or should not have been given.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag_agency.ask import OpenIndex, ask, open_index
from rag_agency.records import Answer, Question
from rag_agency.sufficiency import Verdict

HOME = Path(__file__).parent
FILES = ("answerable.jsonl", "unanswerable.jsonl", "wrong_premise.jsonl")
BANDS = ((0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.01))
THRESHOLDS = [step / 20 for step in range(20)]


@dataclass(frozen=True)
class Asked:
    """A held-out question: how sure the program was, whether there is an answer, whether it gave it."""

    confidence: float
    is_answerable: bool
    is_right: bool


def read() -> list[dict[str, object]]:
    """Return the held-out questions whose answer, or the lack of one, is certain."""
    paths = [HOME / "questions" / name for name in FILES]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row for row in rows if row.get("held_out") and not (row["abstain"] and row.get("vital"))]


def answering_all(opened: OpenIndex) -> OpenIndex:
    """Return the same index, whose judge says how sure it is and never declines for that."""
    judge = opened.suffices

    def sure(asked, evidence):  # noqa: ANN001, ANN202 - as the judge it wraps
        return Verdict(confidence=judge(asked, evidence).confidence)

    return replace(opened, suffices=sure)


def says_all(answer: Answer, vital: Sequence[str]) -> bool:
    """Return whether an answer says everything vital, in its words or its quotations."""
    quotes = [source.quote for sentence in answer.sentences for source in sentence.sources]
    text = "\n".join([answer.text.rpartition("\n---\n")[0], *quotes])
    return all(re.search(pattern, text, re.I | re.S) for pattern in vital)


def main(arguments: Sequence[str]) -> int:
    """Ask, print and write; return the exit code."""
    opened = answering_all(open_index())
    asked: list[Asked] = []
    for row in read():
        answer = ask(Question(str(row["question"]), history=tuple(row.get("history") or ())), opened)  # type: ignore[arg-type]
        right = bool(answer.sentences) and not row["abstain"] and says_all(answer, row.get("vital") or ())  # type: ignore[arg-type]
        # A country that no report covers, or an order, is declined by a rule, which is sure of itself.
        asked.append(Asked(answer.confidence if answer.confidence is not None else 0.0, not row["abstain"], right))
    for low, high in BANDS:
        band = [one for one in asked if low <= one.confidence < high]
        if band:
            mean = sum(one.confidence for one in band) / len(band)
            share = sum(one.is_answerable for one in band) / len(band)
            sys.stdout.write(f"{low:.2f}-{min(high, 1):.2f}  n {len(band):3d}  said {mean:.2f}  is {share:.2f}\n")
    target = Path(arguments[0]) if arguments else HOME / "risk_coverage.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["confidence_from", "coverage", "risk"])
        for threshold in THRESHOLDS:
            kept = [one for one in asked if one.confidence >= threshold]
            risk = sum(not one.is_right for one in kept) / len(kept) if kept else 0.0
            writer.writerow([f"{threshold:.2f}", f"{len(kept) / len(asked):.3f}", f"{risk:.3f}"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
