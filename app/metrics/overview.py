"""Metrics: all figures of a span of days, made from what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.metrics import queries
from app.metrics.caches.desk import desk_now
from app.metrics.caches.looking import samples
from app.metrics.caches.reading import kept_samples
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan, Step
from app.metrics.definitions.catalogue import CATALOGUE, VERSION
from app.metrics.definitions.metric import Hours, Metric
from app.metrics.filtering import PERSONAL, Key
from app.metrics.period import Period, day_of
from app.metrics.reports.figures_of import discreet, figures
from app.metrics.sample import Evidence


@dataclass(frozen=True, slots=True)
class Overview:
    """What the metrics pages show.

    `figures` are by id of the catalogue; `steps` are the parts of the days from the desk's first
    ticket to today.  `began_at` is None on a desk without tickets.
    """

    days: DaySpan
    as_of: datetime
    began_at: datetime | None
    figures: dict[str, dict[str, Any]]
    steps: list[Period]
    step: Step
    version: int = VERSION


def overview_of(
    days: DaySpan, *, hours: Hours, stand: Stand, by: Key | None = None
) -> tuple[Overview, Mapping[str, Evidence]]:
    """The figures of these days with what they are made of, in a constant number of statements.

    `by` is what they stand beside parts by: with people, figures of few cases are hidden.
    Pages of values are read and nothing is sorted: the work grows with the days of the span, hardly
    with the tickets.
    """
    span = queries.span_of(stand)
    wanted = [metric for metric in CATALOGUE.values() if metric.hours in (hours, None)]
    made = evidence(days, metrics=wanted, stand=stand)
    steps, step = _steps(days, span, stand=stand) if span else ([], Step.DAY)
    shown = discreet if by in PERSONAL or stand.where.names_people else figures
    overview = Overview(
        days=days,
        as_of=stand.as_of,
        began_at=span[0] if span else None,
        figures={metric.id: shown(metric, made[metric.id]) for metric in wanted},
        steps=steps,
        step=step,
    )
    return overview, made


def evidence(days: DaySpan, *, metrics: Sequence[Metric], stand: Stand) -> dict[str, Evidence]:
    """What the figures are made of, without the tickets."""
    by = stand.reading(days)
    made: dict[str, Evidence] = {
        **kept_samples(days, metrics=metrics, stand=stand),
        **desk_now(stand),
    }
    if by.instant == by.period.end_at:
        made |= samples(days, metrics=[CATALOGUE["backlog"]], stand=stand)
    return made


def _steps(
    days: DaySpan, span: tuple[datetime, datetime], *, stand: Stand
) -> tuple[list[Period], Step]:
    """The parts that a chart of these days has, and what each is; none from before the desk began."""
    began_at, last_at = span
    last_on = stand.last_on if days.end_on else day_of(last_at, zone=stand.zone)
    drawn = days.closed(first_on=day_of(began_at, zone=stand.zone), last_on=last_on)
    steps = drawn.steps(zone=stand.zone)
    return [step for step in steps if step.end_at and step.end_at > began_at], drawn.step
