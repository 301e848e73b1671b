"""Turn the pages of an article's history: its revisions in their order.

Revision turn_pages_of_history, after write_articles_in_the_browser.
"""

from alembic import op

revision = "turn_pages_of_history"
down_revision = "write_articles_in_the_browser"
branch_labels = None
depends_on = None

NAME = "ix_article_revisions_article_id_id"


def upgrade() -> None:
    op.create_index(NAME, "article_revisions", ["article_id", "id"])


def downgrade() -> None:
    op.drop_index(NAME, "article_revisions")
