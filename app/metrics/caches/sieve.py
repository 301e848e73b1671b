"""Metrics: conditions as numbers of columns, so that the rows of a page can be sifted at once."""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import and_
from typing import Any

from app.metrics.caches.page import REST, columns_in
from app.metrics.caches.terms import words
from app.metrics.filtering import Key as Asked
from app.metrics.filtering import Value, Where

_TERMS = {
    Asked.TEAM: "team",
    Asked.PRIORITY: "priority",
    Asked.CHANNEL: "channel",
    Asked.QUEUE: "queue",
    Asked.TYPE: "type",
    Asked.TAG: "tags",
}
_NUMBERS = {
    Asked.AGENT: "agent_id",
    Asked.ASSIGNEE: "assignee",
    Asked.ORGANISATION: "organisation",
}
Sieve = Sequence[tuple[str, frozenset[int]]]
"""Of each column, the numbers that pass."""


def column_of(key: Asked) -> str:
    """The column of a page that holds what is asked for by a key."""
    return _TERMS.get(key) or _NUMBERS[key]


def is_term(key: Asked) -> bool:
    """Whether that column holds the numbers of words (`terms.py`)."""
    return key in _TERMS


def of_stays(where: Where) -> Where:
    """The same conditions for stays on the desk: nobody has credit for one but who has the ticket then."""
    return Where(
        tuple((Asked.ASSIGNEE if k is Asked.AGENT else k, wanted) for k, wanted in where.wanted)
    )


def sieve_of(where: Where) -> Sieve:
    """The conditions as they are asked of pages; one statement where words are among them."""
    if not where:
        return ()
    known = words() if any(key in _TERMS for key, _ in where.wanted) else {}
    return [
        (_TERMS[key], _terms(key, wanted, known))
        if key in _TERMS
        else (_NUMBERS[key], frozenset(_number(value) for value in wanted))
        for key, wanted in where.wanted
    ]


def _terms(key: Asked, wanted: frozenset[Value], known: dict[int, object]) -> frozenset[int]:
    def passes(word: object) -> bool:
        if key is Asked.TAG:
            return isinstance(word, list) and not wanted.isdisjoint(word)
        return not isinstance(word, list) and word in wanted

    nothing = {0} if None in wanted else set()
    return frozenset(nothing | {number for number, word in known.items() if passes(word)})


def _number(value: Value) -> int:
    return int(value) if value is not None else 0


def passing(rest: bytes, sieve: Sieve) -> Iterator[bool]:
    """Row by row, whether it passes.  The sieve has a condition at least."""
    columns = columns_in(rest, [REST.index(name) for name, _ in sieve])
    masks = [
        map(wanted.__contains__, column) for column, (_, wanted) in zip(columns, sieve, strict=True)
    ]
    both: Callable[[Any, Any], Any] = lambda one, other: map(and_, one, other)  # noqa: E731
    return reduce(both, masks)
