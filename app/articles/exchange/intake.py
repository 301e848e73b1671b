"""A source that somebody sent to be imported: looked into first, taken in when they say so."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String

from app.core.db import CreatedAt, Id, Mapped, Model, enum_text, mapped_column


class IntakeState(StrEnum):
    """Where it is."""

    SENT = "sent"
    """The worker looks into it."""
    READY = "ready"
    """What would become of it is known; somebody has to say yes."""
    CONFIRMED = "confirmed"
    """The worker takes it in."""
    DONE = "done"
    REFUSED = "refused"


class Intake(Model):
    """The bytes are kept until it is done or refused."""

    __tablename__ = "article_intakes"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    wishes: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[IntakeState] = mapped_column(enum_text(IntakeState), default=IntakeState.SENT)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[CreatedAt]
