"""Metrics: the rows of what is kept, some hundred in a statement."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, select, tuple_

from app.core.db import db, insert_into
from app.metrics.caches.metric_page import MetricPage
from app.metrics.caches.metric_then import MetricThenPage
from app.metrics.caches.metric_ticket import MetricTicket
from app.metrics.caches.page import Page
from app.metrics.caches.series import Key

PAGES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where pages lie: those that are kept now, or those of one `MetricThen`."""

    then_id: int | None = None

    @property
    def model(self) -> type[MetricPage | MetricThenPage]:
        """The table."""
        return MetricPage if self.then_id is None else MetricThenPage

    @property
    def place(self) -> dict[str, int]:
        """The columns that every page of it has in common."""
        return {} if self.then_id is None else {"then_id": self.then_id}

    def holds(self, keys: Collection[Key]) -> tuple[ColumnElement[bool], ...]:
        """The conditions that a page lies here under one of these keys."""
        model = self.model
        common = [getattr(model, column) == value for column, value in self.place.items()]
        return (*common, tuple_(model.series, model.day_on).in_(keys))


NOW = Shelf()


def portions(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    """So many keys as one statement takes."""
    return (keys[start : start + PAGES_AT_ONCE] for start in range(0, len(keys), PAGES_AT_ONCE))


def pages_of(keys: Sequence[Key], *, on: Shelf = NOW) -> dict[Key, Page]:
    """Those of these pages that are there, in one statement."""
    model = on.model
    rows = select(model.series, model.day_on, model.numbers, model.rest).where(*on.holds(keys))
    return {
        Key(row.series, row.day_on): Page.of(row.numbers, row.rest)
        for row in db.session.execute(rows)
    }


def keep_pages(pages: Mapping[Key, Page], *, on: Shelf = NOW) -> None:
    """Write pages, or drop the empty ones."""
    empty = [key for key, page in pages.items() if not page.rows]
    if empty:
        db.session.execute(delete(on.model).where(*on.holds(empty)))
    full = [{**on.place, **_packed(key, page)} for key, page in pages.items() if page.rows]
    if full:
        insert = insert_into(on.model)
        new = {column: insert.excluded[column] for column in ("n", "numbers", "rest")}
        names = [*on.place, "series", "day_on"]
        db.session.execute(insert.on_conflict_do_update(index_elements=names, set_=new), full)


def _packed(key: Key, page: Page) -> dict[str, Any]:
    numbers, rest = page.packed()
    return {
        "series": key.series,
        "day_on": key.day_on,
        "n": len(page.rows),
        "numbers": numbers,
        "rest": rest,
    }


def tickets_kept(numbers: Collection[int]) -> dict[int, Any]:
    """By number, how far what is kept of these tickets reaches (`last_seq`), and the packed `summary`."""
    columns = select(MetricTicket.ticket_id, MetricTicket.last_seq, MetricTicket.summary)
    found = db.session.execute(columns.where(MetricTicket.ticket_id.in_(numbers)))
    return {row.ticket_id: row for row in found}


def keep_tickets(rows: list[dict[str, Any]]) -> None:
    """Write rows of tickets; there is one at least."""
    insert = insert_into(MetricTicket)
    new = {column: insert.excluded[column] for column in rows[0] if column != "ticket_id"}
    db.session.execute(insert.on_conflict_do_update(index_elements=["ticket_id"], set_=new), rows)
