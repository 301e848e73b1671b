"""Know what an article translates, from which text, and whether it is made of questions.

Revision know_what_an_article_translates, after look_whether_links_still_lead.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "know_what_an_article_translates"
down_revision = "look_whether_links_still_lead"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("articles") as table:
        table.add_column(sa.Column("translation_of", sa.String(13), nullable=True))
        table.add_column(sa.Column("translated_from", sa.Integer(), nullable=True))
        table.add_column(sa.Column("faq", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_index(op.f("ix_articles_translation_of"), ["translation_of"])
    with op.batch_alter_table("articles") as table:
        table.alter_column("faq", server_default=None)
    _follow_live_texts()


def _follow_live_texts() -> None:
    """What texts say already; a translation is taken to be one of the text that is live now."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT a.id, r.front_json FROM articles a"
            " JOIN article_revisions r ON r.id = a.live_revision_id"
        )
    ).all()
    for row in rows:
        front = row.front_json if isinstance(row.front_json, dict) else json.loads(row.front_json)
        faq = str(front.get("faq") or "").lower() in ("true", "yes", "on")
        translation_of = front.get("translation_of") or None
        if faq or translation_of:
            connection.execute(
                sa.text("UPDATE articles SET faq = :faq, translation_of = :of WHERE id = :id"),
                {"faq": faq, "of": translation_of, "id": row.id},
            )
    connection.execute(
        sa.text(
            "UPDATE articles SET translated_from = (SELECT original.live_revision_id"
            " FROM articles AS original WHERE original.id = articles.translation_of)"
            " WHERE translation_of IS NOT NULL"
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("articles") as table:
        table.drop_index(op.f("ix_articles_translation_of"))
        for name in ("faq", "translated_from", "translation_of"):
            table.drop_column(name)
