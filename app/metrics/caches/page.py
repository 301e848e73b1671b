"""Metrics: the cases of one series on a day or in a week, column by column, in order of values.  Pure."""

import zlib
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, compress
from typing import NamedTuple

_QUICK = 1
_MOST, _LEAST = 2**31 - 1, -(2**31)


class Row(NamedTuple):
    """A case in whole numbers, 0 for nothing.

    `second` is when it counts, since the day or the week began; `agent_id` whom it is credited to, or, of a
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


class PackedPage(NamedTuple):
    """A page as it is kept: how many rows it has and the sum of their values, and the columns.

    `numbers` are the values, ascending; `by_team` the same team by team, where somebody asks for that; `rest`
    are the other columns, which are most of the bytes and seldom needed.
    """

    n: int
    total: int
    numbers: bytes
    by_team: bytes
    rest: bytes


class Page:
    """Rows ordered by value, kept as one array a column: four bytes a number."""

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

    def packed(self, *, by_team: bool) -> PackedPage:
        """Everything that is kept of it."""
        columns = [*zip(*self.rows, strict=True)] or [()] * len(Row._fields)
        rest = [zlib.compress(array("I", column).tobytes(), _QUICK) for column in columns[1:]]
        lengths = array("I", map(len, rest)).tobytes()
        return PackedPage(
            n=len(self.rows),
            total=sum(columns[0]),
            numbers=array("i", columns[0]).tobytes(),
            by_team=self._by_team() if by_team else b"",
            rest=b"".join([lengths, *rest]),
        )

    def _by_team(self) -> bytes:
        """How many teams there are; each with how many values it has; then their values."""
        teams: dict[int, array[int]] = {}
        for row in self.rows:
            teams.setdefault(row.team, array("i")).append(row.value)
        ordered = sorted(teams.items())
        heads = (number for team, values in ordered for number in (team, len(values)))
        head = array("I", [len(teams), *heads]).tobytes()
        return head + b"".join(values.tobytes() for _, values in ordered)

    def says(self, packed: PackedPage, *, by_team: bool) -> bool:
        """Whether what is kept beside the rows is what they say."""
        teams = self._by_team() if by_team else b""
        total = sum(row.value for row in self.rows)
        return (packed.n, packed.total, packed.by_team) == (len(self.rows), total, teams)

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


def teams_in(packed: bytes) -> Iterator[tuple[int, "array[int]"]]:
    """Each team of a page, as the number of its term, with its values, ascending."""
    numbers = array("I")
    numbers.frombytes(packed[:4])
    start = 4 + 8 * numbers[0]
    numbers.frombytes(packed[4:start])
    for team, n in zip(numbers[1::2], numbers[2::2], strict=True):
        yield team, values_in(packed[start : start + 4 * n])
        start += 4 * n


def columns_in(packed: bytes, places: Iterable[int]) -> Iterator["array[int]"]:
    """Some columns of the rest of a page, by their place in REST; the others stay packed."""
    lengths = array("I")
    lengths.frombytes(packed[:_HEAD_BYTES])
    ends = [*accumulate(lengths, initial=_HEAD_BYTES)]
    for place in places:
        column = array("I")
        column.frombytes(zlib.decompress(packed[ends[place] : ends[place + 1]]))
        yield column


def only(column: "array[int]", wanted: Iterable[bool]) -> "array[int]":
    """What a column holds of the rows that are wanted."""
    return array(column.typecode, [*compress(column, wanted)])  # of a list it is made faster


_WHOLE = 2**61


def _fitting(row: Row) -> Row:
    """The row with a value that four bytes hold: 68 years either way."""
    if _LEAST <= row.value <= _MOST:
        return row
    return row._replace(value=min(max(row.value, _LEAST), _MOST))
