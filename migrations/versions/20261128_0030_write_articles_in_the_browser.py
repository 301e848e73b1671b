"""Write articles in the browser: what somebody has begun is kept, and articles are found by their tags.

Revision write_articles_in_the_browser, after take_articles_over.
"""

import json

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "write_articles_in_the_browser"
down_revision = "take_articles_over"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_drafts",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("article_id", sa.String(13), nullable=True),
        sa.Column("base_revision_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_article_drafts_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_drafts_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_article_drafts")),
    )
    op.create_index(op.f("ix_article_drafts_article_id"), "article_drafts", ["article_id"])
    op.add_column(
        "articles", sa.Column("tags", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )
    _fill_tags()
    with op.batch_alter_table("articles") as table:
        table.alter_column("tags", server_default=None)


def _fill_tags() -> None:
    """What the live texts say."""
    connection = op.get_bind()
    articles = sa.table(
        "articles",
        sa.column("id", sa.String),
        sa.column("live_revision_id", sa.Integer),
        sa.column("tags", sa.JSON),
    )
    revisions = sa.table(
        "article_revisions", sa.column("id", sa.Integer), sa.column("front_json", sa.JSON)
    )
    rows = sa.select(articles.c.id, revisions.c.front_json).join(
        revisions, revisions.c.id == articles.c.live_revision_id
    )
    for id, front in connection.execute(rows).all():
        said = json.loads(front) if isinstance(front, str) else front
        tags = said.get("tags") or []
        if tags and isinstance(tags, list):
            connection.execute(articles.update().where(articles.c.id == id).values(tags=tags))


def downgrade() -> None:
    with op.batch_alter_table("articles") as table:
        table.drop_column("tags")
    op.drop_table("article_drafts")
