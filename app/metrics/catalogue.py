"""Metrics: every figure we publish, by its id: how it is made, what it means, how it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.web.filters import duration
from app.metrics.backlog import Backlog
from app.metrics.counter import Counter
from app.metrics.first_contact import FirstContact, OneTouch
from app.metrics.first_response import FirstResponse
from app.metrics.reopens import ReopenRate
from app.metrics.sample import Sample
from app.metrics.satisfaction import Satisfaction, is_satisfied, responses
from app.metrics.time_to_resolution import FirstResolution, FullResolution

VERSION = 1
"""The version of the definitions (METRICS.md 2.12); a change of a definition raises it."""


class Unit(StrEnum):
    """What a figure counts in."""

    SECONDS = "s"
    FRACTION = "fraction"
    TICKETS = "tickets"


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """One published figure.

    `dated` says in a sentence what puts a case into a period, `noun` what a case is, `say` its value
    in words; `is_hit` says which values make the numerator of a rate; `beside` gives further figures
    of the same sample.
    """

    id: str
    name: str
    unit: Unit
    counter: type[Counter]
    dated: str
    definition: str
    say: Callable[[int], str]
    noun: str = "ticket"
    is_hit: Callable[[int], bool] = bool
    beside: Callable[[Sample], dict[str, Any]] | None = None


def yes_or_no(value: int) -> str:
    """A case of a rate in a word."""
    return "Yes" if value else "No"


def of_five(rating: int) -> str:
    """A rating in words."""
    return f"{rating} of 5"


_METRICS = (
    Metric(
        id="frt",
        name="First reply",
        unit=Unit.SECONDS,
        counter=FirstResponse,
        say=duration,
        dated="A ticket counts in the period in which it was created.",
        definition="From the customer’s first message to our first public reply written by a "
        "person. Automatic replies do not count. Tickets that still wait are named beside it.",
    ),
    Metric(
        id="ttr_first",
        name="First solved in",
        unit=Unit.SECONDS,
        counter=FirstResolution,
        say=duration,
        dated="A ticket counts in the period in which it was first solved.",
        definition="From the first message to the first time the ticket was solved, whether or "
        "not it was reopened later.",
    ),
    Metric(
        id="ttr_full",
        name="Solved in",
        unit=Unit.SECONDS,
        counter=FullResolution,
        say=duration,
        dated="A ticket counts in the period in which it was solved for good.",
        definition="From the first message to the last time the ticket was solved. A ticket that "
        "was reopened counts to the end. Final 7 days after solving, provisional until then.",
    ),
    Metric(
        id="fcr",
        name="Solved at first contact",
        unit=Unit.FRACTION,
        counter=FirstContact,
        say=yes_or_no,
        dated="A ticket counts in the period in which it was solved for good.",
        definition="Share of solved and answered tickets where the customer did not have to write "
        "again after our first reply: no further message, no reopening, no follow-up ticket "
        "within 7 days.",
    ),
    Metric(
        id="one_touch",
        name="Solved in one reply",
        unit=Unit.FRACTION,
        counter=OneTouch,
        say=yes_or_no,
        dated="A ticket counts in the period in which it was solved for good.",
        definition="Share of solved and answered tickets that were solved at first contact with "
        "exactly one reply.",
    ),
    Metric(
        id="reopen_rate",
        name="Reopened",
        unit=Unit.FRACTION,
        counter=ReopenRate,
        say=yes_or_no,
        noun="resolution",
        dated="A resolution counts in the period in which it happened.",
        definition="Share of resolutions that were followed by a reopening within 7 days.",
    ),
    Metric(
        id="csat",
        name="Satisfied",
        unit=Unit.FRACTION,
        counter=Satisfaction,
        say=of_five,
        dated="A rating counts in the period in which we asked.",
        definition="Share of ratings of 4 or 5 among all ratings given within 14 days after we "
        "asked. A rating that was changed counts once, as last given.",
        noun="rating",
        is_hit=is_satisfied,
        beside=responses,
    ),
    Metric(
        id="backlog",
        name="Backlog",
        unit=Unit.TICKETS,
        counter=Backlog,
        say=duration,
        dated="Now, when the period is not over.",
        definition="Tickets that were not solved at the end of the period: new, open, waiting or "
        "on hold. A count, so it has no interval.",
    ),
)
CATALOGUE = {metric.id: metric for metric in _METRICS}
COUNTERS = {metric.id: metric.counter for metric in _METRICS}
