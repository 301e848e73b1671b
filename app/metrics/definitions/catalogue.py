"""Metrics: every figure we publish, by its id."""

from app.core.web.filters import duration, number
from app.metrics.definitions.backlog import backlog, open_age
from app.metrics.definitions.durations import (
    AGENT_TIME,
    AT_LAST,
    FRT,
    LIFETIME,
    NRT,
    REQUESTER_WAIT,
    TTR_FIRST,
    TTR_FULL,
)
from app.metrics.definitions.first_contact import first_contact, one_touch
from app.metrics.definitions.metric import Hours, Metric, Unit
from app.metrics.definitions.reopens import reopen_rate
from app.metrics.definitions.satisfaction import (
    DELIVERED,
    SATISFIED_FROM,
    SUPPRESSED,
    response_rate,
    satisfaction,
)
from app.metrics.definitions.work import reassignments, replies_to_solve
from app.metrics.settling import ANSWERS, ONLY_SETTLED, PROVISIONAL

VERSION = 1
"""The version of the definitions together (METRICS.md 2.12); a change of one of them raises it."""


def yes_or_no(value: int) -> str:
    """A case of a rate in a word."""
    return "Yes" if value else "No"


def of_five(rating: int) -> str:
    """A rating in words."""
    return f"{rating} of 5"


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
        dated=AT_LAST,
        definition="How often a solved ticket went from one person of ours to another.",
    ),
    Metric(
        id="replies",
        name="Replies to solve",
        unit=Unit.COUNT,
        entries=replies_to_solve,
        say=number,
        settling=PROVISIONAL,
        dated=AT_LAST,
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
        dated=AT_LAST,
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
        dated=AT_LAST,
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
    FRT[0], TTR_FIRST[0], TTR_FULL[0], *_RATES, _CSAT, _BACKLOG,
    NRT[0], AGENT_TIME[0], REQUESTER_WAIT[0], _OPEN_AGE, LIFETIME, *_COUNTS, _RESPONSE_RATE,
    FRT[1], NRT[1], TTR_FIRST[1], TTR_FULL[1], AGENT_TIME[1], REQUESTER_WAIT[1],
)  # fmt: skip
CATALOGUE = {metric.id: metric for metric in _METRICS}
NOT_MEASURED = {
    "sla": "Promises kept: there are no service levels yet.",
    "deflection": "Answered by a suggestion: nothing records yet what people did with suggestions.",
    "self_service": "Readers for each customer: visits are not counted yet.",
}
"""Figures of METRICS.md whose feature does not exist yet, with the reason in words."""
