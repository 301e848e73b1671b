"""What writing on a ticket does to it, and to its ledger."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput, InvalidTransition
from app.core.uow import unit_of_work
from app.tickets import replying, resolving
from app.tickets.history import timeline
from app.tickets.message import Message
from app.tickets.ticket import Status, Ticket
from tests.support import make
from tests.support.cast import Cast


def write(ticket: Ticket, by: User, text: str = "Something", **more: Status | None) -> None:
    with unit_of_work():
        replying.reply(ticket, text=text, by=by, **more)  # type: ignore[arg-type]


def kinds(ticket: Ticket) -> list[str]:
    return [row.kind for row in timeline(ticket.id)]


def test_reply_that_solves_is_one_act_of_several_facts(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    write(ticket, cast.agent, then=Status.RESOLVED)
    facts = timeline(ticket.id)[2:]
    assert [row.kind for row in facts] == ["message.queued", "message.released", "status.changed"]
    assert len({row.correlation_id for row in facts}) == 1
    assert ticket.status is Status.RESOLVED


def test_reply_opens_a_new_ticket_and_leaves_others_as_they_are(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    write(ticket, cast.agent)
    assert ticket.status is Status.OPEN
    write(ticket, cast.agent, then=Status.WAITING_THIRD)
    write(ticket, cast.agent)
    assert ticket.status is Status.WAITING_THIRD


@pytest.mark.parametrize("status", [Status.WAITING_CUSTOMER, Status.RESOLVED])
def test_message_of_the_requester_opens_the_ticket_again(cast: Cast, status: Status) -> None:
    ticket = make.ticket(cast.customer)
    write(ticket, cast.agent, then=status)
    write(ticket, cast.customer)
    assert ticket.status is Status.OPEN
    assert timeline(ticket.id)[-1].payload["cause"] == "customer_message"


def test_message_of_the_requester_leaves_a_new_ticket_new(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    write(ticket, cast.customer)
    assert ticket.status is Status.NEW


def test_requester_cannot_write_eight_days_after_the_solution(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    write(ticket, cast.agent, then=Status.RESOLVED)
    with time_machine.travel(clock.now() + timedelta(days=6, hours=23), tick=False):
        assert replying.can_continue(ticket)
    with (
        time_machine.travel(clock.now() + timedelta(days=8), tick=False),
        pytest.raises(InvalidTransition),
    ):
        write(ticket, cast.customer)
    assert ticket.status is Status.RESOLVED


def test_agent_cannot_reply_on_a_closed_ticket(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    write(ticket, cast.agent, then=Status.RESOLVED)
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False), unit_of_work():
        assert resolving.close_settled() == 1
    assert ticket.status is Status.CLOSED
    with pytest.raises(InvalidTransition):
        write(ticket, cast.agent)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 30_001])
def test_empty_and_endless_texts_are_refused_at_the_field(cast: Cast, text: str) -> None:
    ticket = make.ticket(cast.customer)
    with pytest.raises(InvalidInput) as refused:
        write(ticket, cast.agent, text)
    assert refused.value.field == "text"
    assert kinds(ticket) == ["ticket.created", "message.received"]


def test_note_changes_nothing_but_the_ledger(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        note = replying.add_note(ticket, text="He is always *angry*", by=cast.agent)
    assert db.session.get(Message, note.id).html == "<p>He is always <em>angry</em></p>"  # type: ignore[union-attr]
    assert kinds(ticket)[-1] == "note.added"
    assert ticket.status is Status.NEW


def test_facts_hold_no_words_of_people(cast: Cast) -> None:
    secret = "xylophone"
    ticket = make.ticket(cast.customer, subject=secret, text=secret)
    write(ticket, cast.agent, secret)
    assert secret not in str([row.payload for row in timeline(ticket.id)])


def test_seqs_have_no_gaps_and_times_are_utc(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    write(ticket, cast.agent)
    write(ticket, cast.customer)
    rows = timeline(ticket.id)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert all(row.occurred_at.tzinfo is UTC for row in rows)
    assert all(row.recorded_at <= datetime.now(UTC) for row in rows)
