"""Mail that came back: a reply that did not arrive is no answer, and can be sent again."""

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.user import User
from app.core.db import db
from app.core.uow import reading, unit_of_work
from app.mail.mailbox import Mailbox
from app.mail.outbound import OutboundMail
from app.mail.receivers import Filed, Ignored
from app.tickets import participating, replying
from app.tickets.history import timeline
from app.tickets.ticket import Status, Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.inbound import back_from, letter, take
from tests.support.mails import last_mail, outbox

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]


def report(
    mail: OutboundMail,
    *,
    to: str = "support@hearth.example",
    status: str = "5.1.1",
    action: str = "failed",
    recipient: str | None = None,
    said: str = "smtp; 550 5.1.1 No such user here",
) -> bytes:
    """What a mail server says of a mail that it could not deliver (RFC 3464)."""
    return f"""Return-Path: <>
From: Mail Delivery System <mailer-daemon@mx.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your mail.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {recipient or mail.to_address}
Action: {action}
Status: {status}
Diagnostic-Code: {said}

--b
Content-Type: text/rfc822-headers

From: support@hearth.example
To: {mail.to_address}
Subject: {mail.subject}
Message-ID: {mail.message_id}

--b--
""".replace("\n", "\r\n").encode()


@pytest.fixture
def replied(cast: Cast, mailbox: Mailbox, drain: Drain) -> Ticket:
    """A ticket that waits for Cleo, to whom Ben's reply is on its way."""
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        then = Status.WAITING_CUSTOMER
        replying.reply(ticket, text="Try another cable.", by=cast.agent, then=then)
    drain()
    return ticket


def kinds(number: int) -> list[str]:
    with reading():
        return [row.kind for row in timeline(number)]


def status(ticket: Ticket) -> Status:
    db.session.rollback()
    return make.ticket_numbered(ticket.id).status


@pytest.mark.parametrize("by", ["address", "message id"])
def test_a_reply_that_came_back_is_no_answer(
    replied: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain, as_user: Browser, by: str
) -> None:
    ours = last_mail(to="cleo@house.example")
    to = back_from(ours) if by == "address" else "support@hearth.example"
    _, outcome = take(report(ours, to=to), mailbox=mailbox)
    drain()
    assert outcome == Filed(about=f"mail:{ours.id}")
    assert kinds(replied.id)[-3:] == ["delivery.bounced", "reply.voided", "status.changed"]
    assert status(replied) is Status.OPEN
    page = as_user(cast.agent).get(f"/tickets/{replied.id}").text
    assert "Not delivered" in page and "No such user here" in page
    assert "the last reply did not arrive" in page
    assert "Not delivered" not in as_user(cast.customer).get(f"/tickets/{replied.id}").text
    found = as_user(cast.agent).get("/inbox?view=open").text
    assert f"/tickets/{replied.id}" in found


def test_a_late_mail_changes_nothing(replied: Ticket, mailbox: Mailbox, drain: Drain) -> None:
    ours = last_mail(to="cleo@house.example")
    take(report(ours, status="4.4.1", action="delayed"), mailbox=mailbox)
    drain()
    assert kinds(replied.id)[-1] == "delivery.bounced"
    assert timeline(replied.id)[-1].payload["hard"] is False
    assert status(replied) is Status.WAITING_CUSTOMER


def test_the_same_report_twice_is_one(replied: Ticket, mailbox: Mailbox, drain: Drain) -> None:
    ours = last_mail(to="cleo@house.example")
    take(report(ours), mailbox=mailbox)
    take(report(ours, said="smtp; 550 again"), mailbox=mailbox)
    drain()
    assert kinds(replied.id).count("reply.voided") == 1


def test_a_report_about_somebody_else_voids_nothing(
    replied: Ticket, mailbox: Mailbox, drain: Drain
) -> None:
    ours = last_mail(to="cleo@house.example")
    _, outcome = take(report(ours, recipient="eve@x.example"), mailbox=mailbox)
    drain()
    assert isinstance(outcome, Ignored)
    assert "reply.voided" not in kinds(replied.id)


