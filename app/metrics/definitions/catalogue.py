"""Metrics: every figure we publish, by its id: how it is made, what it means, how it is shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from app.core.web.filters import duration, number
from app.metrics.definitions.backlog import backlog, open_age
from app.metrics.definitions.entry import Definition, Entry
from app.metrics.definitions.first_contact import first_contact, one_touch
from app.metrics.definitions.measures import Measure, business_time, calendar_time
from app.metrics.definitions.reopens import reopen_rate
from app.metrics.definitions.resolutions import (
    WITHOUT_REPLY,
    first_resolution,
    full_resolution,
    lifetime,
)
from app.metrics.definitions.responses import first_response, next_response
from app.metrics.definitions.satisfaction import (
    DELIVERED,
    SATISFIED_FROM,
    SUPPRESSED,
    response_rate,
    satisfaction,
)
from app.metrics.definitions.work import (
    agent_time,
    reassignments,
    replies_to_solve,
    requester_wait,
)
from app.metrics.settling import ANSWERS, ONLY_SETTLED, PROVISIONAL, Settling

VERSION = 1
"""The version of the definitions together (METRICS.md 2.12); a change of one of them raises it."""
PROVISIONAL_LIST = "provisional"


class Unit(StrEnum):
    """What a figure counts in."""

    SECONDS = "s"
    FRACTION = "fraction"
    TICKETS = "tickets"
    COUNT = "count"


class Hours(StrEnum):
    """Which hours a duration counts."""

    CALENDAR = "calendar"
    BUSINESS = "business"


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """One published figure.

    `dated` says in a sentence what puts a case into a period, `noun` what a case is, `say` its value
    in words; values from `hit_from` on make the numerator of a rate; `asides` are the lists beside
    the figure.  `dated_by_anchor` is False for figures of an instant.  `rated` adds the mean rating and
    the response rate, `survives` the Kaplan-Meier median over those that still wait.
    """

    id: str
    name: str
    unit: Unit
    entries: Definition
    dated: str
    definition: str
    say: Callable[[int], str]
    noun: str = "ticket"
    hit_from: int = 1
    settling: Settling | None = None
    asides: tuple[str, ...] = ()
    hours: Hours | None = None
    dated_by_anchor: bool = True
    rated: bool = False
    survives: bool = False
    version: int = 1

    @property
    def lists(self) -> tuple[str, ...]:
        """The asides, with `provisional` where a case may still change and counts."""
        provisional = self.settling and not self.settling.leaves_out
        return (*self.asides, PROVISIONAL_LIST) if provisional else self.asides


def yes_or_no(value: int) -> str:
    """A case of a rate in a word."""
    return "Yes" if value else "No"


def of_five(rating: int) -> str:
    """A rating in words."""
    return f"{rating} of 5"


_BUSINESS = " Only business hours count, by the calendar of each ticket."
_AT_CREATION = "A ticket counts in the period in which it was created."
_AT_LAST = "A ticket counts in the period in which it was solved for good."


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


_FRT = _both(
    "frt",
    "First reply",
    first_response,
    asides=("waiting",),
    survives=True,
    dated=_AT_CREATION,
    definition="From the customer’s first message to our first public reply written by a "
    "person. Automatic replies do not count. Tickets that still wait are named beside it.",
)
_NRT = _both(
    "nrt",
    "Next reply",
    next_response,
    asides=("waiting",),
    noun="turn",
    dated="A turn counts in the period in which the customer wrote again.",
    definition="Each time a customer writes again after our first reply: from the first message "
    "without an answer to our next reply written by a person.",
)
_TTR_FIRST = _both(
    "ttr_first",
    "First solved in",
    first_resolution,
    asides=(WITHOUT_REPLY,),
    dated="A ticket counts in the period in which it was first solved.",
    definition="From the first message to the first time the ticket was solved, whether or "
    "not it was reopened later.",
)
_TTR_FULL = _both(
    "ttr_full",
    "Solved in",
    full_resolution,
    asides=(WITHOUT_REPLY,),
    settling=PROVISIONAL,
    dated=_AT_LAST,
    definition="From the first message to the last time the ticket was solved. A ticket that "
    "was reopened counts to the end. Final 7 days after solving, provisional until then.",
)
_AGENT_TIME = _both(
    "agent_time",
    "On our side",
    agent_time,
    settling=PROVISIONAL,
    dated=_AT_LAST,
    definition="How long a solved ticket was new or open: the time in which it was our turn.",
)
_REQUESTER_WAIT = _both(
    "requester_wait",
    "Customer waited",
    requester_wait,
    settling=PROVISIONAL,
    dated=_AT_LAST,
    definition="How long the customer of a solved ticket waited for us or for somebody whom we "
    "waited for: the time in which it was new, open or on hold.",
)
_LIFETIME = Metric(
    id="lifetime",
    hours=Hours.CALENDAR,
    name="Solved in, with those still open",
    unit=Unit.SECONDS,
    entries=partial(lifetime, measure=calendar_time),
    say=duration,
    asides=("waiting",),
    survives=True,
    dated=_AT_CREATION,
    definition="From the first message to the last time the ticket was solved. Tickets that are "
    "still open count with their age so far: half of all tickets are solved after the Kaplan–Meier "
    "median.",
)
_OPEN_AGE = Metric(
    id="open_age",
    hours=Hours.CALENDAR,
    name="Age of open tickets",
    unit=Unit.SECONDS,
    entries=open_age,
    say=duration,
    dated_by_anchor=False,
    dated="Now, whatever the period.",
    definition="How long ago the customers of tickets that are not solved wrote first.",
)
_COUNTS = (
    Metric(
        id="reassignments",
        name="Handed on",
        unit=Unit.COUNT,
        entries=reassignments,
        say=number,
        settling=PROVISIONAL,
        dated=_AT_LAST,
        definition="How often a solved ticket went from one person of ours to another.",
    ),
    Metric(
        id="replies",
        name="Replies to solve",
        unit=Unit.COUNT,
        entries=replies_to_solve,
        say=number,
        settling=PROVISIONAL,
        dated=_AT_LAST,
        definition="How many replies written by people it took until the ticket was solved for good.",
    ),
)
_RATES = (
    Metric(
        id="fcr",
        name="Solved at first contact",
        unit=Unit.FRACTION,
        entries=first_contact,
        say=yes_or_no,
        settling=ONLY_SETTLED,
        dated=_AT_LAST,
        definition="Share of solved and answered tickets where the customer did not have to write "
        "again after our first reply: no further message, no reopening, no follow-up ticket "
        "within 7 days.",
    ),
    Metric(
        id="one_touch",
        name="Solved in one reply",
        unit=Unit.FRACTION,
        entries=one_touch,
        say=yes_or_no,
        settling=ONLY_SETTLED,
        dated=_AT_LAST,
        definition="Share of solved and answered tickets that were solved at first contact with "
        "exactly one reply.",
    ),
    Metric(
        id="reopen_rate",
        name="Reopened",
        unit=Unit.FRACTION,
        entries=reopen_rate,
        say=yes_or_no,
        settling=ONLY_SETTLED,
        noun="resolution",
        dated="A resolution counts in the period in which it happened.",
        definition="Share of resolutions that were followed by a reopening within 7 days.",
    ),
)
_CSAT = Metric(
    id="csat",
    name="Satisfied",
    unit=Unit.FRACTION,
    entries=satisfaction,
    say=of_five,
    settling=ANSWERS,
    asides=(DELIVERED, SUPPRESSED),
    dated="A rating counts in the period in which we asked.",
    definition="Share of ratings of 4 or 5 among all ratings given within 14 days after we "
    "asked. A rating that was changed counts once, as last given.",
    noun="rating",
    hit_from=SATISFIED_FROM,
    rated=True,
)
_RESPONSE_RATE = Metric(
    id="response_rate",
    name="Answered our survey",
    unit=Unit.FRACTION,
    entries=response_rate,
    say=yes_or_no,
    settling=ANSWERS,
    noun="survey",
    dated="A survey counts in the period in which we asked.",
    definition="Share of surveys that were answered within 14 days, of all that were delivered.",
)
_BACKLOG = Metric(
    id="backlog",
    name="Backlog",
    unit=Unit.TICKETS,
    entries=backlog,
    say=duration,
    dated_by_anchor=False,
    dated="Now, when the period is not over.",
    definition="Tickets that were not solved at the end of the period: new, open, waiting or "
    "on hold. A count, so it has no interval.",
)
_METRICS = (
    _FRT[0], _TTR_FIRST[0], _TTR_FULL[0], *_RATES, _CSAT, _BACKLOG,
    _NRT[0], _AGENT_TIME[0], _REQUESTER_WAIT[0], _OPEN_AGE, _LIFETIME, *_COUNTS, _RESPONSE_RATE,
    _FRT[1], _NRT[1], _TTR_FIRST[1], _TTR_FULL[1], _AGENT_TIME[1], _REQUESTER_WAIT[1],
)  # fmt: skip
CATALOGUE = {metric.id: metric for metric in _METRICS}
NOT_MEASURED = {
    "sla": "Promises kept: there are no service levels yet.",
    "deflection": "Answered by a suggestion: nothing records yet what people did with suggestions.",
    "self_service": "Readers for each customer: visits are not counted yet.",
}
"""Figures of METRICS.md whose feature does not exist yet, with the reason in words."""
