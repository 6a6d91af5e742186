"""Plots as inline SVG, drawn from numbers alone: no text of a report ever comes into them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rag_agency.evaluation.records import CurvePoint, Metric

WIDTH, HEIGHT = 360, 240
LEFT, RIGHT, TOP, BOTTOM = 46, 18, 12, 40
TICKS = (0.0, 0.5, 1.0)
HIGHEST = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)  # where the axis of risk may end


def interval_svg(metric: Metric, lowest: float = 0.0, highest: float = 1.0) -> Markup:
    """Return a bar from 0 to 1 with the interval as a line and the value as a tick; it stretches."""

    def x(value: float) -> float:
        return 100 * min(1.0, max(0.0, (value - lowest) / (highest - lowest)))

    parts = ['<line class="axis" x1="0" x2="100" y1="6" y2="6"/>']
    if metric.low is not None and metric.high is not None and metric.low < metric.high:
        parts.append(f'<line class="range" x1="{x(metric.low):.2f}" x2="{x(metric.high):.2f}" y1="6" y2="6"/>')
    if metric.value is not None:
        place = x(metric.value)
        parts.append(f'<line class="value" x1="{place:.2f}" x2="{place:.2f}" y1="0.5" y2="11.5"/>')
    body = "".join(parts)
    return Markup(  # noqa: S704 - numbers alone
        f'<svg class="interval" viewBox="-1 0 102 12" preserveAspectRatio="none" aria-hidden="true">{body}</svg>'
    )


def curve_svg(points: Sequence[CurvePoint]) -> Markup:
    """Return risk against coverage: of the surest answers, how many are wrong."""
    highest = next(limit for limit in HIGHEST if limit >= max((p.risk for p in points), default=0.0) or limit == 1.0)
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def at(coverage: float, risk: float) -> tuple[float, float]:
        return LEFT + wide * coverage, TOP + high * (1 - min(risk / highest, 1.0))

    lines = "".join(_horizontal(at(0, t * highest)[1], t * highest) for t in TICKS)
    marks = "".join(_vertical(at(t, 0)[0], t) for t in TICKS)
    steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(p.coverage, p.risk) for p in points))
    last = at(points[-1].coverage, points[-1].risk) if points else (LEFT, TOP + high)
    return Markup(  # noqa: S704 - numbers alone
        f'<svg class="curve" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Risk against coverage">'
        f'{lines}{marks}<polyline class="line" points="{steps}"/>'
        f'<circle class="now" cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="4"/>'
        f'<text class="name" x="{LEFT + wide / 2}" y="{HEIGHT - 4}" text-anchor="middle">share of questions answered'
        f'</text><text class="name" x="11" y="{TOP + high / 2}" text-anchor="middle" '
        f'transform="rotate(-90 11 {TOP + high / 2})">of these, wrong</text></svg>'
    )


def _horizontal(y: float, value: float) -> str:
    return (
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{LEFT - 5}" y="{y + 3.5:.1f}" text-anchor="end">{value:.0%}</text>'
    )


def _vertical(x: float, value: float) -> str:
    return f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 15}" text-anchor="middle">{value:.0%}</text>'
