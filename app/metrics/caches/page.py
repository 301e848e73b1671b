"""Metrics: the cases of one series on one day, column by column, in order of their values.  Pure."""

import zlib
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

_QUICK = 1
_MOST, _LEAST = 2**31 - 1, -(2**31)


class Row(NamedTuple):
    """A case in whole numbers, 0 for nothing.

    `second` is when it counts, since midnight of the day; `agent_id` whom it is credited to, or, of a
    stay on the desk, T0 in seconds since 1970.  What is text is the number of a term (`terms.py`).
    """

    value: int
    ticket_id: int
    second: int
    agent_id: int
    team: int
    assignee: int
    priority: int
    channel: int
    queue: int
    type: int
    organisation: int
    tags: int


REST = Row._fields[1:]
_HEAD_BYTES = 4 * len(REST)


class Page:
    """Rows ordered by value, kept as one array a column: four bytes a number.

    `values` can be read without the rest, which is most of the bytes and seldom needed.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.rows = sorted(map(_fitting, rows))

    @classmethod
    def of(cls, values: bytes, rest: bytes) -> "Page":
        """The page that was packed; of bytes that are no page, an empty one."""
        page = cls()
        try:
            columns = [values_in(values), *columns_in(rest, range(len(REST)))]
            page.rows = [Row._make(row) for row in zip(*columns, strict=True)]
        except (ValueError, IndexError, zlib.error):
            page.rows = []
        return page

    def replace(self, ticket_ids: Iterable[int], rows: Iterable[Row]) -> None:
        """Put these rows in the place of all rows of some tickets."""
        gone = set(ticket_ids)
        kept = [row for row in self.rows if row.ticket_id not in gone]
        self.rows = sorted([*kept, *map(_fitting, rows)])

    def packed(self) -> tuple[bytes, bytes]:
        """The values, and the rest."""
        columns = [*zip(*self.rows, strict=True)] or [()] * len(Row._fields)
        rest = [zlib.compress(array("I", column).tobytes(), _QUICK) for column in columns[1:]]
        lengths = array("I", map(len, rest)).tobytes()
        return array("i", columns[0]).tobytes(), b"".join([lengths, *rest])

    def digest(self) -> int:
        """A number that is the sum of one for each row: equal for equal rows in any order."""
        return sum(map(digest, self.rows)) % _WHOLE


def digest(row: Row) -> int:
    """The number of one row."""
    return hash(_fitting(row)) % _WHOLE


def values_in(packed: bytes) -> "array[int]":
    """The values of a page, ascending."""
    values = array("i")
    values.frombytes(packed)
    return values


def columns_in(packed: bytes, places: Iterable[int]) -> Iterator["array[int]"]:
    """Some columns of the rest of a page, by their place in REST; the others stay packed."""
    lengths = array("I")
    lengths.frombytes(packed[:_HEAD_BYTES])
    ends = [*accumulate(lengths, initial=_HEAD_BYTES)]
    for place in places:
        column = array("I")
        column.frombytes(zlib.decompress(packed[ends[place] : ends[place + 1]]))
        yield column


_WHOLE = 2**61


def _fitting(row: Row) -> Row:
    """The row with a value that four bytes hold: 68 years either way."""
    if _LEAST <= row.value <= _MOST:
        return row
    return row._replace(value=min(max(row.value, _LEAST), _MOST))
