"""Call colleagues to a ticket by @name in a note.

Revision call_colleagues, after keep_macros.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "call_colleagues"
down_revision = "keep_macros"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticket_mentions",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["ticket_messages.id"],
            name="fk_ticket_mentions_message_id_ticket_messages",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
            name="fk_ticket_mentions_ticket_id_tickets",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_ticket_mentions_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "user_id", name="pk_ticket_mentions"),
    )
    op.create_index("ix_ticket_mentions_ticket_id", "ticket_mentions", ["ticket_id"])
    op.create_index(
        "ix_ticket_mentions_user_id_message_id", "ticket_mentions", ["user_id", "message_id"]
    )
    op.create_index("ix_ticket_mentions_user_id_read_at", "ticket_mentions", ["user_id", "read_at"])


def downgrade() -> None:
    op.drop_table("ticket_mentions")
