"""Everything that was done to a ticket stands in its history: who, when, and through which door."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine

from app.core import clock
from app.core.uow import unit_of_work
from app.tickets import assigning, editing, replying, resolving, snoozing, triaging
from app.tickets.message import Message
from app.tickets.ticket import Priority, Ticket
from app.tickets.timeline import A_PAGE
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[Any], FreshClient]


def history(browser: FreshClient, ticket: Ticket) -> list[str]:
    """The rows of the page, as somebody reads them."""
    page = browser.get(f"/tickets/{ticket.id}/history").text
    rows = re.findall(r"<tr><td.*?</tr>", page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_every_act_is_told_with_actor_time_and_source(
    cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    with time_machine.travel(clock.now() - timedelta(hours=2), tick=False):
        ticket = make.ticket(cast.customer)
        with unit_of_work():
            assigning.assign(ticket, to=cast.agent, by=cast.lead)
            triaging.change_priority(ticket, to=Priority.HIGH, by=cast.agent)
            note: Message = replying.add_note(ticket, text="Look, @Ada Lead", by=cast.agent)
            editing.redact_message(note, by=cast.agent)
            snoozing.snooze(ticket, until=clock.now() + timedelta(hours=1), by=cast.agent)
    drain()
    told = history(as_user(cast.agent), ticket)
    assert told[0].endswith("Cleo Customer opened it Web")
    assert any(each.endswith("Ada Lead assigned it to Ben Agent Web") for each in told)
    assert any("Ben Agent called Ada Lead in a note" in each for each in told)
    assert any("Ben Agent removed the text of a message for good" in each for each in told)
    assert any("It is back: its time has come By itself" in each for each in told)
    assert all(re.match(r"(today|yesterday) \d\d:\d\d", each) for each in told)


def test_history_is_for_staff_alone(cast: Cast, as_user: AsUser) -> None:
    ticket = make.ticket(cast.customer)
    assert as_user(cast.customer).get(f"/tickets/{ticket.id}/history").status_code == 403
    assert as_user(cast.agent).get("/tickets/4711/history").status_code == 404


def test_long_history_comes_in_pages_at_the_same_cost(cast: Cast, as_user: AsUser) -> None:
    short, long = make.ticket(cast.customer), make.ticket(cast.customer)
    with unit_of_work():
        triaging.set_tags(long, names=[f"tag-{n}" for n in range(A_PAGE + 5)], by=cast.agent)
        resolving.resolve(long, by=cast.agent)
    browser = as_user(cast.agent)
    history(browser, short)
    with counted() as few:
        history(browser, short)
    with counted() as many:
        assert len(history(browser, long)) == A_PAGE
    assert len(few) == len(many)
    following = browser.get(f"/tickets/{long.id}/history?after={A_PAGE}").text
    assert "tag-99" in following or "changed the status" in following
    assert browser.get(f"/tickets/{long.id}/history?after=x").status_code == 200
