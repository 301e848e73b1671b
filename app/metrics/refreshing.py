"""Metrics: keep the cache of summaries level with the ledger."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core import clock
from app.core.db import db
from app.core.uow import begin_writing
from app.core.web.page_cache import bump
from app.metrics.ledger import summaries_of
from app.metrics.metric_ticket import MetricTicket
from app.metrics.packing import pack
from app.metrics.summary import TicketSummary
from app.tickets.ticket import Ticket

AT_ONCE = 500
STAMP = "metrics"
"""Counts the writes to the cache; whoever remembers figures compares it."""


def refresh(ticket_ids: Iterable[int]) -> None:
    """Summarise these tickets anew and keep the result.

    Idempotent.  The seqs are read before the facts, so a row never claims to reach further than
    it does, and a row that reaches further is left alone: of two workers the later knowledge wins.
    """
    wanted = sorted(set(ticket_ids))
    for start in range(0, len(wanted), AT_ONCE):
        _refresh(wanted[start : start + AT_ONCE])


def refresh_stale(*, after: int) -> int | None:
    """Refresh the next tickets above a number whose history is longer than their row knows.

    Gives the last number looked at, or None when there is nothing left.
    """
    stale = select(Ticket.id).join(MetricTicket, isouter=True).where(_behind(), Ticket.id > after)
    numbers = db.session.scalars(stale.order_by(Ticket.id).limit(AT_ONCE)).all()
    _refresh(numbers)
    return numbers[-1] if numbers else None


def forget() -> None:
    """Drop the whole cache; figures come back as tickets are refreshed."""
    begin_writing()
    db.session.execute(delete(MetricTicket))
    bump(STAMP)


def _behind() -> ColumnElement[bool]:
    return or_(MetricTicket.last_seq.is_(None), MetricTicket.last_seq < Ticket.last_seq)


def _refresh(numbers: Sequence[int]) -> None:
    """Read and summarise first, so that the write transaction is short."""
    seqs = select(Ticket.id, Ticket.last_seq).where(Ticket.id.in_(numbers))
    reaches = {row.id: row.last_seq for row in db.session.execute(seqs)}
    summaries = summaries_of(numbers, as_of=clock.now())
    rows = [_row(summary, reaches[summary.ticket_id]) for summary in summaries]
    if rows:
        begin_writing()
        _write(rows)
        bump(STAMP)  # last: its row is locked from here to the end


def _row(summary: TicketSummary, last_seq: int) -> dict[str, Any]:
    return {
        "ticket_id": summary.ticket_id,
        "last_seq": last_seq,
        "first_at": summary.created_at,
        "last_at": _last_at(summary),
        "summary": pack(summary),
    }


def _last_at(ticket: TicketSummary) -> datetime | None:
    """The last instant that can put the ticket into a period; None while it is not Done."""
    if any(spell.end_at is None for spell in ticket.spells):
        return None
    return max(
        ticket.created_at,
        *(resolution.at for resolution in ticket.resolutions),
        *(spell.end_at for spell in ticket.spells if spell.end_at),
        *(survey.sent_at for survey in ticket.surveys),
        *ticket.suppressed_surveys,
    )


def _write(rows: list[dict[str, Any]]) -> None:
    # Both databases spell an insert that can meet a row which is there already alike.
    on_postgres = db.session.get_bind().dialect.name == "postgresql"
    insert = (postgresql if on_postgres else sqlite).insert(MetricTicket)
    new = {column: insert.excluded[column] for column in rows[0] if column != "ticket_id"}
    not_older = MetricTicket.last_seq <= insert.excluded["last_seq"]
    db.session.execute(
        insert.on_conflict_do_update(index_elements=["ticket_id"], set_=new, where=not_older), rows
    )
