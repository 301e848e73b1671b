"""Metrics: how long it takes when those that still wait are not forgotten, from what is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from app.metrics.caches.fetching import rows_of
from app.metrics.caches.page import REST, columns_in, values_in
from app.metrics.caches.reading import KeptSample
from app.metrics.caches.series import series_of
from app.metrics.caches.sieve import passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import WAITING
from app.metrics.definitions.exclusions import Reason
from app.metrics.kaplan_meier import Survival, survival
from app.metrics.period import midnight, whole_seconds

_SECOND = REST.index("second")


def survivals(
    days: DaySpan, samples: Mapping[str, KeptSample], *, ids: Iterable[str], stand: Stand
) -> dict[str, Survival]:
    """Kaplan and Meier's estimate of each of these figures, whose cases are known; one statement.

    Who waits has waited since the case began; who was closed without an answer, until then.
    """
    names = {series_of(id, name): (id, name) for id in ids for name in _CENSORED}
    sieve = sieve_of(stand.where)
    censored: dict[str, list[int]] = defaultdict(list)
    columns = ("series", "day_on", "numbers", "rest")
    for series, day_on, numbers, rest in rows_of(names, days, *columns, shelf=stand.shelf):
        id, name = names[series]
        lost = [*values_in(numbers)]
        if name == WAITING:
            since = whole_seconds(midnight(day_on, zone=stand.zone), stand.as_of)
            (seconds,) = columns_in(rest, [_SECOND])
            lost = [since - second for second in seconds]
        passes = passing(rest, sieve) if sieve else [True] * len(lost)
        censored[id] += [value for value, good in zip(lost, passes, strict=True) if good]
    return {
        id: survival(chain.from_iterable(samples[id].by_day.values()), censored[id])
        for id in {id for id, _ in names.values()}
    }


_CENSORED = (WAITING, Reason.CLOSED_UNANSWERED.value)
