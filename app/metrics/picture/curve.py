"""Metrics: the share of tickets that still wait, over time, in so many points as a chart can show.  Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.metrics.kaplan_meier import Survival
from app.metrics.reports.figures_of import FEW

_H, _D = 3600, 86_400
FIRST = 300
"""The left edge of the chart, in seconds: what is shorter is drawn there."""
TOLD = (
    900, _H, 4 * _H, 8 * _H, _D, 2 * _D, 4 * _D, 7 * _D, 14 * _D, 28 * _D, 91 * _D, 182 * _D, 364 * _D,
)  # fmt: skip
"""The times that the table tells, and that the axis names."""
POINTS = 240
"""More steps than this cannot be told apart on a screen."""


class Point(NamedTuple):
    """After so many seconds, the share that still waits, its 95 % interval, and how many are watched on."""

    after_s: int
    share: float
    low: float
    high: float
    waiting: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The steps of S(t), the same at times of a table, and its median beside that of what has ended."""

    steps: Sequence[Point]
    told: Sequence[Point]
    ended: int
    waiting: int
    median: int | None
    plain: int | None


def curve(found: Survival, *, plain: int | None) -> Curve | None:
    """The curve; `plain` is the median of what has ended.  None of fewer than five ends."""
    if found.events < FEW:
        return None
    last = max(found.ends[-1], found.losses[-1].time, FIRST)
    return Curve(
        steps=[_point(found, time) for time in _times(found, last)],
        told=[_point(found, time) for time in TOLD if time <= last],
        ended=found.events,
        waiting=found.censored,
        median=found.median,
        plain=plain,
    )


def _times(found: Survival, last: int) -> Iterator[int]:
    """Every time at which it falls, or, of many, times that lie evenly on the axis; and the last one."""
    if found.events <= POINTS:
        yield from sorted({time for time in found.ends if time < last})
    else:
        yield from sorted(
            {round(FIRST * (last / FIRST) ** (index / POINTS)) for index in range(POINTS)}
        )
    yield last


def _point(found: Survival, time: int) -> Point:
    share, low, high, waiting = found.at(time)
    return Point(time, share, low, high, waiting)
