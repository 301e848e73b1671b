"""The ticket history file: CSV `ticket_id,timestamp,seq,event,value,actor`, plain or gzip, UTF-8.

Reading checks every row and remembers each fault with its line and column; see content/ for the
format as administrators read it.
"""

import csv
import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING

from app.tickets.ticket import Status

if TYPE_CHECKING:
    import _csv

HEADER = ["ticket_id", "timestamp", "seq", "event", "value", "actor"]
STATUSES = {
    "new": Status.NEW,
    "open": Status.OPEN,
    "pending": Status.WAITING_CUSTOMER,
    "resolved": Status.RESOLVED,
    "closed": Status.CLOSED,
}
LONGEST_REF = 200
MOST_DIGITS = 18  # of `seq`
NO_TEXT = "this is not UTF-8 text"
_UNREADABLE = re.compile("[\0\ud800-\udfff]")


class EventName(StrEnum):
    """What a row may say happened."""

    CREATED = "created"
    STATUS_CHANGED = "status_changed"
    ASSIGNED = "assigned"
    NOTE = "note"
    UPDATED = "updated"


_EVENTS = {name.value: name for name in EventName}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row that was understood; `at` is aware, in UTC."""

    line: int
    ticket_ref: str
    at: datetime
    seq: int
    event: EventName
    value: str
    actor: str


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken, and where: line and column count from 1."""

    path: str
    line: int
    column: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.reason}"


@dataclass
class HistoryFile:
    """A file, read row by row."""

    path: Path
    faults: list[Fault] = field(default_factory=list)

    def rows(self) -> Iterator[HistoryRow]:
        """Every good row in the order of the file; what is wrong goes into `faults`."""
        try:
            with self._open() as text:
                yield from self._read(csv.reader(text, strict=True))
        except (OSError, EOFError, zlib.error) as fault:
            self._fault(1, 0, f"the file cannot be read: {fault}")

    def _open(self) -> IO[str]:
        with self.path.open("rb") as file:
            zipped = file.read(2) == b"\x1f\x8b"
        opened = gzip.open if zipped else open
        # What is no UTF-8 comes as lone surrogates, so that its cell can be named.
        return opened(self.path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="")

    def _read(self, reader: "_csv.Reader") -> Iterator[HistoryRow]:
        line = 1
        try:
            if not self._is_header(next(reader, [])):
                return
            line = reader.line_num + 1
            for cells in reader:
                try:
                    if cells:
                        yield _row(line, cells)
                except _BadCell as bad:
                    self._fault(line, bad.column, bad.reason)
                line = reader.line_num + 1
        except csv.Error as fault:
            self._fault(line, 0, f"this line is no valid CSV: {fault}")

    def _is_header(self, cells: list[str]) -> bool:
        if cells == HEADER:
            return True
        no_text = _UNREADABLE.search("".join(cells))
        reason = NO_TEXT if no_text else f"the first line must be {','.join(HEADER)}"
        self._fault(1, 0, reason)
        return False

    def _fault(self, line: int, column: int, reason: str) -> None:
        """Remember the fault; `column` is the index of the cell, shown counted from 1."""
        self.faults.append(Fault(str(self.path), line, column + 1, reason))

    def refuse(self, row: HistoryRow, column: str, reason: str) -> None:
        """Remember a fault that shows only beside other rows."""
        self._fault(row.line, HEADER.index(column), reason)


class _BadCell(Exception):
    """A cell, by its index, that cannot be taken."""

    def __init__(self, column: int, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def _row(line: int, cells: list[str]) -> HistoryRow:
    """The cells, understood.  Raises _BadCell for the first that is not."""
    if len(cells) != len(HEADER):
        raise _BadCell(0, f"{len(HEADER)} columns are needed, here are {len(cells)}")
    for column, cell in enumerate(cells):
        if _UNREADABLE.search(cell):
            raise _BadCell(column, NO_TEXT)
    ref, stamp, seq, event, value, actor = cells
    if not ref or len(ref) > LONGEST_REF:
        raise _BadCell(0, f"ticket_id must have 1 to {LONGEST_REF} characters")
    if not (seq.isascii() and seq.isdecimal() and len(seq) <= MOST_DIGITS):
        raise _BadCell(2, f"{seq!r} is no whole number")
    if event not in _EVENTS:
        raise _BadCell(3, f"there is no event {event!r}; known are {', '.join(_EVENTS)}")
    name = _EVENTS[event]
    if name in (EventName.CREATED, EventName.STATUS_CHANGED) and value not in STATUSES:
        raise _BadCell(4, f"there is no status {value!r}; known are {', '.join(STATUSES)}")
    if name is EventName.ASSIGNED and not _to_whom(value):
        raise _BadCell(4, "an assignment must say to whom")
    return HistoryRow(line, ref, _instant(stamp), int(seq), name, value, actor)


def _to_whom(value: str) -> str:
    return value.removeprefix("group:").removeprefix("agent:").strip()


def _instant(stamp: str) -> datetime:
    try:
        at = datetime.fromisoformat(stamp)
        if at.tzinfo:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):  # no time, or one outside of the calendar in UTC
        pass
    raise _BadCell(1, f"{stamp!r} is no time with a zone, such as 2026-03-02T08:00:00Z")
