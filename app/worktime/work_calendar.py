"""Working time: a calendar with its versions, ready to measure with (METRICS.md 2.9).  Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from app.worktime.hours import NINE_TO_FIVE, Week

LONGEST_SEARCH_YEARS = 20
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Version:
    """Hours that are in force from a local day on.  Of two for one day, the higher number counts."""

    number: int
    effective_from: date
    zone: str
    week: Week
    holidays: frozenset[date] = frozenset()


class NeverWorked(ValueError):
    """The calendar holds no working time after the instant that was asked about."""


class WorkCalendar:
    """Measures working time by the version in force on each day.

    The first version also holds for the time before it.  An interval is what the clock on the wall
    says: where clocks are put back, an hour in it counts twice, where they are put forward, not at
    all.  Years are laid out as they are asked for; after that, measuring is two searches in a list.
    """

    def __init__(self, versions: Iterable[Version]) -> None:
        latest = {v.effective_from: v for v in sorted(versions, key=lambda v: v.number)}
        self.versions = tuple(latest[day] for day in sorted(latest))
        if not self.versions:
            raise ValueError("A calendar needs a version.")
        self._years: dict[int, _Year] = {}

    def worked_s(self, start_at: datetime, end_at: datetime) -> int:
        """biz(a, b) of METRICS.md 2.7, in seconds; instants are cut to whole seconds first."""
        start, end = _second(start_at), _second(end_at)
        if end <= start:
            return 0
        first, last = start_at.astimezone(UTC).year, end_at.astimezone(UTC).year
        if first == last:
            year = self._year(first)
            return year.until(end) - year.until(start)
        between = sum(self._year(number).total for number in range(first + 1, last))
        before = self._year(first)
        return before.total - before.until(start) + between + self._year(last).until(end)

    def due_at(self, start_at: datetime, seconds: int) -> datetime:
        """The earliest instant by which so many seconds were worked.  Raises NeverWorked."""
        start = _second(start_at)
        if seconds <= 0:
            return datetime.fromtimestamp(start, UTC)
        number = start_at.astimezone(UTC).year
        wanted = self._year(number).until(start) + seconds
        for year in map(self._year, range(number, number + LONGEST_SEARCH_YEARS)):
            if wanted <= year.total:
                return datetime.fromtimestamp(year.when(wanted), UTC)
            wanted -= year.total
        raise NeverWorked("Nobody works for so long by this calendar.")

    def version_on(self, day: date) -> Version:
        """The version in force on a local day."""
        place = bisect_right(self.versions, day, key=lambda version: version.effective_from)
        return self.versions[max(place - 1, 0)]

    def _year(self, number: int) -> "_Year":
        if number not in self._years:
            bounds = (datetime(each, 1, 1, tzinfo=UTC) for each in (number, number + 1))
            start, end = map(_second, bounds)
            self._years[number] = _Year(self._stretches(number), start, end)
        return self._years[number]

    def _stretches(self, number: int) -> Iterator[tuple[int, int]]:
        """The working stretches around a UTC year in seconds since 1970, in order."""
        for version, later in zip(self.versions, [*self.versions[1:], None], strict=True):
            first = date(number, 1, 1) - 2 * _DAY
            last = date(number + 1, 1, 1) + 2 * _DAY
            if version is not self.versions[0]:
                first = max(first, version.effective_from)
            until = None
            if later:
                last = min(last, later.effective_from)
                until = _midnight(later.effective_from, ZoneInfo(later.zone))
            for start, end in _days(version, first, last):
                # Zones of two versions may differ: a stretch ends where the next version begins.
                if until is None or start < until:
                    yield start, min(end, until) if until is not None else end


class _Year:
    """The stretches of one UTC year with running totals."""

    def __init__(self, stretches: Iterable[tuple[int, int]], start: int, end: int) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        reached = start
        for begin, stop in sorted(stretches):
            clipped = max(begin, reached), min(stop, end)
            if clipped[0] < clipped[1]:
                self.starts.append(clipped[0])
                self.ends.append(clipped[1])
                reached = clipped[1]
        lengths = (stop - begin for begin, stop in zip(self.starts, self.ends, strict=True))
        self.sums = [0, *accumulate(lengths)]
        self.total = self.sums[-1]

    def until(self, instant: int) -> int:
        """The seconds worked in this year before an instant of it."""
        place = bisect_right(self.starts, instant)
        if place == 0:
            return 0
        return self.sums[place - 1] + min(instant, self.ends[place - 1]) - self.starts[place - 1]

    def when(self, seconds: int) -> int:
        """The instant by which so many seconds, at least one, were worked in this year."""
        place = bisect_left(self.sums, seconds)
        return self.ends[place - 1] - (self.sums[place] - seconds)


def _days(version: Version, first: date, last: date) -> Iterator[tuple[int, int]]:
    zone, day = ZoneInfo(version.zone), first
    begins = _midnight(day, zone)
    while day < last:
        ends = _midnight(day + _DAY, zone)
        intervals = () if day in version.holidays else version.week[day.weekday()]
        if intervals:
            for start, end, offset in _even(begins, ends, zone):
                # The wall's seconds of this day are UTC seconds plus the offset.
                wall = _second(datetime.combine(day, time.min, tzinfo=UTC)) - offset
                for opens, closes in intervals:
                    stretch = max(wall + opens * 60, start), min(wall + closes * 60, end)
                    if stretch[0] < stretch[1]:
                        yield stretch
        day, begins = day + _DAY, ends


def _even(start: int, end: int, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """A day cut where the clocks change: start, end and offset from UTC of each part."""
    before, after = _offset(start, zone), _offset(end - 1, zone)
    if before == after:
        yield start, end, before
        return
    low, high = start, end - 1  # the clocks change after `low`, and not after `high`
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(middle, zone) == before:
            low = middle
        else:
            high = middle
    yield start, high, before
    yield high, end, after


def _offset(instant: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(instant, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _midnight(day: date, zone: ZoneInfo) -> int:
    return _second(datetime.combine(day, time.min, tzinfo=zone))


def _second(instant: datetime) -> int:
    """Seconds since 1970, cut to the whole one."""
    span = instant - _EPOCH
    return span.days * 86_400 + span.seconds


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def usual(zone: str) -> WorkCalendar:
    """Nine to five from Monday to Friday, without holidays: what counts until somebody says more."""
    return WorkCalendar([Version(1, date(1970, 1, 1), zone, NINE_TO_FIVE)])
