"""See who else has a ticket in front of them.

Revision see_who_else_is_there, after edit_and_remove_messages.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "see_who_else_is_there"
down_revision = "edit_and_remove_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticket_presences",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("writes", sa.Boolean(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
            name="fk_ticket_presences_ticket_id_tickets",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_ticket_presences_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", "user_id", name="pk_ticket_presences"),
    )
    op.create_index("ix_ticket_presences_seen_at", "ticket_presences", ["seen_at"])


def downgrade() -> None:
    op.drop_table("ticket_presences")
