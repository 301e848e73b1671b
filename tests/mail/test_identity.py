"""In whose name a mail leaves, and where answers to it go."""

import email
from email.policy import SMTP
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.mail.letter import letter_of
from app.mail.mailbox import Mailbox
from app.mail.outbound import Kind
from app.mail.signed_address import Purpose, Signed, read
from tests.mail.conftest import Post
from tests.support.mails import last_mail

OWN = "support@hearth.example"


def mailbox(address: str = "sync@tarn.example", **values: Any) -> int:
    with unit_of_work():
        begin_writing()
        made = Mailbox(address=address, **values)
        db.session.add(made)
        db.session.flush()
        return made.id


def sent() -> Any:
    return email.message_from_bytes(letter_of(last_mail()).data, policy=SMTP)


def test_a_reply_bears_the_name_of_its_writer_and_the_address_of_the_mailbox(post: Post) -> None:
    post(mailbox_id=mailbox(display_name="Tarn Sync"), written_by="Ana Müller")
    (sender,) = sent()["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (
        "Ana Müller at Tarn Sync",
        "sync@tarn.example",
    )


def test_what_a_customer_wrote_comes_by_way_of_the_desk(post: Post) -> None:
    post(mailbox_id=mailbox(), written_by="Cleo", automatic=True)
    assert sent()["From"].addresses[0].display_name == "Cleo via Tarn, Help"


def test_an_answer_goes_to_an_address_that_names_mail_and_recipient(post: Post) -> None:
    number = post(mailbox_id=mailbox())
    (address,) = sent()["Reply-To"].addresses
    assert address.addr_spec.startswith("sync+r")
    assert read(address.addr_spec) == Signed(Purpose.REPLY, number)


def test_a_mail_that_cannot_arrive_comes_back_to_an_address_that_names_it(post: Post) -> None:
    number = post(mailbox_id=mailbox())
    assert read(letter_of(last_mail()).sender) == Signed(Purpose.BOUNCE, number)


@pytest.mark.parametrize("values", [{"plus_addressing": False}, {"active": False}])
def test_a_mailbox_that_takes_no_such_addresses_gives_none(
    post: Post, values: dict[str, Any]
) -> None:
    post(mailbox_id=mailbox(**values))
    assert sent()["Reply-To"] is None
    assert "+" not in letter_of(last_mail()).sender


def test_without_a_mailbox_the_desk_speaks_itself_and_reads_no_answers(post: Post) -> None:
    post()
    (sender,) = sent()["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Tarn, Help", OWN)
    assert sent()["Reply-To"] is None
    assert letter_of(last_mail()).sender == OWN


def test_a_mailbox_at_the_desks_own_address_reads_them(post: Post) -> None:
    mailbox(OWN)
    number = post()
    assert read(str(sent()["Reply-To"])) == Signed(Purpose.REPLY, number)


def test_mail_about_an_account_takes_no_answers_but_can_come_back(post: Post) -> None:
    mailbox(OWN)
    number = post(kind=Kind.ACCOUNT)
    assert sent()["Reply-To"] is None
    assert read(letter_of(last_mail()).sender) == Signed(Purpose.BOUNCE, number)


def test_a_mailbox_out_of_use_hands_over_to_the_desks_own(post: Post, app: Flask) -> None:
    post(mailbox_id=mailbox(active=False))
    assert sent()["From"].addresses[0].addr_spec == OWN
