"""Mail of machines: it moves nothing, nobody answers it, and what goes round and round stops."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.uow import reading, unit_of_work
from app.mail import desk_id
from app.mail.inbound import Way
from app.mail.mailbox import Mailbox
from app.mail.receivers import Filed, Ignored, Quarantined
from app.tickets import assigning, participating, replying, snoozing
from app.tickets.by_email import automatic
from app.tickets.history import timeline
from app.tickets.message import Message
from app.tickets.ticket import Status, Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.inbound import letter, reply_to, take
from tests.support.mails import last_mail, outbox

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]
CLEO = "cleo@house.example"
AWAY = {"Auto_Submitted": "auto-replied"}


@pytest.fixture
def waiting(cast: Cast, mailbox: Mailbox, drain: Drain) -> Ticket:
    """A ticket of Cleo that is Ben's, with Dov in copy; it waits for her."""
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        assigning.assign(ticket, to=cast.agent, by=cast.agent)
        participating.add_participant(ticket, cast.other_customer, by=cast.agent)
        then = Status.WAITING_CUSTOMER
        replying.reply(ticket, text="Try another cable.", by=cast.agent, then=then)
        snoozing.snooze(ticket, until=None, by=cast.agent)
    drain()
    return ticket


def now(ticket: Ticket) -> Ticket:
    db.session.rollback()
    return make.ticket_numbered(ticket.id)


def last() -> Message:
    db.session.rollback()
    return db.session.scalars(select(Message).order_by(Message.id.desc())).first()  # type: ignore[return-value]


def test_an_absence_is_shown_and_moves_nothing(
    waiting: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain, as_user: Browser
) -> None:
    before, updated = len(outbox()), now(waiting).updated_at
    raw = letter(CLEO, "Back on Monday.", to=[reply_to(last_mail(to=CLEO))], **AWAY)
    assert isinstance(take(raw, mailbox=mailbox)[1], Filed)
    drain()
    ticket = now(waiting)
    assert ticket.status is Status.WAITING_CUSTOMER and ticket.snoozed_at
    assert ticket.updated_at == updated
    assert len(outbox()) == before
    with reading():
        fact = timeline(waiting.id)[-1]
    assert (fact.kind, fact.payload["is_auto_reply"]) == ("message.received", True)
    assert "Automatic reply" in as_user(cast.agent).get(f"/tickets/{waiting.id}").text


def test_an_absence_about_nothing_of_ours_is_ignored(cast: Cast, mailbox: Mailbox) -> None:
    _, outcome = take(letter(CLEO, "Back on Monday.", **AWAY), mailbox=mailbox)
    assert isinstance(outcome, Ignored) and outcome.reason == "auto_reply"
    assert last() is None


def test_an_absence_of_a_stranger_bothers_nobody(waiting: Ticket, mailbox: Mailbox) -> None:
    raw = letter("eve@x.example", "Away.", to=[reply_to(last_mail(to=CLEO))], **AWAY)
    assert isinstance(take(raw, mailbox=mailbox)[1], Ignored)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List_Id": "<alerts.x.example>"},
        {"Return_Path": "<>"},
    ],
)
def test_a_machine_that_asks_gets_a_ticket_and_no_mail(
    mailbox: Mailbox, drain: Drain, headers: dict[str, str]
) -> None:
    raw = letter("monitor@x.example", "Disk is 98 % full.", subject="ALERT disk", **headers)
    assert isinstance(take(raw, mailbox=mailbox)[1], Filed)
    drain()
    assert last().text == "Disk is 98 % full."
    assert not outbox(to="monitor@x.example")


def test_the_null_sender_of_the_envelope_gets_no_mail(mailbox: Mailbox, drain: Drain) -> None:
    take(letter("monitor@x.example"), mailbox=mailbox, envelope_from="")
    drain()
    assert not outbox(to="monitor@x.example")


@pytest.mark.parametrize("what", ["header", "message id", "own address"])
def test_our_own_mail_that_comes_back_is_ignored(
    waiting: Ticket, mailbox: Mailbox, what: str
) -> None:
    ours = last_mail(to=CLEO)
    raw = {
        "header": letter(CLEO, **{"X-Hearth-Desk": desk_id.desk_id()}),
        "message id": letter(CLEO, message_id=ours.message_id),
        "own address": letter("Desk <support+x@hearth.example>"),
    }[what]
    _, outcome = take(raw, mailbox=mailbox)
    assert isinstance(outcome, Ignored) and outcome.reason == "loop"


def test_another_desk_is_a_customer_like_others(mailbox: Mailbox) -> None:
    raw = letter("help@other.example", **{"X-Hearth-Desk": "otherdesk2345"})
    assert isinstance(take(raw, mailbox=mailbox)[1], Filed)


def test_many_tickets_of_one_address_are_confirmed_a_few_times(
    mailbox: Mailbox, drain: Drain
) -> None:
    for n in range(automatic.MOST_RECEIPTS + 3):
        assert isinstance(take(letter("eve@x.example", f"Mail {n}"), mailbox=mailbox)[1], Filed)
    drain()
    assert len(outbox(to="eve@x.example")) == automatic.MOST_RECEIPTS
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        take(letter("eve@x.example", "Later"), mailbox=mailbox)
        drain()
    assert len(outbox(to="eve@x.example")) == automatic.MOST_RECEIPTS + 1


def test_a_flood_waits_for_a_person_unless_an_operator_brings_it(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(automatic, "MOST_TICKETS", 3)
    outcomes = [take(letter("eve@x.example", f"Mail {n}"), mailbox=mailbox)[1] for n in range(4)]
    assert [type(each) for each in outcomes] == [Filed] * 3 + [Quarantined]
    by_hand = take(letter("eve@x.example", "From a file"), mailbox=mailbox, way=Way.FILE)[1]
    assert isinstance(by_hand, Filed)


def test_one_person_gets_few_automatic_mails_about_one_ticket(
    waiting: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain
) -> None:
    """Cleo's and Dov's programs answer each other without saying that they are machines."""
    before = len(outbox(to="dov@house.example"))
    for n in range(20):
        with unit_of_work():
            replying.reply(now(waiting), text=f"I am away, {n}.", by=cast.customer)
        drain()
    left = [each for each in outbox(to="dov@house.example")[before:] if each.state != "failed"]
    assert len(left) <= 10
