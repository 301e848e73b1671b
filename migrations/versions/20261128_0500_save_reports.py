"""Save reports: questions about figures, dashboards of them, and mails that bring them.

Revision save_reports, after keep_reports_of_then.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.core.db import UtcDateTime

revision = "save_reports"
down_revision = "keep_reports_of_then"
branch_labels = None
depends_on = None


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "saved_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column(
            "stored", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        _to("saved_reports", "owner_id", "users"),
        _to("saved_reports", "team_id", "teams"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_reports"),
    )
    op.create_table(
        "dashboards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        _to("dashboards", "owner_id", "users"),
        _to("dashboards", "team_id", "teams"),
        sa.PrimaryKeyConstraint("id", name="pk_dashboards"),
    )
    op.create_table(
        "dashboard_reports",
        sa.Column("dashboard_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _to("dashboard_reports", "dashboard_id", "dashboards"),
        _to("dashboard_reports", "report_id", "saved_reports"),
        sa.PrimaryKeyConstraint("dashboard_id", "report_id", name="pk_dashboard_reports"),
    )
    op.create_table(
        "report_subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("dashboard_id", sa.Integer(), nullable=True),
        sa.Column("every", sa.String(40), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        _to("report_subscriptions", "user_id", "users"),
        _to("report_subscriptions", "team_id", "teams"),
        _to("report_subscriptions", "report_id", "saved_reports"),
        _to("report_subscriptions", "dashboard_id", "dashboards"),
        sa.PrimaryKeyConstraint("id", name="pk_report_subscriptions"),
    )
    op.create_table(
        "report_unsubscriptions",
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        _to("report_unsubscriptions", "subscription_id", "report_subscriptions"),
        _to("report_unsubscriptions", "user_id", "users"),
        sa.PrimaryKeyConstraint("subscription_id", "user_id", name="pk_report_unsubscriptions"),
    )
    op.create_table(
        "report_mails",
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        _to("report_mails", "subscription_id", "report_subscriptions"),
        _to("report_mails", "user_id", "users"),
        sa.PrimaryKeyConstraint("subscription_id", "user_id", "due_at", name="pk_report_mails"),
    )
    for table, column in _INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


_TABLES = (
    "saved_reports", "dashboards", "dashboard_reports", "report_subscriptions",
    "report_unsubscriptions", "report_mails",
)  # fmt: skip
_INDEXED = (
    ("saved_reports", "owner_id"),
    ("saved_reports", "team_id"),
    ("dashboards", "owner_id"),
    ("dashboards", "team_id"),
    ("dashboard_reports", "report_id"),
    ("report_subscriptions", "user_id"),
    ("report_subscriptions", "team_id"),
    ("report_subscriptions", "report_id"),
    ("report_subscriptions", "dashboard_id"),
)
