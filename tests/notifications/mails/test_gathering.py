"""Several notices about one thing become one mail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.core import clock
from app.core.uow import unit_of_work
from app.notifications import reading
from app.notifications.matter import Matter
from app.notifications.occasion import Occasion, Way
from app.notifications.stance import Position
from app.tickets import assigning
from tests.notifications.desk import choose, note, take, ticket_of, write
from tests.support import make
from tests.support.cast import Cast
from tests.support.mails import link_in, outbox

Drain = Callable[[], int]


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"gather_s": 30}


def later(drain: Drain) -> None:
    """Run what is due half a minute later."""
    drain()
    with time_machine.travel(clock.now() + timedelta(seconds=31), tick=False):
        drain()


def test_a_burst_is_one_mail(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    write(number, "It is the *blue* one.", by=cast.customer)
    write(number, "No, the green one.", by=cast.customer)
    note(number, "@Ben, do you know it?", by=cast.lead)
    drain()
    assert not outbox(to=cast.agent.email)
    later(drain)
    (mail,) = outbox(to=cast.agent.email)
    assert mail.subject.startswith("3 things are new: ")
    positions = [mail.text.index(words) for words in ("*blue*", "green", "do you know")]
    assert positions == sorted(positions)
    assert "internal note on ticket" in mail.text


def test_answers_to_requesters_do_not_wait(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    drain()
    before = len(outbox(to=cast.customer.email))
    write(number, "Try again.", by=cast.agent)
    drain()
    assert len(outbox(to=cast.customer.email)) == before + 1


def test_each_ticket_has_a_mail_of_its_own(cast: Cast, drain: Drain) -> None:
    for _ in range(2):
        write(ticket_of(cast.agent, requester=cast.customer), "More.", by=cast.customer)
    later(drain)
    assert len(outbox(to=cast.agent.email)) == 2


@pytest.mark.parametrize("case", ["read", "muted", "stopped", "given away"])
def test_what_needs_no_telling_any_more_is_not_mailed(cast: Cast, drain: Drain, case: str) -> None:
    number = ticket_of(cast.lead, requester=cast.customer)
    occasion = Occasion.CUSTOMER_WROTE
    if case == "given away":
        with unit_of_work():
            assigning.assign(make.ticket_numbered(number), to=cast.agent, by=cast.lead)
    else:
        with unit_of_work():
            assigning.assign(make.ticket_numbered(number), to=cast.agent, by=cast.agent)
        write(number, "More.", by=cast.customer)
    drain()
    with unit_of_work():
        if case == "read":
            reading.read_matter(Matter(ticket_id=number), by=cast.agent)
        elif case == "given away":
            assigning.assign(make.ticket_numbered(number), to=cast.lead, by=cast.lead)
    if case == "muted":
        take(number, Position.MUTES, by=cast.agent)
    if case == "stopped":
        choose(cast.agent, occasion, Way.NONE)
    later(drain)
    assert not outbox(to=cast.agent.email)


def test_a_mail_says_how_to_have_no_more_of_them(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    write(number, "More.", by=cast.customer)
    later(drain)
    (mail,) = outbox(to=cast.agent.email)
    assert mail.unsubscribe_url.endswith(link_in(mail, "/unsubscribe/"))
    assert "/account/notifications" in mail.text
    assert len(mail.unsubscribe_url) <= 300
