"""How one ticket counts, told on a page."""

import re
from collections.abc import Callable

import time_machine

from app.accounts.user import User
from tests.metrics.desks import example_a
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_clocks_stretches_and_figures_of_example_a(cast: Cast, as_user: AsUser) -> None:
    ticket = example_a(cast)
    with time_machine.travel(at("2026-03-20T08:00:00Z"), tick=False):
        page = text_of(as_user(cast.agent).get(f"/metrics/tickets/{ticket.id}").text)
    assert "T0 The customer wrote first 2 March 2026, 08:00 UTC" in page
    assert "H1 First public reply by a person 2 March 2026, 10:30 UTC" in page
    assert "RF Solved for good, so far 5 March 2026, 14:00 UTC" in page
    assert "First reply Counted 2h 30m" in page
    assert "Solved in Counted 3d 6h" in page
    assert "Solved at first contact Counted No" in page


def test_only_who_may_read_figures_sees_it_or_the_way_to_it(
    cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    number = make.ticket(cast.customer).id
    way, address = f'href="/metrics/tickets/{number}"', f"/metrics/tickets/{number}"
    assert way in as_user(cast.agent).get(f"/tickets/{number}").text
    assert way not in as_user(cast.customer).get(f"/tickets/{number}").text
    for person in (cast.customer, cast.moderator, cast.admin):
        assert as_user(person).get(address).status_code == 403
    assert client.get(address).status_code in (302, 303)


def test_a_ticket_that_is_not_there_is_not_found(cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.agent).get("/metrics/tickets/4711").status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_history(
    cast: Cast, as_user: AsUser
) -> None:
    browser, short, long = as_user(cast.agent), make.ticket(cast.customer), example_a(cast)

    def statements(number: int) -> int:
        with counted() as sent:
            assert browser.get(f"/metrics/tickets/{number}").status_code == 200
        return len(sent)

    assert statements(short.id) == statements(long.id)
