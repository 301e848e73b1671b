"""Engines that read or write, on SQLite and PostgreSQL.

The reader is forbidden to write by the database itself.  The writer begins every transaction on
SQLite with BEGIN IMMEDIATE.  SQLite's pragmas and the floor of 3.51.3 (the WAL-reset fault,
https://sqlite.org/wal.html#walresetbug) are those of RELIABILITY.md 3.2.
"""

import sys
from time import monotonic
from typing import Any

from sqlalchemy import Engine, ExceptionContext, event
from sqlalchemy.exc import InvalidatePoolError

from app.core.settings import Settings

if sys.platform in ("linux", "darwin"):
    try:
        import pysqlite3 as sqlite
    except ImportError:
        import sqlite3 as sqlite
else:
    import sqlite3 as sqlite

OLDEST_SQLITE = (3, 51, 3)
IN_BYTES = "in_bytes"
"""The option of a statement whose rows hold many bytes: PostgreSQL would send them as text, twice as long."""
RESTS_S = 5.0
"""A connection that rested longer is asked whether its server is still there."""


def url(settings: Settings) -> str:
    """Where the database is, with the driver that we use."""
    given = settings.database_url or f"sqlite:///{settings.instance / 'app.db'}"
    return given.replace("postgresql://", "postgresql+psycopg://", 1)


def options(url: str) -> dict[str, Any]:
    """How to make the engine that writes.  Raises RuntimeError for an SQLite that is too old."""
    if not url.startswith("sqlite"):
        return _postgres_options()
    check_sqlite_version(sqlite.sqlite_version_info)
    return _sqlite_options()


def read_only(options: dict[str, Any]) -> dict[str, Any]:
    """The same options for the engine that only reads; SQLite's is told by its pragmas.

    PostgreSQL's reader opens no transactions: one that is READ COMMITTED sees no more than its
    statements do by themselves, costs two round trips, and would stand idle while a writer works.
    """
    arguments = dict(options["connect_args"])
    if "options" not in arguments:
        return options
    arguments["options"] += " -c default_transaction_read_only=on"
    return {**options, "connect_args": arguments, "isolation_level": "AUTOCOMMIT"}


def prepare(engine: Engine, *, read_only: bool) -> None:
    """Make the engine's connections safe for a web application."""
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine, read_only=read_only)
    else:
        event.listen(engine, "handle_error", _leave_out_detail)
        event.listen(engine, "before_cursor_execute", _ask_for_bytes)
        _ask_whether_awake(engine)


def check_sqlite_version(version: tuple[int, ...]) -> None:
    """Refuse an SQLite whose WAL can corrupt the file.  Raises RuntimeError."""
    if version < OLDEST_SQLITE:
        found = ".".join(map(str, version))
        raise RuntimeError(
            f"SQLite {found} can damage a database in WAL mode; 3.51.3 or newer is needed. "
            "Install pysqlite3, or a Python whose sqlite3 is newer, or use PostgreSQL."
        )


def prepare_sqlite(engine: Engine, *, read_only: bool, foreign_keys: str = "ON") -> None:
    """The same on SQLite; a migration does without foreign keys, for it makes tables anew."""
    pragmas = (
        "synchronous=FULL",
        f"foreign_keys={foreign_keys}",
        "busy_timeout=10000",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "journal_size_limit=67108864",
        "wal_autocheckpoint=1000",
        "cache_size=-4096",  # KiB for each of many connections; the system keeps the file in memory
        "temp_store=MEMORY",
        "mmap_size=0",
        f"query_only={'ON' if read_only else 'OFF'}",
    )

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not emit BEGIN
        cursor = connection.cursor()
        if cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
            raise RuntimeError(
                "The database folder cannot hold a write-ahead log. Is it on a network drive?"
            )
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _leave_out_detail(context: ExceptionContext) -> None:
    """Forget the line in which PostgreSQL quotes the row that it refused."""
    original, wrapped = context.original_exception, context.sqlalchemy_exception
    said = getattr(getattr(original, "diag", None), "message_primary", None)
    if said and wrapped:
        original.args = (said,)
        wrapped.args = (f"({type(original).__name__}) {said}",)


def _ask_for_bytes(*arguments: Any) -> None:
    _connection, cursor, _statement, _values, context, _many = arguments
    if context and context.execution_options.get(IN_BYTES):
        cursor.format = type(cursor.format).BINARY


# Parameters are hidden: they hold texts, addresses and hashes, and faults go to logs and pages.


def _sqlite_options() -> dict[str, Any]:
    return {
        "hide_parameters": True,
        "module": sqlite,
        "connect_args": {"timeout": 10},
        "pool_size": 8,
        "max_overflow": 0,
        "pool_timeout": 15,
    }


def _postgres_options() -> dict[str, Any]:
    return {
        "hide_parameters": True,
        "pool_size": 5,
        "max_overflow": 5,
        "pool_timeout": 15,
        "pool_recycle": 1800,
        "connect_args": {
            "options": "-c timezone=UTC -c statement_timeout=15000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=30000"
            # to start a second process for a statement costs more than a statement of ours
            " -c max_parallel_workers_per_gather=0"
        },
    }


def _ask_whether_awake(engine: Engine) -> None:
    """Ask a connection that has rested whether its server is still there, and take another if not.

    `pool_pre_ping` would ask each time: one round trip more for every request of a busy desk.
    """

    @event.listens_for(engine, "checkin")
    def rest(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def wake(connection: Any, record: Any, _proxy: Any) -> None:
        rests_since = record.info.get("rests_since")
        if rests_since is None or monotonic() - rests_since < RESTS_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as fault:
            raise InvalidatePoolError from fault
