"""Count searches that find nothing, by day and words.

Revision count_searches_that_find_nothing, after keep_images_and_links.
"""

import sqlalchemy as sa
from alembic import op

revision = "count_searches_that_find_nothing"
down_revision = "keep_images_and_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_misses",
        sa.Column("words", sa.String(100), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("words", "on", "audience", name=op.f("pk_search_misses")),
    )
    op.create_index(op.f("ix_search_misses_on"), "search_misses", ["on"])


def downgrade() -> None:
    op.drop_table("search_misses")
