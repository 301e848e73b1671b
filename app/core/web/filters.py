"""How figures, times and names are written on the screen (Jinja filters).

Times are shown in the desk's zone; a behaviour turns them to the reader's own clock in the browser.
"""

import calendar
import zlib
from datetime import date, datetime

from flask import Flask

from app.core import clock
from app.core.settings import settings

MINUTE_S, HOUR_S, DAY_S, WEEK_S = 60, 3600, 86_400, 604_800
MONTH_S, YEAR_S = 2_629_746, 31_556_952
UNITS = (
    (YEAR_S, "year"),
    (MONTH_S, "month"),
    (WEEK_S, "week"),
    (DAY_S, "day"),
    (HOUR_S, "hour"),
    (MINUTE_S, "minute"),
)
BRIEF_UNITS = ((YEAR_S, "y"), (WEEK_S, "w"), (DAY_S, "d"), (HOUR_S, "h"), (MINUTE_S, "m"))
MONTHS = tuple(calendar.month_name)
HUES = 6
MANY = 100
"""Lists of work to do are counted so far: past it, the exact number costs more than it says."""


def init_app(app: Flask) -> None:
    """Give templates the filters."""
    filters = (
        ago, age, moment, day, exactly, number, from_iso, counted, plural, filesize, duration, initials, hue,
    )  # fmt: skip
    app.jinja_env.filters.update({each.__name__: each for each in filters})


def ago(at: datetime) -> str:
    """How long it is since, in its largest unit: "18 minutes ago", "yesterday", "in 2 hours"."""
    passed_s = (clock.now() - at).total_seconds()
    size_s = abs(passed_s)
    if size_s < MINUTE_S:
        return "just now"
    if DAY_S <= passed_s < 2 * DAY_S:
        return "yesterday"
    unit_s, word = next(unit for unit in UNITS if size_s >= unit[0])
    said = plural(int(size_s // unit_s), word)
    return f"{said} ago" if passed_s > 0 else f"in {said}"


def age(at: datetime) -> str:
    """How long it is since, for narrow columns: "now", "4m", "3h", "2d", "5w", "3y"."""
    passed_s = (clock.now() - at).total_seconds()
    unit_s, word = next((unit for unit in BRIEF_UNITS if passed_s >= unit[0]), (0, ""))
    return f"{int(passed_s // unit_s)}{word}" if unit_s else "now"


def moment(at: datetime) -> str:
    """When it was: "today 09:14", "yesterday 18:04", "12 November, 18:04", "12 November 2025"."""
    zone = settings().zone
    local, present = at.astimezone(zone), clock.today(zone)
    time = _clock(local)
    match (present - local.date()).days:
        case 0:
            return f"today {time}"
        case 1:
            return f"yesterday {time}"
    if local.year == present.year:
        return f"{local.day} {MONTHS[local.month]}, {time}"
    return day(at)


def day(on: date | datetime) -> str:
    """The full date: "12 November 2026"."""
    local = on.astimezone(settings().zone) if isinstance(on, datetime) else on
    return _day(local)


def exactly(at: datetime) -> str:
    """Date, time and zone, for titles: "12 November 2026, 09:14 UTC"."""
    local = at.astimezone(settings().zone)
    return f"{_day(local)}, {_clock(local)} {local.tzname()}"


def number(value: float) -> str:
    """With a comma between thousands: "48,211"."""
    return f"{value:,}"


def from_iso(text: str) -> datetime:
    """A time that a fact keeps as text."""
    return datetime.fromisoformat(text)


def counted(count: int) -> str:
    """A count that was not taken past `MANY`: "38", "100+"."""
    return str(count) if count < MANY else f"{MANY}+"


def plural(count: int, one: str, many: str = "") -> str:
    """The number and its noun: "1 reply", "3 replies"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def filesize(size_bytes: int) -> str:
    """In decimal units as file managers show it: "212 KB", "1.4 MB"."""
    if size_bytes < 1000:
        return plural(size_bytes, "byte")
    size: float = size_bytes
    for unit in ("KB", "MB", "GB"):
        size /= 1000
        if size < 999.5 or unit == "GB":
            break
    return f"{size:.1f} {unit}" if size < 10 and unit != "KB" else f"{size:.0f} {unit}"


def duration(seconds: float) -> str:
    """The largest two units: "3d 4h", "2h 10m", "41m", "0m"."""
    if seconds < 0:
        return f"−{duration(-seconds)}"
    whole_s = int(seconds)
    days, hours, minutes = whole_s // DAY_S, whole_s // HOUR_S % 24, whole_s // MINUTE_S % 60
    if days:
        return f"{days}d {hours}h" if hours else f"{days}d"
    if hours:
        return f"{hours}h {minutes}m" if minutes else f"{hours}h"
    return f"{minutes}m" if minutes or not whole_s else f"{whole_s}s"


def initials(name: str) -> str:
    """One or two letters for an avatar: "PR" for Priya Raman, "?" for nobody."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper() or "?"


def hue(key: int | str) -> int:
    """One of six grounds, always the same for the same id or name."""
    return (key if isinstance(key, int) else zlib.crc32(key.encode())) % HUES + 1


# Formatted by hand: strftime takes three times as long, and a list has hundreds of times in it.
def _day(on: date) -> str:
    return f"{on.day} {MONTHS[on.month]} {on.year}"


def _clock(at: datetime) -> str:
    return f"{at.hour:02}:{at.minute:02}"
