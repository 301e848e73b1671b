"""The database: model base, column idioms, and engines that read or write.

Two engines on one database: `reader` refuses to write, the other begins every transaction as a
writer (SQLite: BEGIN IMMEDIATE).  The session asks `info["writing"]` which one to use, and only
`core/uow.py` sets that.  SQLite's pragmas and the floor of 3.51.3 (the WAL-reset fault,
https://sqlite.org/wal.html#walresetbug) are those of RELIABILITY.md 3.2.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic
from typing import Annotated, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import (
    JSON,
    BindParameter,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    ExceptionContext,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    bindparam,
    event,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from app.core import clock
from app.core.settings import Settings

if sys.platform in ("linux", "darwin"):
    try:
        import pysqlite3 as sqlite
    except ImportError:
        import sqlite3 as sqlite
else:
    import sqlite3 as sqlite

OLDEST_SQLITE = (3, 51, 3)
RESTS_S = 5.0
"""A connection that rested longer is asked whether its server is still there."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC.  Refuses naive values."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """With a zone on PostgreSQL; SQLite has none."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Python to database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        instant = value.astimezone(UTC)
        return instant if dialect.name == "postgresql" else instant.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Database to Python."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def enum_text(kind: type[StrEnum]) -> Enum:
    """A column type that stores the enum's value as text."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


Id = Annotated[int, mapped_column(primary_key=True)]
CreatedAt = Annotated[datetime, mapped_column(UtcDateTime, default=clock.now)]
Short = Annotated[str, mapped_column(String(200))]
Line = Annotated[str, mapped_column(String(300))]
LongText = Annotated[str, mapped_column(Text)]
Json = Annotated[dict[str, Any], mapped_column(JSON().with_variant(JSONB(), "postgresql"))]


class Model(DeclarativeBase):
    """The base of every table of ours."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: UtcDateTime},
    )


class RoutingSession(Session):
    """Reads through the engine that cannot write until a write transaction was begun."""

    def get_bind(self, *_: Any, bind: Any = None, **__: Any) -> Any:
        """The engine for the next statement."""
        return bind or self._db.engines[None if self.info.get("writing") else "reader"]


db = SQLAlchemy(disable_autonaming=True, session_options={"class_": RoutingSession})


def at_most(count: int) -> BindParameter[int]:
    """A LIMIT that stands in the statement itself.

    PostgreSQL plans a statement that it has seen often once for all values; of a limit that it does
    not know it expects a tenth of the table, and sorts that.
    """
    return bindparam(None, count, type_=Integer, literal_execute=True, unique=True)


def add_unless_there(model: type[Model], **values: Any) -> None:
    """Add a row, or leave the one that has a unique value of it, also where two add it at once."""
    db.session.execute(insert_into(model).values(values).on_conflict_do_nothing())


def insert_into(model: type[Model]) -> postgresql.Insert | sqlite_dialect.Insert:
    """An insert that can say what to do about a row that is there; both databases spell it alike."""
    insert = postgresql.insert if _on_postgres() else sqlite_dialect.insert
    return insert(Model.metadata.tables[model.__tablename__])


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection on which everything is read as it was when reading began, row by row if need be.

    For long lists: what the session reads comes whole, and each statement sees its own moment.
    """
    level = "REPEATABLE READ" if _on_postgres() else "SERIALIZABLE"  # SQLite knows no other
    with db.engines["reader"].connect() as connection:
        yield connection.execution_options(isolation_level=level)


def _on_postgres() -> bool:
    return db.engines["reader"].dialect.name == "postgresql"


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application its two engines."""
    url = settings.database_url or f"sqlite:///{settings.instance / 'app.db'}"
    on_sqlite = url.startswith("sqlite")
    if on_sqlite:
        check_sqlite_version(sqlite.sqlite_version_info)
    options = _sqlite_options() if on_sqlite else _postgres_options()
    app.config["SQLALCHEMY_DATABASE_URI"] = _with_driver(url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    app.config["SQLALCHEMY_BINDS"] = {"reader": {"url": _with_driver(url), **_read_only(options)}}
    db.init_app(app)
    if on_sqlite:
        with app.app_context():
            prepare_sqlite(db.engines[None], read_only=False)
            prepare_sqlite(db.engines["reader"], read_only=True)
    else:
        with app.app_context():
            for engine in db.engines.values():
                event.listen(engine, "handle_error", _leave_out_detail)
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
    """Make the engine's connections safe for a web application."""
    pragmas = (
        "synchronous=FULL",
        f"foreign_keys={foreign_keys}",
        "busy_timeout=10000",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "journal_size_limit=67108864",
        "wal_autocheckpoint=1000",
        "cache_size=-32768",
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


def _with_driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _leave_out_detail(context: ExceptionContext) -> None:
    """Forget the line in which PostgreSQL quotes the row that it refused."""
    original, wrapped = context.original_exception, context.sqlalchemy_exception
    said = getattr(getattr(original, "diag", None), "message_primary", None)
    if said and wrapped:
        original.args = (said,)
        wrapped.args = (f"({type(original).__name__}) {said}",)


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
        },
    }


def _read_only(options: dict[str, Any]) -> dict[str, Any]:
    """The same options for the engine that only reads; SQLite's is told by its pragmas.

    PostgreSQL's reader opens no transactions: one that is READ COMMITTED sees no more than its
    statements do by themselves, costs two round trips, and would stand idle while a writer works.
    """
    arguments = dict(options["connect_args"])
    if "options" not in arguments:
        return options
    arguments["options"] += " -c default_transaction_read_only=on"
    return {**options, "connect_args": arguments, "isolation_level": "AUTOCOMMIT"}


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


__all__ = [
    "CreatedAt", "Id", "Json", "Line", "LongText", "Mapped", "Model", "Short", "UtcDateTime",
    "add_unless_there", "at_most", "db", "enum_text", "insert_into", "mapped_column", "snapshot",
]  # fmt: skip
