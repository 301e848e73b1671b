"""Putting mail in the outbox."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core.clock import travelling
from app.core.errors import InvalidTransition
from app.core.uow import unit_of_work
from app.mail.answer import Answer, Fate
from app.mail.noting import note_trouble
from app.mail.outbound import Kind, State
from app.mail.posting import queue, send_again
from tests.mail.conftest import HELLO, NOON, Post
from tests.support.mails import last_mail, outbox
from tests.support.queries import counted

REFUSED = Answer(Fate.REFUSED, "No such user", 550)


def test_a_mail_waits_for_the_worker(post: Post) -> None:
    post()
    mail = last_mail()
    assert mail.state is State.QUEUED
    assert mail.subject == "Grüße"
    assert mail.kind is Kind.TICKET


def test_a_mail_of_a_transaction_that_fails_was_never_made(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), unit_of_work():
        queue(HELLO, to="cleo@house.example", kind=Kind.TICKET, automatic=True)
        raise ZeroDivisionError
    assert not outbox()


def test_a_message_id_says_what_it_is_about_and_cannot_be_guessed(post: Post) -> None:
    post(about="letter:34")
    post(about="letter:34")
    first, second = (mail.message_id for mail in outbox())
    assert first.startswith("<letter.34.")
    assert first.endswith("@127.0.0.1>")
    assert first != second


def test_mails_of_a_conversation_refer_to_the_earlier_ones_to_the_same_address(
    post: Post,
) -> None:
    for to in ("cleo@house.example", "ben@house.example", "cleo@house.example"):
        post(to=to, conversation="ticket:1")
    post(conversation="ticket:1")
    post(conversation="ticket:2")
    first, other, second, third, elsewhere = outbox()
    assert other.in_reply_to is None
    assert second.in_reply_to == first.message_id
    assert third.in_reply_to == second.message_id
    assert third.references == f"{first.message_id} {second.message_id}"
    assert elsewhere.in_reply_to is None


def test_a_long_conversation_refers_to_its_beginning_and_its_end(post: Post) -> None:
    for _ in range(30):
        post(conversation="ticket:1")
    mails = outbox()
    chain = mails[-1].references.split()
    assert len(chain) == 20
    assert chain[0] == mails[0].message_id
    assert chain[-1] == mails[-2].message_id


def test_however_long_it_is_only_so_much_of_it_is_read(post: Post) -> None:
    for _ in range(21):
        post(conversation="ticket:1")
    with counted() as statements:
        post(conversation="ticket:1")
    reading = [
        each
        for each in statements
        if each.startswith("SELECT") and "outbound_mails.message_id" in each.partition("FROM")[0]
    ]
    assert reading
    assert all("LIMIT" in each for each in reading)
    ids = [mail.message_id for mail in outbox()]
    assert last_mail().references.split() == [ids[0], *ids[2:21]]


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b@c", "a b@c.example", "a@c.example\nBcc: x@y.example", "mü@ü.example"],
)
def test_what_is_no_address_gets_no_mail(post: Post, address: str) -> None:
    post(to=address)
    mail = last_mail()
    assert mail.state is State.FAILED
    assert mail.last_error == "This is not an address that mail can be sent to."


def test_it_cannot_be_sent_again_and_holds_up_no_other_mail(post: Post) -> None:
    post(to="nobody")
    with pytest.raises(InvalidTransition, match="not an address"), unit_of_work():
        send_again(last_mail())
    assert last_mail().state is State.FAILED


def refuse(mail_id: int) -> None:
    with unit_of_work():
        note_trouble(outbox()[mail_id - 1], REFUSED)


def test_an_address_that_refused_mail_gets_no_automatic_one(post: Post) -> None:
    refuse(post())
    post(automatic=True)
    assert last_mail().state is State.FAILED
    assert last_mail().last_error == "This address refused our mail before."


@pytest.mark.parametrize(
    "wanted", [{"automatic": False}, {"automatic": True, "kind": Kind.ACCOUNT}]
)
def test_it_still_gets_replies_and_mail_about_its_account(
    post: Post, wanted: dict[str, Any]
) -> None:
    refuse(post())
    post(**wanted)
    assert last_mail().state is State.QUEUED


def test_the_thirty_first_automatic_mail_in_ten_minutes_is_not_sent(post: Post) -> None:
    with travelling(NOON):
        for _ in range(32):
            post(automatic=True)
        post(automatic=True, to="dov@house.example")
        post(automatic=False)
    states = [mail.state for mail in outbox()]
    assert states == [State.QUEUED] * 30 + [State.FAILED] * 2 + [State.QUEUED] * 2
    assert outbox()[30].last_error == "This address got 30 automatic mails within ten minutes."


def test_after_ten_minutes_it_may_get_more(post: Post) -> None:
    with travelling(NOON):
        for _ in range(30):
            post(automatic=True)
    with travelling(NOON + timedelta(minutes=10)):
        post(automatic=True)
    assert last_mail().state is State.QUEUED
