"""Answer every search at once: each condition of the inbox is a range of an index that has its order.

Revision answer_every_search_at_once, after say_what_people_are_told.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "answer_every_search_at_once"
down_revision = "say_what_people_are_told"
branch_labels = None
depends_on = None

URGENCY = "CASE priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'normal' THEN 1 ELSE 0 END"
WITH_FILES = sa.text("with_files = 1")
OF_TICKET = "SELECT 1 FROM ticket_message_files f JOIN ticket_messages m ON m.id = f.message_id WHERE m.ticket_id ="
"""Whether a ticket, whose id is to follow, has a file."""


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"  # which adds no stored columns
    urgency = sa.Column("urgency", sa.Integer(), sa.Computed(URGENCY, persisted=not on_sqlite))
    op.add_column("tickets", urgency)
    op.add_column(
        "tickets", sa.Column("with_files", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("ticket_tags", sa.Column("updated_at", UtcDateTime()))
    op.execute(
        "UPDATE ticket_tags SET updated_at = "
        "(SELECT updated_at FROM tickets WHERE id = ticket_tags.ticket_id)"
    )
    op.execute(
        "UPDATE tickets SET with_files = 1 WHERE id IN (SELECT m.ticket_id "
        "FROM ticket_message_files f JOIN ticket_messages m ON m.id = f.message_id)"
    )
    for name in ("ix_tickets_active_priority", "ix_tickets_priority_updated_at"):
        op.drop_index(name, table_name="tickets")
    op.drop_index("ix_ticket_tags_tag_id", table_name="ticket_tags")
    by = ["updated_at", "id"]
    op.create_index("ix_tickets_active_urgency", "tickets", ["active", "urgency", *by])
    op.create_index("ix_tickets_urgency_updated_at", "tickets", ["urgency", *by])
    op.create_index("ix_tickets_team_id_updated_at", "tickets", ["team_id", *by])
    op.create_index(
        "ix_tickets_with_files", "tickets", by,
        sqlite_where=WITH_FILES, postgresql_where=WITH_FILES,
    )  # fmt: skip
    op.create_index(
        "ix_ticket_tags_tag_id_updated_at", "ticket_tags", ["tag_id", "updated_at", "ticket_id"]
    )
    for statement in SQLITE if on_sqlite else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    on = "" if op.get_bind().dialect.name == "sqlite" else " ON {}"
    for trigger, table in TRIGGERS.items():
        op.execute(f"DROP TRIGGER {trigger}{on.format(table)}")
        if on:
            op.execute(f"DROP FUNCTION {trigger}()")
    op.drop_index("ix_ticket_tags_tag_id_updated_at", table_name="ticket_tags")
    for name in (
        "ix_tickets_with_files", "ix_tickets_team_id_updated_at", "ix_tickets_urgency_updated_at",
        "ix_tickets_active_urgency",
    ):  # fmt: skip
        op.drop_index(name, table_name="tickets")
    op.create_index("ix_ticket_tags_tag_id", "ticket_tags", ["tag_id"])
    by = ["priority", "updated_at", "id"]
    op.create_index("ix_tickets_priority_updated_at", "tickets", by)
    op.create_index("ix_tickets_active_priority", "tickets", ["active", *by])
    op.drop_column("ticket_tags", "updated_at")
    op.drop_column("tickets", "with_files")
    op.drop_column("tickets", "urgency")


TRIGGERS = {
    "tickets_date_their_tags": "tickets",
    "ticket_tags_are_dated": "ticket_tags",
    "files_mark_their_ticket": "ticket_message_files",
    "files_leave_their_ticket": "ticket_message_files",
}
SQLITE = (
    "CREATE TRIGGER tickets_date_their_tags AFTER UPDATE OF updated_at ON tickets BEGIN "
    "UPDATE ticket_tags SET updated_at = NEW.updated_at WHERE ticket_id = NEW.id; END",
    "CREATE TRIGGER ticket_tags_are_dated AFTER INSERT ON ticket_tags BEGIN UPDATE ticket_tags "
    "SET updated_at = (SELECT updated_at FROM tickets WHERE id = NEW.ticket_id) "
    "WHERE ticket_id = NEW.ticket_id AND tag_id = NEW.tag_id; END",
    "CREATE TRIGGER files_mark_their_ticket AFTER INSERT ON ticket_message_files BEGIN "
    "UPDATE tickets SET with_files = 1 WHERE with_files = 0 AND id = "
    "(SELECT ticket_id FROM ticket_messages WHERE id = NEW.message_id); END",
    "CREATE TRIGGER files_leave_their_ticket AFTER DELETE ON ticket_message_files BEGIN "
    f"UPDATE tickets SET with_files = EXISTS ({OF_TICKET} tickets.id) WHERE id = "
    "(SELECT ticket_id FROM ticket_messages WHERE id = OLD.message_id); END",
)


def _on_postgresql(trigger: str, when: str, body: str) -> tuple[str, str]:
    return (
        f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        f"CREATE TRIGGER {trigger} {when} ON {TRIGGERS[trigger]} FOR EACH ROW EXECUTE FUNCTION {trigger}()",
    )


POSTGRESQL = (
    *_on_postgresql(
        "tickets_date_their_tags",
        "AFTER UPDATE OF updated_at",
        "UPDATE ticket_tags SET updated_at = NEW.updated_at WHERE ticket_id = NEW.id; RETURN NULL;",
    ),
    *_on_postgresql(
        "ticket_tags_are_dated",
        "BEFORE INSERT",
        "NEW.updated_at := (SELECT updated_at FROM tickets WHERE id = NEW.ticket_id); RETURN NEW;",
    ),
    *_on_postgresql(
        "files_mark_their_ticket",
        "AFTER INSERT",
        "UPDATE tickets SET with_files = 1 WHERE with_files = 0 AND id = "
        "(SELECT ticket_id FROM ticket_messages WHERE id = NEW.message_id); RETURN NULL;",
    ),
    *_on_postgresql(
        "files_leave_their_ticket",
        "AFTER DELETE",
        f"UPDATE tickets SET with_files = CASE WHEN EXISTS ({OF_TICKET} tickets.id) THEN 1 ELSE 0 END "
        "WHERE id = (SELECT ticket_id FROM ticket_messages WHERE id = OLD.message_id); RETURN NULL;",
    ),
)
