"""Every mail comes to rest: filed, ignored or set aside, and never twice."""

from typing import Any

import pytest
import time_machine
from flask import Flask

from app.core import clock, storage
from app.core.db import db
from app.core.jobs import worker
from app.core.jobs.model import Job
from app.core.uow import begin_writing, unit_of_work
from app.mail import jobs
from app.mail.events import MailQuarantined
from app.mail.inbound import InboundMail, State
from app.mail.mailbox import Mailbox
from app.mail.receivers import Filed, Ignored, Incoming
from app.mail.reprocessing import read_again
from tests.mail.things import come, file_all, ledger, let_take, letter, mailbox
from tests.support.heard import heard


def run_jobs(app: Flask, *, times: int = 5) -> None:
    """Let the worker run, and run again as time goes by."""
    db.session.rollback()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(times):
            worker.drain(app)
            traveller.shift(3600)


def test_a_mail_is_read_and_filed(app: Flask) -> None:
    met: list[Incoming] = []

    def take(incoming: Incoming) -> Filed:
        met.append(incoming)
        return Filed(about="message:1")

    let_take(take)
    come(
        letter(),
        addressee=mailbox(),
        envelope_from="Cleo@House.example",
        envelope_to="HELP@x.example",
    )
    run_jobs(app)
    (mail,) = ledger()
    assert (mail.state, mail.about, mail.attempts) == (State.FILED, "message:1", 1)
    assert mail.settled_at is not None
    (incoming,) = met
    assert incoming.mail.text.strip() == "The printer smokes."
    assert (incoming.mailbox_address, incoming.mailbox_id) == ("help@desk.example", 1)
    assert (incoming.envelope_from, incoming.envelope_to) == (
        "cleo@house.example",
        "help@x.example",
    )


def test_without_a_mailbox_mail_is_for_the_desk(app: Flask) -> None:
    met: list[Incoming] = []
    let_take(lambda incoming: met.append(incoming) or Ignored(reason="seen", detail="Seen."))
    come(letter())
    run_jobs(app)
    assert (met[0].mailbox_address, met[0].mailbox_id) == ("support@hearth.example", None)
    assert [(m.state, m.reason, m.detail) for m in ledger()] == [(State.IGNORED, "seen", "Seen.")]


def test_what_nobody_takes_is_set_aside(app: Flask) -> None:
    let_take(lambda incoming: None)
    come(letter())
    run_jobs(app)
    assert [(m.state, m.reason) for m in ledger()] == [(State.QUARANTINED, "nobody")]


def test_a_receiver_that_stumbles_is_asked_again_and_others_go_on(app: Flask) -> None:
    tries: list[str] = []

    def stumble(incoming: Incoming) -> Filed:
        tries.append(incoming.mail.subject)
        if incoming.mail.subject == "Poison":
            raise RuntimeError("no")
        return file_all(incoming)

    let_take(stumble)
    come(letter(subject="Poison"))
    come(letter())
    run_jobs(app, times=1)
    assert [m.state for m in ledger()] == [State.PARSED, State.FILED]
    with heard(MailQuarantined) as facts:
        run_jobs(app)
    assert tries.count("Poison") == 3
    poison = ledger()[0]
    assert (poison.state, poison.reason) == (State.QUARANTINED, "not_taken")
    assert poison.detail.startswith("Filing it failed: RuntimeError.")
    assert [fact.inbound_id for fact in facts] == [poison.id]
    assert not db.session.scalars(db.select(Job)).all()


def test_what_a_receiver_did_before_it_stumbled_is_undone(app: Flask) -> None:
    def half(incoming: Incoming) -> Filed:
        db.session.add(Mailbox(address="half@desk.example"))
        jobs.send.later(mail_id=404)
        raise RuntimeError("no")

    let_take(half)
    come(letter())
    run_jobs(app)
    assert not db.session.scalars(db.select(Job)).all()
    assert not db.session.scalars(db.select(Mailbox)).all()


def test_a_try_that_the_worker_does_not_survive_counts(app: Flask) -> None:
    class PowerCut(BaseException):
        pass

    def die(incoming: Incoming) -> Filed:
        raise PowerCut

    let_take(die)
    come(letter())
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(8):
            with pytest.raises(PowerCut):
                worker.drain(app)
            db.session.remove()
            traveller.shift(3600)
        worker.drain(app)
    assert [(m.state, m.reason) for m in ledger()] == [(State.QUARANTINED, "deadly")]


def test_a_mail_that_is_read_again_has_as_many_tries_as_a_new_one(app: Flask) -> None:
    def stumble(_incoming: Incoming) -> Filed:
        raise RuntimeError("no")

    let_take(stumble)
    mail_id = come(letter()).mail_id
    run_jobs(app)
    with unit_of_work():
        read_again(db.session.get_one(InboundMail, mail_id), by_id=None)
    run_jobs(app, times=1)
    assert ledger()[0].state is State.PARSED
    run_jobs(app)
    assert ledger()[0].state is State.QUARANTINED


def test_settling_twice_is_once(app: Flask) -> None:
    met: list[Any] = []
    let_take(lambda incoming: met.append(1) or file_all(incoming))
    mail_id = come(letter()).mail_id
    for _ in range(2):
        with unit_of_work():
            jobs.read(mail_id)
    assert len(met) == 1


def test_a_mail_whose_bytes_are_gone_says_so(app: Flask) -> None:
    let_take(file_all)
    come(letter())
    storage.path(ledger()[0].sha256).unlink()
    run_jobs(app)
    assert [(m.state, m.reason) for m in ledger()] == [(State.QUARANTINED, "lost")]


def test_a_mail_whose_job_was_given_up_is_looked_after(app: Flask) -> None:
    let_take(file_all)
    mail_id = come(letter()).mail_id
    with unit_of_work():
        begin_writing()
        db.session.execute(db.delete(Job))
    with unit_of_work():
        jobs.look_after()
    run_jobs(app, times=1)
    assert ledger()[0].state is State.RECEIVED
    with time_machine.travel(clock.now(), tick=False) as traveller:
        traveller.shift(3600)
        with unit_of_work():
            jobs.look_after()
        worker.drain(app)
    assert [(m.id, m.state) for m in ledger()] == [(mail_id, State.FILED)]


def test_what_a_receiver_stumbled_over_does_not_get_out_by_its_words(app: Flask) -> None:
    def quote(incoming: Incoming) -> Filed:
        raise ValueError(incoming.mail.text)

    let_take(quote)
    come(letter("The secret is blue."))
    run_jobs(app, times=1)
    assert "NotYet" in db.session.scalars(db.select(Job.error)).one()
    assert "blue" not in db.session.scalars(db.select(Job.error)).one()
    run_jobs(app)
    assert "blue" not in ledger()[0].detail


class TestLarge:
    @pytest.fixture
    def settings_for_test(self) -> dict[str, Any]:
        return {"mail_limit_bytes": 1_000_000}

    def test_a_mail_that_is_too_large_is_kept_and_set_aside(self, app: Flask) -> None:
        let_take(file_all)
        come(letter("x" * 1_000_001))
        run_jobs(app)
        (mail,) = ledger()
        assert (mail.state, mail.reason) == (State.QUARANTINED, "oversized")
        assert storage.path(mail.sha256).stat().st_size == mail.bytes
