"""Keep books of mail: every arrival, what happened to it, and what the nightly proof found.

Revision keep_books_of_mail, after take_mail_in.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from app.core.db import UtcDateTime

revision = "keep_books_of_mail"
down_revision = "send_files_along"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("inbound_mails") as table:
        table.add_column(sa.Column("twin_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("facts", JSON, nullable=False, server_default="{}"))
        table.create_foreign_key(
            "fk_inbound_mails_twin_id_inbound_mails", "inbound_mails", ["twin_id"], ["id"]
        )
    with op.batch_alter_table("mailboxes") as table:
        for name in ("oauth_token_url", "oauth_scope"):
            table.add_column(sa.Column(name, sa.String(300), nullable=False, server_default=""))
        table.add_column(
            sa.Column("oauth_client_id", sa.String(200), nullable=False, server_default="")
        )
        table.add_column(sa.Column("since", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("missing", JSON, nullable=False, server_default="[]"))
    op.create_table(
        "mail_sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inbound_id", sa.Integer(), nullable=False),
        sa.Column("mailbox_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("envelope_from", sa.String(320), nullable=False),
        sa.Column("envelope_to", sa.String(320), nullable=False),
        sa.Column("folder", sa.String(200), nullable=True),
        sa.Column("uid_validity", sa.BigInteger(), nullable=True),
        sa.Column("uid", sa.BigInteger(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("tidied_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbound_mails.id"], name="fk_mail_sightings_inbound_id_inbound_mails"
        ),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name="fk_mail_sightings_mailbox_id_mailboxes"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail_sightings"),
    )
    op.create_index("ix_mail_sightings_inbound_id", "mail_sightings", ["inbound_id"])
    op.create_index(
        "ix_mail_sightings_mailbox_id_tidied_at", "mail_sightings", ["mailbox_id", "tidied_at"]
    )
    op.create_index(
        "uq_mail_sightings_place",
        "mail_sightings",
        ["mailbox_id", "folder", "uid_validity", "uid"],
        unique=True,
    )
    op.create_table(
        "mail_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inbound_id", sa.Integer(), nullable=False),
        sa.Column("happened", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbound_mails.id"], name="fk_mail_steps_inbound_id_inbound_mails"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_mail_steps_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_steps"),
    )
    op.create_index("ix_mail_steps_inbound_id_id", "mail_steps", ["inbound_id", "id"])
    op.create_table(
        "mail_proofs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("said", sa.String(300), nullable=False),
        sa.Column("findings", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mail_proofs"),
    )


def downgrade() -> None:
    op.drop_table("mail_proofs")
    op.drop_table("mail_steps")
    op.drop_table("mail_sightings")
    with op.batch_alter_table("mailboxes") as table:
        for name in ("missing", "since", "oauth_client_id", "oauth_scope", "oauth_token_url"):
            table.drop_column(name)
    with op.batch_alter_table("inbound_mails") as table:
        table.drop_constraint("fk_inbound_mails_twin_id_inbound_mails", type_="foreignkey")
        table.drop_column("facts")
        table.drop_column("twin_id")
