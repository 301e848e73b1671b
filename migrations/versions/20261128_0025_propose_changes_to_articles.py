"""Propose changes to articles, and say something about them before they are published.

Revision propose_changes_to_articles, after turn_pages_of_history.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "propose_changes_to_articles"
down_revision = "turn_pages_of_history"
branch_labels = None
depends_on = None

UNDER_WAY = sa.text("state IN ('open', 'changes_asked')")


def upgrade() -> None:
    op.create_table(
        "article_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(13), nullable=False),
        sa.Column("proposed_revision_id", sa.Integer(), nullable=False),
        sa.Column("base_revision_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("published_revision_id", sa.Integer(), nullable=True),
        _key("article_reviews", "article_id", "articles", ondelete="CASCADE"),
        _key("article_reviews", "proposed_revision_id", "article_revisions", ondelete="CASCADE"),
        _key("article_reviews", "base_revision_id", "article_revisions", ondelete="CASCADE"),
        _key("article_reviews", "published_revision_id", "article_revisions", ondelete="SET NULL"),
        _key("article_reviews", "asked_by_id", "users"),
        _key("article_reviews", "reviewer_id", "users"),
        _key("article_reviews", "decided_by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_reviews")),
    )
    for column in ("article_id", "asked_by_id", "reviewer_id"):
        op.create_index(op.f(f"ix_article_reviews_{column}"), "article_reviews", [column])
    op.create_index("ix_article_reviews_state_id", "article_reviews", ["state", "id"])
    op.create_index(
        "uq_article_reviews_under_way",
        "article_reviews",
        ["article_id", "asked_by_id"],
        unique=True,
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )
    op.create_table(
        "article_review_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _key("article_review_comments", "review_id", "article_reviews", ondelete="CASCADE"),
        _key("article_review_comments", "revision_id", "article_revisions", ondelete="CASCADE"),
        _key("article_review_comments", "author_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_review_comments")),
    )
    op.create_index(
        op.f("ix_article_review_comments_review_id"), "article_review_comments", ["review_id"]
    )
    with op.batch_alter_table("notices") as table:
        table.add_column(sa.Column("review_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("article_id", sa.String(13), nullable=True))
        table.create_foreign_key(
            op.f("fk_notices_review_id_article_reviews"),
            "article_reviews",
            ["review_id"],
            ["id"],
            ondelete="CASCADE",
        )
        table.create_foreign_key(
            op.f("fk_notices_article_id_articles"),
            "articles",
            ["article_id"],
            ["id"],
            ondelete="CASCADE",
        )
        table.create_index(op.f("ix_notices_review_id"), ["review_id"])
        table.create_index(op.f("ix_notices_article_id"), ["article_id"])


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM notices WHERE article_id IS NOT NULL"))
    told = ("review_asked", "review_commented", "review_returned", "review_approved", "article_due")
    chosen = sa.table("notification_choices", sa.column("occasion", sa.String))
    op.execute(chosen.delete().where(chosen.c.occasion.in_(told)))
    with op.batch_alter_table("notices") as table:
        table.drop_index(op.f("ix_notices_review_id"))
        table.drop_index(op.f("ix_notices_article_id"))
        table.drop_constraint(op.f("fk_notices_review_id_article_reviews"), type_="foreignkey")
        table.drop_constraint(op.f("fk_notices_article_id_articles"), type_="foreignkey")
        table.drop_column("review_id")
        table.drop_column("article_id")
    op.drop_table("article_review_comments")
    op.drop_table("article_reviews")


def _key(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, **more)
