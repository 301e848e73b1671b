"""A sync that did something, or had something to say."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON

from app.core.db import CreatedAt, Id, Line, Mapped, Model, mapped_column


class SyncRun(Model):
    """Who synced, and how often what happened."""

    __tablename__ = "sync_runs"

    id: Mapped[Id]
    actor: Mapped[Line]
    mode: Mapped[Line]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    started_at: Mapped[CreatedAt]
    finished_at: Mapped[datetime]
