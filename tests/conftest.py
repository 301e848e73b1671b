"""What every test may ask for: a house of its own, people in it, a browser's manners."""

import gc
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from app import create_app
from app.accounts.user import User
from app.core.db import db
from app.core.jobs import worker
from app.core.settings import Settings
from app.core.web.compiled_templates import CompiledTemplates
from tests.support.cast import Cast, make_cast
from tests.support.client import FreshClient
from tests.support.databases import PostgresTemplate, SqliteTemplate, need_postgres

_first: dict[str | None, Engine] = {}
"""The first engine of each kind: later ones inherit its statements."""

_pools: dict[Any, Pool] = {}
"""Open connections to PostgreSQL, by kind of engine and address."""


def pytest_addoption(parser: pytest.Parser) -> None:
    default = os.environ.get("HEARTH_TEST_DATABASE", "sqlite")
    parser.addoption("--database", choices=["sqlite", "postgres"], default=default)


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('--database')}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run only what touches a database: the rest has run on SQLite."""
    if config.getoption("--database") == "sqlite":
        return
    touching = [
        item
        for item in items
        if "app" in getattr(item, "fixturenames", ()) or item.get_closest_marker("both_databases")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
    items[:] = touching


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and among what tests make: not again and again among all modules."""
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(scope="session")
def template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SqliteTemplate | PostgresTemplate]:
    folder = tmp_path_factory.mktemp("template")
    if request.config.getoption("--database") == "sqlite":
        yield SqliteTemplate(folder)
        return
    need_postgres()
    made = PostgresTemplate(folder)
    yield made
    for pool in _pools.values():
        pool.dispose()
    made.drop()


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    """Settings that differ from the defaults; a test module overrides this fixture."""
    return {}


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> CompiledTemplates:
    """Templates are compiled once for all the applications of a run."""
    return CompiledTemplates(tmp_path_factory.mktemp("templates"), key="")


@pytest.fixture
def app(
    template: SqliteTemplate | PostgresTemplate,
    compiled: CompiledTemplates,
    tmp_path: Path,
    settings_for_test: dict[str, Any],
) -> Iterator[Flask]:
    with template.copy(tmp_path) as url:
        made = create_app(
            Settings(
                **{"instance": tmp_path, "database_url": url, "undo_send_s": 0, "gather_s": 0}
                | settings_for_test
            )
        )
        made.test_client_class = FreshClient
        made.jinja_env.bytecode_cache = compiled
        with made.app_context():
            _hurry()
            _inherit()
            yield made
            db.session.remove()
            for engine in db.engines.values():
                if engine.pool not in _pools.values():
                    engine.dispose()


@pytest.fixture
def client(app: Flask) -> FreshClient:
    """A visitor."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def as_user(app: Flask) -> Callable[[User], FreshClient]:
    """A browser in which this person is signed in."""
    return lambda user: app.test_client().sign_in(user)  # type: ignore[attr-defined]


@pytest.fixture
def drain(app: Flask) -> Callable[[], int]:
    """Run every job that is due, until none is left; none may fail."""

    def run() -> int:
        db.session.rollback()
        runs = worker.drain(app)
        failed = [f"{job.name}: {job.error}" for job in _failed_jobs()]
        assert not failed, "\n".join(failed)
        return runs

    return run


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may speak to anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _hurry() -> None:
    """A crash of the machine need not spare a test's database."""
    engine = db.engines[None]
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def relax(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA synchronous=OFF").close()


def _inherit() -> None:
    """Spare each database what its predecessor learnt: they are alike.

    Statements are compiled once by each process.  On PostgreSQL, where it is one database all the
    time, its connections stay open, too.
    """
    for kind, engine in db.engines.items():
        if kind not in _first:
            engine.connect().close()  # a dialect learns from its first connection
            _first[kind] = engine
        first = _first[kind]
        engine.dialect = engine.pool._dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
        if engine.dialect.name == "postgresql":
            engine.pool = _pools.setdefault((kind, engine.url), engine.pool)


def _failed_jobs() -> list[worker.Job]:
    db.session.rollback()
    return list(db.session.scalars(worker.select(worker.Job).where(worker.Job.error != "")))
