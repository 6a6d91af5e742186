"""What each figure is called, what it means and what it cannot see: ``catalogue.toml`` as records."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Better = Literal["higher", "lower"]
Unit = Literal["share", "score"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure, for its reader. ``blind_spot`` is what a good value does not mean."""

    name: str
    group: str
    title_en: str
    title_es: str
    meaning: str
    blind_spot: str = ""
    better: Better = "higher"
    unit: Unit = "share"
    headline: bool = False


def _read() -> tuple[Measure, ...]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(Measure(**row) for row in tomllib.loads(text)["measure"])


MEASURES: tuple[Measure, ...] = _read()
BY_NAME = {measure.name: measure for measure in MEASURES}


def title(name: str) -> str:
    """Return what a figure is called; its bare name where the table does not have it."""
    return BY_NAME[name].title_en if name in BY_NAME else name
