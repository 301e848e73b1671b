"""Keep images and links: pictures with their sizes, files below content/assets/, what articles link to.

Revision keep_images_and_links, after look_at_articles_again.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "keep_images_and_links"
down_revision = "look_at_articles_again"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_images",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("animated", sa.Boolean(), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["users.id"], name=op.f("fk_article_images_by_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_article_images")),
    )
    op.create_table(
        "content_assets",
        sa.Column("path", sa.String(400), nullable=False),
        sa.Column("file_sha", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("image_sha", sa.String(64), nullable=True),
        sa.Column("fault", sa.String(300), nullable=False),
        sa.Column("from_app", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_sha"],
            ["article_images.sha256"],
            name=op.f("fk_content_assets_image_sha_article_images"),
        ),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_content_assets")),
    )
    op.create_index(op.f("ix_content_assets_image_sha"), "content_assets", ["image_sha"])
    op.create_table(
        "article_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(13), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("to_path", sa.String(400), nullable=False),
        sa.Column("fragment", sa.String(300), nullable=False),
        sa.Column("image_sha", sa.String(64), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.Column("described", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_links_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_links")),
    )
    for name in ("article_id", "kind", "to_path", "image_sha"):
        op.create_index(op.f(f"ix_article_links_{name}"), "article_links", [name])


def downgrade() -> None:
    for name in ("article_links", "content_assets", "article_images"):
        op.drop_table(name)
