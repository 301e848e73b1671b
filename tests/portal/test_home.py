from collections.abc import Callable

import pytest

from app.accounts.user import User
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]


def test_a_visitor_finds_search_guides_questions_and_the_way_to_a_ticket(
    client: FreshClient, cast: Cast
) -> None:
    make.article("Reset it")
    make.question(cast.customer, title="Why is it red?")
    page = client.get("/").text
    assert 'action="/search"' in page
    assert "Reset it" in page
    assert "Why is it red?" in page
    assert 'href="/tickets/new"' in page


def test_an_empty_house_has_a_home_page_too(client: FreshClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "No questions yet" in page.text


def test_guides_for_agents_are_not_on_a_visitors_home(
    client: FreshClient, as_user: AsUser, cast: Cast
) -> None:
    make.article("Inside", visibility="agents")
    assert "Inside" not in client.get("/").text
    assert "Inside" in as_user(cast.agent).get("/").text


def test_a_visitors_home_is_kept_until_something_on_it_changes(
    client: FreshClient, cast: Cast
) -> None:
    client.get("/")
    with counted() as sent:
        client.get("/")
    assert sent == []
    make.question(cast.customer, title="Why is it red?")
    assert "Why is it red?" in client.get("/").text


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_home_page_costs_the_same_with_two_rows_and_with_twenty(
    client: FreshClient, as_user: AsUser, cast: Cast, signed_in: bool
) -> None:
    reader = as_user(cast.customer) if signed_in else client
    costs = []
    for number in (2, 18):
        for each in range(number):
            make.question(cast.customer)
            make.article(f"Guide {number} {each}")
        with counted() as sent:
            reader.get("/")
        costs.append(len(sent))
    assert costs[0] == costs[1]
