"""Metrics: look at what is kept case by case: for filters, and for the tickets behind a figure."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import compress

from app.metrics.caches.fetching import rows_of
from app.metrics.caches.page import REST, columns_in, values_in
from app.metrics.caches.series import DESK, ON_DESK, OPEN, OPEN_AGE, STAY, Key, series_of
from app.metrics.caches.sieve import Sieve, of_stays, passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.counting import add
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import COUNTED, Entry
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import Metric
from app.metrics.histories.summary import Hidden
from app.metrics.period import midnight, whole_seconds
from app.metrics.sample import Sample


def samples(
    days: DaySpan,
    *,
    metrics: Iterable[Metric],
    stand: Stand,
    held: Callable[[datetime], bool] | None = None,
) -> dict[str, Sample]:
    """The samples of metrics, in a constant number of statements; dated ones of instants that are held."""
    asked, by = list(metrics), stand.reading(days)
    made = {metric.id: Sample(also=metric.lists) for metric in asked}
    sieve = sieve_of(stand.where)
    named = {
        series_of(metric.id, name): (metric, name)
        for metric in asked
        if metric.dated_by_anchor
        for name in (COUNTED, *metric.asides, *(reason.value for reason in Reason))
    }
    for key, values, rest in _pages(named, days, stand):
        metric, name = named[key.series]
        first_at = midnight(key.day_on, zone=stand.zone)
        for value, ticket_id, second, agent_id in _passing(values, rest, sieve):
            entry = Entry(name, first_at + timedelta(seconds=second), value, agent_id)
            if held is None or held(entry.at):
                add(made[metric.id], metric, ticket_id, entry, by=by)
    for metric in asked:
        if not metric.dated_by_anchor:
            now = metric.id == OPEN_AGE or days.end_on is None or by.as_of < by.instant
            end_on = None if now else days.end_on
            _see_desk(made[metric.id], metric, stand, sieve, end_on=end_on)
    return made


def _see_desk(
    sample: Sample, metric: Metric, stand: Stand, sieve: Sieve, *, end_on: date | None
) -> None:
    """Who is on the desk, now or when a day begins, with ages."""
    if end_on:
        _see_former_desk(sample, stand, sieve_of(of_stays(stand.where)), end_on)
        return
    base = DESK if metric.id != OPEN_AGE else OPEN_AGE
    named = {series: name for series, (of, name) in ON_DESK.items() if of == base}
    for key, values, rest in _pages(named, DaySpan(), stand):
        since = whole_seconds(midnight(key.day_on, zone=stand.zone), stand.as_of)
        for value, ticket_id, _, _ in _passing(values, rest, sieve):
            name = named[key.series]
            sample.add(name, ticket_id, since - value if name == COUNTED else 0)


def _see_former_desk(sample: Sample, stand: Stand, sieve: Sieve, end_on: date) -> None:
    """The stays that began before the instant and did not end before it."""
    zone = stand.zone
    end_at = midnight(end_on, zone=zone)
    named = {}
    for name in (COUNTED, *Hidden):
        hidden = "" if name == COUNTED else f":{name}"
        named[f"{STAY}{hidden}"] = named[f"{STAY}:{OPEN}{hidden}"] = str(name)
    t0_of_end = whole_seconds(_EPOCH, end_at)
    for key, values, rest in _pages(named, DaySpan(None, end_on), stand):
        since = whole_seconds(midnight(key.day_on, zone=zone), end_at)
        is_open = f":{OPEN}" in key.series
        # A stay of this day that lasts into the instant is at least this long.
        first = 0 if is_open else bisect_left(values, since - 2 * 86_400)
        if first == len(values):
            continue
        for value, ticket_id, second, t0 in _passing(values, rest, sieve):
            if is_open or second + value >= since:
                name = named[key.series]
                sample.add(name, ticket_id, t0_of_end - t0 if name == COUNTED else 0)


def _pages(
    series_named: Iterable[str], days: DaySpan, stand: Stand
) -> Iterable[tuple[Key, "array[int]", bytes]]:
    columns = ("series", "day_on", "numbers", "rest")
    found = rows_of(series_named, days, *columns, shelf=stand.shelf)
    for series, day_on, numbers, rest in found:
        yield Key(series, day_on), values_in(numbers), rest


def _passing(
    values: "array[int]", rest: bytes, sieve: Sieve
) -> Iterable[tuple[int, int, int, int]]:
    """Value, ticket, second and credit of the rows that pass."""
    columns = columns_in(rest, map(REST.index, ("ticket_id", "second", "agent_id")))
    rows = zip(values, *columns, strict=True)
    return compress(rows, passing(rest, sieve)) if sieve else rows


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
