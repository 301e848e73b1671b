"""Metrics: from the numbers in a column of pages to the values that people know."""

from collections.abc import Iterable

from app.metrics.caches.sieve import is_term
from app.metrics.caches.terms import words
from app.metrics.filtering import Key, Value


def numbers_by_value(numbers: Iterable[int], key: Key) -> dict[Value, list[int]]:
    """Which of these numbers of a key's column stand for each value; 0 is None, that nothing was said.

    A number may stand for several tags, and a tag be in several numbers.  One statement where the
    numbers are words.
    """
    found: dict[Value, list[int]] = {}
    if not is_term(key):
        return {number or None: [number] for number in numbers}
    terms = words()
    for number in numbers:
        for value in _values(terms.get(number)):
            found.setdefault(value, []).append(number)
    return found


def _values(term: object) -> list[Value]:
    if isinstance(term, list):
        return [*term]
    return [term if isinstance(term, int | str) else None]
