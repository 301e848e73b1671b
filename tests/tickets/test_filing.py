"""Tickets that staff file for customers, and calls that they write down."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from app.accounts import people
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.metrics.histories.ledger import summaries_of
from app.metrics.histories.summary import TicketSummary
from app.tickets import contacting, replying
from app.tickets.history import timeline
from app.tickets.message import Direction
from app.tickets.ticket import Status, Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import last_mail, link_in, outbox

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]
GOOD = {
    "email": "vera@x.example",
    "name": "Vera Visitor",
    "origin": "they_called",
    "subject": "No sound",
    "text": "She hears *nothing*.",
    "priority": "high",
}


def summary_of(number: int) -> TicketSummary:
    return next(iter(summaries_of([number], as_of=clock.now())))


def test_call_of_somebody_new_becomes_a_ticket_they_can_follow(
    cast: Cast, as_user: Browser, client: FreshClient, drain: Drain
) -> None:
    assert as_user(cast.agent).post("/inbox/new", data=GOOD).status_code == 303
    ticket = make.ticket_numbered(1)
    created, logged = timeline(1)
    assert (created.actor_kind, created.actor_id) == ("agent", cast.agent.id)
    assert created.payload["on_behalf_of"] == ticket.requester_id
    assert not created.payload["agent_initiated"]
    assert logged.payload | {"message_id": 0} == {
        "message_id": 0, "channel": "phone", "direction": "in", "counts_as_reply": False,
    }  # fmt: skip
    assert (ticket.channel, ticket.priority, ticket.status) == ("phone", "high", "new")
    person = people.with_address("vera@x.example")
    assert person and person.name == "Vera Visitor"
    drain()
    page = client.get(link_in(last_mail(to="vera@x.example"), "/follow/")).text
    assert "nothing</em>" in page and "by phone" in page
    assert summary_of(1).replies == ()


def test_what_we_write_first_goes_out_as_a_message_and_nobody_waited_for_it(
    cast: Cast, as_user: Browser, drain: Drain
) -> None:
    said = GOOD | {"email": "cleo@house.example", "origin": "we_write"}
    as_user(cast.agent).post("/inbox/new", data=said)
    drain()
    mails = outbox(to="cleo@house.example")
    assert len(mails) == 1 and "She hears" in mails[0].text
    assert make.ticket_numbered(1).status is Status.WAITING_CUSTOMER
    assert summary_of(1).agent_initiated


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("email", "", "Add the email"),
        ("email", "vera", "not a complete mail address"),
        ("subject", "", "Say in a few words"),
        ("subject", "x" * 301, "300 characters"),
        ("text", " ", "Write a few words first"),
        ("text", "x" * 30_001, "30,000"),
        ("origin", "dream", "Not a valid choice"),
    ],
)
def test_bad_field_is_refused_with_the_text_kept(
    cast: Cast, as_user: Browser, field: str, value: str, says: str
) -> None:
    answer = as_user(cast.agent).post("/inbox/new", data=GOOD | {field: value})
    assert answer.status_code == 422
    assert says in answer.text
    assert "She hears" in answer.text or field == "text"
    assert db.session.get(Ticket, 1) is None


def test_files_come_along(cast: Cast, as_user: Browser) -> None:
    staff = as_user(cast.agent)
    said = GOOD | {"files": [(io.BytesIO(b"silence"), "log.txt")]}
    assert staff.post("/inbox/new", data=said).status_code == 303
    assert staff.get("/tickets/1/files/1").data == b"silence"


def test_customers_file_for_nobody_and_log_no_calls(cast: Cast, as_user: Browser) -> None:
    make.ticket(cast.customer)
    browser = as_user(cast.customer)
    assert browser.get("/inbox/new").status_code == 403
    assert browser.post("/inbox/new", data=GOOD).status_code == 403
    assert browser.post("/tickets/1/calls", data={"text": "Hi"}).status_code == 403


def test_call_of_theirs_opens_a_waiting_ticket_and_stays_among_staff(
    cast: Cast, as_user: Browser
) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        replying.reply(ticket, text="Well?", by=cast.agent, then=Status.WAITING_CUSTOMER)
    staff = as_user(cast.agent)
    said = {"call": "they_called", "text": "Still plumbago", "then": "keep"}
    assert staff.post("/tickets/1/calls", data=said).status_code == 303
    assert make.ticket_numbered(1).status is Status.OPEN
    page = staff.get("/tickets/1").text
    assert "plumbago" in page and "wrote down a call from the customer" in page
    assert "plumbago" not in as_user(cast.customer).get("/tickets/1").text
    assert summary_of(1).contact_after_reply


@pytest.mark.parametrize(("call", "replies"), [("we_called", 1), ("not_reached", 0)])
def test_call_of_ours_is_an_answer_if_we_reached_them(
    cast: Cast, as_user: Browser, call: str, replies: int
) -> None:
    with time_machine.travel(clock.now() - timedelta(hours=1), tick=False):
        make.ticket(cast.customer)
    said = {"call": call, "text": "We spoke", "then": "solved"}
    assert as_user(cast.agent).post("/tickets/1/calls", data=said).status_code == 303
    found = summary_of(1)
    assert len(found.replies) == replies
    assert found.category == "resolved"
    if replies:
        assert (found.replies[0].at - found.created_at).total_seconds() >= 3600


def test_call_on_a_closed_ticket_is_refused_in_words(cast: Cast, as_user: Browser) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        replying.reply(ticket, text="Done.", by=cast.agent, then=Status.RESOLVED)
        ticket.enter(Status.CLOSED, at=clock.now())
    facts = len(timeline(1))
    staff = as_user(cast.agent)
    answer = staff.post(
        "/tickets/1/calls", data={"call": "they_called", "text": "X", "then": "keep"}
    )
    assert answer.status_code == 409 and "File a new one for the call" in answer.text
    assert len(timeline(1)) == facts


def test_long_call_and_empty_call_are_refused_at_the_field(cast: Cast, as_user: Browser) -> None:
    make.ticket(cast.customer)
    for text in (" ", "x" * 30_001):
        said = {"call": "we_called", "text": text, "then": "keep"}
        assert as_user(cast.agent).post("/tickets/1/calls", data=said).status_code == 422


def test_credit_for_a_solution_goes_to_who_reached_them(cast: Cast, drain: Drain) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        contacting.log_call(
            ticket, text="Spoke", by=cast.lead, direction=Direction.OUT, reached=True,
            then=Status.RESOLVED,
        )  # fmt: skip
    drain()
    sent = next(row for row in timeline(ticket.id) if row.kind == "survey.sent")
    assert sent.payload["credited_agent_id"] == cast.lead.id
