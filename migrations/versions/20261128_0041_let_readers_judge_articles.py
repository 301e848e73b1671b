"""Let readers judge articles: whether one helped, once for each of them.

Revision let_readers_judge_articles, after know_what_an_article_translates.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "let_readers_judge_articles"
down_revision = "know_what_an_article_translates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(13), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("visitor", sa.String(64), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_votes_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["article_revisions.id"],
            name=op.f("fk_article_votes_revision_id_article_revisions"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["users.id"],
            name=op.f("fk_article_votes_person_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_votes")),
        sa.UniqueConstraint(
            "article_id", "person_id", name="uq_article_votes_article_id_person_id"
        ),
        sa.UniqueConstraint("article_id", "visitor", name="uq_article_votes_article_id_visitor"),
    )
    op.create_index("ix_article_votes_article_id_helped", "article_votes", ["article_id", "helped"])
    op.create_index(op.f("ix_article_votes_revision_id"), "article_votes", ["revision_id"])
    op.create_index(op.f("ix_article_votes_person_id"), "article_votes", ["person_id"])


def downgrade() -> None:
    op.drop_table("article_votes")
