"""Let mail leave with the files of a reply, and in the name of whoever wrote it.

Revision send_files_along, after hold_mail_back.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "send_files_along"
down_revision = "hold_mail_back"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbound_enclosures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content_id", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["outbound_mails.id"],
            name="fk_outbound_enclosures_mail_id_outbound_mails",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbound_enclosures"),
    )
    op.create_index("ix_outbound_enclosures_mail_id", "outbound_enclosures", ["mail_id"])
    with op.batch_alter_table("outbound_mails") as table:
        table.add_column(sa.Column("written_by", sa.String(200), nullable=False, server_default=""))
        table.add_column(
            sa.Column("queued_at", UtcDateTime(), nullable=False, server_default="2026-01-01")
        )
    op.execute("UPDATE outbound_mails SET queued_at = created_at")


def downgrade() -> None:
    with op.batch_alter_table("outbound_mails") as table:
        table.drop_column("queued_at")
        table.drop_column("written_by")
    op.drop_table("outbound_enclosures")
