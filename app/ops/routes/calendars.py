"""Business hours: what counts as working time, from when on."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response
from flask_login import current_user

from app.accounts import people
from app.core import clock
from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to, page, say
from app.ops.calendar_form import HoursForm, form_of
from app.worktime import calendars
from app.worktime.hours import WEEKDAYS, said_day, week_of


def show_calendars() -> Response:
    """The hours now, every version there was, and a form for other hours."""
    now, _ = calendars.default_calendar()
    tomorrow = clock.today(ZoneInfo(now.zone)) + timedelta(days=1)
    return page("ops/calendars.html", form=form_of(now, from_on=tomorrow), **_shown())


def change_hours() -> Response:
    """Let other hours count from a day on; what is past stays as it is."""
    form = HoursForm()
    if form.validate():
        try:
            calendars.change_hours(
                effective_from=form.effective_from.data,
                zone=form.zone.data,
                week=form.week,
                holidays=form.closed_on,
                by_id=current_user.id,
            )
            say("Saved. What was measured before that day stays as it is.")
            return moved_to("ops.show_calendars")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("ops/calendars.html", form=form, **_shown())


def _shown() -> dict[str, Any]:
    now, versions = calendars.default_calendar()
    return {
        "now": zip(WEEKDAYS, map(said_day, now.week), strict=True),
        "zone": now.zone,
        "closed": sorted(now.holidays),
        "versions": [
            (row, list(zip(WEEKDAYS, map(said_day, week_of(row.week)), strict=True)))
            for row in versions
        ],
        "names": people.names_of({row.by_id for row in versions if row.by_id}),
    }
