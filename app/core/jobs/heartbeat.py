"""The worker's heartbeat: one row, renewed at every round."""

from datetime import datetime

from sqlalchemy import String

from app.core import clock
from app.core.db import Mapped, Model, db, mapped_column
from app.core.uow import verb


class Heartbeat(Model):
    """When a process was last known to live."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


@verb
def beat() -> None:
    """Say that the worker lives."""
    db.session.merge(Heartbeat(name="worker", at=clock.now()))


def last_beat() -> datetime | None:
    """When the worker last said that it lives."""
    row = db.session.get(Heartbeat, "worker")
    return row.at if row else None
