"""Metrics: keep what is kept level with the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from app.core import clock
from app.core.db import at_most, db, insert_into
from app.core.settings import settings
from app.core.uow import begin_writing
from app.core.web.page_cache import CacheStamp, bump
from app.metrics.caches.metric_page import STAMP, MetricForm, MetricPage, MetricTerm
from app.metrics.caches.metric_then import MetricThen, MetricThenPage
from app.metrics.caches.metric_ticket import MetricTicket
from app.metrics.caches.packing import pack, unpack
from app.metrics.caches.page import Page
from app.metrics.caches.series import Kept, Key, kept
from app.metrics.caches.shelf import NOW, Shelf
from app.metrics.caches.storing import (
    keep_pages,
    keep_tickets,
    pages_of,
    portions,
    tickets_kept,
)
from app.metrics.caches.terms import numbers_of, row_of
from app.metrics.histories.ledger import entangled_with, summaries_of
from app.metrics.histories.summary import TicketSummary
from app.tickets.ticket import Ticket
from app.worktime.calendars import calendars
from app.worktime.measuring import Calendars

AT_ONCE = 500
_MADE_AS = 4
"""Raised when pages are made in another way: then all is made anew."""

_NUMBER = select(CacheStamp.number).where(CacheStamp.name == STAMP)
_FORM = select(MetricForm.form, MetricForm.reached).where(MetricForm.id == 1)

Cases = dict[Key, list[tuple[int, Kept]]]


def refresh(ticket_ids: Iterable[int]) -> bool:
    """Summarise these tickets and those whose figures hang on them anew, and keep the result.

    Idempotent.  The seqs are read before the facts, so a row never claims to reach further than
    it does, and a row that reaches further is left alone: of two workers the later knowledge wins.
    Only the pages of days are written on which something changes.  True when what was kept had been made
    in another way and is gone: then every ticket has to be refreshed.
    """
    begun_anew = is_made_otherwise()
    wanted = sorted(entangled_with(set(ticket_ids)))
    for start in range(0, len(wanted), AT_ONCE):
        _refresh(wanted[start : start + AT_ONCE])
    return begun_anew


def refresh_stale(*, after: int, at_once: int = AT_ONCE) -> int | None:
    """Refresh the next tickets above a number whose history is longer than their row knows.

    Gives the last number looked at, or None when there is nothing left.  What was made in another way
    goes first, and then every ticket is looked at.
    """
    if is_made_otherwise():
        begin_writing()
        lock()
        after = 0
    stale = select(Ticket.id).join(MetricTicket, isouter=True).where(behind(), Ticket.id > after)
    numbers = db.session.scalars(stale.order_by(Ticket.id).limit(at_most(at_once))).all()
    _refresh(sorted(entangled_with(numbers)))
    last = numbers[-1] if numbers else None
    if not is_made_so():
        _note_reached(last, after=after)
    return last


def portion() -> int:
    """How many tickets to refresh at once where all are.

    The more there are, the more come in a day, and a day whose tickets come in several portions is
    written several times; but while a portion is written, other writers wait.
    """
    last = db.session.scalar(select(func.max(Ticket.id))) or 0
    return min(max(last // 50, 5_000), 10_000)


def measure_again(*, since: datetime, after: int, at_once: int = AT_ONCE) -> int | None:
    """Refresh the next tickets that count by hours after an instant: a calendar has a version from then on.

    Gives the last number looked at, or None when there is nothing left.
    """
    late = select(MetricTicket.ticket_id).where(counts_after(since), MetricTicket.ticket_id > after)
    numbers = db.session.scalars(
        late.order_by(MetricTicket.ticket_id).limit(at_most(at_once))
    ).all()
    _refresh(numbers, all_of_them=True)
    return numbers[-1] if numbers else None


def mend(ticket_ids: Collection[int], strays: Mapping[Key, Collection[int]]) -> None:
    """Make what is kept of these tickets anew, and take the rows of strays out of pages."""
    begin_writing()
    lock()
    for model in (MetricThenPage, MetricThen):  # they were copied from what was wrong
        db.session.execute(delete(model))
    for keys in portions(sorted(strays)):
        pages = {key: Page() for key in keys} | pages_of(keys)
        for key, page in pages.items():
            page.replace(strays[key], ())
        keep_pages(pages)
    bump(STAMP)
    numbers = sorted(ticket_ids)
    for start in range(0, len(numbers), AT_ONCE):
        _refresh(numbers[start : start + AT_ONCE], all_of_them=True)


def forget() -> None:
    """Drop all that is kept; figures come back as tickets are refreshed."""
    begin_writing()
    lock()
    for model in (MetricTicket, MetricPage, MetricThenPage, MetricThen, MetricTerm):
        db.session.execute(delete(model))
    db.session.execute(update(MetricForm).values(reached=0))
    bump(STAMP)


def is_made_so() -> bool:
    """Whether all that is kept was made as it would be now; if not, nothing of it may be shown."""
    found = db.session.execute(_FORM).one_or_none()
    return found is None or (found.form == form() and found.reached is None)


def is_made_otherwise() -> bool:
    """Whether what is kept was made in another way, and nobody has begun to make it anew."""
    found = db.session.execute(_FORM).one_or_none()
    return found is not None and found.form != form()


def stamp() -> int:
    """How often what is kept was written."""
    return db.session.scalar(_NUMBER) or 0


def lock() -> None:
    """Let one write at a time, and begin anew where what is kept was made in another way."""
    first = {"id": 1, "form": form(), "reached": None}
    db.session.execute(insert_into(MetricForm).values(first).on_conflict_do_nothing())
    row = db.session.scalars(select(MetricForm).where(MetricForm.id == 1).with_for_update()).one()
    if row.form != form():
        for model in (MetricTicket, MetricPage, MetricThenPage, MetricThen):
            db.session.execute(delete(model))
        row.form, row.reached = form(), 0
        db.session.flush()  # nothing of the old form may be read from here on


def counts_after(since: datetime) -> ColumnElement[bool]:
    """The condition that figures measure something of the ticket after an instant."""
    return or_(MetricTicket.last_at.is_(None), MetricTicket.last_at >= since)


def form() -> str:
    """How what is kept is made now."""
    return f"{_MADE_AS} {settings().reporting_zone}"


def behind() -> ColumnElement[bool]:
    """The condition that a ticket's history is longer than its row knows."""
    return or_(MetricTicket.last_seq.is_(None), MetricTicket.last_seq < Ticket.last_seq)


