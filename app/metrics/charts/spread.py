"""Metrics: how long tickets took, as bars on a logarithmic scale.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any, NamedTuple

from app.core.web.filters import duration, number, plural
from app.metrics.definitions.metric import Metric
from app.metrics.picture.distribution import EDGES, Stretch
from app.metrics.reports.figures_of import FEW

LEFT, RIGHT, TOP, BOTTOM, APART = 8, 1092, 40, 182, 3
_FIRST, _LAST = EDGES[0] / 2, EDGES[-1] * 2


class Bar(NamedTuple):
    """A stretch: its box, its count, and what it says in the table; `is_middle` holds the median."""

    x: float
    y: float
    width: float
    height: float
    words: str
    tickets: int
    share: str
    total: str
    is_middle: bool
    least: int | None
    below: int | None

    @property
    def middle(self) -> float:
        """Where its count stands."""
        return round(self.x + self.width / 2, 1)


class Mark(NamedTuple):
    """A line across, with words beside it."""

    x: float
    words: str
    is_left: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """The bars, the marks of median and p90, and the ticks of the axis."""

    metric: Metric
    description: str
    bars: list[Bar]
    marks: list[Mark]
    ticks: list[tuple[float, str]]
    n: int


def spread(metric: Metric, stretches: Sequence[Stretch], figures: dict[str, Any]) -> Spread | None:
    """The chart; None of fewer than five cases."""
    n = sum(each.count for each in stretches)
    if n < FEW:
        return None
    median, p90 = figures["median"], figures["p90"]
    most, running, bars = max(each.count for each in stretches), 0, []
    for each in stretches:
        running += each.count
        bars.append(_bar(each, most=most, n=n, running=running, median=median))
    largest = max(bars, key=lambda bar: bar.tickets)
    return Spread(
        metric=metric,
        description=f"{plural(n, metric.noun)}. The largest group, {number(largest.tickets)}: "
        f"{largest.words}. Half within {duration(median)}, 9 in 10 within {duration(p90)}.",
        bars=bars,
        marks=[_mark(median, f"Median {duration(median)}"), _mark(p90, f"9 in 10 within {duration(p90)}")],
        ticks=[(_x(edge), duration(edge)) for edge in EDGES],
        n=n,
    )  # fmt: skip


def _bar(each: Stretch, *, most: int, n: int, running: int, median: int) -> Bar:
    left, right = _x(each.least or _FIRST), _x(each.below or _LAST)
    tall = (BOTTOM - TOP) * each.count / most
    return Bar(
        x=round(left + APART / 2, 1),
        y=round(BOTTOM - tall, 1),
        width=round(right - left - APART, 1),
        height=round(tall, 1),
        words=_words(each),
        tickets=each.count,
        share=f"{100 * each.count / n:.0f}%",
        total=f"{100 * running / n:.0f}%",
        is_middle=(each.least or 0) <= median and (each.below is None or median < each.below),
        least=each.least,
        below=each.below,
    )


def _words(each: Stretch) -> str:
    if each.least is None:
        return f"under {duration(each.below or 0)}"
    if each.below is None:
        return f"{duration(each.least)} or more"
    return f"{duration(each.least)} to {duration(each.below)}"


def _mark(seconds: int, words: str) -> Mark:
    x = _x(seconds)
    return Mark(x, words, is_left=x > (LEFT + RIGHT) * 0.8)


def _x(seconds: float) -> float:
    """The place of a duration, by its logarithm."""
    held = min(max(seconds, _FIRST), _LAST)
    return round(LEFT + (RIGHT - LEFT) * log(held / _FIRST) / log(_LAST / _FIRST), 1)
