"""A calendar of business hours; its versions are added and never changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint

from app.core.db import CreatedAt, Id, Mapped, Model, mapped_column

LONGEST_NAME = 120


class Calendar(Model):
    """A name for hours that teams or customers have in common.  The one with `is_default` is everybody's."""

    __tablename__ = "calendars"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    is_default: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]


class CalendarVersion(Model):
    """Hours and holidays from a local day on.

    `week` is a list of seven days, Monday first, each a list of [start, end) in minutes of the local
    day; `holidays` are ISO dates.
    """

    __tablename__ = "calendar_versions"
    __table_args__ = (UniqueConstraint("calendar_id", "number"),)

    id: Mapped[Id]
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    number: Mapped[int]
    effective_from: Mapped[date]
    zone: Mapped[str] = mapped_column(String(60))
    week: Mapped[list[Any]] = mapped_column(JSON)
    holidays: Mapped[list[str]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
