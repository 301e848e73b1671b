"""Reading calendars, and adding versions to them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.events import publish
from app.core.settings import settings
from app.core.uow import read_again, verb
from app.worktime.calendar import Calendar, CalendarVersion
from app.worktime.events import CalendarChanged
from app.worktime.hours import NINE_TO_FIVE, Week, week_of
from app.worktime.measuring import DEFAULT, Calendars
from app.worktime.work_calendar import Version, WorkCalendar, usual

USUAL_NAME = "Business hours"
_ALWAYS = date(1970, 1, 1)


def calendars(*, as_of: datetime) -> Calendars:
    """Every calendar as it was known then, in one statement.

    The first version of a calendar is known always.  Until somebody makes a default calendar, it is
    nine to five from Monday to Friday in the reporting zone.
    """
    rows = db.session.execute(
        select(CalendarVersion, Calendar.is_default)
        .join(Calendar, Calendar.id == CalendarVersion.calendar_id)
        .order_by(CalendarVersion.calendar_id, CalendarVersion.number)
    )
    versions: dict[int, list[Version]] = defaultdict(list)
    default = None
    for row, is_default in rows:
        default = row.calendar_id if is_default else default
        if row.number == 1 or row.created_at <= as_of:
            versions[row.calendar_id].append(pure(row))
    by_id = {id: WorkCalendar(known) for id, known in versions.items()}
    by_id[DEFAULT] = by_id[default] if default else usual(settings().reporting_zone)
    return Calendars(by_id)


def pure(row: CalendarVersion) -> Version:
    """The version as rules need it."""
    holidays = frozenset(map(date.fromisoformat, row.holidays))
    return Version(row.number, row.effective_from, row.zone, week_of(row.week), holidays)


def default_calendar() -> tuple[Version, Sequence[CalendarVersion]]:
    """The hours of everybody's calendar today, and its versions, the latest first, if any was written."""
    rows = db.session.scalars(
        select(CalendarVersion)
        .join(Calendar, Calendar.id == CalendarVersion.calendar_id)
        .where(Calendar.is_default.is_(True))
        .order_by(CalendarVersion.number.desc())
    ).all()
    calendar = WorkCalendar(map(pure, rows)) if rows else usual(settings().reporting_zone)
    now = calendar.version_on(clock.today(ZoneInfo(calendar.versions[-1].zone)))
    return now, rows


@verb
def write_down_default() -> Calendar:
    """Everybody's calendar, made of the usual hours in the reporting zone if there is none yet."""
    found = db.session.scalar(select(Calendar).where(Calendar.is_default.is_(True)))
    if found:
        return found
    calendar = Calendar(name=USUAL_NAME, is_default=True)
    db.session.add(calendar)
    db.session.flush()  # its first version needs the id
    _add(calendar, 1, _ALWAYS, settings().reporting_zone, NINE_TO_FIVE, (), by_id=None)
    return calendar


@verb
def change_hours(
    *,
    effective_from: date,
    zone: str,
    week: Week,
    holidays: Iterable[date] = (),
    by_id: int | None,
) -> CalendarVersion:
    """Let other hours count for everybody from a day on, today at the earliest.

    What is past was measured already.  Raises InvalidInput (fields `effective_from`, `zone`, `week`).
    """
    _insist(zone, week)
    if effective_from < clock.today(ZoneInfo(zone)):
        raise InvalidInput(
            "Choose today or a later day: what is past stays as it was measured.",
            field="effective_from",
        )
    calendar = write_down_default()
    read_again(calendar)  # of two who change them at once, one waits for the number of the other
    last = select(func.max(CalendarVersion.number)).where(
        CalendarVersion.calendar_id == calendar.id
    )
    number = (db.session.scalar(last) or 0) + 1
    added = _add(calendar, number, effective_from, zone, week, holidays, by_id=by_id)
    publish(CalendarChanged(calendar_id=calendar.id))
    return added


def _insist(zone: str, week: Week) -> None:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        raise InvalidInput(_NO_ZONE, field="zone") from None
    except KeyError:
        raise InvalidInput(_NO_ZONE, field="zone") from None
    if not any(week):
        raise InvalidInput("Somebody has to work on one day of the week at least.", field="week")


_NO_ZONE = "Write a time zone as Europe/Berlin."


def _add(
    calendar: Calendar,
    number: int,
    effective_from: date,
    zone: str,
    week: Week,
    holidays: Iterable[date],
    *,
    by_id: int | None,
) -> CalendarVersion:
    row = CalendarVersion(
        calendar_id=calendar.id,
        number=number,
        effective_from=effective_from,
        zone=zone,
        week=[[list(span) for span in day] for day in week],
        holidays=sorted(day.isoformat() for day in set(holidays)),
        by_id=by_id,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()  # the next version of the same act needs its number
    return row
