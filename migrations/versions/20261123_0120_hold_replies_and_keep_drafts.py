"""Hold replies for a while, and keep drafts.

Revision hold_replies_and_keep_drafts, after work_in_teams.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "hold_replies_and_keep_drafts"
down_revision = "work_in_teams"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticket_drafts",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_ticket_drafts_user_id_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
            name="fk_ticket_drafts_ticket_id_tickets",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "ticket_id", name="pk_ticket_drafts"),
    )
    op.create_index("ix_ticket_drafts_ticket_id", "ticket_drafts", ["ticket_id"])
    op.add_column("ticket_messages", sa.Column("held_until", UtcDateTime(), nullable=True))
    op.add_column("ticket_messages", sa.Column("then", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("ticket_messages", "then")
    op.drop_column("ticket_messages", "held_until")
    op.drop_table("ticket_drafts")
