"""Hold mail back that proves nothing, and propose the people who stood on it.

Revision hold_mail_back, after know_which_mail_a_message_was.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "hold_mail_back"
down_revision = "know_which_mail_a_message_was"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticket_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inbound_mail_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(40), nullable=False),
        sa.Column("from_address", sa.String(300), nullable=False),
        sa.Column("from_name", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("came_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(
            ["inbound_mail_id"],
            ["inbound_mails.id"],
            name="fk_ticket_claims_inbound_mail_id_inbound_mails",
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name="fk_ticket_claims_ticket_id_tickets"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name="fk_ticket_claims_decided_by_id_users"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_claims"),
        sa.UniqueConstraint("inbound_mail_id", name="uq_ticket_claims_inbound_mail_id"),
    )
    op.create_index("ix_ticket_claims_ticket_id", "ticket_claims", ["ticket_id"])
    op.create_index(
        "ix_ticket_claims_undecided",
        "ticket_claims",
        ["id"],
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_table(
        "ticket_claim_files",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["ticket_claims.id"],
            name="fk_ticket_claim_files_claim_id_ticket_claims",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachments.id"],
            name="fk_ticket_claim_files_attachment_id_attachments",
        ),
        sa.PrimaryKeyConstraint("claim_id", "attachment_id", name="pk_ticket_claim_files"),
    )
    op.create_index("ix_ticket_claim_files_attachment_id", "ticket_claim_files", ["attachment_id"])
    op.create_table(
        "ticket_proposed_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("dismissed", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
            name="fk_ticket_proposed_people_ticket_id_tickets",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["ticket_messages.id"],
            name="fk_ticket_proposed_people_message_id_ticket_messages",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_proposed_people"),
        sa.UniqueConstraint(
            "ticket_id", "address", name="uq_ticket_proposed_people_ticket_id_address"
        ),
    )
    op.create_index(
        "ix_ticket_proposed_people_message_id", "ticket_proposed_people", ["message_id"]
    )


def downgrade() -> None:
    op.drop_table("ticket_proposed_people")
    op.drop_table("ticket_claim_files")
    op.drop_table("ticket_claims")
