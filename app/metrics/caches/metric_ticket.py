"""Metrics: the cache of summaries: one row a ticket, droppable, rebuilt from the ledger."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index

from app.core.db import Mapped, Model, mapped_column


class MetricTicket(Model):
    """The packed summary of a ticket, with the two instants between which figures can need it.

    `last_seq` says how far into the ticket's history it reaches.  `last_at` is None while the
    ticket is not Done: it is in every backlog from `first_at` on.
    """

    __tablename__ = "metric_tickets"
    __table_args__ = (Index("ix_metric_tickets_last_at_first_at", "last_at", "first_at"),)

    ticket_id: Mapped[int] = mapped_column(
        ForeignKey("tickets.id"), primary_key=True, autoincrement=False
    )
    last_seq: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(index=True)
    last_at: Mapped[datetime | None]
    summary: Mapped[list[Any]] = mapped_column(JSON)
