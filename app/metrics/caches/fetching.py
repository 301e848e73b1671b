"""Metrics: rows of the pages that are kept, some columns of some series in some days."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from app.core.db import plain_rows, snapshot
from app.core.engines import IN_BYTES
from app.metrics.caches.series import ON_DESK, Key
from app.metrics.caches.shelf import Pages, Shelf, lies_in
from app.metrics.caches.storing import columns_named
from app.metrics.day_span import DaySpan

PAGES_AT_ONCE = 50


def rows_of(series: Iterable[str], days: DaySpan, *columns: str, shelf: Shelf) -> Sequence[Any]:
    """Columns of the pages of these series in a span of days, day by day."""
    return plain_rows(_pages(columns, shelf.model), _bound(series, [days], shelf))


def rows_and_some(
    series: Iterable[str],
    days: DaySpan,
    *columns: str,
    some: tuple[str, ...],
    on: Collection[date],
    shelf: Shelf,
) -> Sequence[Any]:
    """The same, and after them some columns that are None but on a few days: large ones, seldom needed."""
    return rows_of_spans(series, [days], columns, some, on=on, shelf=shelf)


def stream_of(series: Iterable[str], days: DaySpan, *columns: str, shelf: Shelf) -> Iterator[Any]:
    """The same some at a time, so that a million cases need no room."""
    statement = _pages(columns, shelf.model).execution_options(yield_per=PAGES_AT_ONCE)
    with snapshot() as connection:
        yield from connection.execute(statement, _bound(series, [days], shelf))


def lengths_of(series: Iterable[str], days: DaySpan, *, shelf: Shelf) -> dict[str, int]:
    """How many cases each of these series has in a span of days."""
    rows = plain_rows(_sums(shelf.model), _bound(series, [days], shelf))
    return {name: int(n) for name, n in rows}


def ends_of(shelf: Shelf) -> tuple[date, date] | None:
    """The first and the last day of all pages that are a day's, if there are any."""
    model = shelf.model
    ends = select(func.min(model.day_on), func.max(model.day_on))
    ends = ends.where(*lies_in(model), model.series.not_in([*ON_DESK]))
    ((first_on, last_on),) = plain_rows(ends, shelf.place)
    return (first_on, last_on) if first_on else None


def rows_of_spans(
    series: Iterable[str],
    spans: Sequence[DaySpan],
    columns: tuple[str, ...],
    some: tuple[str, ...],
    *,
    on: Collection[date] | None,
    shelf: Shelf,
) -> Sequence[Any]:
    """The same of several spans; the last columns on these days only, or, of None, on all."""
    bound = _bound(series, spans, shelf)
    if on is None:
        return plain_rows(_pages((*columns, *some), shelf.model, len(spans)), bound)
    statement = _pages_and_some(columns, some, shelf.model, len(spans))
    return plain_rows(statement, bound | {"wanted": [*on]})


def lengths_by_day(days: DaySpan, series: Sequence[str], *, shelf: Shelf) -> dict[Key, int]:
    """How many cases each page of these series has."""
    rows = rows_of(series, days, "series", "day_on", "n", shelf=shelf)
    return {Key(name, on): n for name, on, n in rows}


# Statements are made once: each costs more to make than to run.


@cache
def _pages(columns: tuple[str, ...], model: Pages, spans: int = 1) -> Select[Any]:
    named = columns_named(columns, of=model)
    pages = select(*named).where(*_in_spans(model, spans)).order_by(model.day_on)
    return pages.execution_options(**{IN_BYTES: True})


@cache
def _pages_and_some(
    columns: tuple[str, ...], some: tuple[str, ...], model: Pages, spans: int
) -> Select[Any]:
    is_wanted = model.day_on.in_(bindparam("wanted", expanding=True))
    named = columns_named(some, of=model)
    return _pages(columns, model, spans).add_columns(*(case((is_wanted, c)) for c in named))


@cache
def _sums(model: Pages) -> Select[str, int]:
    sums = select(model.series, func.sum(model.n))
    return sums.where(*_in_spans(model)).group_by(model.series)


def _in_spans(model: Pages, spans: int = 1) -> tuple[ColumnElement[bool], ...]:
    days = (
        and_(model.day_on >= bindparam(f"start_{i}"), model.day_on < bindparam(f"end_{i}"))
        for i in range(spans)
    )
    return *lies_in(model), model.series.in_(bindparam("these", expanding=True)), or_(*days)


def _bound(series: Iterable[str], spans: Sequence[DaySpan], shelf: Shelf) -> dict[str, Any]:
    starts = {f"start_{i}": days.start_on or date.min for i, days in enumerate(spans)}
    ends = {f"end_{i}": days.end_on or date.max for i, days in enumerate(spans)}
    return {"these": [*series], **starts, **ends, **shelf.place}
