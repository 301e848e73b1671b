"""Know people and whom they write for: organisations, and notes about persons.

Revision know_people, after hold_replies_and_keep_drafts.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "know_people"
down_revision = "hold_replies_and_keep_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("name", name="uq_organisations_name"),
    )
    op.execute(
        "ALTER TABLE users ADD COLUMN organisation_id INTEGER"
        " CONSTRAINT fk_users_organisation_id_organisations REFERENCES organisations (id)"
    )
    op.create_index("ix_users_organisation_id_name", "users", ["organisation_id", "name", "id"])
    op.create_table(
        "person_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["users.id"], name="fk_person_notes_person_id_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name="fk_person_notes_author_id_users"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person_notes"),
    )
    op.create_index("ix_person_notes_person_id_id", "person_notes", ["person_id", "id"])


def downgrade() -> None:
    op.drop_table("person_notes")
    op.drop_index("ix_users_organisation_id_name", table_name="users")
    op.execute("ALTER TABLE users DROP COLUMN organisation_id")
    op.drop_table("organisations")