def test_a_report_about_no_mail_of_ours_is_ignored(replied: Ticket, mailbox: Mailbox) -> None:
    theirs = OutboundMail(to_address="a@x.example", subject="x", message_id="<theirs@x.example>")
    _, outcome = take(report(theirs), mailbox=mailbox)
    assert isinstance(outcome, Ignored) and outcome.reason == "bounce_unmatched"


def test_what_was_gone_on_with_stays_where_it_is(
    replied: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain
) -> None:
    ours = last_mail(to="cleo@house.example")
    with unit_of_work():
        ticket, then = make.ticket_numbered(replied.id), Status.RESOLVED
        replying.reply(ticket, text="And solved.", by=cast.agent, then=then)
    drain()
    take(report(ours), mailbox=mailbox)
    drain()
    assert "reply.voided" in kinds(replied.id)
    assert status(replied) is Status.RESOLVED


def test_a_mail_to_somebody_in_copy_voids_no_answer(
    replied: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain
) -> None:
    with unit_of_work():
        ticket = make.ticket_numbered(replied.id)
        participating.add_participant(ticket, cast.other_customer, by=cast.agent)
        replying.reply(ticket, text="For both.", by=cast.agent)
    drain()
    take(report(last_mail(to="dov@house.example")), mailbox=mailbox)
    drain()
    assert "reply.voided" not in kinds(replied.id)
    assert last_mail(to="dov@house.example").state == "failed"


def bounced(replied: Ticket, mailbox: Mailbox, drain: Drain) -> str:
    """Where the lost reply is sent again."""
    take(report(last_mail(to="cleo@house.example")), mailbox=mailbox)
    drain()
    return f"/tickets/{replied.id}/messages/2/resendings"


def test_a_lost_reply_is_sent_again(
    replied: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain, as_user: Browser
) -> None:
    again = bounced(replied, mailbox, drain)
    ben = as_user(cast.agent)
    assert again in ben.get(f"/tickets/{replied.id}").text
    before = len(outbox(to="cleo@house.example"))
    assert ben.post(again, data={"email": "cleo@house.example"}).status_code == 303
    drain()
    mails = outbox(to="cleo@house.example")
    assert len(mails) == before + 1 and "Try another cable." in mails[-1].text
    assert "Not delivered" not in ben.get(f"/tickets/{replied.id}").text
    assert kinds(replied.id)[-1] == "message.resent"
    assert ben.post(again).status_code == 409


def test_a_lost_reply_goes_to_the_right_address(
    replied: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain, as_user: Browser
) -> None:
    with unit_of_work():
        db.session().info["writing"] = True
        db.session.get_one(User, cast.customer.id).confirmed_at = None
    again, ben = bounced(replied, mailbox, drain), as_user(cast.agent)
    assert ben.post(again, data={"email": "dov@house.example"}).status_code == 422
    assert ben.post(again, data={"email": "cleo@right.example"}).status_code == 303
    drain()
    assert "Try another cable." in last_mail(to="cleo@right.example").text
    assert db.session.get_one(User, cast.customer.id).email == "cleo@right.example"


def test_the_address_of_an_account_is_its_owners(
    replied: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain, as_user: Browser
) -> None:
    again = bounced(replied, mailbox, drain)
    answer: Any = as_user(cast.agent).post(again, data={"email": "cleo@right.example"})
    assert answer.status_code == 403 and "only they can change its address" in answer.text


def test_a_known_dead_address_is_shown_with_its_person(
    replied: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain, as_user: Browser
) -> None:
    bounced(replied, mailbox, drain)
    page = as_user(cast.agent).get(f"/people/{cast.customer.id}").text
    assert "Mail to this address comes back" in page


def test_an_absence_that_answers_the_return_address_is_no_bounce(
    replied: Ticket, mailbox: Mailbox
) -> None:
    ours = last_mail(to="cleo@house.example")
    raw = letter(
        "cleo@house.example",
        "I am away.",
        subject="Out of office",
        to=[back_from(ours)],
        Auto_Submitted="auto-replied",
    )
    _, outcome = take(raw, mailbox=mailbox)
    assert isinstance(outcome, Filed)
    assert status(replied) is Status.WAITING_CUSTOMER
