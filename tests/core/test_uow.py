"""One transaction for each request, job or command, and GET never writes."""

import threading
import time
from typing import Any

import pytest
from flask import Flask, flash
from sqlalchemy import delete, event, select, text
from sqlalchemy.exc import DBAPIError

from app.core import clock
from app.core.db import db, insert_into
from app.core.errors import Conflict
from app.core.jobs.heartbeat import Heartbeat, beat, last_beat
from app.core.uow import apart, begin_writing, let_go, reading, unit_of_work, verb
from app.core.web.routing import post
from tests.support.client import FreshClient


@pytest.fixture
def answering(app: Flask) -> FreshClient:
    """A client of a view that writes, then answers with a status."""

    def view(status: int) -> tuple[str, int]:
        beat()
        if status == 409:
            raise Conflict("No")
        return "", status

    app.add_url_rule("/beat/<int:status>", "beat", view, methods=["GET", "POST"])
    return app.test_client()  # type: ignore[return-value]


@pytest.mark.parametrize(("status", "kept"), [(200, True), (303, True), (422, False), (409, False)])
def test_success_is_committed_and_everything_else_rolled_back(
    answering: FreshClient, status: int, kept: bool
) -> None:
    answering.post(f"/beat/{status}")
    assert (last_beat() is not None) is kept


def test_get_that_writes_is_undone(answering: FreshClient) -> None:
    assert answering.get("/beat/200").status_code == 200
    assert last_beat() is None


def test_writing_without_a_verb_is_refused_by_the_database(app: Flask) -> None:
    with pytest.raises(DBAPIError, match="read"), unit_of_work():
        db.session.add(Heartbeat(name="worker", at=clock.now()))
        db.session.flush()


@pytest.fixture
def losing(app: Flask) -> FreshClient:
    """A client of views that change what somebody else has changed or made meanwhile."""

    def write() -> str:
        begin_writing()
        db.session.add(Heartbeat(name="worker", at=clock.now()))
        flash("Saved")
        return "done"

    def change() -> str:
        begin_writing()
        heart = db.session.get_one(Heartbeat, "worker")
        db.session.execute(delete(Heartbeat).execution_options(synchronize_session=False))
        heart.at = clock.now()
        return "done"

    def forget() -> str:
        begin_writing()
        db.session.execute(insert_into(Heartbeat).values(name="worker", at=None))
        return "done"

    for view in (write, change, forget):
        app.add_url_rule(f"/{view.__name__}", view.__name__, view, methods=["POST"])
    with unit_of_work():
        beat()
    return app.test_client()  # type: ignore[return-value]


@pytest.mark.parametrize("path", ["/write", "/change"])
def test_whoever_comes_second_is_told_and_gets_their_text_back(
    losing: FreshClient, path: str
) -> None:
    answer = losing.post(path, data={"text": "Dear <Ada>,\nlong words", "password": "secret"})
    assert answer.status_code == 409
    assert "a moment ago" in answer.text
    assert "Dear &lt;Ada&gt;,\nlong words</textarea>" in answer.text
    assert "secret" not in answer.text
    assert "default-src" in answer.headers["Content-Security-Policy"]


def test_nobody_is_told_that_it_was_saved_when_it_was_not(losing: FreshClient) -> None:
    answer = losing.post("/write")
    assert "Saved" not in answer.text
    assert "Saved" not in losing.get("/sign-in").text
    assert len(answer.headers.getlist("Set-Cookie")) <= 1


def test_a_fault_of_ours_is_not_blamed_on_somebody_else(losing: FreshClient) -> None:
    assert losing.post("/forget").status_code == 500


def test_verb_reads_its_thing_again(app: Flask) -> None:
    @verb
    def read(heart: Heartbeat) -> str:
        return heart.at.isoformat()

    with unit_of_work():
        beat()
    seen = db.session.get(Heartbeat, "worker")
    assert seen is not None
    before = seen.at
    other = threading.Thread(target=_beat_elsewhere, args=(app,))
    other.start()
    other.join()
    assert seen.at == before
    with unit_of_work():
        assert read(seen) > before.isoformat()


