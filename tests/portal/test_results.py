from collections.abc import Callable

import pytest

from app.accounts.user import User
from app.core.uow import unit_of_work
from app.search.query import PER_PAGE
from app.tickets import replying
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
Drain = Callable[[], int]


@pytest.fixture
def printers(cast: Cast, drain: Drain) -> None:
    """One thing of each kind that speaks of printers."""
    make.article("Set up a printer")
    make.question(cast.other_customer, title="Which printer is quiet?")
    ticket = make.ticket(cast.customer, subject="My printer jams")
    with unit_of_work():
        replying.add_note(ticket, text="Printer is a counterfeit.", by=cast.agent)
    drain()


def test_a_visitor_finds_guides_and_questions(client: FreshClient, printers: None) -> None:
    page = client.get("/search?q=printer").text
    assert "2 results" in page
    assert "Set up a <mark>printer</mark>" in page
    assert "Which <mark>printer</mark> is quiet?" in page
    assert "jams" not in page
    assert "My tickets" not in page


def test_a_customer_finds_their_own_tickets_too(
    as_user: AsUser, cast: Cast, printers: None
) -> None:
    page = as_user(cast.customer).get("/search?q=printer").text
    assert "My <mark>printer</mark> jams" in page
    assert "Received" in page
    assert "counterfeit" not in page
    assert "jams" not in as_user(cast.other_customer).get("/search?q=printer").text


def test_a_customer_cannot_find_a_ticket_by_the_words_of_a_note(
    as_user: AsUser, cast: Cast, printers: None
) -> None:
    page = as_user(cast.customer).get("/search?q=counterfeit").text
    assert "Nothing found" in page
    assert "jams" not in page


def test_staff_find_tickets_with_their_notes(as_user: AsUser, cast: Cast, printers: None) -> None:
    page = as_user(cast.agent).get("/search?q=counterfeit&in=tickets").text
    assert "<mark>counterfeit</mark>" in page
    assert "New" in page


@pytest.mark.parametrize(
    ("where", "title"),
    [("articles", "Set up"), ("questions", "is quiet"), ("tickets", "jams")],
)
def test_one_place_can_be_searched_alone(
    as_user: AsUser, cast: Cast, printers: None, where: str, title: str
) -> None:
    page = as_user(cast.customer).get(f"/search?q=printer&in={where}").text
    assert "1 result for" in page
    assert title in page


def test_a_visitor_who_asks_for_tickets_finds_none(client: FreshClient, printers: None) -> None:
    assert "Nothing found" in client.get("/search?q=printer&in=tickets").text


def test_finding_nothing_offers_to_ask_and_to_write_with_the_same_words(
    client: FreshClient, printers: None
) -> None:
    page = client.get("/search?q=fax+%26+<b>").text
    assert "Nothing found for <b>fax &amp; &lt;b&gt;</b>" in page
    assert 'href="/community/ask?title=fax+%26+%3Cb%3E"' in page
    assert 'href="/tickets/new?subject=fax+%26+%3Cb%3E"' in page


def test_without_words_the_page_says_what_to_do(client: FreshClient) -> None:
    page = client.get("/search").text
    assert "Type a few words" in page
    assert "Nothing found" not in page


@pytest.mark.parametrize("query", ["q=printer&in=x&sort=x&page=x", "q=printer&page=-1", "q=%22*(:"])
def test_nonsense_in_the_address_does_no_harm(
    client: FreshClient, printers: None, query: str
) -> None:
    assert client.get(f"/search?{query}").status_code == 200


def test_many_results_come_in_pages(client: FreshClient, cast: Cast, drain: Drain) -> None:
    for number in range(PER_PAGE + 2):
        make.question(cast.customer, title=f"Printer no{number}")
    drain()
    first = client.get("/search?q=printer&sort=newest").text
    assert f"no{PER_PAGE + 1}<" in first
    assert "page=2" in first
    second = client.get("/search?q=printer&sort=newest&page=2").text
    assert "no0<" in second
    assert "no2<" not in second
    assert "page=1" in second


def test_some_of_the_words_are_better_than_nothing(client: FreshClient, printers: None) -> None:
    page = client.get("/search?q=printer+zebra").text
    assert "have some of them" in page
    assert "Set up a" in page


def test_without_an_index_titles_are_searched_and_the_page_says_so(
    client: FreshClient, cast: Cast
) -> None:
    make.question(cast.customer, title="Which printer is quiet?")
    page = client.get("/search?q=printer").text
    assert "is being built again" in page
    assert "is quiet" in page


def test_a_search_costs_the_same_with_two_hits_and_with_twenty(
    as_user: AsUser, cast: Cast, drain: Drain
) -> None:
    reader = as_user(cast.agent)
    costs = []
    for number in (2, 18):
        for each in range(number):
            make.question(cast.customer, title="Printer")
            make.ticket(cast.customer, subject="Printer")
            make.article(f"Printer {number} {each}")
        drain()
        with counted() as sent:
            reader.get("/search?q=printer")
        costs.append(len(sent))
    assert costs[1] <= costs[0]
