"""Databases for tests: each is a copy of one migrated template."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask_migrate import upgrade
from psycopg import sql

from app import create_app
from app.core.db import db
from app.core.settings import Settings

SERVER = os.environ.get("HEARTH_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


class SqliteTemplate:
    """A migrated file, copied byte by byte."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "app.db"
        _migrate(Settings(instance=folder))

    @contextmanager
    def copy(self, instance: Path) -> Iterator[str]:
        shutil.copy(self.path, instance / "app.db")
        yield ""


class PostgresTemplate:
    """A migrated database, and one copy of it that every test of this process gets emptied.

    Making and dropping a database costs the server a second; emptying one, milliseconds, by a
    connection that knows its tables already.
    """

    def __init__(self, folder: Path) -> None:
        self.name = f"hearth_template_{uuid.uuid4().hex[:12]}"
        _on_server("CREATE DATABASE {}", self.name)
        _migrate(Settings(instance=folder, database_url=f"{SERVER}/{self.name}"))
        self._make_working_copy()
        self.shape = self._shape_of_working_copy()

    @contextmanager
    def copy(self, instance: Path) -> Iterator[str]:
        if self._shape_of_working_copy() != self.shape:  # the last test broke it on purpose
            self.connection.close()
            _on_server("DROP DATABASE {} WITH (FORCE)", self.working)
            self._make_working_copy()
        self.connection.execute(EMPTY)
        yield f"{SERVER}/{self.working}"

    def _make_working_copy(self) -> None:
        """Under a name of its own, so that no connection to another is taken for one to it."""
        self.working = f"hearth_test_{uuid.uuid4().hex[:12]}"
        _on_server("CREATE DATABASE {} TEMPLATE {}", self.working, self.name)
        _on_server("ALTER DATABASE {} SET synchronous_commit = off", self.working)
        self.connection = psycopg.connect(f"{SERVER}/{self.working}", autocommit=True)

    def _shape_of_working_copy(self) -> list[tuple[object, ...]]:
        return self.connection.execute(SHAPE).fetchall()

    def drop(self) -> None:
        self.connection.close()
        for name in (self.working, self.name):
            _on_server("DROP DATABASE {} WITH (FORCE)", name)


SHAPE = """
SELECT table_name::text, count(*)::text FROM information_schema.columns
    WHERE table_schema = 'public' GROUP BY 1
UNION SELECT 'indexes', count(*)::text FROM pg_indexes WHERE schemaname = 'public'
UNION SELECT 'triggers', count(*)::text FROM information_schema.triggers
UNION SELECT 'version', xpath('//text()', query_to_xml(
    'SELECT * FROM alembic_version', true, true, ''))::text
    WHERE to_regclass('alembic_version') IS NOT NULL
ORDER BY 1
"""

EMPTY = """
DO $$ DECLARE name text; BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);  -- past seals and keys
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP PERFORM setval(format('%I', name)::regclass, 1, false); END LOOP;
END $$
"""


def _on_server(statement: str, *names: str) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def need_postgres() -> None:
    """Skip on a laptop without a server; fail where CI promises one."""
    try:
        psycopg.connect(f"{SERVER}/postgres", connect_timeout=3).close()
    except psycopg.OperationalError as fault:
        reason = f"no PostgreSQL at {SERVER}: {fault}"
        if os.environ.get("CI") == "true":
            pytest.exit(reason, returncode=1)
        pytest.skip(reason)


def _migrate(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        for engine in db.engines.values():
            engine.dispose()