def test_verb_on_a_thing_that_is_gone_meanwhile_is_a_conflict(app: Flask) -> None:
    @verb
    def touch(heart: Heartbeat) -> None:
        raise AssertionError("there is nothing to touch")

    with unit_of_work():
        beat()
    seen = db.session.get(Heartbeat, "worker")
    assert seen is not None
    with apart() as session:
        session.execute(delete(Heartbeat))
    with pytest.raises(Conflict), unit_of_work():
        touch(seen)


def test_faults_of_the_database_tell_no_values(app: Flask) -> None:
    with pytest.raises(DBAPIError) as fault, unit_of_work():
        begin_writing()
        db.session.execute(text("INSERT INTO heartbeats VALUES (:said, NULL)"), {"said": "secret"})
    assert "secret" not in str(fault.value)


def test_writers_wait_for_each_other_and_lose_nothing(app: Flask) -> None:
    """Eight at once read a number and write it back, one more (RELIABILITY.md 3.1)."""

    def add(times: int) -> None:
        with app.app_context():
            for _ in range(times):
                with unit_of_work():
                    begin_writing()
                    row = db.session.get(Heartbeat, "count", with_for_update=True)
                    assert row is not None
                    row.at = row.at.replace(microsecond=row.at.microsecond + 1)
            db.session.remove()

    with unit_of_work():
        begin_writing()
        db.session.add(Heartbeat(name="count", at=clock.now().replace(microsecond=0)))
    threads = [threading.Thread(target=add, args=(25,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted = db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == "count"))
    assert counted is not None
    assert counted.microsecond == 200


def test_nothing_may_stand_apart_of_an_open_write_transaction(app: Flask) -> None:
    with unit_of_work():
        begin_writing()
        with pytest.raises(RuntimeError), apart():
            pass
        with pytest.raises(RuntimeError):
            let_go()


def test_what_was_written_apart_survives_a_refusal(app: Flask) -> None:
    with pytest.raises(Conflict), unit_of_work():
        with apart() as session:
            session.add(Heartbeat(name="worker", at=clock.now()))
        raise Conflict("No")
    with reading():
        assert last_beat() is not None


def test_needs_have_no_default() -> None:
    with pytest.raises(TypeError):
        post(None, "/", lambda: "")  # type: ignore[call-arg, arg-type]


def _beat_elsewhere(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        beat()


def test_a_connection_that_the_server_closed_meanwhile_is_replaced(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("a file closes no connections")
    ours = text("SELECT pg_backend_pid()")
    with reading():
        before = db.session.scalar(ours)
    with unit_of_work():
        begin_writing()
        db.session.execute(text(f"SELECT pg_terminate_backend({before}, 2000)"))
    monkeypatch.setattr("app.core.engines.RESTS_S", 0)
    with reading():
        assert db.session.scalar(ours) != before


IMPATIENCE_S = 0.3


def test_a_reader_that_takes_its_time_is_not_cut_off_before_it_writes(app: Flask) -> None:
    """What a long import does: it reads, computes, then writes what depends on it."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("a file cuts nobody off")
    for engine in db.engines.values():
        engine.dispose()
        event.listen(engine, "connect", _lose_patience)
    with unit_of_work():
        last_beat()
        time.sleep(3 * IMPATIENCE_S)
        beat()
    assert last_beat() is not None
    with pytest.raises(DBAPIError, match="idle"), unit_of_work():
        begin_writing()
        last_beat()
        time.sleep(3 * IMPATIENCE_S)
        db.session.execute(text("SELECT 1"))


def _lose_patience(connection: Any, _record: Any) -> None:
    """Let the server cut off whoever does nothing in a transaction for so long."""
    connection.execute(f"SET idle_in_transaction_session_timeout = {IMPATIENCE_S * 1000:.0f}")
    connection.commit()
