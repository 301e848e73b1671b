"""Let files and browser agree: whole texts in revisions, what file and article were level in, quarantine, trash.

Revision let_files_and_browser_agree, after answer_every_search_at_once.
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "let_files_and_browser_agree"
down_revision = "answer_every_search_at_once"
branch_labels = None
depends_on = None

IN_USE = "status != 'archived'"
IN_USE_NOW = "status != 'archived' AND deleted_at IS NULL"


def upgrade() -> None:
    _sections()
    _articles()
    _revisions()
    _files()
    _new_tables()


def _sections() -> None:
    with op.batch_alter_table("article_sections") as table:
        table.add_column(
            sa.Column("visibility", sa.String(40), nullable=False, server_default="agents")
        )
        table.add_column(sa.Column("lang", sa.String(35), nullable=False, server_default="en"))
        table.add_column(sa.Column("owner", sa.String(300), nullable=False, server_default=""))
        table.add_column(sa.Column("category", sa.String(300), nullable=False, server_default=""))
    with op.batch_alter_table("article_sections") as table:
        for name in ("visibility", "lang", "owner", "category"):
            table.alter_column(name, server_default=None)


def _articles() -> None:
    with op.batch_alter_table("articles") as table:
        table.add_column(sa.Column("draft_revision_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("publish_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("expires_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("deleted_at", UtcDateTime(), nullable=True))
        table.add_column(
            sa.Column("shown", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.create_foreign_key(
            op.f("fk_articles_owner_id_users"), "users", ["owner_id"], ["id"], ondelete="SET NULL"
        )
        table.create_index(op.f("ix_articles_owner_id"), ["owner_id"])
        table.create_index(op.f("ix_articles_deleted_at"), ["deleted_at"])
        table.drop_index("uq_articles_slug_in_use")
        _unique_address(table, IN_USE_NOW)
    op.execute(sa.text("UPDATE articles SET shown = (status = 'published')"))
    with op.batch_alter_table("articles") as table:
        table.alter_column("shown", server_default=None)


def _unique_address(table: object, condition: str) -> None:
    table.create_index(  # type: ignore[attr-defined]
        "uq_articles_slug_in_use",
        ["lang", "slug"],
        unique=True,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )


def _revisions() -> None:
    with op.batch_alter_table("article_revisions") as table:
        table.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("other_parent_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("head", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("sha", sa.String(64), nullable=False, server_default=""))
        table.add_column(sa.Column("made_from", sa.String(64), nullable=False, server_default=""))
        table.add_column(sa.Column("note", sa.String(300), nullable=False, server_default=""))
        table.add_column(sa.Column("git_commit", sa.String(64), nullable=False, server_default=""))
        table.drop_column("renderer_version")
        table.drop_index(op.f("ix_article_revisions_article_id"))
        table.create_index("ix_article_revisions_article_id_sha", ["article_id", "sha"])
    _write_whole_texts()
    with op.batch_alter_table("article_revisions") as table:
        for name in ("head", "sha", "made_from", "note", "git_commit"):
            table.alter_column(name, server_default=None)


def _write_whole_texts() -> None:
    """Front matter was kept as values: write it as text, in the part of YAML that is JSON."""
    connection = op.get_bind()
    table = sa.table(
        "article_revisions",
        sa.column("id", sa.Integer),
        sa.column("front_json", sa.JSON),
        sa.column("body", sa.Text),
        sa.column("head", sa.Text),
        sa.column("sha", sa.String),
    )
    for row in connection.execute(sa.select(table.c.id, table.c.front_json, table.c.body)).all():
        lines = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
            for key, value in row.front_json.items()
        )
        head = f"---\n{lines}---\n" if lines else ""
        sha = hashlib.sha256((head + row.body).encode()).hexdigest()
        connection.execute(table.update().where(table.c.id == row.id).values(head=head, sha=sha))


def _files() -> None:
    """No base: at the next sync the files are right, for until now nothing else could be edited."""
    with op.batch_alter_table("content_files") as table:
        table.alter_column("article_id", existing_type=sa.String(13), nullable=True)
        table.add_column(sa.Column("base_revision_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("states_id", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        table.add_column(sa.Column("state", sa.String(40), nullable=False, server_default="ok"))
        table.add_column(sa.Column("faults", sa.JSON(), nullable=False, server_default="[]"))
        table.drop_column("made_from")
        table.create_foreign_key(
            op.f("fk_content_files_base_revision_id_article_revisions"),
            "article_revisions",
            ["base_revision_id"],
            ["id"],
        )
    with op.batch_alter_table("content_files") as table:
        for name in ("states_id", "state", "faults"):
            table.alter_column(name, server_default=None)


def _new_tables() -> None:
    op.create_table(
        "content_quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("path", sa.String(400), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_quarantine")),
        sa.UniqueConstraint("sha", name=op.f("uq_content_quarantine_sha")),
    )
    op.create_table(
        "article_redirects",
        sa.Column("old_path", sa.String(300), nullable=False),
        sa.Column("article_id", sa.String(13), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_redirects_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("old_path", name=op.f("pk_article_redirects")),
    )
    op.create_index(op.f("ix_article_redirects_article_id"), "article_redirects", ["article_id"])
    op.create_table(
        "article_tombstones",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("last_sha", sa.String(64), nullable=False),
        sa.Column("purged_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_tombstones")),
    )
    op.create_table(
        "sync_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(300), nullable=False),
        sa.Column("mode", sa.String(300), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_runs")),
    )


def downgrade() -> None:
    for name in ("sync_runs", "article_tombstones", "article_redirects", "content_quarantine"):
        op.drop_table(name)
    op.execute(sa.text("DELETE FROM content_files WHERE article_id IS NULL"))
    with op.batch_alter_table("content_files") as table:
        table.drop_constraint(
            op.f("fk_content_files_base_revision_id_article_revisions"), type_="foreignkey"
        )
        for name in ("base_revision_id", "states_id", "state", "faults"):
            table.drop_column(name)
        table.add_column(sa.Column("made_from", sa.String(64), nullable=False, server_default=""))
        table.alter_column("article_id", existing_type=sa.String(13), nullable=False)
    op.execute(sa.text("UPDATE article_revisions SET source = 'file'"))
    with op.batch_alter_table("article_revisions") as table:
        table.drop_index("ix_article_revisions_article_id_sha")
        table.create_index(op.f("ix_article_revisions_article_id"), ["article_id"])
        for name in (
            "parent_id",
            "other_parent_id",
            "head",
            "sha",
            "made_from",
            "note",
            "git_commit",
        ):
            table.drop_column(name)
        table.add_column(
            sa.Column("renderer_version", sa.Integer(), nullable=False, server_default="0")
        )
    op.execute(sa.text("UPDATE articles SET status = 'archived' WHERE deleted_at IS NOT NULL"))
    with op.batch_alter_table("articles") as table:
        table.drop_index("uq_articles_slug_in_use")
        table.drop_index(op.f("ix_articles_deleted_at"))
        table.drop_index(op.f("ix_articles_owner_id"))
        table.drop_constraint(op.f("fk_articles_owner_id_users"), type_="foreignkey")
        for name in (
            *("draft_revision_id", "owner_id", "publish_at", "expires_at", "deleted_at", "shown"),
        ):
            table.drop_column(name)
        _unique_address(table, IN_USE)
    with op.batch_alter_table("article_sections") as table:
        for name in ("visibility", "lang", "owner", "category"):
            table.drop_column(name)
