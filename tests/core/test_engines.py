"""Engines that read or write."""

from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import at_one_moment, db, plain_rows, snapshot
from app.core.uow import begin_writing, reading, unit_of_work
from app.core.web.page_cache import CacheStamp, bump

MOST_KEPT_KIB = 2 * 32 * 1024


def test_a_snapshot_waits_for_who_reads_slowly(app: Flask) -> None:
    if db.engines["reader"].dialect.name == "sqlite":
        pytest.skip("SQLite waits as long as anybody likes")
    asked = "SHOW idle_in_transaction_session_timeout"
    with snapshot() as connection:
        assert connection.exec_driver_sql(asked).scalar() == "10min"
    with db.engines["reader"].connect() as connection:
        assert connection.exec_driver_sql(asked).scalar() == "30s"


def test_connections_of_a_process_keep_little_of_a_large_database_in_memory(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its pages in its own processes")
    kept_kib = 0
    for engine in db.engines.values():
        with engine.connect() as connection:
            size = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
            kept_kib += -size * engine.pool.size()  # type: ignore[attr-defined]
    assert 0 < kept_kib <= MOST_KEPT_KIB


def test_at_one_moment_nobody_sees_what_is_written_meanwhile(app: Flask) -> None:
    count = select(func.count()).select_from(CacheStamp)

    def written_by_another() -> None:
        with app.app_context(), unit_of_work():
            begin_writing()
            bump("late")

    with reading(), at_one_moment():
        before = plain_rows(count)[0][0]
        writer = Thread(target=written_by_another)
        writer.start()
        writer.join()
        assert plain_rows(count)[0][0] == before
    with reading():
        assert plain_rows(count)[0][0] == before + 1
