"""Work in teams: who is in them, and which is in charge of a ticket.

Revision work_in_teams, after find_people_by_name.  The column is added in place: to copy a table of a
million tickets would stop the desk for minutes.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "work_in_teams"
down_revision = "find_people_by_name"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
        sa.UniqueConstraint("name", name="uq_teams_name"),
    )
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name="fk_team_members_team_id_teams", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_team_members_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "user_id", name="pk_team_members"),
    )
    op.create_index("ix_team_members_user_id", "team_members", ["user_id"])
    op.execute(
        "ALTER TABLE tickets ADD COLUMN team_id INTEGER"
        " CONSTRAINT fk_tickets_team_id_teams REFERENCES teams (id)"
    )
    op.create_index(
        "ix_tickets_team_id_active", "tickets", ["team_id", "active", "updated_at", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_tickets_team_id_active", table_name="tickets")
    op.execute("ALTER TABLE tickets DROP COLUMN team_id")
    op.drop_table("team_members")
    op.drop_table("teams")
