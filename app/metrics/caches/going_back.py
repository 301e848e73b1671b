"""Metrics: figures as they stood at the end of a day: pages of then, made by the worker.

Most of what is kept now was the same then: a ticket of which nothing was recorded since, and on which no
ticket hangs of which something was, has the same summary, and its cases were measured by the same hours
unless a version of a calendar came later.  So the pages of now are copied, the rows of all other tickets
are taken out, and these are replayed as of then.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, literal, select, update

from app.core import clock
from app.core.db import db
from app.core.errors import Refusal
from app.core.settings import settings
from app.core.uow import begin_writing, let_go, reading, unit_of_work, verb
from app.core.web.page_cache import bump
from app.core.web.remembering import remembered
from app.metrics.caches.metric_page import STAMP, MetricPage
from app.metrics.caches.metric_then import MetricThen, MetricThenPage
from app.metrics.caches.metric_ticket import MetricTicket
from app.metrics.caches.page import PackedPage
from app.metrics.caches.refreshing import (
    behind,
    cases_of,
    counts_after,
    form,
    is_made_so,
    write_pages,
)
from app.metrics.caches.series import Key
from app.metrics.caches.shelf import Shelf
from app.metrics.caches.storing import columns_named, keep_pages, pages_of, portions
from app.metrics.histories.ledger import entangled_with, of_folded_kind, summaries_of
from app.metrics.period import day_of, midnight
from app.tickets.history import TicketEvent
from app.tickets.ticket import Ticket
from app.worktime.calendar import CalendarVersion
from app.worktime.calendars import calendars

KEPT = 4
"""As many days are kept; who asks for another makes the oldest go."""
TICKETS_AT_ONCE, IDS_AT_ONCE = 500, 5000
_A_DAY = timedelta(days=1)
_MEASURED_WITHIN = timedelta(days=2)
"""What is kept is measured by a new version of a calendar soon; at the latest by night, when it is mended."""
_COLUMNS = ("series", "day_on", *PackedPage._fields)


class NotReady(Refusal):
    """What is asked for is being made; it is there in a while."""

    status = 503


def end_of(day: date) -> datetime:
    """As of when figures of a day are: its last moment, the first of the next."""
    return midnight(day + _A_DAY, zone=settings().zone)


def then_of(day: date) -> MetricThen | None:
    """The figures of that day, made or in the making, if somebody asked for them."""
    then = db.session.scalar(select(MetricThen).where(MetricThen.day_on == day))
    return then if then and then.form == form() else None


def ready_then(day: date) -> int | None:
    """The id of that day's figures, where they are made; remembered."""

    def read() -> dict[date, int]:
        rows = select(MetricThen.day_on, MetricThen.id)
        rows = rows.where(MetricThen.ready_at.is_not(None), MetricThen.form == form())
        return {row.day_on: row.id for row in db.session.execute(rows)}

    return remembered(STAMP, "days with figures", read).get(day)


@verb
def ask_for(day: date) -> int | None:
    """Want the figures of a day that is over; gives their id where they have yet to be made."""
    if then := then_of(day):
        return None if then.ready_at else then.id
    oldest = select(MetricThen.id).order_by(MetricThen.id.desc()).offset(KEPT - 1)
    same = select(MetricThen.id).where(MetricThen.day_on == day)
    _drop([*db.session.scalars(oldest), *db.session.scalars(same)])
    then = MetricThen(
        day_on=day, as_of=end_of(day), form=form(), tickets=None, done=0, asked_at=clock.now()
    )
    db.session.add(then)
    db.session.flush()  # the job names it by its id
    return then.id


