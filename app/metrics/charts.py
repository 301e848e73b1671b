"""Metrics: the course of a span as charts: from counts to geometry and words.

Pure; the template only writes it down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from app.core.web.filters import number
from app.metrics.day_span import Step
from app.metrics.reports.flow import Flow

LEFT, RIGHT, TOP, BOTTOM = 40, 520, 14, 184
MOST_LABELS = 6
HALF_LETTER, APART = 4, 13


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands and what it says."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, its points as SVG wants them, where it ends, and the value there.

    `label_y` is the base line of that value, clear of the value of the line before.
    """

    name: str
    points: str
    end_x: float
    end_y: float
    label_y: float
    last: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of counts, its axis from zero, and the same as a table: a label and its counts."""

    title: str
    description: str
    lines: list[Line]
    ticks: list[Tick]
    labels: list[Tick]
    rows: list[tuple[str, list[int]]]


def course(flows: Sequence[Flow], *, step: Step, zone: tzinfo) -> list[Chart]:
    """What came and was solved, and what was left, step by step; nothing of fewer than two steps."""
    if len(flows) < 2:
        return []
    labels = [_label(flow.period.start_at, step, zone) for flow in flows]
    came = {"Solved": [f.first_resolved for f in flows], "Created": [f.created for f in flows]}
    return [
        _chart(f"Created and solved, by {step.value}", labels, came),
        _chart(
            f"Backlog at the end of each {step.value}", labels, {"Left": [f.backlog for f in flows]}
        ),
    ]


def _chart(title: str, labels: list[str], series: dict[str, list[int]]) -> Chart:
    top = _round_up(max(map(max, series.values())))
    xs = _places(len(labels))
    every = -(-len(labels) // MOST_LABELS)
    shown = range((len(labels) - 1) % every, len(labels), every)
    return Chart(
        title=title,
        description=_description(labels, series),
        lines=_lines(series, top),
        ticks=[Tick(_y(top * part // 4, top), number(top * part // 4)) for part in range(5)],
        labels=[Tick(xs[index], labels[index]) for index in shown],
        rows=[
            (label, [values[index] for values in series.values()])
            for index, label in enumerate(labels)
        ],
    )


def _description(labels: list[str], series: dict[str, list[int]]) -> str:
    """What the chart shows, in a sentence for each line."""
    return " ".join(
        f"{name}: from {number(values[0])} ({labels[0]}) to {number(values[-1])} ({labels[-1]}),"
        f" between {number(min(values))} and {number(max(values))}."
        for name, values in series.items()
    )


def _label(start_at: datetime | None, step: Step, zone: tzinfo) -> str:
    if start_at is None:
        raise ValueError("A step needs a start.")
    local = start_at.astimezone(zone)
    return f"{local:%b %Y}" if step is Step.MONTH else f"{local.day} {local:%b}"


def _lines(series: dict[str, list[int]], top: int) -> list[Line]:
    lines: list[Line] = []
    for name, values in series.items():
        xs = _places(len(values))
        ys = [_y(value, top) for value in values]
        points = " ".join(f"{x},{y}" for x, y in zip(xs, ys, strict=True))
        label_y = ys[-1] + HALF_LETTER
        if lines and abs(label_y - lines[-1].label_y) < APART:
            label_y = lines[-1].label_y + (APART if label_y >= lines[-1].label_y else -APART)
        lines.append(Line(name, points, xs[-1], ys[-1], round(label_y, 1), number(values[-1])))
    return lines


def _places(count: int) -> list[float]:
    return [round(LEFT + (RIGHT - LEFT) * index / (count - 1), 1) for index in range(count)]


def _y(value: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)


def _round_up(most: int) -> int:
    """The least 4, 8, 12 or 20 times a power of ten that is not below `most`: four even parts."""
    unit = 1
    while True:
        for step in (4, 8, 12, 20):
            if most <= step * unit:
                return step * unit
        unit *= 10
