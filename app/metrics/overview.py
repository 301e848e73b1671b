"""Metrics: all figures of a span of days, made from what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core import clock
from app.core.settings import settings
from app.metrics import queries
from app.metrics.caches.courses import course
from app.metrics.caches.desk import desk_now
from app.metrics.caches.looking import samples
from app.metrics.caches.reading import kept_samples
from app.metrics.caches.refreshing import is_made_so
from app.metrics.day_span import DaySpan, Step
from app.metrics.definitions.catalogue import CATALOGUE, VERSION
from app.metrics.definitions.entry import Reading
from app.metrics.definitions.metric import Hours, Metric
from app.metrics.filtering import EVERY, Where
from app.metrics.period import Period, day_of
from app.metrics.reports.figures_of import figures
from app.metrics.reports.flow import Flow
from app.metrics.sample import Evidence, Sample
from app.worktime.measuring import Calendars


@dataclass(frozen=True, slots=True)
class Overview:
    """What the metrics pages show.

    `figures` are by id of the catalogue; `flows` has a part for each `step` of the days from the
    desk's first ticket to today.  `began_at` is None on a desk without tickets.
    """

    days: DaySpan
    as_of: datetime
    began_at: datetime | None
    figures: dict[str, dict[str, Any]]
    flows: list[Flow]
    steps: list[Period]
    step: Step
    version: int = VERSION


def make_overview(days: DaySpan, *, hours: Hours = Hours.CALENDAR) -> Overview:
    """The figures of these days as of now, by one kind of hours."""
    return overview_of(days, hours=hours)[0]


def overview_of(
    days: DaySpan, *, hours: Hours, where: Where = EVERY
) -> tuple[Overview, dict[str, Evidence]]:
    """The figures of these days with what they are made of, in a constant number of statements.

    Pages of values are read and nothing is sorted: the work grows with the days of the span, hardly
    with the tickets.  Of a part of the desk there are no flows: nothing keeps why its backlog changed.
    """
    as_of, zone, span = clock.now(), settings().zone, queries.span()
    wanted = [metric for metric in CATALOGUE.values() if metric.hours in (hours, None)]
    made = evidence(days, metrics=wanted, as_of=as_of, where=where)
    steps, step = _steps(days, span, as_of=as_of) if span else ([], Step.DAY)
    overview = Overview(
        days=days,
        as_of=as_of,
        began_at=span[0] if span else None,
        figures={metric.id: figures(metric, made[metric.id]) for metric in wanted},
        flows=[] if where else course(steps, zone=zone),
        steps=steps,
        step=step,
    )
    return overview, made


def figures_where(
    days: DaySpan, *, metrics: Sequence[Metric], where: Where = EVERY
) -> dict[str, dict[str, Any]]:
    """Figures of some cases only, as of now: the rows of each page of the span are sifted."""
    made = evidence(days, metrics=metrics, as_of=clock.now(), where=where)
    return {metric.id: figures(metric, made[metric.id]) for metric in metrics}


def evidence(
    days: DaySpan, *, metrics: Sequence[Metric], as_of: datetime, where: Where = EVERY
) -> dict[str, Evidence]:
    """What the figures are made of, without the tickets."""
    zone = settings().zone
    if not is_made_so():  # until the worker has made it anew, there is nothing to read
        return {metric.id: Sample(also=metric.lists) for metric in metrics}
    # Hours are measured in the pages already, so no calendar is asked.
    by = Reading(days.period(zone=zone), as_of, Calendars({}))
    made: dict[str, Evidence] = {
        **kept_samples(days, metrics=metrics, as_of=as_of, zone=zone, where=where),
        **desk_now(as_of=as_of, zone=zone, where=where),
    }
    if by.instant == by.period.end_at:
        made |= samples(days, metrics=[CATALOGUE["backlog"]], by=by, zone=zone, where=where)
    return made


def _steps(
    days: DaySpan, span: tuple[datetime, datetime], *, as_of: datetime
) -> tuple[list[Period], Step]:
    """The parts that a chart of these days has, and what each is; none from before the desk began."""
    zone = settings().zone
    began_at, last_at = span
    last_on = day_of(as_of if days.end_on else last_at, zone=zone)
    drawn = days.closed(first_on=day_of(began_at, zone=zone), last_on=last_on)
    steps = drawn.steps(zone=zone)
    return [step for step in steps if step.end_at and step.end_at > began_at], drawn.step
