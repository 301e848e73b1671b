"""Know which mail a message was: the mail, its whole text, and what to make of its sender.

Revision know_which_mail_a_message_was, after take_mail_in.
"""

import sqlalchemy as sa
from alembic import op

revision = "know_which_mail_a_message_was"
down_revision = "take_mail_in"
branch_labels = None
depends_on = None

NO = sa.false()


def upgrade() -> None:
    with op.batch_alter_table("ticket_messages") as table:
        table.add_column(sa.Column("inbound_mail_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("plain", sa.Boolean(), nullable=False, server_default=NO))
        table.add_column(sa.Column("whole", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("automatic", sa.Boolean(), nullable=False, server_default=NO))
        table.add_column(sa.Column("doubtful", sa.Boolean(), nullable=False, server_default=NO))
        table.create_unique_constraint("uq_ticket_messages_inbound_mail_id", ["inbound_mail_id"])
        table.create_foreign_key(
            "fk_ticket_messages_inbound_mail_id_inbound_mails",
            "inbound_mails",
            ["inbound_mail_id"],
            ["id"],
        )
    with op.batch_alter_table("attachments") as table:
        table.add_column(sa.Column("content_id", sa.String(250), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("attachments") as table:
        table.drop_column("content_id")
    with op.batch_alter_table("ticket_messages") as table:
        table.drop_constraint(
            "fk_ticket_messages_inbound_mail_id_inbound_mails", type_="foreignkey"
        )
        table.drop_constraint("uq_ticket_messages_inbound_mail_id", type_="unique")
        for column in ("doubtful", "automatic", "whole", "plain", "inbound_mail_id"):
            table.drop_column(column)
