"""Lead from article to article: which ones are worth reading next, found by a job.

Revision lead_from_article_to_article, after let_readers_judge_articles.
"""

import sqlalchemy as sa
from alembic import op

revision = "lead_from_article_to_article"
down_revision = "let_readers_judge_articles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_relations",
        sa.Column("article_id", sa.String(13), nullable=False),
        sa.Column("other_id", sa.String(13), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_relations_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["articles.id"],
            name=op.f("fk_article_relations_other_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "other_id", name=op.f("pk_article_relations")),
    )
    op.create_index(op.f("ix_article_relations_other_id"), "article_relations", ["other_id"])


def downgrade() -> None:
    op.drop_table("article_relations")
