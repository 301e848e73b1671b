"""The database: model base, column idioms, and a session that reads or writes.

Two engines on one database: `reader` refuses to write, the other begins every transaction as a
writer.  The session asks `info["writing"]` which one to use, and only `core/uow.py` sets that.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
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
    Enum,
    Executable,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from app.core import clock, engines
from app.core.settings import Settings


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


_MOMENT = "moment"

db = SQLAlchemy(disable_autonaming=True, session_options={"class_": RoutingSession})


def plain_rows(statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """The rows that the statement finds, as plain values.

    Where nothing is being written it spares the way through the session, which for a small statement
    costs as much as the statement does; where something is, that way leads past what waits to be flushed.
    """
    session = db.session()
    if session.info.get("writing"):
        return session.execute(statement, values).all()
    connection = session.info.get(_MOMENT) or session.connection()
    return connection.execute(statement, values).all()


def like(text: str) -> str:
    """The text as a part of a LIKE pattern: what would match anything matches itself (`escape="/"`)."""
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


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

    For long lists: what the session reads comes whole, and each statement sees its own moment.  Whoever
    takes them may take their time: minutes between two pieces.
    """
    on_postgres = _on_postgres()
    level = "REPEATABLE READ" if on_postgres else "SERIALIZABLE"  # SQLite knows no other
    with db.engines["reader"].connect() as connection:
        reading = connection.execution_options(isolation_level=level)
        if on_postgres:
            reading.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '10min'")
        yield reading


@contextmanager
def at_one_moment() -> Iterator[None]:
    """What `plain_rows` reads inside is as it was when reading began, for what has to add up.

    SQLite's transactions read so anyway; a reader of PostgreSQL has none.
    """
    session = db.session()
    if not _on_postgres() or session.info.get("writing") or _MOMENT in session.info:
        yield
        return
    with snapshot() as connection:
        session.info[_MOMENT] = connection
        try:
            yield
        finally:
            del session.info[_MOMENT]


def _on_postgres() -> bool:
    return db.engines["reader"].dialect.name == "postgresql"


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application its two engines."""
    url = engines.url(settings)
    options = engines.options(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    app.config["SQLALCHEMY_BINDS"] = {"reader": {"url": url, **engines.read_only(options)}}
    db.init_app(app)
    with app.app_context():
        engines.prepare(db.engines[None], read_only=False)
        engines.prepare(db.engines["reader"], read_only=True)


__all__ = [
    "CreatedAt", "Id", "Json", "Line", "LongText", "Mapped", "Model", "Short", "UtcDateTime",
    "add_unless_there", "at_most", "at_one_moment", "db", "enum_text", "insert_into", "like",
    "mapped_column", "plain_rows", "snapshot",
]  # fmt: skip
