"""Put tickets aside until a time or a reply.

Revision put_tickets_aside, after call_colleagues.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "put_tickets_aside"
down_revision = "call_colleagues"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("snoozed_at", UtcDateTime(), nullable=True))
    op.add_column("tickets", sa.Column("snoozed_until", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_tickets_snoozed",
        "tickets",
        ["updated_at", "id"],
        sqlite_where=sa.text("snoozed_at IS NOT NULL"),
        postgresql_where=sa.text("snoozed_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_tickets_snoozed", table_name="tickets")
    op.drop_column("tickets", "snoozed_until")
    op.drop_column("tickets", "snoozed_at")
