"""Say what people are told: notices, how each person wants to hear of what, and which tickets they follow.

Revision say_what_people_are_told, after send_files_along.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "say_what_people_are_told"
down_revision = "send_files_along"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(40), nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("mailed_at", UtcDateTime(), nullable=True),
        _of("notices", "user_id", "users"),
        _of("notices", "ticket_id", "tickets"),
        _of("notices", "question_id", "questions"),
        _of("notices", "message_id", "ticket_messages"),
        _of("notices", "answer_id", "answers"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_notices_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    for columns in (["ticket_id"], ["question_id"], ["created_at"], ["user_id", "id"]):
        op.create_index(f"ix_notices_{'_'.join(columns)}", "notices", columns)
    _index_where("unread", ["user_id", "ticket_id", "question_id"], "read_at IS NULL")
    _index_where("waiting", ["way", "user_id"], "read_at IS NULL AND mailed_at IS NULL")
    op.create_table(
        "digests",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        _of("digests", "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", "due_at", name="pk_digests"),
    )
    op.create_table(
        "notification_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(40), nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=False),
        _of("notification_choices", "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", "occasion", name="pk_notification_choices"),
    )
    op.create_index("ix_notification_choices_occasion", "notification_choices", ["occasion"])
    op.create_table(
        "digest_times",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("every", sa.String(40), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        _of("digest_times", "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", name="pk_digest_times"),
    )
    op.create_table(
        "ticket_stances",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(40), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _of("ticket_stances", "ticket_id", "tickets"),
        _of("ticket_stances", "user_id", "users"),
        sa.PrimaryKeyConstraint("ticket_id", "user_id", name="pk_ticket_stances"),
    )
    op.create_index("ix_ticket_stances_user_id", "ticket_stances", ["user_id"])


def downgrade() -> None:
    for table in ("ticket_stances", "digest_times", "notification_choices", "digests", "notices"):
        op.drop_table(table)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """A row goes with what it is about."""
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def _index_where(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(
        f"ix_notices_{name}", "notices", columns, sqlite_where=where, postgresql_where=where
    )
