"""How well a checker model tells supported claims from others, and the threshold that the gate uses.

    python eval/measure_checker.py MODEL.gguf|NLI-DIRECTORY RECORD.jsonl [--labelled FILE ...] [--most N]

The threshold is set on our own pairs that are not held out (``questions/support_pairs.jsonl``): the
highest that still lets through 95 in 100 of their supported claims, for what the gate drops wrongly is
lost to the reader, and its other checks stand before this one. ``--labelled`` names further pairs, of
which N are taken, evenly. Scores are kept in RECORD: a run that is stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag_agency.checkers import NliChecker, Pair, SupportChecker, Verdict, YesNoChecker
from rag_agency.evaluation.checker_error import LabelledPair, LabelledSet, area_under_curve, read_labelled
from rag_agency.writers.local import LocalModel

OWN = Path(__file__).parent / "questions" / "support_pairs.jsonl"
LEAST_SENSITIVITY = 0.95


@dataclass
class Recorded:
    """A checker whose verdicts are kept."""

    checker: SupportChecker
    file: Path
    kept: dict[tuple[str, str], float | None] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read what is kept."""
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        self.kept = {(r["claim"], r["evidence"]): r["score"] for r in map(json.loads, lines)}

    def score(self, pair: Pair) -> float | None:
        """Return the score of a pair, from the record where it is there."""
        key = pair.claim, " ".join(pair.evidence)
        if key not in self.kept:
            started = time.perf_counter()
            verdict: Verdict = self.checker.check([pair])[0]
            self.seconds.append(time.perf_counter() - started)
            self.kept[key] = verdict.score
            row = {"claim": key[0], "evidence": key[1], "score": verdict.score, "note": verdict.note}
            with self.file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        return self.kept[key]


def opened(place: Path) -> SupportChecker:
    """Return the checker that a path names: a GGUF file is asked yes or no, a directory is a cross-encoder."""
    return NliChecker(place) if place.is_dir() else YesNoChecker(LocalModel(place, threads=1))


def parts(own: LabelledSet, others: Sequence[LabelledSet], most: int) -> Iterator[tuple[str, list[LabelledPair]]]:
    """Yield what is measured, the pairs that set the threshold first."""
    yield "own, threshold set here", [p for p in own.pairs if not p.held_out]
    yield "own, held out", [p for p in own.pairs if p.held_out]
    for other in others:
        step = max(1, len(other.pairs) // most)
        yield other.name, list(other.pairs[::step][:most])


def highest_threshold(supported: Sequence[float]) -> float:
    """Return the highest threshold that still lets through enough of what is supported."""
    lost = int(len(supported) * (1 - LEAST_SENSITIVITY))
    return sorted(supported)[lost]


def figures(name: str, scored: Sequence[tuple[bool, float]], threshold: float) -> str:
    """Return a line: how many of each label are told rightly, and how well scores rank."""
    import numpy as np

    right = {label: [(s >= threshold) == label for told, s in scored if told is label] for label in (True, False)}
    labels, scores = np.array([told for told, _ in scored]), np.array([s for _, s in scored])
    return (
        f"{name}: {len(scored)} pairs; supported kept {sum(right[True])} of {len(right[True])}, "
        f"others refused {sum(right[False])} of {len(right[False])}, AUC {area_under_curve(labels, scores):.3f}\n"
    )


def main() -> None:
    """Ask, set the threshold, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checker", type=Path)
    parser.add_argument("record", type=Path)
    parser.add_argument("--labelled", type=Path, action="append", default=[])
    parser.add_argument("--most", type=int, default=80)
    options = parser.parse_args()
    recorded = Recorded(opened(options.checker), options.record)
    own, others = read_labelled(OWN, own=True), [read_labelled(file) for file in options.labelled]
    threshold: float | None = None
    for name, pairs in parts(own, others, options.most):
        told = [(p.supported, recorded.score(p.pair)) for p in pairs]
        scored = [(label, score) for label, score in told if score is not None]
        if threshold is None:
            threshold = highest_threshold([score for label, score in scored if label])
            sys.stdout.write(f"{recorded.checker.version}\nthreshold {threshold:.3f}\n")
        sys.stdout.write(figures(name, scored, threshold))
        sys.stdout.write(f"  without a verdict: {len(told) - len(scored)}\n" if len(scored) < len(told) else "")
    if recorded.seconds:
        sys.stdout.write(f"median {sorted(recorded.seconds)[len(recorded.seconds) // 2]:.1f} s a pair\n")


if __name__ == "__main__":
    main()
