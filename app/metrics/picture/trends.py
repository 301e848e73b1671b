"""Metrics: a figure step by step: where it stood, how sure that is, and where nothing can be said.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from app.metrics.caches.merged import Merged
from app.metrics.caches.reading import KeptSample
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.figures import median_interval, nearest_rank, rate
from app.metrics.period import Period, day_of
from app.metrics.reports.figures_of import FEW
from app.metrics.reports.hiding import FEWEST, guarded, hidden


@dataclass(frozen=True, slots=True)
class Point:
    """A step [start_on, end_on): its value and 95 % interval, None of fewer than five cases.

    `before` is the value of the step as many days earlier.  `final` says that it can no longer change.
    """

    start_on: date
    end_on: date
    n: int
    value: float | None
    low: float | None
    high: float | None
    before: float | None
    final: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The points of one figure, in order."""

    metric_id: str
    points: list[Point]

    @property
    def metric(self) -> Metric:
        """The figure."""
        return CATALOGUE[self.metric_id]

    def discreet(self) -> "Trend":
        """The trend of one person, without the points that say too much of them, or give those away."""
        rows = {
            place: {self.metric_id: self._figure(point)} for place, point in enumerate(self.points)
        }
        shown = guarded(rows, by=None)
        points = [
            replace(point, value=None, low=None, high=None, before=None)
            if "hidden" in shown[place][self.metric_id]
            else point
            for place, point in enumerate(self.points)
        ]
        return Trend(self.metric_id, points)

    def _figure(self, point: Point) -> dict[str, Any]:
        figure = {"value": point.value, "n": point.n, "unit": self.metric.unit.value}
        return hidden(figure) if point.n < FEWEST else figure


def trend(
    metric: Metric,
    sample: KeptSample,
    *,
    steps: Sequence[Period],
    as_of: datetime,
    zone: tzinfo,
    earlier: KeptSample | None = None,
) -> Trend:
    """The figure of each step; `earlier` are the cases of as many days right before."""
    days = [(_day(step.start_at, zone), _day(step.end_at, zone)) for step in steps]
    length = days[-1][1] - days[0][0] if days else timedelta()
    points = []
    for (start_on, end_on), step in zip(days, steps, strict=True):
        n, value, low, high = _figure(metric, sample.of_days(start_on, end_on))
        then = earlier.of_days(start_on - length, end_on - length) if earlier else Merged([])
        point = Point(
            start_on, end_on, n, value, low, high,
            before=_figure(metric, then)[1],
            final=_is_final(metric, step, as_of=as_of),
        )  # fmt: skip
        points.append(point)
    return Trend(metric.id, points)


_Figure = tuple[int, float | None, float | None, float | None]


def _figure(metric: Metric, values: Merged) -> _Figure:
    n = len(values)
    if n < FEW:
        return n, None, None, None
    if metric.unit is Unit.FRACTION:
        share = rate(values.count_from(metric.hit_from), n)
        return n, share.value, share.low, share.high
    low, high = median_interval(values) or (None, None)
    return n, nearest_rank(values, percent=50), low, high


def _is_final(metric: Metric, step: Period, *, as_of: datetime) -> bool:
    if step.end_at is None:
        return False
    window = metric.settling.window if metric.settling else timedelta()
    return step.end_at + window <= as_of


def _day(instant: datetime | None, zone: tzinfo) -> date:
    if instant is None:
        raise ValueError("A step has both ends.")
    return day_of(instant, zone=zone)
