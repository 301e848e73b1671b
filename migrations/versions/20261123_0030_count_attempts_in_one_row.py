"""Count attempts in one row for each key: a count in one statement cannot miss another.

Revision count_attempts_in_one_row, after seal_the_history.  The attempts of the last minutes are
forgotten.
"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "count_attempts_in_one_row"
down_revision = "seal_the_history"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("throttle_hits")
    op.create_table(
        "throttles",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("since", app.core.db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttles")),
    )
    op.create_index(op.f("ix_throttles_since"), "throttles", ["since"])


def downgrade() -> None:
    op.drop_table("throttles")
    op.create_table(
        "throttle_hits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("created_at", app.core.db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_throttle_hits")),
    )
    op.create_index(op.f("ix_throttle_hits_key"), "throttle_hits", ["key"])
