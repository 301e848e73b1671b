"""Look at articles again: how often, when somebody said last that they are right, who was reminded.

Revision look_at_articles_again, after propose_changes_to_articles.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "look_at_articles_again"
down_revision = "propose_changes_to_articles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("articles") as table:
        table.add_column(sa.Column("reviewed_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("reviewed_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("review_due_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("reminded_at", UtcDateTime(), nullable=True))
        table.create_foreign_key(
            op.f("fk_articles_reviewed_by_id_users"),
            "users",
            ["reviewed_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(op.f("ix_articles_reviewed_by_id"), ["reviewed_by_id"])
        table.create_index(op.f("ix_articles_review_due_at"), ["review_due_at"])
    with op.batch_alter_table("article_sections") as table:
        table.add_column(
            sa.Column("review_every", sa.String(300), nullable=False, server_default="")
        )
    with op.batch_alter_table("article_sections") as table:
        table.alter_column("review_every", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("article_sections") as table:
        table.drop_column("review_every")
    with op.batch_alter_table("articles") as table:
        table.drop_index(op.f("ix_articles_reviewed_by_id"))
        table.drop_index(op.f("ix_articles_review_due_at"))
        table.drop_constraint(op.f("fk_articles_reviewed_by_id_users"), type_="foreignkey")
        for name in ("reviewed_at", "reviewed_by_id", "review_due_at", "reminded_at"):
            table.drop_column(name)
