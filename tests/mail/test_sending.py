"""From the outbox to a real SMTP server that answers as it likes."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.clock import travelling
from app.core.db import db
from app.core.jobs import worker
from app.core.jobs.model import Job
from app.core.uow import reading, unit_of_work
from app.mail import sending, timed_smtp
from app.mail.events import MailRefused, MailSent
from app.mail.jobs import knock, send
from app.mail.outbound import OutboundMail, State
from app.mail.posting import send_again
from tests.mail.conftest import Post
from tests.support.heard import heard
from tests.support.mails import last_mail, outbox
from tests.support.smtp import DROP, HANG, TAKE_AND_DROP, TRICKLE, Sink, smtp_server
from tests.support.workers import wait_until

Drain = Callable[[], int]
CLEO, DOV = "cleo@house.example", "dov@house.example"


def states() -> list[State]:
    return [mail.state for mail in outbox()]


def waits_s() -> list[float]:
    """How long each job of the outbox still waits."""
    with reading():
        jobs = db.session.scalars(select(Job).where(Job.name == send.name).order_by(Job.id))
        return [(job.run_at - clock.now()).total_seconds() for job in jobs]


def test_a_mail_arrives_whole(post: Post, drain: Drain, sink: Sink) -> None:
    with heard(MailSent) as facts:
        number = post(about="letter:34")
        drain()
    (letter,) = sink.taken
    assert letter["To"] == CLEO
    assert letter["Subject"] == "Grüße"
    assert letter["Message-ID"] == last_mail().message_id
    assert facts == [MailSent(mail_id=number, about="letter:34")]
    assert (last_mail().state, last_mail().smtp_code) == (State.SENT, 250)
    assert last_mail().sent_at


def test_several_mails_share_a_conversation(post: Post, drain: Drain, sink: Sink) -> None:
    for _ in range(5):
        post()
    drain()
    assert (len(sink.taken), sink.conversations) == (5, 1)


def test_a_mail_is_sent_once_when_its_job_runs_twice(post: Post, drain: Drain, sink: Sink) -> None:
    with heard(MailSent) as facts:
        number = post()
        drain()
        with unit_of_work():
            send.later(mail_id=number)
            send.later(mail_id=number)
        drain()
    assert len(sink.taken) == len(facts) == 1


def test_a_refusal_is_final_and_announced_at_once(post: Post, drain: Drain, sink: Sink) -> None:
    sink.on_rcpt[CLEO] = ["550 5.1.1 No such user"]
    with heard(MailRefused) as facts:
        number = post(about="letter:34")
        drain()
    refused = MailRefused(
        mail_id=number, about="letter:34", code="550", reason="5.1.1 No such user"
    )
    assert facts == [refused]
    assert last_mail().state is State.FAILED
    assert not waits_s()


def test_a_text_can_be_refused_too(post: Post, drain: Drain, sink: Sink) -> None:
    sink.on_data[CLEO] = ["554 5.7.1 Spam"]
    post()
    drain()
    assert (last_mail().state, last_mail().smtp_code) == (State.FAILED, 554)


def test_each_recipient_is_treated_by_their_own_answer(
    post: Post, drain: Drain, sink: Sink
) -> None:
    sink.on_rcpt[CLEO] = ["452 4.2.2 Mailbox full", "250 OK"]
    sink.on_rcpt[DOV] = ["550 5.1.1 No such user"]
    for to in ("ben@house.example", CLEO, DOV):
        post(to=to)
    drain()
    assert states() == [State.SENT, State.QUEUED, State.FAILED]
    with travelling(clock.now() + timedelta(minutes=1)):
        drain()
    assert states() == [State.SENT, State.SENT, State.FAILED]
    assert sink.recipients == ["ben@house.example", CLEO]


@pytest.mark.parametrize("answer", ["450 4.2.0 Greylisted", "421 4.3.2 Closing"])
def test_a_delay_is_tried_again_after_half_a_minute(
    post: Post, drain: Drain, sink: Sink, answer: str
) -> None:
    sink.on_rcpt[CLEO] = [answer]
    post()
    drain()
    mail = last_mail()
    assert (mail.state, mail.attempts) == (State.QUEUED, 1)
    assert mail.last_error.removeprefix("421 ") == answer[4:]
    (wait_s,) = waits_s()
    assert 20 < wait_s <= 36


def test_a_mail_is_given_up_after_two_days(post: Post, drain: Drain) -> None:
    start = clock.now()
    with travelling(start), heard(MailRefused) as facts:
        post(about="letter:1")
        drain()
        for hour in range(1, 60):
            with travelling(start + timedelta(hours=hour)):
                drain()
    mail = last_mail()
    assert mail.state is State.FAILED
    assert mail.attempts >= 10
    assert "refused" in mail.last_error.lower()
    assert len(facts) == 1


def test_a_mail_given_up_can_be_sent_again(post: Post, drain: Drain, sink: Sink) -> None:
    sink.on_rcpt[CLEO] = ["550 5.1.1 No such user"]
    number = post()
    drain()
    with unit_of_work():
        send_again(db.session.get_one(OutboundMail, number))
    drain()
    assert states() == [State.SENT]


def test_two_days_begin_anew_when_it_is_sent_again(post: Post, drain: Drain) -> None:
    start, number = clock.now(), post()
    for hour in (0, 50):
        with travelling(start + timedelta(hours=hour)):
            drain()
    assert states() == [State.FAILED]
    with travelling(start + timedelta(hours=60)):
        with unit_of_work():
            send_again(db.session.get_one(OutboundMail, number))
        drain()
    assert (last_mail().state, last_mail().attempts) == (State.QUEUED, 1)


def test_mails_of_a_ticket_leave_in_their_order(post: Post, drain: Drain, sink: Sink) -> None:
    sink.on_rcpt[CLEO] = ["450 4.2.0 Greylisted"]
    post(conversation="ticket:1")
    post(conversation="ticket:1", to=DOV)
    post(conversation="ticket:2", to=DOV)
    drain()
    assert states() == [State.QUEUED, State.QUEUED, State.SENT]
    with travelling(clock.now() + timedelta(seconds=40)):
        drain()
    assert states() == [State.SENT] * 3
    assert sink.recipients == [DOV, CLEO, DOV]


def test_a_mail_that_was_refused_does_not_hold_up_the_next(
    post: Post, drain: Drain, sink: Sink
) -> None:
    sink.on_rcpt[CLEO] = ["550 5.1.1 No such user"]
    post(conversation="ticket:1")
    post(conversation="ticket:1", to=DOV)
    drain()
    assert states() == [State.FAILED, State.SENT]


def test_the_first_mail_that_leaves_wakes_all_that_waited_for_the_server(
    app: Flask, post: Post, drain: Drain, port: int
) -> None:
    for number in range(45):
        post(conversation=f"ticket:{number % 40}")
    drain()
    assert states() == [State.QUEUED] * 45
    with smtp_server(port) as sink:
        post()
        drain()
        assert states() == [State.SENT] * 46
        assert len(set(sink.message_ids)) == 46


def test_a_server_that_was_away_is_tried_every_few_minutes_by_one_mail(
    app: Flask, post: Post, drain: Drain, port: int
) -> None:
    for _ in range(5):
        post()
    drain()
    with unit_of_work():
        knock()
    assert sorted(wait_s > 0 for wait_s in waits_s()) == [False, True, True, True, True]
    with smtp_server(port):
        drain()
    assert states() == [State.SENT] * 5


def test_a_mail_its_receiver_delays_is_not_woken_by_others(
    post: Post, drain: Drain, sink: Sink
) -> None:
    sink.on_rcpt[CLEO] = ["450 4.2.0 Greylisted"]
    post()
    drain()
    post(to=DOV)
    drain()
    assert states() == [State.QUEUED, State.SENT]


def test_an_answer_that_is_lost_gives_one_copy_with_the_same_message_id(
    post: Post, drain: Drain, sink: Sink
) -> None:
    sink.on_data[CLEO] = [TAKE_AND_DROP]
    post()
    drain()
    assert states() == [State.QUEUED]
    with travelling(clock.now() + timedelta(minutes=1)):
        drain()
    assert states() == [State.SENT]
    assert sink.message_ids == [last_mail().message_id] * 2


def test_a_conversation_that_breaks_off_does_not_hold_up_the_others(
    post: Post, drain: Drain, sink: Sink
) -> None:
    sink.on_data[CLEO] = [DROP]
    post()
    post(to=DOV)
    drain()
    assert states() == [State.QUEUED, State.SENT]


@pytest.mark.parametrize("answer", [HANG, TRICKLE])
def test_a_server_that_hangs_or_trickles_is_left_in_time(
    post: Post, drain: Drain, sink: Sink, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(timed_smtp, "TOTAL_S", 1)
    sink.on_data[CLEO] = [answer]
    post()
    started = clock.now()
    drain()
    assert states() == [State.QUEUED]
    assert clock.now() - started < timedelta(seconds=10)


def test_while_one_thread_talks_the_others_do_not_wait_for_it(
    app: Flask, post: Post, drain: Drain, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed_smtp, "TOTAL_S", 5)
    sink.on_data[CLEO] = [HANG]
    post()
    talking = threading.Thread(target=worker.drain, args=(app,))
    talking.start()
    wait_until(lambda: sink.conversations == 1)
    number = post(to=DOV)
    drain()
    assert talking.is_alive()
    talking.join()
    assert (db.session.get_one(OutboundMail, number).state, len(waits_s())) == (State.QUEUED, 2)


def test_our_address_being_refused_is_not_the_recipients_fault(
    post: Post, drain: Drain, sink: Sink
) -> None:
    sink.on_mail = ["550 5.7.1 Not from you"]
    post()
    drain()
    mail = last_mail()
    assert (mail.state, mail.waits_for_server) == (State.QUEUED, True)
    assert mail.last_error == "550 5.7.1 Not from you"


def test_what_waited_behind_a_mail_leaves_right_after_it(
    post: Post, drain: Drain, sink: Sink
) -> None:
    sink.on_rcpt[CLEO] = ["450 4.2.0 Greylisted"]
    for _ in range(30):
        post(conversation="ticket:1")
    drain()
    assert states() == [State.QUEUED] * 30
    with travelling(clock.now() + timedelta(seconds=40)):
        drain()
    assert states() == [State.SENT] * 30
    assert sink.message_ids == [mail.message_id for mail in outbox()]
    with travelling(clock.now() + timedelta(minutes=20)):
        drain()
    assert len(sink.taken) == 30
    assert not waits_s()


def test_a_round_that_is_full_lets_the_next_go_on_at_once(
    post: Post, drain: Drain, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST", 3)
    sink.on_rcpt[CLEO] = ["450 4.2.0 Greylisted"]
    for _ in range(10):
        post(conversation="ticket:1")
    drain()
    with travelling(clock.now() + timedelta(seconds=40)):
        drain()
    assert states() == [State.SENT] * 10


def test_what_follows_keeps_its_own_time_once_it_was_refused_for_now(
    post: Post, drain: Drain, sink: Sink
) -> None:
    sink.on_rcpt[CLEO] = ["250 OK", "450 4.2.0 Greylisted"]
    for _ in range(3):
        post(conversation="ticket:1")
    drain()
    assert states() == [State.SENT, State.QUEUED, State.QUEUED]
    assert outbox()[1].attempts == 1
    with travelling(clock.now() + timedelta(seconds=40)):
        drain()
    assert states() == [State.SENT] * 3
