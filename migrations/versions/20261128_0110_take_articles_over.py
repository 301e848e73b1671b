"""Take articles over: sources that somebody sent to be imported, and what would become of them.

Revision take_articles_over, after let_files_and_browser_agree.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "take_articles_over"
down_revision = "let_files_and_browser_agree"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_intakes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["users.id"], name="fk_article_intakes_by_id_users", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_article_intakes"),
    )
    op.create_index("ix_article_intakes_by_id", "article_intakes", ["by_id"])


def downgrade() -> None:
    op.drop_table("article_intakes")
