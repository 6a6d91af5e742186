"""How often the finder of differences is right, and how many pairs it speaks of at all.

    python eval/measure_differences.py eval/questions/difference_pairs.jsonl index [--held-out]
    python eval/measure_differences.py --sample 60 index > PAIRS.jsonl

The first prints, for each label, how many pairs carry it, to how many the finder gave it and how
many of those were right. Without ``--held-out`` only the pairs for tuning are read. The second
draws pairs that the finder speaks of in the whole corpus, to be judged by a reader.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path

from rag_agency.differences import Relation, finder_of
from rag_agency.index import Index, open_generation
from rag_agency.records import Sentence, letters_and_digits

SHARES = {"differ_by_context": 30, "contradict": 15, "agree": 10, "differ_by_definition": 5, "same_source": 5}


def sentence_of(index: Index, side: dict[str, str]) -> Sentence:
    """Return the sentence of a report that a labelled side was taken from."""
    words = letters_and_digits(side["text"])
    reading = index.reading_of(side["brief"])
    found = [s for s in reading.sentences if words in letters_and_digits(s.text)] if reading else []
    if not found:
        raise SystemExit(f"{side['brief']} does not have: {side['text']}")
    return found[0]


def measure(file: Path, index: Index, *, held_out: bool) -> None:
    """Print pairs, given and right for each label."""
    finder = finder_of(index)
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    pairs, given, right = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        if row["held_out"] != held_out:
            continue
        pairs[row["label"]] += 1
        relation = finder.relation(sentence_of(index, row["a"]), sentence_of(index, row["b"]))
        if relation:
            given[relation.label] += 1
            right[relation.label] += relation.label == row["label"]
    sys.stdout.write(f"{'label':<22}pairs  given  right  precision  coverage\n")
    for label, count in sorted(pairs.items()):
        precision = f"{right[label] / given[label]:.2f}" if given[label] else "–"
        sys.stdout.write(
            f"{label:<22}{count:>5}{given[label]:>7}{right[label]:>7}{precision:>11}{right[label] / count:>10.2f}\n"
        )


def sample(index: Index, count: int, seed: int) -> None:
    """Print pairs that the finder speaks of, some of each label, drawn by a seed."""
    draw = random.Random(seed)
    by_label: dict[str, list[Relation]] = {}
    for relation in finder_of(index).relations(index.sentences):
        by_label.setdefault(relation.label, []).append(relation)
    for label, share in SHARES.items():
        found = by_label.get(label, [])
        for r in draw.sample(found, min(len(found), share * count // sum(SHARES.values()))):
            sides = {n: {"brief": s.report, "voice": voice(s), "text": s.text} for n, s in (("a", r.a), ("b", r.b))}
            contexts = [f"{c.kind}: {c.a} / {c.b}" for c in r.contexts]
            row = {"label": label, "rule": r.rule, "contexts": contexts, **sides}
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def voice(sentence: Sentence) -> str:
    """Return who says a sentence, for the reader who judges."""
    return ", ".join(s.member for s in sentence.members) or ", ".join(sentence.outside) or sentence.voice


def main() -> None:
    """Read the command line and measure, or draw a sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("index", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=9)
    options = parser.parse_args()
    index = open_generation(options.index)
    if options.sample:
        sample(index, options.sample, options.seed)
    elif options.file:
        measure(options.file, index, held_out=options.held_out)
    else:
        parser.error("name a file of pairs, or --sample N")


if __name__ == "__main__":
    main()
