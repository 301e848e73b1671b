"""The rhythm of digests: when one was due last.  Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.notifications.choice import Every


def last_due(every: Every, *, hour: int, zone: ZoneInfo, now: datetime) -> datetime:
    """The latest full hour, or day or Monday at `hour` on the clocks of the zone, in UTC."""
    if every is Every.HOUR:
        return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    day = now.astimezone(zone).date()
    if _instant(day, hour, zone) > now:
        day -= timedelta(days=1)
    if every is Every.WEEK:
        day -= timedelta(days=day.weekday())
    return _instant(day, hour, zone)


def _instant(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)
