"""Metrics: the course of a span as charts: from counts to geometry and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from app.core.web.filters import number
from app.metrics.charts.scale import Tick, few, height, label_of, places, round_up
from app.metrics.day_span import Step
from app.metrics.period import day_of
from app.metrics.reports.flow import Flow

HALF_LETTER, APART = 4, 13


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
    starts = [flow.period.start_at for flow in flows]
    labels = [label_of(day_of(at, zone=zone), step) for at in starts if at]
    came = {"Solved": [f.first_resolved for f in flows], "Created": [f.created for f in flows]}
    return [
        _chart(f"Created and solved, by {step.value}", labels, came),
        _chart(
            f"Backlog at the end of each {step.value}", labels, {"Left": [f.backlog for f in flows]}
        ),
    ]


def _chart(title: str, labels: list[str], series: dict[str, list[int]]) -> Chart:
    top = round_up(max(map(max, series.values())))
    return Chart(
        title=title,
        description=_description(labels, series),
        lines=_lines(series, top),
        ticks=[Tick(height(top * part // 4, top), number(top * part // 4)) for part in range(5)],
        labels=few(labels, places(len(labels))),
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


def _lines(series: dict[str, list[int]], top: int) -> list[Line]:
    lines: list[Line] = []
    for name, values in series.items():
        xs = places(len(values))
        ys = [height(value, top) for value in values]
        points = " ".join(f"{x},{y}" for x, y in zip(xs, ys, strict=True))
        label_y = ys[-1] + HALF_LETTER
        if lines and abs(label_y - lines[-1].label_y) < APART:
            label_y = lines[-1].label_y + (APART if label_y >= lines[-1].label_y else -APART)
        lines.append(Line(name, points, xs[-1], ys[-1], round(label_y, 1), number(values[-1])))
    return lines
