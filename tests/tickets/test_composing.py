"""Writing as staff: stale replies, drafts, second thoughts, replies for later."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.mail.outbound import OutboundMail
from app.metrics.histories.ledger import all_summaries
from app.search.query import find
from app.tickets import drafting, releasing, replying, resolving, statusing
from app.tickets.history import timeline
from app.tickets.message import Message
from app.tickets.replying import StaleReply
from app.tickets.ticket import Status, Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[Any], FreshClient]
Drain = Callable[[], int]


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"undo_send_s": 15}


def kinds(ticket: Ticket) -> list[str]:
    db.session.rollback()
    return [event.kind for event in timeline(ticket.id)]


def send(browser: FreshClient, ticket: Ticket, **fields: Any) -> Any:
    said = {"kind": "reply", "then": "waiting", "text": "Try another cable."} | fields
    return browser.post(f"/tickets/{ticket.id}/messages", data=said)


def texts(ticket: Ticket) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Message.text).where(Message.ticket_id == ticket.id)))


def test_a_reply_that_did_not_know_of_a_message_is_not_sent(cast: Cast, as_user: AsUser) -> None:
    ticket, browser = make.ticket(cast.customer), as_user(cast.agent)
    with unit_of_work():
        first = replying.add_note(ticket, text="Seen", by=cast.lead)
    with unit_of_work():
        replying.reply(ticket, text="It works **again**!", by=cast.customer)
    refused = send(browser, ticket, seen=first.id, text="Throw it away.")
    assert refused.status_code == 409
    assert "somebody else has written here" in refused.text
    assert "Throw it away." in refused.text
    assert refused.text.count('data-tone="warn"><svg class="icon"') == 1  # the new one is marked
    assert "Throw it away." not in texts(ticket)
    latest = max(db.session.scalars(select(Message.id)))
    assert f'name="seen" value="{latest}"' in refused.text
    assert send(browser, ticket, seen=latest, text="Fine then.").status_code == 303


def test_ones_own_messages_make_no_reply_stale(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        seen = replying.add_note(ticket, text="First", by=cast.agent).id
        replying.add_note(ticket, text="Second", by=cast.agent)
        replying.reply(ticket, text="Third", by=cast.agent, seen=seen)
    with pytest.raises(StaleReply), unit_of_work():
        replying.reply(ticket, text="Fourth", by=cast.lead, seen=seen)


def test_a_draft_is_kept_and_given_back_to_its_writer_alone(cast: Cast, as_user: AsUser) -> None:
    ticket, browser = make.ticket(cast.customer), as_user(cast.agent)
    address = f"/tickets/{ticket.id}/draft"
    assert browser.post(address, data={"kind": "note", "text": "Half a thou"}).status_code == 204
    page = as_user(cast.agent).get(f"/tickets/{ticket.id}").text  # another browser
    assert ">Half a thou</textarea>" in page
    assert 'value="note" checked' in page
    assert "Half a thou" in browser.get("/inbox/drafts").text
    assert "Half a thou" not in as_user(cast.lead).get(f"/tickets/{ticket.id}").text
    assert as_user(cast.customer).post(address, data={"text": "x"}).status_code == 403


def test_sending_and_throwing_away_end_a_draft(cast: Cast, as_user: AsUser) -> None:
    ticket, browser = make.ticket(cast.customer), as_user(cast.agent)
    for end in (
        lambda: send(browser, ticket),
        lambda: browser.post(f"/tickets/{ticket.id}/draft/discards"),
    ):
        browser.post(f"/tickets/{ticket.id}/draft", data={"kind": "reply", "text": "Half"})
        assert end().status_code == 303
        assert "Half" not in browser.get(f"/tickets/{ticket.id}").text


def test_an_empty_draft_is_none(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        drafting.keep_draft(ticket, kind="reply", text="Something", by=cast.agent)
        drafting.keep_draft(ticket, kind="reply", text="  \n", by=cast.agent)
    assert drafting.draft_of(ticket, cast.agent) is None


def test_a_reply_waits_out_of_the_requesters_sight(
    app: Any, cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    ticket, customer = make.ticket(cast.customer), as_user(cast.customer)
    drain()
    mails = len(db.session.scalars(select(OutboundMail.id)).all())
    send(as_user(cast.agent), ticket, text="A plumbago answer")
    drain()
    page = as_user(cast.agent).get(f"/tickets/{ticket.id}").text
    assert "Only staff see this yet" in page
    assert "plumbago" not in customer.get(f"/tickets/{ticket.id}").text
    assert (
        find("plumbago", viewer=cast.customer, audiences=[f"person:{cast.customer.id}"]).items == []
    )
    assert len(db.session.scalars(select(OutboundMail.id)).all()) == mails
    assert make.ticket_numbered(ticket.id).status is Status.NEW
    with time_machine.travel(clock.now() + timedelta(seconds=16), tick=False):
        drain()
    assert "plumbago" in customer.get(f"/tickets/{ticket.id}").text
    assert len(db.session.scalars(select(OutboundMail.id)).all()) == mails + 1
    assert make.ticket_numbered(ticket.id).status is Status.WAITING_CUSTOMER
    assert kinds(ticket)[-3:] == ["message.queued", "message.released", "status.changed"]


def test_undo_gives_the_text_back_and_no_figure_counts_it(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    ticket, browser = make.ticket(cast.customer), as_user(cast.agent)
    send(browser, ticket, text="Wrong customer!")
    message = db.session.scalars(select(Message.id).order_by(Message.id.desc())).first()
    undone = browser.post(f"/tickets/{ticket.id}/messages/{message}/withdrawals")
    assert undone.status_code == 303
    assert ">Wrong customer!</textarea>" in browser.get(f"/tickets/{ticket.id}").text
    assert "Wrong customer!" not in texts(ticket)
    with time_machine.travel(clock.now() + timedelta(seconds=16), tick=False):
        drain()
    assert kinds(ticket)[-2:] == ["message.queued", "message.cancelled"]
    db.session.rollback()
    [summary] = all_summaries(as_of=clock.now() + timedelta(days=1))
    assert summary.replies == ()
    again = browser.post(f"/tickets/{ticket.id}/messages/{message}/withdrawals")
    assert again.status_code == 404


def test_a_held_reply_can_be_sent_at_once(cast: Cast, as_user: AsUser) -> None:
    ticket, browser = make.ticket(cast.customer), as_user(cast.agent)
    send(browser, ticket, then="solved")
    message = db.session.scalars(select(Message.id).order_by(Message.id.desc())).first()
    assert browser.post(f"/tickets/{ticket.id}/messages/{message}/releases").status_code == 303
    assert make.ticket_numbered(ticket.id).status is Status.RESOLVED


def test_a_scheduled_reply_steps_back_when_the_customer_writes(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    ticket, browser = make.ticket(cast.customer), as_user(cast.agent)
    tomorrow = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert send(browser, ticket, text="See you tomorrow", send_at=tomorrow).status_code == 303
    with unit_of_work():
        replying.reply(ticket, text="Solved by itself", by=cast.customer)
    page = browser.get(f"/tickets/{ticket.id}").text
    assert "because the customer wrote" in page
    assert ">See you tomorrow</textarea>" in page
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        drain()
    assert "See you tomorrow" not in texts(ticket)


def test_a_scheduled_reply_leaves_at_its_time(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    ticket, browser = make.ticket(cast.customer), as_user(cast.agent)
    tomorrow = clock.now() + timedelta(days=1)
    send(browser, ticket, text="Good morning", send_at=tomorrow.strftime("%Y-%m-%dT%H:%M"))
    drain()
    assert "Good morning" not in as_user(cast.customer).get(f"/tickets/{ticket.id}").text
    with time_machine.travel(tomorrow, tick=False):
        drain()
    assert "Good morning" in as_user(cast.customer).get(f"/tickets/{ticket.id}").text


@pytest.mark.parametrize("send_at", ["2001-01-01T10:00", "2999-01-01T10:00", "soon"])
def test_a_time_that_cannot_be_is_refused_with_the_text_kept(
    cast: Cast, as_user: AsUser, send_at: str
) -> None:
    ticket = make.ticket(cast.customer)
    refused = send(as_user(cast.agent), ticket, text="Later", send_at=send_at)
    assert refused.status_code == 422
    assert ">Later</textarea>" in refused.text


def test_on_a_ticket_closed_meanwhile_nothing_is_sent_and_nothing_lost(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    ticket, browser = make.ticket(cast.customer), as_user(cast.agent)
    send(browser, ticket, text="Too late")
    with unit_of_work():
        resolving.resolve(ticket, by=cast.lead)
    with unit_of_work():
        statusing.change_status(ticket, to=Status.CLOSED, by=cast.lead)
    with time_machine.travel(clock.now() + timedelta(seconds=16), tick=False):
        drain()
    assert "Too late" not in texts(ticket)
    draft = drafting.draft_of(ticket, cast.agent)
    assert draft
    assert draft.text == "Too late"


def test_releasing_twice_sends_once(cast: Cast, as_user: AsUser) -> None:
    ticket = make.ticket(cast.customer)
    send(as_user(cast.agent), ticket)
    for _ in range(2):
        with unit_of_work():
            message = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
            assert message
            releasing.release(message)
    assert kinds(ticket).count("message.released") == 1
