"""Requests that other sites forge change nothing."""

import pytest

from tests.support.cast import Cast
from tests.support.client import FreshClient

TICKET = {"name": "V", "email": "v@x.example", "subject": "S", "text": "T"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({}, 303),
    ],
)
def test_post_of_a_visitor_must_come_from_our_pages(
    client: FreshClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/tickets", data=TICKET, headers=headers).status_code == status


def test_signed_in_post_needs_the_token(cast: Cast, as_user) -> None:  # type: ignore[no-untyped-def]
    browser = as_user(cast.customer)
    assert browser.post("/tickets", data=TICKET).status_code == 303
    browser.environ_base.pop("HTTP_X_CSRF_TOKEN")
    refused = browser.post("/tickets", data=TICKET)
    assert refused.status_code == 403
    assert "reload it" in refused.text


def test_visitor_gets_no_cookie_and_no_token_from_a_form(client: FreshClient) -> None:
    page = client.get("/tickets/new")
    assert "Set-Cookie" not in page.headers
    assert "csrf_token" not in page.text
