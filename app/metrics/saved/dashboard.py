"""A dashboard: saved reports in an order, on one page."""

from sqlalchemy import ForeignKey

from app.core.db import CreatedAt, Id, Mapped, Model, Short, mapped_column
from app.metrics.saved.saved_report import SavedReport
from app.tickets.shelf import Shelved


class Dashboard(Shelved, Model):
    """One dashboard."""

    __tablename__ = "dashboards"

    id: Mapped[Id]
    title: Mapped[Short]
    created_at: Mapped[CreatedAt]


class DashboardReport(Model):
    """A report on a dashboard; `place` counts from the top."""

    __tablename__ = "dashboard_reports"

    dashboard_id: Mapped[int] = mapped_column(
        ForeignKey(Dashboard.id, ondelete="CASCADE"), primary_key=True
    )
    report_id: Mapped[int] = mapped_column(
        ForeignKey(SavedReport.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    place: Mapped[int]
