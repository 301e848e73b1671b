"""Putting tickets aside: out of the views, and back in time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput, InvalidTransition
from app.core.uow import unit_of_work
from app.tickets import replying, resolving, snoozing
from app.tickets.history import timeline
from app.tickets.ticket import Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[Any], FreshClient]


def whys(ticket: Ticket) -> list[str]:
    db.session.rollback()
    return [each.payload["why"] for each in timeline(ticket.id) if each.kind == "unsnoozed"]


def test_a_snoozed_ticket_leaves_the_views_and_comes_back_in_time(
    cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    ticket, browser = make.ticket(cast.customer, subject="Later"), as_user(cast.agent)
    sent = browser.post(f"/tickets/{ticket.id}/snoozes", data={"until": "hours"})
    assert sent.status_code == 303
    drain()
    assert "Later</a>" not in browser.get("/inbox?view=open").text
    assert "Later</a>" not in browser.get("/inbox?view=unassigned").text
    assert "Later</a>" in browser.get("/inbox?view=snoozed").text
    assert "snoozed it until" in browser.get(f"/tickets/{ticket.id}").text
    with time_machine.travel(clock.now() + timedelta(hours=3, seconds=1), tick=False):
        drain()
        assert "Later</a>" in browser.get("/inbox?view=open").text
    assert whys(ticket) == ["timer"]


def test_the_customer_wakes_it_by_writing(cast: Cast, as_user: AsUser) -> None:
    ticket = make.ticket(cast.customer)
    as_user(cast.agent).post(f"/tickets/{ticket.id}/snoozes", data={"until": "reply"})
    with unit_of_work():
        replying.reply(ticket, text="Any news?", by=cast.customer)
    assert make.ticket_numbered(ticket.id).snoozed_at is None
    assert whys(ticket) == ["reply"]


def test_an_agent_wakes_it_and_an_old_time_does_nothing(
    cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    ticket, browser = make.ticket(cast.customer), as_user(cast.agent)
    browser.post(f"/tickets/{ticket.id}/snoozes", data={"until": "hours"})
    assert browser.post(f"/tickets/{ticket.id}/wakings").status_code == 303
    browser.post(f"/tickets/{ticket.id}/snoozes", data={"until": "reply"})
    with time_machine.travel(clock.now() + timedelta(hours=4), tick=False):
        drain()
    assert make.ticket_numbered(ticket.id).snoozed_at is not None
    assert whys(ticket) == ["agent"]


@pytest.mark.parametrize("until", ["tomorrow", "monday"])
def test_mornings_are_those_of_the_desk(cast: Cast, as_user: AsUser, until: str) -> None:
    ticket = make.ticket(cast.customer)
    as_user(cast.agent).post(f"/tickets/{ticket.id}/snoozes", data={"until": until})
    at = make.ticket_numbered(ticket.id).snoozed_until
    assert at
    assert (at.hour, at.minute) == (9, 0)
    assert clock.now() < at <= clock.now() + timedelta(days=8)
    assert until == "tomorrow" or at.weekday() == 0


@pytest.mark.parametrize(
    "fields", [{"until": "at"}, {"until": "at", "at": "2001-01-01T09:00"}, {"until": "never"}]
)
def test_a_time_that_cannot_be_is_refused(
    cast: Cast, as_user: AsUser, fields: dict[str, str]
) -> None:
    ticket = make.ticket(cast.customer)
    refused = as_user(cast.agent).post(f"/tickets/{ticket.id}/snoozes", data=fields)
    assert refused.status_code == 422
    assert make.ticket_numbered(ticket.id).snoozed_at is None


def test_what_is_done_is_not_put_aside(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        resolving.resolve(ticket, by=cast.agent)
    with pytest.raises(InvalidTransition), unit_of_work():
        snoozing.snooze(ticket, until=None, by=cast.agent)
    with pytest.raises(InvalidInput), unit_of_work():
        other = make.ticket(cast.customer)
        snoozing.snooze(other, until=clock.now() + timedelta(days=400), by=cast.agent)


def test_solving_wakes_it(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        snoozing.snooze(ticket, until=None, by=cast.agent)
        resolving.resolve(ticket, by=cast.agent)
    assert make.ticket_numbered(ticket.id).snoozed_at is None
