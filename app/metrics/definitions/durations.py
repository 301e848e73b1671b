"""Metrics: the durations we publish, each by the calendar and in business hours."""

from collections.abc import Callable, Iterable
from functools import partial

from app.core.web.filters import duration
from app.metrics.definitions.entry import Entry
from app.metrics.definitions.measures import Measure, business_time, calendar_time
from app.metrics.definitions.metric import Hours, Metric, Unit
from app.metrics.definitions.resolutions import (
    WITHOUT_REPLY,
    first_resolution,
    full_resolution,
    lifetime,
)
from app.metrics.definitions.responses import first_response, next_response
from app.metrics.definitions.work import agent_time, requester_wait
from app.metrics.settling import PROVISIONAL, Settling

_BUSINESS = " Only business hours count, by the calendar of each ticket."
AT_CREATION = "A ticket counts in the period in which it was created."
AT_LAST = "A ticket counts in the period in which it was solved for good."


def _both(
    id: str,
    name: str,
    entries: Callable[..., Iterable[Entry]],
    *,
    dated: str,
    definition: str,
    noun: str = "ticket",
    settling: Settling | None = None,
    asides: tuple[str, ...] = (),
    survives: bool = False,
) -> tuple[Metric, Metric]:
    """A duration by the calendar and in business hours."""

    def made(suffix: str, more: str, hours: Hours, measure: Measure) -> Metric:
        return Metric(
            id=id + suffix,
            name=name + (", business hours" if suffix else ""),
            unit=Unit.SECONDS,
            entries=partial(entries, measure=measure),
            say=duration,
            dated=dated,
            definition=definition + more,
            noun=noun,
            settling=settling,
            asides=asides,
            hours=hours,
            survives=survives and not suffix,
        )

    return (
        made("", "", Hours.CALENDAR, calendar_time),
        made("_business", _BUSINESS, Hours.BUSINESS, business_time),
    )


FRT = _both(
    "frt",
    "First reply",
    first_response,
    asides=("waiting",),
    survives=True,
    dated=AT_CREATION,
    definition="From the customer’s first message to our first public reply written by a "
    "person. Automatic replies do not count. Tickets that still wait are named beside it.",
)
NRT = _both(
    "nrt",
    "Next reply",
    next_response,
    asides=("waiting",),
    noun="turn",
    dated="A turn counts in the period in which the customer wrote again.",
    definition="Each time a customer writes again after our first reply: from the first message "
    "without an answer to our next reply written by a person.",
)
TTR_FIRST = _both(
    "ttr_first",
    "First solved in",
    first_resolution,
    asides=(WITHOUT_REPLY,),
    dated="A ticket counts in the period in which it was first solved.",
    definition="From the first message to the first time the ticket was solved, whether or "
    "not it was reopened later.",
)
TTR_FULL = _both(
    "ttr_full",
    "Solved in",
    full_resolution,
    asides=(WITHOUT_REPLY,),
    settling=PROVISIONAL,
    dated=AT_LAST,
    definition="From the first message to the last time the ticket was solved. A ticket that "
    "was reopened counts to the end. Final 7 days after solving, provisional until then.",
)
AGENT_TIME = _both(
    "agent_time",
    "On our side",
    agent_time,
    settling=PROVISIONAL,
    dated=AT_LAST,
    definition="How long a solved ticket was new or open: the time in which it was our turn.",
)
REQUESTER_WAIT = _both(
    "requester_wait",
    "Customer waited",
    requester_wait,
    settling=PROVISIONAL,
    dated=AT_LAST,
    definition="How long the customer of a solved ticket waited for us or for somebody whom we "
    "waited for: the time in which it was new, open or on hold.",
)
LIFETIME = Metric(
    id="lifetime",
    hours=Hours.CALENDAR,
    name="Solved in, to the last time",
    unit=Unit.SECONDS,
    entries=partial(lifetime, measure=calendar_time),
    say=duration,
    asides=("waiting",),
    survives=True,
    dated=AT_CREATION,
    definition="From the first message to the last time the ticket was solved. Tickets that are "
    "still open count with their age so far: the Kaplan–Meier median is the time within which half of "
    "all of them are solved.",
)
