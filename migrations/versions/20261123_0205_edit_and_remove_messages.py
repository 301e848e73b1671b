"""Edit messages, with what they said before, and take texts out for good.

Revision edit_and_remove_messages, after put_tickets_aside.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "edit_and_remove_messages"
down_revision = "put_tickets_aside"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket_messages", sa.Column("edited_at", UtcDateTime(), nullable=True))
    op.add_column("ticket_messages", sa.Column("redacted_at", UtcDateTime(), nullable=True))
    op.create_table(
        "ticket_message_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["ticket_messages.id"],
            name="fk_ticket_message_versions_message_id_ticket_messages",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["users.id"], name="fk_ticket_message_versions_replaced_by_id_users"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_message_versions"),
    )
    op.create_index(
        "ix_ticket_message_versions_message_id", "ticket_message_versions", ["message_id"]
    )


def downgrade() -> None:
    op.drop_table("ticket_message_versions")
    op.drop_column("ticket_messages", "redacted_at")
    op.drop_column("ticket_messages", "edited_at")
