"""Metrics: all figures of a span of days, made from the cache of summaries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core import clock
from app.core.settings import settings
from app.metrics import queries
from app.metrics.catalogue import CATALOGUE, COUNTERS, VERSION
from app.metrics.counter import count
from app.metrics.day_span import DaySpan, Step
from app.metrics.flow import Flow, FlowCounter
from app.metrics.period import Period, day_of
from app.metrics.report import figures
from app.metrics.sample import Sample


@dataclass(frozen=True, slots=True)
class Overview:
    """What the metrics pages show.

    `samples` and `figures` are by id of the catalogue; `flows` has a part for each `step` of the
    days from the desk's first ticket to today.  `began_at` is None on a desk without tickets.
    """

    days: DaySpan
    as_of: datetime
    began_at: datetime | None
    samples: dict[str, Sample]
    figures: dict[str, dict[str, Any]]
    flows: list[Flow]
    step: Step
    version: int = VERSION


def make_overview(days: DaySpan) -> Overview:
    """The figures of these days as of now: three statements.

    Reads every ticket that was open or changed in the span, about 40 µs each, and keeps of each
    some integers: the work grows with what the desk did in the span, not with its past.
    """
    as_of, zone = clock.now(), settings().zone
    period, span = days.period(zone=zone), queries.span()
    steps, step = _steps(days, span, as_of=as_of) if span else ([], Step.DAY)
    flow = FlowCounter(steps, as_of=as_of)
    tickets = flow.seeing(queries.summaries_for(period))
    samples = count(tickets, by=COUNTERS, period=period, as_of=as_of)
    return Overview(
        days=days,
        as_of=as_of,
        began_at=span[0] if span else None,
        samples=samples,
        figures={id: figures(CATALOGUE[id], sample) for id, sample in samples.items()},
        flows=flow.flows,
        step=step,
    )


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
