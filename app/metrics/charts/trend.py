"""Metrics: a trend as a chart: a line with its interval, gaps where nothing can be said, and what may change.

Pure.  The line before is drawn dashed; hatched is the part that is not final yet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from app.core.web.filters import duration, plural
from app.metrics.charts.scale import LEFT, RIGHT, Tick, few, height, label_of, places
from app.metrics.day_span import Step
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.picture.trends import Point, Trend

_M, _H, _D = 60, 3600, 86_400
_PARTS = (
    5 * _M, 10 * _M, 15 * _M, 30 * _M, _H, 2 * _H, 3 * _H, 6 * _H, 12 * _H, _D, 2 * _D, 4 * _D,
    7 * _D, 14 * _D, 28 * _D, 91 * _D, 182 * _D, 364 * _D,
)  # fmt: skip
_HIGHEST = 1.5
"""An interval may stand out of the chart where it reaches this much beyond every value."""


class Dot(NamedTuple):
    """A step on the chart: the strip it owns, the dot in it if it has a value, and its days."""

    left: float
    width: float
    x: float
    y: float | None
    words: str
    start_on: date
    end_on: date


class Row(NamedTuple):
    """A step in the table."""

    label: str
    value: str
    interval: str
    n: int
    before: str
    note: str
    start_on: date
    end_on: date


@dataclass(frozen=True, slots=True)
class TrendChart:
    """`lines`, `earlier` and `bands` are lists of points as SVG wants them, one for each unbroken stretch.

    `hatched` is where the part begins that may still change.  `last` is the end of the line and the value.
    """

    metric: Metric
    title: str
    description: str
    ticks: list[Tick]
    labels: list[Tick]
    lines: list[str]
    earlier: list[str]
    bands: list[str]
    dots: list[Dot]
    hatched: float | None
    last: tuple[float, float, str] | None
    rows: list[Row]


def trend_chart(trend: Trend, *, step: Step) -> TrendChart | None:
    """The chart of a trend; None where fewer than two steps can be told."""
    points, metric = trend.points, trend.metric
    if sum(point.value is not None for point in points) < 2:
        return None
    part, top = _axis(metric, points)
    xs = places(len(points))
    labels = [label_of(point.start_on, step) for point in points]
    told = [(x, point) for x, point in zip(xs, points, strict=True) if point.value is not None]
    end_x, end = told[-1]
    return TrendChart(
        metric=metric,
        title=f"{metric.name}{'' if metric.unit is Unit.FRACTION else ', median'}, by {step.value}",
        description=_description(metric, labels, points),
        ticks=[Tick(height(part * count, top), _said(metric, part * count)) for count in range(5)],
        labels=few(labels, xs),
        lines=[*_lines(xs, [point.value for point in points], top)],
        earlier=[*_lines(xs, [point.before for point in points], top)],
        bands=[*_bands(xs, points, top)],
        dots=[*_dots(metric, xs, labels, points, top)],
        hatched=_hatched(xs, points),
        last=(end_x, height(end.value or 0, top), _said(metric, end.value or 0)),
        rows=[_row(metric, label, point) for label, point in zip(labels, points, strict=True)],
    )


def _axis(metric: Metric, points: Sequence[Point]) -> tuple[float, float]:
    """A fourth of the axis, and its top."""
    if metric.unit is Unit.FRACTION:
        return 0.25, 1
    values = [v for point in points for v in (point.value, point.before) if v is not None]
    highs = [point.high for point in points if point.high is not None]
    most = max(max(values), min(max(highs, default=0), _HIGHEST * max(values)))
    part = next((each for each in _PARTS if 4 * each >= most), -(-int(most) // 4))
    return part, 4 * part


def _lines(xs: Sequence[float], values: Sequence[float | None], top: float) -> Iterator[str]:
    """A polyline for each unbroken stretch of two or more."""
    pairs = zip(xs, values, strict=True)
    for is_told, stretch in groupby(pairs, key=lambda pair: pair[1] is not None):
        dots = [f"{x},{height(value or 0, top)}" for x, value in stretch]
        if is_told and len(dots) > 1:
            yield " ".join(dots)


def _bands(xs: Sequence[float], points: Sequence[Point], top: float) -> Iterator[str]:
    pairs = zip(xs, points, strict=True)
    for is_told, stretch in groupby(pairs, key=lambda pair: pair[1].low is not None):
        steps = [*stretch]
        if is_told and len(steps) > 1:
            above = [(x, min(point.high or 0, top)) for x, point in steps]
            below = [(x, point.low or 0) for x, point in reversed(steps)]
            yield " ".join(f"{x},{height(value, top)}" for x, value in [*above, *below])


def _dots(
    metric: Metric, xs: Sequence[float], labels: Sequence[str], points: Sequence[Point], top: float
) -> Iterator[Dot]:
    half = (RIGHT - LEFT) / max(len(xs) - 1, 1) / 2
    for x, label, point in zip(xs, labels, points, strict=True):
        y = None if point.value is None else height(point.value, top)
        said = _said(metric, point.value) if point.value is not None else "not enough data"
        words = f"{label}: {said}, {plural(point.n, metric.noun)}"
        yield Dot(round(x - half, 1), round(2 * half, 1), x, y, words, point.start_on, point.end_on)


def _hatched(xs: Sequence[float], points: Sequence[Point]) -> float | None:
    """Half a step before the first point that is not final."""
    half = (RIGHT - LEFT) / max(len(xs) - 1, 1) / 2
    first = next((x for x, point in zip(xs, points, strict=True) if not point.final), None)
    return None if first is None else round(max(first - half, LEFT), 1)


def _row(metric: Metric, label: str, point: Point) -> Row:
    interval = ""
    if point.low is not None and point.high is not None:
        interval = f"{_said(metric, point.low)} – {_said(metric, point.high)}"
    return Row(
        label=label,
        value="not enough data" if point.value is None else _said(metric, point.value),
        interval=interval,
        n=point.n,
        before="–" if point.before is None else _said(metric, point.before),
        note="" if point.final else "may still change",
        start_on=point.start_on,
        end_on=point.end_on,
    )


def _description(metric: Metric, labels: Iterable[str], points: Sequence[Point]) -> str:
    told = [(la, p.value) for la, p in zip(labels, points, strict=True) if p.value is not None]
    (first, start), (last, end) = told[0], told[-1]
    values = [value for _, value in told]
    gaps = len(points) - len(told)
    sentence = (
        f"From {_said(metric, start)} ({first}) to {_said(metric, end)} ({last}), "
        f"between {_said(metric, min(values))} and {_said(metric, max(values))}."
    )
    return f"{sentence} Not enough data in {gaps} of {len(points)} steps." if gaps else sentence


def _said(metric: Metric, value: float) -> str:
    return f"{100 * value:.0f}%" if metric.unit is Unit.FRACTION else duration(value)
