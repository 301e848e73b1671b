"""The ledger: `ticket_events`, to which rows are only ever added.

SQLite triggers and a PostgreSQL trigger refuse UPDATE and DELETE; corrections are new facts.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    select,
)

from app.core import clock, events, uow
from app.core.db import Json, Mapped, Model, db, enum_text, mapped_column
from app.core.web.page_cache import look_again, watch
from app.tickets.events import AuthorKind, TicketFact, TicketImported
from app.tickets.ticket import Ticket

STAMP = "tickets"
"""Moves with every fact.  Two that are recorded at once may move it once, so what is remembered under
it must be of use for a while longer."""

_act: ContextVar[str | None] = ContextVar("act", default=None)


class TicketEvent(Model):
    """One row of the ledger (METRICS.md 6.1); `seq` has no gaps within a ticket."""

    __tablename__ = "ticket_events"
    __table_args__ = (
        UniqueConstraint("ticket_id", "seq"),
        Index("ix_ticket_events_kind_occurred_at", "kind", "occurred_at"),
        Index("ix_ticket_events_recorded_at", "recorded_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    schema_version: Mapped[int] = mapped_column(default=1)
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor_kind: Mapped[AuthorKind] = mapped_column(enum_text(AuthorKind))
    actor_id: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(40))
    correlation_id: Mapped[str] = mapped_column(String(32))
    causation_id: Mapped[int | None] = mapped_column(BigInteger)
    idempotency_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    payload: Mapped[Json]


IN_ORDER = (TicketEvent.occurred_at, TicketEvent.recorded_at, TicketEvent.seq)
"""The order of facts: when it happened, when it was learned, seq (METRICS.md 2.3)."""


def init_app(app: Flask) -> None:
    """Let what is read from tickets be remembered until the next fact."""
    watch(app, STAMP, "SELECT coalesce(max(id), 0) FROM ticket_events")


@contextmanager
def one_act() -> Iterator[None]:
    """Give the facts recorded inside one `correlation_id`; the outermost act counts."""
    token = _act.set(_act.get() or uuid4().hex)
    try:
        yield
    finally:
        _act.reset(token)


def record(
    fact: TicketFact,
    *,
    actor: AuthorKind,
    source: str = "",
    occurred_at: datetime | None = None,
    idempotency_key: str | None = None,
) -> TicketEvent:
    """Append the fact to the ledger, then announce it.  Same transaction; never fails half.

    `source` is the door through which somebody acted: the web, unless said otherwise, or nobody's.
    `occurred_at` (aware) is now, but for what is learned late; it is never in the future.
    """
    now = clock.now()
    row = TicketEvent(
        ticket_id=fact.ticket_id,
        seq=_next_seq(fact.ticket_id),
        kind=fact.kind,
        schema_version=fact.version,
        occurred_at=occurred_at or now,
        recorded_at=now,
        actor_kind=actor,
        actor_id=fact.by_id,
        source=source or ("system" if actor is AuthorKind.SYSTEM else "web"),
        correlation_id=_act.get() or uuid4().hex,
        idempotency_key=idempotency_key,
        payload=fact.payload(),
    )
    db.session.add(row)
    events.publish(fact)
    look_again()
    return row


def rows_to_append(
    facts: Iterable[tuple[datetime, AuthorKind, TicketFact]],
    *,
    recorded_at: datetime,
    act: str,
    idempotency_key: str,
) -> Iterator[dict[str, Any]]:
    """The rows of an imported ticket's whole history, for a bulk insert that announces nothing.

    Each fact comes with when it happened and who acted, in order.  The ticket must be new: the seqs
    begin at 1.  The key goes to the fact that says that it was imported.
    """
    for seq, (occurred_at, actor, fact) in enumerate(facts, start=1):
        yield {
            "ticket_id": fact.ticket_id,
            "seq": seq,
            "kind": fact.kind,
            "schema_version": fact.version,
            "occurred_at": occurred_at,
            "recorded_at": recorded_at,
            "actor_kind": actor,
            "actor_id": fact.by_id,
            "source": "import",
            "correlation_id": act,
            "idempotency_key": idempotency_key if fact.kind == TicketImported.kind else None,
            "payload": fact.payload(),
        }


def timeline(ticket_id: int) -> Sequence[TicketEvent]:
    """The ticket's facts in their order."""
    rows = select(TicketEvent).where(TicketEvent.ticket_id == ticket_id)
    return db.session.scalars(rows.order_by(*IN_ORDER)).all()


def _next_seq(ticket_id: int) -> int:
    """One more than the last; the ticket's row stays locked until the end of the transaction."""
    ticket = db.session.get_one(Ticket, ticket_id)
    uow.read_again(ticket)
    ticket.last_seq += 1
    return ticket.last_seq