def prepare(then_id: int) -> None:
    """Make the pages of then.  Commits by itself, in portions; whoever is cut short begins anew.

    Raises NotReady while what is kept now is made anew itself.
    """
    let_go()
    with reading():
        then = db.session.get(MetricThen, then_id)
        if then is None or then.ready_at:
            return
        as_of, shelf = then.as_of, Shelf(then_id)
        if not is_made_so():
            raise NotReady("The figures are being made anew. They are back in a moment.")
        late = select(Ticket.id).join(MetricTicket, isouter=True).where(behind())
        lagging = {*db.session.scalars(late)}
        series = db.session.scalars(select(MetricPage.series).distinct()).all()
    with unit_of_work():
        begin_writing()
        db.session.execute(delete(MetricThenPage).where(MetricThenPage.then_id == then_id))
    for name in series:
        with unit_of_work():
            _copy(name, then_id, last_on=day_of(as_of, zone=settings().zone))
    # Only now, so that whatever happened while pages were copied is found.
    with reading():
        changed = _entangled(_changed_since(as_of) | lagging)
        keys = _keys(then_id)
    _note(then_id, tickets=len(changed), done=0)
    for part in portions(keys):
        _take_out(part, changed, shelf)
    wanted = sorted(changed)
    for start in range(0, len(wanted), TICKETS_AT_ONCE):
        some = wanted[start : start + TICKETS_AT_ONCE]
        _put_in(some, shelf, as_of=as_of)
        _note(then_id, done=start + len(some))
    _note(then_id, ready_at=clock.now())


def _drop(ids: Collection[int]) -> None:
    """Forget the figures of some days."""
    db.session.execute(delete(MetricThenPage).where(MetricThenPage.then_id.in_(ids)))
    db.session.execute(delete(MetricThen).where(MetricThen.id.in_(ids)))
    bump(STAMP)


def _copy(series: str, then_id: int, *, last_on: date) -> None:
    """Take over the pages of a series as they are, up to a day: what is later was not known."""
    begin_writing()
    pages = select(literal(then_id), *columns_named(_COLUMNS))
    these = pages.where(MetricPage.series == series, MetricPage.day_on <= last_on)
    db.session.execute(insert(MetricThenPage).from_select(["then_id", *_COLUMNS], these))


def _changed_since(as_of: datetime) -> set[int]:
    """The tickets that figures might know more of now than then."""
    told = select(TicketEvent.ticket_id).distinct()
    later = told.where(TicketEvent.recorded_at > as_of, of_folded_kind())
    changed = {*db.session.scalars(later)}
    first = select(func.min(CalendarVersion.effective_from))
    newer = (
        # By an older one it is measured already, and the first is known always.
        CalendarVersion.created_at > as_of - _MEASURED_WITHIN,
        CalendarVersion.number > 1,
    )
    measured_from = db.session.scalar(first.where(*newer))
    if measured_from:
        since = midnight(measured_from, zone=settings().zone) - _A_DAY
        changed |= {*db.session.scalars(select(MetricTicket.ticket_id).where(counts_after(since)))}
    return changed


def _entangled(numbers: Collection[int]) -> frozenset[int]:
    """These and those that hang on them, so many at a time as one statement takes."""
    asked = sorted(numbers)
    parts = (asked[start : start + IDS_AT_ONCE] for start in range(0, len(asked), IDS_AT_ONCE))
    return frozenset().union(*map(entangled_with, parts))


def _keys(then_id: int) -> list[Key]:
    rows = select(MetricThenPage.series, MetricThenPage.day_on)
    found = db.session.execute(rows.where(MetricThenPage.then_id == then_id))
    return [Key(*row) for row in found]


def _take_out(keys: Sequence[Key], gone: frozenset[int], shelf: Shelf) -> None:
    """Take the rows of some tickets out of pages; of the others nothing is written."""
    with reading():
        pages = {
            key: page
            for key, page in pages_of(keys, on=shelf).items()
            if not gone.isdisjoint(row.ticket_id for row in page.rows)
        }
    for page in pages.values():
        page.replace(gone, ())
    with unit_of_work():
        begin_writing()
        keep_pages(pages, on=shelf)


def _put_in(numbers: Sequence[int], shelf: Shelf, *, as_of: datetime) -> None:
    """Add the cases of some tickets as they were then; they are read first, so that writing is short."""
    with reading():
        known = calendars(as_of=as_of)
        found = {each.ticket_id: each for each in summaries_of(numbers, as_of=as_of)}
    with unit_of_work():
        begin_writing()
        write_pages({}, cases_of(found, known, as_of=as_of), on=shelf)


def _note(then_id: int, **values: Any) -> None:
    """Say how far it has come; when it is ready, everybody looks again."""
    with unit_of_work():
        begin_writing()
        db.session.execute(update(MetricThen).where(MetricThen.id == then_id).values(**values))
        if "ready_at" in values:
            bump(STAMP)
