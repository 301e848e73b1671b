"""Measure business hours: calendars with versions.

Revision measure_business_hours, after lead_from_article_to_article.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "measure_business_hours"
down_revision = "lead_from_article_to_article"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendars"),
        sa.UniqueConstraint("name", name="uq_calendars_name"),
    )
    op.create_table(
        "calendar_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendars.id"], name="fk_calendar_versions_calendar_id_calendars"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_calendar_versions_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_versions"),
        sa.UniqueConstraint(
            "calendar_id", "number", name="uq_calendar_versions_calendar_id_number"
        ),
    )


def downgrade() -> None:
    op.drop_table("calendar_versions")
    op.drop_table("calendars")
