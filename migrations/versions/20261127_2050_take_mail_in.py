"""Take mail in: mailboxes, and the ledger of every mail that came.

Revision take_mail_in, after find_urgent_work_at_once.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "take_mail_in"
down_revision = "find_urgent_work_at_once"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("display_name", sa.String(200), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("mailbox_group", sa.String(40), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("host", sa.String(200), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(40), nullable=False),
        sa.Column("auth", sa.String(40), nullable=False),
        sa.Column("username", sa.String(254), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("folder", sa.String(200), nullable=False),
        sa.Column("done_folder", sa.String(200), nullable=False),
        sa.Column("trouble_folder", sa.String(200), nullable=False),
        sa.Column("trusted_authserv", sa.String(300), nullable=False),
        sa.Column("plus_addressing", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.String(300), nullable=False),
        sa.Column("trouble_since", UtcDateTime(), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_mailboxes_team_id_teams"),
        sa.PrimaryKeyConstraint("id", name="pk_mailboxes"),
        sa.UniqueConstraint("address", name="uq_mailboxes_address"),
    )
    op.create_table(
        "inbound_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailbox_id", sa.Integer(), nullable=True),
        sa.Column("mailbox_group", sa.String(40), nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("envelope_from", sa.String(320), nullable=False),
        sa.Column("envelope_to", sa.String(320), nullable=False),
        sa.Column("message_id", sa.String(250), nullable=True),
        sa.Column("from_address", sa.String(320), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(300), nullable=False),
        sa.Column("about", sa.String(80), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name="fk_inbound_mails_mailbox_id_mailboxes"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_inbound_mails"),
    )
    for columns in (["mailbox_id"], ["sha256"], ["about"], ["state", "id"], ["message_id"]):
        op.create_index(f"ix_inbound_mails_{'_'.join(columns)}", "inbound_mails", columns)
    op.create_index(
        "uq_inbound_mails_identity", "inbound_mails", ["mailbox_group", "fingerprint"], unique=True
    )
    with op.batch_alter_table("outbound_mails") as table:
        table.add_column(sa.Column("mailbox_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("unsubscribe_url", sa.String(300), nullable=False, server_default="")
        )
        table.create_foreign_key(
            "fk_outbound_mails_mailbox_id_mailboxes", "mailboxes", ["mailbox_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("outbound_mails") as table:
        table.drop_constraint("fk_outbound_mails_mailbox_id_mailboxes", type_="foreignkey")
        table.drop_column("unsubscribe_url")
        table.drop_column("mailbox_id")
    op.drop_table("inbound_mails")
    op.drop_table("mailboxes")
