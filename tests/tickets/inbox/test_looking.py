"""The way through a view, from ticket to ticket."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[Any], FreshClient]


def way(page: str, label: str) -> str | None:
    found = re.search(rf'href="([^"]+)" aria-label="{label}"', page)
    return found[1].replace("&amp;", "&") if found else None


@pytest.mark.parametrize("query", ["view=open", "q=is%3Aopen+sort%3Acreated", "q=sort%3Apriority"])
def test_one_walks_through_the_list_in_its_order(cast: Cast, as_user: AsUser, query: str) -> None:
    tickets = [make.ticket(cast.customer).id for _ in range(4)]
    browser = as_user(cast.agent)
    first = re.findall(r'href="(/tickets/\d+\?in=[^"#]+)', browser.get(f"/inbox?{query}").text)[0]
    path: str | None = first
    seen = []
    while path:
        seen.append(int(path.split("?")[0].rpartition("/")[2]))
        page = browser.get(path).text
        path = way(page, "Next ticket")
    assert seen == sorted(tickets, reverse=True)
    back = way(page, "Previous ticket")
    assert back
    assert back.startswith(f"/tickets/{tickets[1]}?")
    assert browser.get(way(page, "Back to the inbox") or "").status_code == 200


@pytest.mark.parametrize("place", ["", "q=statsu:x", "saved=4711", "saved=x", "view=%00", "%%%"])
def test_without_a_place_there_is_no_way(cast: Cast, as_user: AsUser, place: str) -> None:
    number = make.ticket(cast.customer).id
    page = as_user(cast.agent).get(f"/tickets/{number}", query_string={"in": place})
    assert page.status_code == 200
    assert way(page.text, "Next ticket") is None
