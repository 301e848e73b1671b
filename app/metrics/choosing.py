"""Metrics: what a reader means."""

from datetime import date

from app.core import clock
from app.core.settings import settings
from app.metrics import queries
from app.metrics.asking import where_asked
from app.metrics.day_span import DaySpan
from app.metrics.definitions.metric import Hours
from app.metrics.filtering import Key
from app.metrics.forms import PRESETS, USUAL, PeriodForm, preset
from app.metrics.period import day_of
from app.metrics.picture.asked import Asked


def asked(form: PeriodForm) -> Asked:
    """What a valid form asks for.  Raises InvalidInput (field: that of the filter)."""
    return Asked(
        days=days_asked(form),
        hours=Hours(form.hours.data or Hours.CALENDAR),
        where=where_asked(form.conditions),
        by=Key(form.by.data or Key.TEAM),
        as_of_on=form.as_of.data,
    )


def asked_at_first() -> Asked:
    """What is shown to who has no wish."""
    return Asked(_usual_days(clock.today(settings().zone)))


def days_asked(form: PeriodForm) -> DaySpan:
    """The days that a valid form asks for; they end with the day at whose end the desk is looked at."""
    today = form.as_of.data or clock.today(settings().zone)
    return form.days(today=today) if form.has_days else _usual_days(today)


def _usual_days(today: date) -> DaySpan:
    """The last twelve weeks, or everything on a desk where nothing happened lately.

    Such as one that holds an imported history and nothing else.
    """
    lately, span = preset(USUAL, today=today), queries.span()
    if span and lately.start_on and day_of(span[1], zone=settings().zone) < lately.start_on:
        return DaySpan()
    return lately


def preset_of(asked: Asked) -> str:
    """The preset that means its days, if one does."""
    today = asked.as_of_on or clock.today(settings().zone)
    return next((name for name in PRESETS if preset(name, today=today) == asked.days), "")