class _Read(NamedTuple):
    """Tickets as the ledger has them: how far their histories reach, and their summaries."""

    as_of: datetime
    reaches: dict[int, int]
    summaries: dict[int, TicketSummary]
    calendars: Calendars


def _read(numbers: Sequence[int]) -> _Read:
    """The seqs are read first, so that nobody claims to know more than was read."""
    seqs = select(Ticket.id, Ticket.last_seq).where(Ticket.id.in_(numbers))
    reaches = {row.id: row.last_seq for row in db.session.execute(seqs)}
    as_of = clock.now()
    summaries = {each.ticket_id: each for each in summaries_of(numbers, as_of=as_of)}
    return _Read(as_of, reaches, summaries, calendars(as_of=as_of))


def _refresh(numbers: Sequence[int], *, all_of_them: bool = False) -> None:
    """Read and summarise first, so that the write transaction is short.

    A summary hangs on other tickets too, of which its own seq says nothing: who comes to write after
    somebody else has written reads once more.
    """
    if not numbers:
        return
    written, read = stamp(), _read(numbers)
    begin_writing()
    lock()
    if stamp() != written:
        read = _read(numbers)
    old = tickets_kept(numbers)
    changed: dict[int, TicketSummary] = {}
    rows: list[dict[str, Any]] = []
    for number, summary in read.summaries.items():
        there, packed = old.get(number), pack(summary)
        if there and there.last_seq > read.reaches[number]:
            continue
        rows.append(_row(summary, read.reaches[number], packed))
        if all_of_them or there is None or there.summary != packed:
            changed[number] = summary
    if changed:
        gone = {number: _unpacked(old[number].summary) for number in changed if number in old}
        before = {number: summary for number, summary in gone.items() if summary}
        old_cases, new_cases = (
            cases_of(tickets, read.calendars, as_of=read.as_of) for tickets in (before, changed)
        )
        write_pages(old_cases, new_cases)
    if rows:
        keep_tickets(rows)
        bump(STAMP)


def write_pages(old: Cases, new: Cases, *, on: Shelf = NOW) -> None:
    """Put new cases in the place of old ones, on the pages on which something changes."""
    numbers = numbers_of(case for cases in new.values() for _, case in cases)
    for keys in portions(sorted(old.keys() | new.keys())):
        pages = pages_of(keys, on=on)
        for key in keys:
            page = pages.get(key) or Page()
            rows = [row_of(number, case, numbers) for number, case in new.get(key, ())]
            page.replace((number for number, _ in [*old.get(key, ()), *new.get(key, ())]), rows)
            pages[key] = page
        keep_pages(pages, on=on)


def cases_of(tickets: Mapping[int, TicketSummary], known: Calendars, *, as_of: datetime) -> Cases:
    """Every case of these tickets, by the page it belongs on."""
    found: Cases = defaultdict(list)
    for number, ticket in tickets.items():
        for key, case in kept(ticket, calendars=known, as_of=as_of, zone=settings().zone):
            found[key].append((number, case))
    return found


def _unpacked(packed: list[Any]) -> TicketSummary | None:
    """The summary, or None of what is none; `proving.py` finds what that leaves behind."""
    try:
        return unpack(packed)
    except (TypeError, ValueError):
        return None


def _note_reached(last: int | None, *, after: int) -> None:
    """Say up to which ticket all was made anew, if it was up to the one before; of None, that it is done."""
    begin_writing()
    lock()
    reached = update(MetricForm).where(MetricForm.reached >= after).values(reached=last)
    db.session.execute(reached)
    if last is None:
        bump(STAMP)


def _row(summary: TicketSummary, last_seq: int, packed: list[Any]) -> dict[str, Any]:
    return {
        "ticket_id": summary.ticket_id,
        "last_seq": last_seq,
        "first_at": min(summary.t0, summary.created_at),
        "last_at": _last_at(summary),
        "summary": packed,
    }


def _last_at(ticket: TicketSummary) -> datetime | None:
    """The last instant that can put the ticket into a period; None while it is not Done."""
    if not ticket.stages[-1].is_done:
        return None
    return max(
        ticket.stages[-1].at,
        *(turn.start_at for turn in ticket.turns),
        *(survey.sent_at for survey in ticket.surveys),
        *ticket.suppressed_surveys,
        ticket.created_at,
    )
