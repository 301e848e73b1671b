"""The rhythm of mails with figures: when one was due last.  Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app.metrics.saved.subscription import Every


def last_due(every: Every, *, weekday: int, hour: int, zone: tzinfo, now: datetime) -> datetime:
    """The latest instant, in UTC, at which one was due by the clocks of the zone.

    There is one for each date: an hour that the clocks leave out is the one after it, and of an hour
    that comes twice the first counts.
    """
    day = now.astimezone(zone).date()
    while not _falls_on(every, day, weekday) or _instant(day, hour, zone) > now:
        day -= timedelta(days=1)
    return _instant(day, hour, zone)


def _falls_on(every: Every, day: date, weekday: int) -> bool:
    match every:
        case Every.DAY:
            return True
        case Every.WEEK:
            return day.weekday() == weekday
        case Every.MONTH:
            return day.day == 1


def _instant(day: date, hour: int, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)
