"""Metrics: what customers wrote beside their ratings."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy import Executable, bindparam, select

from app.accounts.permissions import Permission
from app.accounts.user import Person
from app.core.db import at_most, plain_rows
from app.core.settings import settings
from app.core.web.remembering import remembered
from app.metrics.day_span import DaySpan
from app.surveys.survey import Survey
from app.tickets.access import visible
from app.tickets.history import STAMP
from app.tickets.ticket import Ticket

FEW = 5
_ALWAYS, _NEVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


class Comment(NamedTuple):
    """A comment with its rating from 1 to 5, and the ticket it is about."""

    rating: int | None
    comment: str
    answered_at: datetime | None
    number: int
    subject: str


_LATEST = (
    select(Survey.rating, Survey.comment, Survey.answered_at, Ticket.id, Ticket.subject)
    .join(Ticket, Ticket.id == Survey.ticket_id)
    .where(
        Survey.answered_at.is_not(None),
        Survey.comment != "",
        Survey.sent_at >= bindparam("start_at"),
        Survey.sent_at < bindparam("end_at"),
    )
    .order_by(Survey.id.desc())
    .limit(at_most(FEW))
)


def comments_of(days: DaySpan, *, to: Person) -> Sequence[Comment]:
    """The latest comments on what was asked in these days, on tickets that this person may see.

    What everybody sees who sees all tickets is remembered until anything happens to a ticket: comments
    and subjects change with a fact.
    """
    period = days.period(zone=settings().zone)
    values = {"start_at": period.start_at or _ALWAYS, "end_at": period.end_at or _NEVER}

    def read(latest: Executable) -> Sequence[Comment]:
        return [Comment._make(row) for row in plain_rows(latest, values)]

    if not to.may(Permission.TICKETS_READ):
        return read(_LATEST.where(visible(to)))
    return remembered(STAMP, ("comments", days), partial(read, _LATEST))
