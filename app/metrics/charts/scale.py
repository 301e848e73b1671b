"""Metrics: where things stand in a chart.  Pure."""

from dataclasses import dataclass
from datetime import date

from app.core.web.filters import MONTHS
from app.metrics.day_span import Step

LEFT, RIGHT, TOP, BOTTOM = 40, 520, 14, 184
MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands and what it says."""

    at: float
    label: str


def places(count: int) -> list[float]:
    """As many places from edge to edge; one stands in the middle."""
    if count == 1:
        return [(LEFT + RIGHT) / 2]
    return [round(LEFT + (RIGHT - LEFT) * index / (count - 1), 1) for index in range(count)]


def height(value: float, top: float, bottom: float = 0) -> float:
    """Where a value stands on an axis from `bottom` to `top`."""
    return round(BOTTOM - (BOTTOM - TOP) * (value - bottom) / (top - bottom), 1)


def round_up(most: int) -> int:
    """The least 4, 8, 12 or 20 times a power of ten that is not below `most`: four even parts."""
    unit = 1
    while True:
        for step in (4, 8, 12, 20):
            if most <= step * unit:
                return step * unit
        unit *= 10


def label_of(day: date, step: Step) -> str:
    """The first day of a step, in short."""
    month = MONTHS[day.month][:3]
    return f"{month} {day.year}" if step is Step.MONTH else f"{day.day} {month}"


def few(labels: list[str], xs: list[float]) -> list[Tick]:
    """So many labels that they can be read, the last among them."""
    every = -(-len(labels) // MOST_LABELS)
    shown = range((len(labels) - 1) % every, len(labels), every)
    return [Tick(xs[index], labels[index]) for index in shown]
