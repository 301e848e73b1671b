"""Metrics: what customers wrote beside their ratings."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.accounts.permissions import Permission
from app.accounts.user import Person
from app.core.db import at_most, db
from app.core.settings import settings
from app.core.web.remembering import remembered
from app.metrics.day_span import DaySpan
from app.surveys.survey import Survey
from app.tickets.access import visible
from app.tickets.history import STAMP
from app.tickets.ticket import Ticket

FEW = 5


class Comment(NamedTuple):
    """A comment with its rating from 1 to 5, and the ticket it is about."""

    rating: int | None
    comment: str
    answered_at: datetime | None
    number: int
    subject: str


def comments_of(days: DaySpan, *, to: Person) -> Sequence[Comment]:
    """The latest comments on what was asked in these days, on tickets that this person may see.

    What everybody sees who sees all tickets is remembered until anything happens to a ticket: comments
    and subjects change with a fact.
    """
    if not to.may(Permission.TICKETS_READ):
        return _read(days, to=to)
    return remembered(STAMP, ("comments", days), lambda: _read(days, to=to))


def _read(days: DaySpan, *, to: Person) -> Sequence[Comment]:
    period = days.period(zone=settings().zone)
    columns = (Survey.rating, Survey.comment, Survey.answered_at, Ticket.id, Ticket.subject)
    rows = select(*columns).join(Ticket, Ticket.id == Survey.ticket_id).where(visible(to))
    rows = rows.where(Survey.answered_at.is_not(None), Survey.comment != "")
    if period.start_at:
        rows = rows.where(Survey.sent_at >= period.start_at)
    if period.end_at:
        rows = rows.where(Survey.sent_at < period.end_at)
    latest = rows.order_by(Survey.id.desc()).limit(at_most(FEW))
    return [Comment._make(row) for row in db.session.execute(latest)]
