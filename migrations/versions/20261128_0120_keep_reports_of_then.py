"""Keep reports of then: what is kept for figures, as it stood at the end of days that somebody asked for.

Revision keep_reports_of_then, after sum_up_pages_of_figures.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "keep_reports_of_then"
down_revision = "sum_up_pages_of_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "metric_thens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=False),
        sa.Column("form", sa.String(120), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ready_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_metric_thens"),
        sa.UniqueConstraint("day_on", name="uq_metric_thens_day_on"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "metric_then_pages",
        sa.Column("then_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(60), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("by_team", sa.LargeBinary(), nullable=False),
        sa.Column("rest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["then_id"], ["metric_thens.id"], name="fk_metric_then_pages_then_id_metric_thens"
        ),
        sa.PrimaryKeyConstraint("then_id", "series", "day_on", name="pk_metric_then_pages"),
    )
    columns = ["then_id", "series", "day_on", "n"]
    op.create_index("ix_metric_then_pages_then_id_series_day_on_n", "metric_then_pages", columns)


def downgrade() -> None:
    op.drop_table("metric_then_pages")
    op.drop_table("metric_thens")
