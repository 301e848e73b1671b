"""Subscriptions: who gets which figures by mail, and when; and the mails that were made of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey

from app.core import clock
from app.core.db import Id, Mapped, Model, enum_text, mapped_column
from app.metrics.saved.dashboard import Dashboard
from app.metrics.saved.saved_report import SavedReport


class Every(StrEnum):
    """How often: each day, each week on one weekday, or on the first of each month."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Subscription(Model):
    """A report or a dashboard for one person, or for everybody in a team.

    `weekday` counts from Monday, 0; `hour` is on the clock of the reporting zone.  What was due before
    `since_at` is not sent.
    """

    __tablename__ = "report_subscriptions"

    id: Mapped[Id]
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    team_id: Mapped[int | None] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), index=True
    )
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey(SavedReport.id, ondelete="CASCADE"), index=True
    )
    dashboard_id: Mapped[int | None] = mapped_column(
        ForeignKey(Dashboard.id, ondelete="CASCADE"), index=True
    )
    every: Mapped[Every] = mapped_column(enum_text(Every))
    weekday: Mapped[int]
    hour: Mapped[int]
    since_at: Mapped[datetime] = mapped_column(default=clock.now)


class Unsubscription(Model):
    """Somebody who wants no more mails of a subscription."""

    __tablename__ = "report_unsubscriptions"

    subscription_id: Mapped[int] = mapped_column(
        ForeignKey(Subscription.id, ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )


class ReportMail(Model):
    """A mail that was due: one for each time and person, also where there was nothing to send."""

    __tablename__ = "report_mails"

    subscription_id: Mapped[int] = mapped_column(
        ForeignKey(Subscription.id, ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
