"""Metrics: the two clocks that a duration is measured with: the calendar, and business hours."""

from collections.abc import Callable
from datetime import datetime

from app.metrics.definitions.entry import Reading
from app.metrics.histories.summary import TicketSummary
from app.metrics.period import whole_seconds

Measure = Callable[[TicketSummary, Reading, datetime, datetime], int]


def calendar_time(
    _ticket: TicketSummary, _by: Reading, start_at: datetime, end_at: datetime
) -> int:
    """cal(a, b) of METRICS.md 2.7."""
    return whole_seconds(start_at, end_at)


def business_time(ticket: TicketSummary, by: Reading, start_at: datetime, end_at: datetime) -> int:
    """biz(a, b) of METRICS.md 2.7: by the calendars that the ticket had."""
    return by.calendars.worked_s(start_at, end_at, ticket.calendars)
