"""Metrics: which queues and types tickets had, so that pages offer no filter that a desk does not know."""

from typing import NamedTuple

from app.metrics.caches.page import REST, columns_in
from app.metrics.caches.reading import rows_of
from app.metrics.caches.series import CREATED, DESK
from app.metrics.caches.stand import Stand
from app.metrics.caches.terms import words
from app.metrics.day_span import DaySpan
from app.metrics.filtering import Key

_SERIES = (CREATED, DESK, "ttr_full")
_PLACES = [REST.index(name) for name in (Key.QUEUE, Key.TYPE)]


class Used(NamedTuple):
    """Queues and types, in order, as people write them."""

    queues: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


def used(days: DaySpan, *, stand: Stand) -> Used:
    """What tickets had that came or were solved in these days or are on the desk, whatever the filters.

    One statement, and one more where there is anything.
    """
    found: tuple[set[int], set[int]] = (set(), set())
    for (rest,) in rows_of(_SERIES, days, "rest", shelf=stand.shelf):
        for numbers, column in zip(found, columns_in(rest, _PLACES), strict=True):
            numbers.update(column)
    if not any(numbers - {0} for numbers in found):
        return Used()
    terms = words()
    said = (sorted(str(terms[each]) for each in numbers if each in terms) for numbers in found)
    return Used(*map(tuple, said))
