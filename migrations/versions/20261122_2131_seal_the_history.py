"""Seal the ticket history: the database itself refuses to change or delete a fact.

Revision seal_the_history, after open_the_house.
"""

from alembic import op

revision = "seal_the_history"
down_revision = "open_the_house"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER ticket_events_no_{act.lower()} BEFORE {act} ON ticket_events "
                "BEGIN SELECT RAISE(ABORT, 'the ticket history is only ever added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ticket history is only ever added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER ticket_events_sealed BEFORE UPDATE OR DELETE OR TRUNCATE ON ticket_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER ticket_events_no_{act}")
        return
    op.execute("DROP TRIGGER ticket_events_sealed ON ticket_events")
    op.execute("DROP FUNCTION refuse_change()")
