"""Send pages of figures as they lie: PostgreSQL packs long values, and unpacks them at each look.

Revision send_pages_as_they_lie, after save_reports.  What is there stays packed until it is written anew.
"""

from alembic import op

revision = "send_pages_as_they_lie"
down_revision = "save_reports"
branch_labels = None
depends_on = None

_TABLES = ("metric_pages", "metric_then_pages")
_COLUMNS = ("numbers", "by_team", "rest")


def upgrade() -> None:
    _store("EXTERNAL")


def downgrade() -> None:
    _store("EXTENDED")


def _store(how: str) -> None:
    if op.get_bind().dialect.name == "sqlite":  # which stores them so
        return
    for table in _TABLES:
        changes = ", ".join(f"ALTER {column} SET STORAGE {how}" for column in _COLUMNS)
        op.execute(f"ALTER TABLE {table} {changes}")
