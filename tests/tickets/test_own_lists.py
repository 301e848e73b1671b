"""The lists of customers and of staff about people: pages by key, indexes, numbers of statements."""

from collections.abc import Callable

import pytest

from app.accounts import organisations
from app.accounts.user import User
from app.contacts import queries as contacts
from app.core.db import db
from app.core.uow import unit_of_work
from app.tickets import participating
from app.tickets.own import queries as own
from app.tickets.own.queries import Pile
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

Browser = Callable[[User], FreshClient]


@pytest.fixture
def shared(cast: Cast) -> None:
    with unit_of_work():
        house = organisations.make_organisation(name="Northlight", by=None)
        for person in (cast.customer, cast.other_customer):
            organisations.join(person, house, by=None)
        organisations.open_up(house, by=None)


def grow(cast: Cast, times: int) -> None:
    for n in range(times):
        make.ticket(cast.customer, subject=f"Mine {n:03}")
        theirs = make.ticket(cast.other_customer, subject=f"Theirs {n:03}")
        with unit_of_work():
            participating.add_participant(theirs, cast.customer, by=cast.agent)


def test_every_list_asks_as_often_with_twenty_rows_as_with_two(
    cast: Cast, shared: None, as_user: Browser
) -> None:
    browser = as_user(cast.customer)
    paths = [f"/tickets?pile={pile.value}" for pile in Pile]
    paths += ["/tickets?q=mine", "/tickets/2", "/tickets/suggestions?subject=Mine"]

    def costs() -> list[int]:
        found = []
        for path in paths:
            browser.get(path)  # so that what is remembered is remembered
            with counted() as statements:
                assert browser.get(path).status_code == 200
            found.append(len(statements))
        return found

    grow(cast, 2)
    few = costs()
    grow(cast, 18)
    assert costs() == few
    assert max(few) <= 6


@pytest.mark.parametrize("rest", ["pile=organisation", "pile=copied", "q=printer"])
def test_lists_page_by_key_and_show_each_ticket_once(
    cast: Cast, shared: None, as_user: Browser, rest: str
) -> None:
    for n in range(40):
        ticket = make.ticket(cast.other_customer, subject=f"Printer about {n:03}")
        with unit_of_work():
            participating.add_participant(ticket, cast.customer, by=cast.agent)
    browser = as_user(cast.customer)
    first = browser.get(f"/tickets?{rest}")
    link = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = browser.get(link.replace("&amp;", "&"))
    assert [n for n in range(40) if f"about {n:03}" in first.text] == list(range(10, 40))
    assert [n for n in range(40) if f"about {n:03}" in second.text] == list(range(10))
    assert browser.get(f"/tickets?{rest}&after=nonsense").status_code == 200


def test_no_list_reads_all_tickets_or_all_people(cast: Cast, shared: None) -> None:
    if db.engines["reader"].dialect.name != "sqlite":
        pytest.skip("plans are read on SQLite")
    assert not cast.customer.is_staff  # so that who it is has been read
    with counted() as statements:
        for pile in Pile:
            own.own_tickets(pile, cast.customer)
        own.found_tickets("printer", cast.customer)
        contacts.tickets_of(cast.customer.id)
        contacts.few_tickets_of(cast.customer.id, besides=1)
        contacts.asked_by(cast.customer.id)
        contacts.notes_about(cast.customer.id)
        contacts.options("cl")
        contacts.members(1)
    for statement in statements:
        given = statement.count("?")
        plan = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", tuple([1] * given)
        )
        steps = [row[-1] for row in plan]
        full = [step for step in steps if step.startswith(("SCAN tickets", "SCAN users"))]
        assert not full, (statement, steps)
    assert len(statements) == 11
