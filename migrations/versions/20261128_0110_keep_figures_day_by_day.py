"""Keep figures day by day; what was kept ticket by ticket is made anew.

Revision keep_figures_day_by_day, after measure_business_hours.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "keep_figures_day_by_day"
down_revision = "measure_business_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "metric_pages",
        sa.Column("series", sa.String(60), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("rest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("series", "day_on", name="pk_metric_pages"),
    )
    op.create_table(
        "metric_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_metric_terms"),
        sa.UniqueConstraint("text", name="uq_metric_terms_text"),
    )
    op.create_table(
        "metric_forms",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_metric_forms"),
    )
    op.create_table(
        "metric_proofs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_metric_proofs"),
    )
    op.execute("DELETE FROM metric_tickets")


def downgrade() -> None:
    for table in ("metric_proofs", "metric_forms", "metric_terms", "metric_pages"):
        op.drop_table(table)
    op.execute("DELETE FROM metric_tickets")
