"""What machines are told."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from app.core.db import db
from app.core.jobs.heartbeat import beat
from app.core.uow import begin_writing, unit_of_work
from app.mail.mailbox import Mailbox
from tests.support.client import FreshClient
from tests.support.queries import at_most


@pytest.fixture
def up_to_date(app: Flask) -> None:
    """The database says that it has the newest form."""
    migrate = app.extensions["migrate"]
    say_revision(str(ScriptDirectory(migrate.directory).get_current_head()))


def say_revision(name: str) -> None:
    with unit_of_work():
        begin_writing()
        for statement in (
            "DROP TABLE IF EXISTS alembic_version",
            "CREATE TABLE alembic_version (version_num VARCHAR(100))",
            f"INSERT INTO alembic_version VALUES ('{name}')",
        ):
            db.session.execute(text(statement))


def test_health_asks_nobody(client: FreshClient) -> None:
    with at_most(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_ready_names_database_and_worker(client: FreshClient, up_to_date: None) -> None:
    with unit_of_work():
        beat()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["ready"] is True
    assert answer.json["database"].split()[0] in ("sqlite", "postgresql")
    assert 0 <= answer.json["worker_heard_s"] < 60


def test_ready_tells_how_mail_is_in_figures_that_name_nobody(
    client: FreshClient, up_to_date: None
) -> None:
    with unit_of_work():
        begin_writing()
        db.session.add(Mailbox(address="help@tarn.example", host="x.example", trouble="No."))
    answer = client.get("/readyz")
    assert answer.json["mail"] == {
        "waiting": 0, "oldest_waits_s": None, "given_up": 0,
        "quarantined": 0, "to_confirm": 0, "mailboxes_in_trouble": 1,
    }  # fmt: skip
    assert "tarn.example" not in answer.text


def test_a_silent_worker_is_told_and_keeps_nobody_out(
    client: FreshClient, up_to_date: None
) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["worker_heard_s"]) == (200, None)


def test_another_form_of_the_database_is_not_ready(client: FreshClient) -> None:
    say_revision("of tomorrow")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "flask db upgrade" in answer.json["schema"]


def test_without_a_database_it_is_not_ready_but_alive(
    client: FreshClient, app: Flask, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    if pytestconfig.getoption("--database") != "sqlite":
        pytest.skip("taking a server away is for the harness of faults")
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()
    (tmp_path / "app.db").unlink()
    (tmp_path / "app.db").mkdir()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["database"]) == (503, None)
    assert client.get("/healthz").status_code == 200
