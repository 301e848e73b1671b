"""Bring others in: people who take part in a ticket beside its requester.

Revision bring_others_in, after know_people.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "bring_others_in"
down_revision = "know_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticket_participants",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
            name="fk_ticket_participants_ticket_id_tickets",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name="fk_ticket_participants_user_id_users",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ticket_id", "user_id", name="pk_ticket_participants"),
    )
    op.create_index("ix_ticket_participants_user_id", "ticket_participants", ["user_id"])


def downgrade() -> None:
    op.drop_table("ticket_participants")
