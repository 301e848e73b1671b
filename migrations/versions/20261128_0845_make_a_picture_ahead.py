"""Make the picture of the metrics page ahead, where that takes long.

Revision make_a_picture_ahead, after send_pages_as_they_lie.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "make_a_picture_ahead"
down_revision = "send_pages_as_they_lie"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "metric_pictures",
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("cost_s", sa.Double(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("asked", name=op.f("pk_metric_pictures")),
    )


def downgrade() -> None:
    op.drop_table("metric_pictures")
