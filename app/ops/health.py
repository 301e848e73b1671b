"""How the house is: what machines ask before they send people here."""

import logging
from dataclasses import dataclass
from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import db
from app.ops.mail_health import Signs
from app.ops.queries.signs import signs

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Health:
    """What is there.  `database` is its kind and version; None where nothing answers.

    `worker_heard_s` is how many seconds ago the worker was heard of; None if never.  A silent worker
    is told, and keeps nobody out: pages are served without it.  So is `mail`, what can be seen of it.
    """

    database: str | None = None
    schema_current: bool = False
    worker_heard_s: float | None = None
    mail: Signs | None = None

    @property
    def ready(self) -> bool:
        """Whether people can be served."""
        return self.database is not None and self.schema_current


def look() -> Health:
    """The present state; never raises."""
    try:
        database = _database()
        if not _schema_current():
            return Health(database=database)
        mail = signs()
    except SQLAlchemyError as fault:
        log.error("not ready: %s", type(fault).__name__)
        return Health()
    heard_s = (mail.at - mail.heard_at).total_seconds() if mail.heard_at else None
    return Health(database=database, schema_current=True, worker_heard_s=heard_s, mail=mail)


def _database() -> str:
    kind = db.engines["reader"].dialect.name
    question = "SELECT sqlite_version()" if kind == "sqlite" else "SHOW server_version"
    return f"{kind} {db.session.scalar(text(question))}"


def _schema_current() -> bool:
    """Whether the database has the form that this version of the program expects."""
    found = MigrationContext.configure(db.session.connection()).get_current_revision()
    return found == _head(current_app.extensions["migrate"].directory)


@cache
def _head(directory: str) -> str | None:
    return ScriptDirectory(directory).get_current_head()
