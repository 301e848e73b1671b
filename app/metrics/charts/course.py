"""Metrics: the course of a span as charts: from counts to geometry and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import NamedTuple

from app.core.web.filters import number
from app.metrics.charts.scale import Tick, few, height, label_of, places, round_up
from app.metrics.day_span import Step
from app.metrics.period import day_of
from app.metrics.reports.flow import Flow

HALF_LETTER, APART = 4, 13


class Dot(NamedTuple):
    """A count on the chart, and which tickets it counts: the list, and the days of the step."""

    x: float
    y: float
    tickets: int
    words: str
    listed: str
    start_on: date
    end_on: date


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
    dots: list[Dot]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of counts, its axis from zero, and the same as a table: a label and its counts."""

    title: str
    description: str
    lines: list[Line]
    ticks: list[Tick]
    labels: list[Tick]
    rows: list[tuple[str, list[Dot]]]


@dataclass(frozen=True, slots=True)
class _Axis:
    """The steps: their labels and their days."""

    labels: list[str]
    days: list[tuple[date, date]]


class _Series(NamedTuple):
    """Counts, step by step, and the list of tickets that they count."""

    listed: str
    counts: list[int]


def course(flows: Sequence[Flow], *, step: Step, zone: tzinfo) -> list[Chart]:
    """What came and was solved, and what was left, step by step; nothing of fewer than two steps."""
    if len(flows) < 2:
        return []
    periods = [flow.period for flow in flows]
    days = [
        (day_of(p.start_at, zone=zone), day_of(p.end_at, zone=zone))
        for p in periods
        if p.start_at and p.end_at
    ]
    axis = _Axis([label_of(start_on, step) for start_on, _ in days], days)
    came = {
        "Solved": _Series("ttr_first", [f.first_resolved for f in flows]),
        "Created": _Series("created", [f.created for f in flows]),
    }
    left = {"Left": _Series("backlog", [f.backlog for f in flows])}
    return [
        _chart(f"Created and solved for the first time, tickets by {step.value}", axis, came),
        _chart(f"Backlog, tickets left at the end of each {step.value}", axis, left),
    ]


def _chart(title: str, axis: _Axis, series: dict[str, _Series]) -> Chart:
    top = round_up(max(max(each.counts) for each in series.values()))
    lines = _lines(axis, series, top)
    return Chart(
        title=title,
        description=_description(axis.labels, series),
        lines=lines,
        ticks=[Tick(height(top * part // 4, top), number(top * part // 4)) for part in range(5)],
        labels=few(axis.labels, places(len(axis.labels))),
        rows=[
            (label, [line.dots[index] for line in lines]) for index, label in enumerate(axis.labels)
        ],
    )


def _description(labels: list[str], series: dict[str, _Series]) -> str:
    """What the chart shows, in a sentence for each line."""
    return " ".join(
        f"{name}: from {number(counts[0])} ({labels[0]}) to {number(counts[-1])} ({labels[-1]}),"
        f" between {number(min(counts))} and {number(max(counts))}."
        for name, (_, counts) in series.items()
    )


def _lines(axis: _Axis, series: dict[str, _Series], top: int) -> list[Line]:
    lines: list[Line] = []
    for name, each in series.items():
        dots = _dots(axis, name, each, top)
        last = dots[-1]
        label_y = last.y + HALF_LETTER
        if lines and abs(label_y - lines[-1].label_y) < APART:
            label_y = lines[-1].label_y + (APART if label_y >= lines[-1].label_y else -APART)
        points = " ".join(f"{dot.x},{dot.y}" for dot in dots)
        said = number(last.tickets)
        lines.append(Line(name, points, last.x, last.y, round(label_y, 1), said, dots))
    return lines


def _dots(axis: _Axis, name: str, series: _Series, top: int) -> list[Dot]:
    xs = places(len(series.counts))
    return [
        Dot(
            x, height(count, top), count,
            words=f"{label}: {number(count)} {name.lower()}", listed=series.listed,
            start_on=start_on, end_on=end_on,
        )
        for x, count, label, (start_on, end_on) in zip(
            xs, series.counts, axis.labels, axis.days, strict=True
        )
    ]  # fmt: skip
