"""Find urgent work at once: active tickets of a priority are few among many.

Revision find_urgent_work_at_once, after see_who_else_is_there.
"""

from alembic import op

revision = "find_urgent_work_at_once"
down_revision = "see_who_else_is_there"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_tickets_active_priority", "tickets", ["active", "priority", "updated_at", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_tickets_active_priority", table_name="tickets")
