"""Auditing: what was done to accounts, by whom and when; read by admins, never changed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index

from app.accounts.user import User
from app.core import clock
from app.core.db import Id, Json, Mapped, Model, db, enum_text, mapped_column


class Action(StrEnum):
    """What was done."""

    INVITED = "invited"
    ROLE_GRANTED = "role.granted"
    ROLE_REVOKED = "role.revoked"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    CONFIRMED = "confirmed"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - a name
    PASSWORD_RESET = "password.reset"  # noqa: S105 - a name
    TEAM_JOINED = "team.joined"
    TEAM_LEFT = "team.left"
    ORGANISATION_MADE = "organisation.made"
    ORGANISATION_JOINED = "organisation.joined"
    ORGANISATION_LEFT = "organisation.left"
    ORGANISATION_OPENED = "organisation.opened"
    ORGANISATION_CLOSED = "organisation.closed"
    ADDRESS_CORRECTED = "address.corrected"
    NOTE_REMOVED = "note.removed"
    NOTIFICATIONS_CHANGED = "notifications.changed"
    SIGN_IN_LOCKED = "sign_in.locked"


class AuditEntry(Model):
    """One act.  `detail` holds plain values, no secret and no address."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject_id_at", "subject_id", "at"),)

    id: Mapped[Id]
    action: Mapped[Action] = mapped_column(enum_text(Action))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    detail: Mapped[Json] = mapped_column(default=dict)


def note(action: Action, *, about: User, by: User | None, **detail: str) -> None:
    """Add an entry.  Part of a verb; nobody (`by` is None) stands for the command line."""
    actor_id = by.id if by else None
    db.session.add(AuditEntry(action=action, actor_id=actor_id, subject_id=about.id, detail=detail))
