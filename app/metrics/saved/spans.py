"""Metrics: periods that move with time, by name.  Pure."""

from datetime import date, timedelta
from enum import StrEnum

from app.metrics.day_span import DaySpan
from app.metrics.picture.asked import before

_A_DAY = timedelta(days=1)


class Moving(StrEnum):
    """The last days, today among them; whole weeks, months and so on that are over; those that run."""

    LAST_7 = "7"
    LAST_28 = "28"
    LAST_84 = "84"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"
    ALL = "all"


WORDS = {
    Moving.LAST_7: "Last 7 days",
    Moving.LAST_28: "Last 4 weeks",
    Moving.LAST_84: "Last 12 weeks",
    Moving.YESTERDAY: "Yesterday",
    Moving.WEEK: "Last week",
    Moving.MONTH: "Last month",
    Moving.QUARTER: "Last quarter",
    Moving.YEAR: "Last year",
    Moving.THIS_WEEK: "This week so far",
    Moving.THIS_MONTH: "This month so far",
    Moving.THIS_QUARTER: "This quarter so far",
    Moving.THIS_YEAR: "This year so far",
    Moving.ALL: "Everything",
}
_LAST = {Moving.LAST_7: 7, Moving.LAST_28: 28, Moving.LAST_84: 84}
_WHOLE = {
    Moving.YESTERDAY: "day", Moving.WEEK: "week", Moving.MONTH: "month",
    Moving.QUARTER: "quarter", Moving.YEAR: "year",
}  # fmt: skip
_RUNNING = {
    Moving.THIS_WEEK: "week", Moving.THIS_MONTH: "month",
    Moving.THIS_QUARTER: "quarter", Moving.THIS_YEAR: "year",
}  # fmt: skip


def days_of(moving: Moving, *, today: date) -> DaySpan:
    """The days that it means today.  Weeks begin on Mondays."""
    if moving in _LAST:
        return DaySpan(today - timedelta(days=_LAST[moving] - 1), today + _A_DAY)
    if moving in _WHOLE:
        end_on = _began(_WHOLE[moving], today)
        return DaySpan(_began(_WHOLE[moving], end_on - _A_DAY), end_on)
    if moving in _RUNNING:
        return DaySpan(_began(_RUNNING[moving], today), today + _A_DAY)
    return DaySpan()


def days_before(moving: Moving | None, days: DaySpan, *, today: date) -> DaySpan | None:
    """What these days are compared with: the month before last month, else as many days right before.

    Days that are still to come are left out.  None where they have no first day, or all lie ahead.
    """
    end_on = min(days.end_on or today + _A_DAY, today + _A_DAY)
    if days.start_on is None or days.start_on >= end_on:
        return None
    if moving in _WHOLE:
        return DaySpan(_began(_WHOLE[moving], days.start_on - _A_DAY), days.start_on)
    return before(DaySpan(days.start_on, end_on))


def _began(unit: str, day: date) -> date:
    """The first day of the week, month and so on that a day lies in."""
    match unit:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case "year":
            return day.replace(month=1, day=1)
        case _:
            return day
