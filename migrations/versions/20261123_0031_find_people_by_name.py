"""Find people by name: the list of everybody reads one page of an index.

Revision find_people_by_name, after count_attempts_in_one_row.
"""

from alembic import op

revision = "find_people_by_name"
down_revision = "count_attempts_in_one_row"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_users_name_id", "users", ["name", "id"])


def downgrade() -> None:
    op.drop_index("ix_users_name_id", table_name="users")
