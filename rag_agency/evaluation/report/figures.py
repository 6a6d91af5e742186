"""How a figure is written: a share in percent, a score as it is, each with its interval and count."""

from __future__ import annotations

from rag_agency.evaluation.catalogue import BY_NAME, Measure
from rag_agency.evaluation.records import Metric

# Figures of Tier B, which the catalogue of checks does not have.
OTHERS = {
    "support": "Sentences supported, as the checker says",
    "support_corrected": "Corrected for the checker’s error",
    "ragas_faithfulness": "Faithfulness after Ragas (mean over answers)",
    "alce_citation_recall": "Citation recall after ALCE",
    "alce_citation_precision": "Citation precision after ALCE",
    "trec_weighted_support": "Weighted support after TREC RAG",
    "auc": "Area under the ROC curve",
    "balanced_accuracy": "Balanced accuracy",
    "sensitivity": "Supported pairs found",
    "specificity": "Unsupported pairs refused",
}
PERCENT = "\u202f%"  # a narrow space that no line breaks at
NO_INTERVAL = "one cluster"  # how the method is called where there was nothing to resample
SCORES = frozenset({"auc"})  # not shares, beside those that the catalogue says


def measure_of(name: str) -> Measure | None:
    """Return what the catalogue says of a figure; None where it is not in it."""
    return BY_NAME.get(name)


def title_of(name: str) -> str:
    """Return a figure's name for readers."""
    measure = BY_NAME.get(name)
    return measure.title_en if measure else OTHERS.get(name, name.replace("_", " ").capitalize())


def is_share(name: str) -> bool:
    """Say whether a figure is a share, written in percent."""
    measure = BY_NAME.get(name)
    return measure.unit == "share" if measure else name not in SCORES


def written(value: float | None, share: bool = True, signed: bool = False) -> str:
    """Return a value as text; a dash where there is none."""
    if value is None:
        return "–"
    sign = "+" if signed and value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value):.1%}".replace("%", PERCENT) if share else f"{sign}{abs(value):.3f}"


def interval_of(metric: Metric, share: bool = True) -> str:
    """Return a metric's interval as text; empty where it has none."""
    if metric.low is None or metric.high is None or metric.interval.startswith(NO_INTERVAL):
        return ""
    low, high = written(metric.low, share), written(metric.high, share)
    return f"{low.removesuffix(PERCENT)} to {high}"


def count_of(metric: Metric) -> str:
    """Return how much a figure rests on."""
    groups = "group" if metric.clusters == 1 else "groups"
    clusters = f" in {metric.clusters} {groups}" if 0 < metric.clusters < metric.n else ""
    return f"n = {metric.n:,}{clusters}"
