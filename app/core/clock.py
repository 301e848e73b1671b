"""The only reader of the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_travelled: ContextVar[datetime | None] = ContextVar("travelled", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC, with microseconds."""
    return _travelled.get() or datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """The present day in `zone`."""
    return now().astimezone(zone).date()


@contextmanager
def travelling(to: datetime) -> Iterator[None]:
    """Let `now()` give the aware instant `to`; for filling a database with a past that never was."""
    if to.tzinfo is None:
        raise ValueError("an aware time is needed")
    token = _travelled.set(to.astimezone(UTC))
    try:
        yield
    finally:
        _travelled.reset(token)
