"""Keep beside the cases of a day what is asked of them most; they are made anew.

Revision sum_up_pages_of_figures, after keep_figures_day_by_day.
"""

import sqlalchemy as sa
from alembic import op

revision = "sum_up_pages_of_figures"
down_revision = "keep_figures_day_by_day"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("metric_pages")
    op.create_table(
        "metric_pages",
        sa.Column("series", sa.String(60), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("by_team", sa.LargeBinary(), nullable=False),
        sa.Column("rest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("series", "day_on", name="pk_metric_pages"),
    )
    op.create_index("ix_metric_pages_series_day_on_n", "metric_pages", ["series", "day_on", "n"])
    op.drop_table("metric_terms")
    op.create_table(
        "metric_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_metric_terms"),
        sa.UniqueConstraint("text", "field", name="uq_metric_terms_text_field"),
    )
    op.drop_table("metric_forms")
    op.create_table(
        "metric_forms",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(120), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_metric_forms"),
    )
    op.execute(
        "INSERT INTO metric_forms (id, form, reached)"
        " SELECT 1, '', 0 WHERE EXISTS (SELECT 1 FROM tickets)"
    )
    op.execute("DELETE FROM metric_tickets")


def downgrade() -> None:
    op.drop_table("metric_forms")
    op.create_table(
        "metric_forms",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_metric_forms"),
    )
    op.drop_table("metric_terms")
    op.create_table(
        "metric_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_metric_terms"),
        sa.UniqueConstraint("text", name="uq_metric_terms_text"),
    )
    op.drop_table("metric_pages")
    op.create_table(
        "metric_pages",
        sa.Column("series", sa.String(60), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("rest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("series", "day_on", name="pk_metric_pages"),
    )
    op.execute("DELETE FROM metric_tickets")
