"""The job row: what must be done, when, and how it went so far."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String

from app.core.db import (
    CreatedAt,
    Id,
    Json,
    LongText,
    Mapped,
    Model,
    Short,
    enum_text,
    mapped_column,
)


class State(StrEnum):
    """Ready to run, running under a lease, or dead: tried too often.  A finished job has no row."""

    READY = "ready"
    RUNNING = "running"
    DEAD = "dead"


class Job(Model):
    """One thing to do.  The row goes in the transaction that does it."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_run_at", "state", "run_at", "id"),)

    id: Mapped[Id]
    name: Mapped[Short]
    arguments: Mapped[Json]
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    state: Mapped[State] = mapped_column(enum_text(State), default=State.READY)
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    error: Mapped[LongText] = mapped_column(default="")
    created_at: Mapped[CreatedAt]
