"""Metrics: the share of tickets that are still unsolved, over time, as a curve in steps.  Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from app.core.web.filters import duration, number, plural
from app.metrics.charts.scale import Tick, height
from app.metrics.charts.spread import Mark
from app.metrics.picture.curve import FIRST, TOLD, Curve, Point

LEFT, RIGHT = 56, 1092
APART = 44
"""So far two names on the axis stand from each other."""


class Row(NamedTuple):
    """A time in the table and on the curve: what still waits then; `after_s` leads to what took longer."""

    x: float
    y: float
    words: str
    share: str
    interval: str
    waiting: str
    after_s: int


@dataclass(frozen=True, slots=True)
class SurvivalChart:
    """`line` and `band` are points as SVG wants them; the sentences say the same in words."""

    description: str
    censoring: str
    line: str
    band: str
    half_y: float
    shares: list[Tick]
    ticks: list[Tick]
    marks: list[Mark]
    rows: list[Row]
    ended: int
    waiting: int


def survival_chart(curve: Curve) -> SurvivalChart:
    """The curve on a logarithmic axis of time, with both medians marked."""
    last = max(curve.steps[-1].after_s, 2 * FIRST)
    rows = [_row(point, last) for point in curve.told]
    xs = [str(_x(point.after_s, last)) for point in curve.steps]
    above = _steps(xs, (point.high for point in curve.steps))
    below = _steps(xs, (point.low for point in curve.steps))
    return SurvivalChart(
        description=_description(curve),
        censoring=_censoring(curve),
        line=" ".join(_steps(xs, (point.share for point in curve.steps))),
        band=" ".join([*above, *reversed(below)]),
        half_y=height(0.5, 1),
        shares=[Tick(height(part / 4, 1), f"{25 * part}%") for part in range(5)],
        ticks=_ticks(last),
        marks=_marks(curve, last),
        rows=rows,
        ended=curve.ended,
        waiting=curve.waiting,
    )


def _steps(xs: Sequence[str], shares: Iterable[float]) -> list[str]:
    """The corners of a curve that stays level and then falls, from all of them at the left edge."""
    level = str(height(1, 1))
    corners = [f"{float(LEFT)},{level}"]
    for x, share in zip(xs, shares, strict=True):
        corners.append(f"{x},{level}")
        level = str(height(share, 1))
        corners.append(f"{x},{level}")
    return [*dict.fromkeys(corners)]


def _ticks(last: int) -> list[Tick]:
    ticks: list[Tick] = []
    for time in TOLD:
        x = _x(time, last)
        if time <= last and (not ticks or x - ticks[-1].at >= APART):
            ticks.append(Tick(x, duration(time)))
    return ticks


def _marks(curve: Curve, last: int) -> list[Mark]:
    named = [(curve.median, "with those still open"), (curve.plain, "of those solved")]
    marks = []
    for median, words in named:
        if median is not None:
            x = _x(median, last)
            marks.append(Mark(x, f"{duration(median)} {words}", is_left=x > (LEFT + RIGHT) * 0.7))
    return marks


def _row(point: Point, last: int) -> Row:
    share, low, high = (f"{100 * each:.0f}" for each in point[1:4])
    return Row(
        x=_x(point.after_s, last),
        y=height(point.share, 1),
        words=f"{duration(point.after_s)} after they came, {share}% are still unsolved",
        share=f"{share}%",
        interval=f"{low} – {high}%",
        waiting=number(point.waiting),
        after_s=point.after_s,
    )


def _description(curve: Curve) -> str:
    """What a support lead can tell others."""
    plain = f"Of the tickets that are solved, half took {duration(curve.plain or 0)} or less."
    if curve.median is None:
        return f"Less than half of the tickets that came in these days are solved so far. {plain}"
    if not curve.waiting:
        return f"Half of the tickets that came in these days were solved within {duration(curve.median)}."
    return (
        f"Half of the tickets that came in these days are solved within {duration(curve.median)}, "
        f"when those that are still open count with the time they have waited so far. {plain}"
    )


def _censoring(curve: Curve) -> str:
    """What becomes of those whose end nobody knows."""
    if not curve.waiting:
        return "All of them are solved, so the two medians are one."
    return (
        f"{plural(curve.waiting, 'ticket')} still open: when they will be solved is not known, so each "
        "counts as unsolved for as long as it has waited, and after that no more. Leaving them out would "
        "make the desk look faster than it is."
    )


def _x(seconds: int, last: int) -> float:
    """The place of a time, by its logarithm; what is very short stands at the left edge."""
    held = min(max(seconds, FIRST), last)
    return round(LEFT + (RIGHT - LEFT) * log(held / FIRST) / log(last / FIRST), 1)
