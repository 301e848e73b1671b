"""Metrics: the rows of what is kept, some hundred in a statement."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from app.core.db import db, insert_into
from app.metrics.caches.metric_page import MetricPage
from app.metrics.caches.metric_ticket import MetricTicket
from app.metrics.caches.page import PackedPage, Page
from app.metrics.caches.series import BY_TEAM, Key
from app.metrics.caches.shelf import NOW, Pages, Shelf

PAGES_AT_ONCE = 500


def portions(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    """So many keys as one statement takes."""
    return (keys[start : start + PAGES_AT_ONCE] for start in range(0, len(keys), PAGES_AT_ONCE))


def pages_of(keys: Sequence[Key], *, on: Shelf = NOW, proved: bool = False) -> dict[Key, Page]:
    """Those of these pages that are there, in one statement; where proved, as `proved_page` sees them."""
    columns = PackedPage._fields if proved else ("numbers", "rest")
    rows = select(*columns_named(("series", "day_on", *columns), of=on.model)).where(
        *on.holds(keys)
    )
    return {
        Key(series, day_on): proved_page(series, packed) if proved else Page.of(*packed)
        for series, day_on, *packed in db.session.execute(rows)
    }


def columns_named(names: Iterable[str], *, of: Pages = MetricPage) -> list[ColumnElement[Any]]:
    """Columns of pages."""
    return [getattr(of, name) for name in names]


def proved_page(series: str, columns: Iterable[Any]) -> Page:
    """The page of all its columns; an empty one where what is kept beside its rows is not true of them."""
    packed = PackedPage._make(columns)
    page = Page.of(packed.numbers, packed.rest)
    return page if page.says(packed, by_team=series in BY_TEAM) else Page()


def keep_pages(pages: Mapping[Key, Page], *, on: Shelf = NOW) -> None:
    """Write pages, or drop the empty ones."""
    empty = [key for key, page in pages.items() if not page.rows]
    if empty:
        db.session.execute(delete(on.model).where(*on.holds(empty)))
    full = [{**on.place, **_packed(key, page)} for key, page in pages.items() if page.rows]
    if full:
        insert = insert_into(on.model)
        new = {column: insert.excluded[column] for column in PackedPage._fields}
        names = [*on.place, "series", "day_on"]
        db.session.execute(insert.on_conflict_do_update(index_elements=names, set_=new), full)


def _packed(key: Key, page: Page) -> dict[str, Any]:
    packed = page.packed(by_team=key.series in BY_TEAM)
    return {"series": key.series, "day_on": key.day_on, **packed._asdict()}


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
