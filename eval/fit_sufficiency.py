"""Fits the weights of rag_agency/sufficiency.py on questions with known answers, and says how well they do.

    python eval/fit_sufficiency.py

Asks the questions of eval/questions that are not held out of the project's own index, and the Spanish ones
once more of an index of the English briefs alone, which it makes: a question in another language than the
reports meets fewer of its words. Prints the weights to be put into sufficiency.py and, for a threshold a
line, the figures of a ten-fold cross-validation in which a question is in one fold with its twin. Needs
scikit-learn, which comes with sentence-transformers.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from rag_agency.ask import OpenIndex, open_index
from rag_agency.asked import understand
from rag_agency.build import build
from rag_agency.corpus import find_pdfs
from rag_agency.records import Question
from rag_agency.settings import Settings, from_environment
from rag_agency.slots import covered_by
from rag_agency.sufficiency import features

HOME = Path(__file__).parent / "questions"
FILES = ("answerable.jsonl", "unanswerable.jsonl", "wrong_premise.jsonl")
REGULARISATION = (
    0.1  # C of the logistic regression over standardised features; 0.03 to 0.3 give the same within two points
)
THRESHOLDS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def read() -> list[dict[str, object]]:
    """Return the questions that are not held out and whose answer, or the lack of one, is certain."""
    paths = [HOME / name for name in FILES]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row for row in rows if not row.get("held_out") and not (row["abstain"] and row.get("vital"))]


def index_of_english(folder: Path, settings: Settings) -> OpenIndex:
    """Make and open an index of the English briefs alone."""
    english = [path for path in find_pdfs([settings.corpus]) if not path.stem.endswith("-es")]
    settings = replace(settings, index=folder)
    build(settings, english)
    return open_index(settings=settings)


def measured(rows: Sequence[dict[str, object]], opened: OpenIndex) -> list[dict[str, float]]:
    """Return the features of each question, asked of an index."""
    table = []
    covered = covered_by(opened.index.passages, opened.index.roster)
    for row in rows:
        question = Question(str(row["question"]), history=tuple(row.get("history") or ()))  # type: ignore[arg-type]
        asked = understand(question, opened.index.roster)
        table.append(features(asked, opened.search(question, asked), covered))
    return table


def tell(name: str, y: NDArray[np.bool_], chance: NDArray[np.float64]) -> None:
    """Print the area under the curve, and what each threshold declines."""
    sys.stdout.write(f"{name}: {len(y)} questions, {y.sum()} without an answer; AUC {roc_auc_score(y, chance):.3f}\n")
    for threshold in THRESHOLDS:
        declined = chance >= threshold
        hits, wrong = (declined & y).sum(), (declined & ~y).sum()
        f1 = 2 * hits / max(declined.sum() + y.sum(), 1)
        sys.stdout.write(f"from {threshold:.2f}: F1 {f1:.3f}, recall {hits / y.sum():.3f}, "
                         f"answerable declined {wrong / (~y).sum():.3f}\n")  # fmt: skip


def main() -> int:
    """Fit, and print; return the exit code."""
    rows = read()
    spanish = [row for row in rows if row["language"] == "es"]
    with tempfile.TemporaryDirectory() as folder:
        table = measured(rows, open_index())
        table += measured(spanish, index_of_english(Path(folder) / "index", from_environment()))
    names = sorted(table[0])
    x = np.array([[values[name] for name in names] for values in table])
    y = np.array([bool(row["abstain"]) for row in (*rows, *spanish)])
    twins = np.array([str(row["id"]) for row in (*rows, *spanish)])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=REGULARISATION, max_iter=5000))
    folds = GroupKFold(10)
    chance = cross_val_predict(model, x, y, groups=twins, cv=folds, method="predict_proba")[:, 1]
    tell("all briefs", y[: len(rows)], chance[: len(rows)])
    tell("Spanish, of English briefs", y[len(rows) :], chance[len(rows) :])
    model.fit(x, y)
    scale, regression = model[0], model[1]
    weights = regression.coef_[0] / scale.scale_
    bias = regression.intercept_[0] - (weights * scale.mean_).sum()
    sys.stdout.write(f"BIAS = {bias:.3f}\n")
    sys.stdout.writelines(f'    "{name}": {weight:.3f},\n' for name, weight in zip(names, weights, strict=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
