"""Keep canned replies: texts of one person, of a team, or of everybody who answers tickets.

Revision keep_canned_replies, after bring_others_in.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "keep_canned_replies"
down_revision = "bring_others_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name="fk_canned_replies_owner_id_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name="fk_canned_replies_team_id_teams", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
    )
    op.create_index("ix_canned_replies_owner_id", "canned_replies", ["owner_id"])
    op.create_index("ix_canned_replies_team_id", "canned_replies", ["team_id"])


def downgrade() -> None:
    op.drop_table("canned_replies")
