"""The palette: everything that somebody may jump to, and nothing else."""

from collections.abc import Callable

import pytest

from app.accounts.user import User
from app.core.uow import unit_of_work
from app.tickets import replying
from app.tickets.inbox.looking import TITLES
from app.tickets.queries import View
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]


@pytest.mark.parametrize("typed", ["{}", "%23{}", "printer"])
def test_ticket_is_found_by_number_and_by_words(
    cast: Cast, as_user: Browser, drain: Drain, typed: str
) -> None:
    number = make.ticket(cast.customer).id
    drain()
    page = as_user(cast.agent).get(f"/palette?q={typed.format(number)}").text
    assert f'href="/tickets/{number}"' in page
    assert "The printer prints blank pages" in page


def test_customer_finds_own_tickets_only(cast: Cast, as_user: Browser, drain: Drain) -> None:
    own, other = make.ticket(cast.customer).id, make.ticket(cast.other_customer).id
    with unit_of_work():
        replying.add_note(make.ticket_numbered(own), text="plumbago", by=cast.agent)
    drain()
    customer = as_user(cast.customer)
    assert f"/tickets/{own}" in customer.get(f"/palette?q={own}").text
    assert f"/tickets/{other}" not in customer.get(f"/palette?q={other}").text
    assert f"/tickets/{own}" not in customer.get("/palette?q=plumbago").text
    assert "People" not in customer.get("/palette?q=cleo").text


def test_people_are_found_by_name_and_by_address(cast: Cast, as_user: Browser) -> None:
    agent = as_user(cast.agent)
    for typed in ("cle", "Cleo C", "cleo@house", "@cleo"):
        page = agent.get("/palette", query_string={"q": typed}).text
        assert f'href="/people/{cast.customer.id}"' in page, typed
    assert "Cleo" not in agent.get("/palette?q=ustomer").text


def test_articles_questions_and_views_are_found(cast: Cast, as_user: Browser, drain: Drain) -> None:
    make.article("Reset the router")
    make.question(cast.customer, title="Router without light")
    drain()
    agent = as_user(cast.agent)
    page = agent.get("/palette?q=router").text
    assert "/help/reset-the-router" in page
    assert "/community/questions/1" in page
    assert 'href="/inbox?view=mine"' in agent.get("/palette?q=assigned").text


def test_every_view_of_the_inbox_is_found(cast: Cast, as_user: Browser) -> None:
    agent = as_user(cast.agent)
    for view in View:
        name = TITLES[view]
        assert f'href="/inbox?view={view}"' in agent.get(f"/palette?q={name}").text, name


def test_places_are_those_that_the_reader_may_open(cast: Cast, as_user: Browser) -> None:
    assert "/admin/teams" in as_user(cast.admin).get("/palette").text
    assert "/inbox" not in as_user(cast.admin).get("/palette").text
    assert "/admin" not in as_user(cast.agent).get("/palette").text
    assert as_user(cast.agent).get("/palette").text.count("<h2>") == 1


@pytest.mark.parametrize(
    "typed", ["%00", "9" * 400, "²", "%", "'; --", "<script>alert(1)</script>"]
)
def test_nonsense_finds_nothing_and_breaks_nothing(
    cast: Cast, as_user: Browser, typed: str
) -> None:
    answer = as_user(cast.agent).get("/palette", query_string={"q": typed})
    assert answer.status_code in (200, 400)
    assert "<script>" not in answer.text


def test_visitors_are_asked_who_they_are(client: FreshClient) -> None:
    assert client.get("/palette?q=1").status_code in (302, 303)
