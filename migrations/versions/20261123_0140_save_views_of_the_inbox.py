"""Save views of the inbox, and answer every condition of a search by an index.

Revision save_views_of_the_inbox, after keep_canned_replies.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "save_views_of_the_inbox"
down_revision = "keep_canned_replies"
branch_labels = None
depends_on = None

COLUMNS = ("active", "status", "assignee_id", "priority", "channel")


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("search", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name="fk_saved_views_owner_id_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name="fk_saved_views_team_id_teams", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
    )
    op.create_index("ix_saved_views_owner_id", "saved_views", ["owner_id"])
    op.create_index("ix_saved_views_team_id", "saved_views", ["team_id"])
    op.create_index("ix_tickets_updated_at", "tickets", ["updated_at", "id"])
    op.create_index("ix_tickets_created_at", "tickets", ["created_at", "id"])
    for column in COLUMNS:
        op.create_index(f"ix_tickets_{column}_updated_at", "tickets", [column, "updated_at", "id"])


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(f"ix_tickets_{column}_updated_at", table_name="tickets")
    op.drop_index("ix_tickets_created_at", table_name="tickets")
    op.drop_index("ix_tickets_updated_at", table_name="tickets")
    op.drop_table("saved_views")
