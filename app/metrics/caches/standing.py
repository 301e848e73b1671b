"""Metrics: who stood on the desk, now or when days began, parted by what was said, from what is kept."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, tzinfo
from functools import reduce
from itertools import compress, islice

from app.metrics.caches.ages import Ages
from app.metrics.caches.desk import DeskSample
from app.metrics.caches.fetching import rows_of
from app.metrics.caches.members import numbers_by_value
from app.metrics.caches.page import REST, columns_in, values_in
from app.metrics.caches.series import DESK, ON_DESK, OPEN, OPEN_AGE, STAY
from app.metrics.caches.sieve import column_of, of_stays, passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import COUNTED
from app.metrics.filtering import Key, Value
from app.metrics.histories.summary import Hidden
from app.metrics.period import midnight, whole_seconds
from app.metrics.sample import Sample

_COLUMNS = ("series", "day_on", "numbers", "rest")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND, _T0 = REST.index("second"), REST.index("agent_id")


def standing_now(key: Key, *, stand: Stand) -> dict[Value, dict[str, DeskSample]]:
    """For each value of a key, the samples of the backlog and of the ages of open tickets, by id."""
    ids = {DESK: "backlog", OPEN_AGE: "open_age"}
    place, sieve = column_of(key), sieve_of(stand.where)
    days: dict[int, dict[str, list[_Day]]] = defaultdict(lambda: defaultdict(list))
    hidden: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for series, day_on, numbers, rest in rows_of(ON_DESK, DaySpan(), *_COLUMNS, shelf=stand.shelf):
        base, name = ON_DESK[series]
        (members,) = columns_in(rest, [REST.index(place)])
        rows = zip(members, values_in(numbers), strict=True)
        passed = compress(rows, passing(rest, sieve)) if sieve else rows
        parts: dict[int, array[int]] = defaultdict(lambda: array("i"))
        for member, value in passed:
            # Nobody has credit for what is not on the desk.
            parts[0 if name != COUNTED and key is Key.AGENT else member].append(value)
        for member, values in parts.items():
            if name == COUNTED:
                days[member][ids[base]].append((midnight(day_on, zone=stand.zone), values))
            else:
                counts = hidden[member][ids[base]]
                counts[name] = counts.get(name, 0) + len(values)
    found = {
        member: {id: (days[member][id], hidden[member][id]) for id in ids.values()}
        for member in {*days, *hidden}
    }
    return {
        value: {
            id: DeskSample(Ages(parts, as_of=stand.as_of), counts)
            for id, (parts, counts) in stood.items()
        }
        for value, stood in (
            (value, reduce(_joined, (found[number] for number in numbers)))
            for value, numbers in numbers_by_value(found, key).items()
        )
    }


_Day = tuple[datetime, "array[int]"]
_Stood = dict[str, tuple[list[_Day], dict[str, int]]]


def _joined(one: _Stood, other: _Stood) -> _Stood:
    """Both, day by day in order."""
    made = {}
    for id, (days, counts) in one.items():
        more_days, more = other[id]
        by_day: dict[datetime, array[int]] = {}
        for first_at, values in (*days, *more_days):
            known = by_day.get(first_at)
            by_day[first_at] = array("i", sorted(known + values)) if known else values
        names = {*counts, *more}
        made[id] = (
            sorted(by_day.items()),
            {name: counts.get(name, 0) + more.get(name, 0) for name in names},
        )
    return made


def stood_before(
    ends: Sequence[date], *, key: Key | None, stand: Stand
) -> dict[date, dict[Value, Sample]]:
    """The backlog when each of these days began, for each value of a key; without one, of None alone.

    The days are in order.  Two statements, however many there are.
    """
    found: dict[date, dict[int, Sample]] = {end_on: defaultdict(Sample) for end_on in ends}
    for end_on, name, member, ticket_id, age in _stays(ends, key, stand):
        found[end_on][member].add(name, ticket_id, age)
    if key is None:
        return {end_on: {None: samples[0]} for end_on, samples in found.items()}
    members = {member for samples in found.values() for member in samples}
    numbers = numbers_by_value(members, key)
    return {
        end_on: {
            value: _together([samples[n] for n in among if n in samples])
            for value, among in numbers.items()
        }
        for end_on, samples in found.items()
    }


def _stays(
    ends: Sequence[date], key: Key | None, stand: Stand
) -> Iterator[tuple[date, str, int, int, int]]:
    """Of every stay that holds at the beginning of a day: that day, its list, member, ticket and age."""
    named = {}
    for name in (COUNTED, *Hidden):
        hidden = "" if name == COUNTED else f":{name}"
        named[f"{STAY}{hidden}"] = named[f"{STAY}:{OPEN}{hidden}"] = str(name)
    sieve, zone = sieve_of(of_stays(stand.where)), stand.zone
    place = REST.index(column_of(Key.ASSIGNEE if key is Key.AGENT else key)) if key else _SECOND
    for series, day_on, numbers, rest in rows_of(
        named, DaySpan(None, ends[-1]), *_COLUMNS, shelf=stand.shelf
    ):
        values, name, is_open = values_in(numbers), named[series], f":{OPEN}" in series
        first_at = midnight(day_on, zone=zone)
        later = [end_on for end_on in ends if end_on > day_on]
        long = 0 if is_open else bisect_left(values, _least(first_at, later[0], zone))
        if long == len(values):
            continue
        columns = columns_in(rest, [REST.index("ticket_id"), _SECOND, _T0, place])
        rows = [*zip(values[long:], *(column[long:] for column in columns), strict=True)]
        if sieve:
            rows = [*compress(rows, islice(passing(rest, sieve), long, None))]
        nobody = key is None or (key is Key.AGENT and name != COUNTED)
        for end_on in later:
            end_at = midnight(end_on, zone=zone)
            since, t0_of_end = whole_seconds(first_at, end_at), whole_seconds(_EPOCH, end_at)
            least = _least(first_at, end_on, zone)
            first = 0 if is_open else bisect_left(rows, least, key=lambda row: row[0])
            for value, ticket_id, second, t0, member in rows[first:]:
                if is_open or second + value >= since:
                    age = t0_of_end - t0 if name == COUNTED else 0
                    yield end_on, name, 0 if nobody else member, ticket_id, age


def _least(first_at: datetime, end_on: date, zone: tzinfo) -> int:
    """A stay of the day that lasts until another begins is at least this long."""
    return whole_seconds(first_at, midnight(end_on, zone=zone)) - 2 * 86_400


def _together(samples: Sequence[Sample]) -> Sample:
    if len(samples) == 1:
        return samples[0]
    made = Sample()
    for sample in samples:
        for name, cases in sample.lists.items():
            for ticket_id, value in zip(cases.ticket_ids, cases.values, strict=True):
                made.add(name, ticket_id, value)
    return made
