"""Solving, reopening, and closing by itself."""

from datetime import timedelta

import pytest
import time_machine

from app.core import clock
from app.core.errors import InvalidTransition
from app.core.uow import unit_of_work
from app.tickets import resolving, statusing
from app.tickets.history import timeline
from app.tickets.ticket import REACHABLE, Status
from tests.support import make
from tests.support.cast import Cast


def test_resolving_twice_is_refused_and_names_the_state(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        resolving.resolve(ticket, by=cast.agent)
    with (
        pytest.raises(InvalidTransition, match="that is solved cannot become solved"),
        unit_of_work(),
    ):
        resolving.resolve(ticket, by=cast.agent)
    assert [row.kind for row in timeline(ticket.id)].count("status.changed") == 1


@pytest.mark.parametrize("before", [s for s in Status if Status.RESOLVED in REACHABLE[s]])
def test_every_state_that_is_not_done_can_be_solved(cast: Cast, before: Status) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        statusing.change_status(ticket, to=before, by=cast.agent)
        resolving.resolve(ticket, by=cast.agent)
    assert ticket.status is Status.RESOLVED
    assert ticket.resolved_at is not None


def test_reopening_forgets_when_it_was_solved(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        resolving.resolve(ticket, by=cast.agent)
        resolving.reopen(ticket, by=cast.agent)
    assert ticket.status is Status.OPEN
    assert ticket.resolved_at is None


def test_solved_tickets_close_after_seven_days_and_not_before(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        resolving.resolve(ticket, by=cast.agent)
    with time_machine.travel(clock.now() + timedelta(days=6, hours=23)), unit_of_work():
        assert resolving.close_settled() == 0
    with time_machine.travel(clock.now() + timedelta(days=7, hours=1)), unit_of_work():
        assert resolving.close_settled() == 1
    assert ticket.status is Status.CLOSED
    assert timeline(ticket.id)[-1].payload["cause"] == "timer"


def test_closed_is_final(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        resolving.resolve(ticket, by=cast.agent)
        statusing.change_status(ticket, to=Status.CLOSED, by=cast.agent)
    with pytest.raises(InvalidTransition), unit_of_work():
        resolving.reopen(ticket, by=cast.agent)
