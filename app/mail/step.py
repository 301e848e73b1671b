"""A step: what happened to a mail that came in, in its order; rows are only ever added."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, func, select

from app.core.db import CreatedAt, Id, Line, Mapped, Model, db, enum_text, mapped_column
from app.mail.inbound import InboundMail


class Happened(StrEnum):
    """What a step was."""

    FAILED = "failed"
    FILED = "filed"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"
    AGAIN = "again"


class Step(Model):
    """One step; `by_id` is whoever asked for it, nobody for what the worker did."""

    __tablename__ = "mail_steps"
    __table_args__ = (Index("ix_mail_steps_inbound_id_id", "inbound_id", "id"),)

    id: Mapped[Id]
    inbound_id: Mapped[int] = mapped_column(ForeignKey(InboundMail.id))
    happened: Mapped[Happened] = mapped_column(enum_text(Happened))
    reason: Mapped[str] = mapped_column(String(40), default="")
    detail: Mapped[Line] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[CreatedAt]


def note(
    mail: InboundMail,
    happened: Happened,
    *,
    reason: str = "",
    detail: str = "",
    by_id: int | None = None,
) -> None:
    """Add a step.  Part of a verb."""
    step = Step(
        inbound_id=mail.id, happened=happened, reason=reason, detail=detail[:300], by_id=by_id
    )
    db.session.add(step)


def failures(mail: InboundMail) -> int:
    """How many tries failed since it came, or since somebody asked for it to be read again."""
    of_it = Step.inbound_id == mail.id
    begin = select(func.coalesce(func.max(Step.id), 0)).where(
        of_it, Step.happened == Happened.AGAIN
    )
    failed = select(func.count(Step.id)).where(
        of_it, Step.happened == Happened.FAILED, Step.id > begin.scalar_subquery()
    )
    return db.session.scalar(failed) or 0
