"""A preview shows how a text will look, to whoever may write one, and nothing is sent."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.accounts.user import User
from app.portal.routes import previews
from tests.support.cast import Cast
from tests.support.client import FreshClient

Browser = Callable[[User], FreshClient]


@pytest.mark.parametrize("who", ["agent", "customer"])
def test_text_is_shown_as_it_will_look(cast: Cast, as_user: Browser, who: str) -> None:
    page = as_user(getattr(cast, who)).post(
        "/previews", data={"text": "**Bold** <script>x</script>"}
    )
    assert page.status_code == 200
    assert "<strong>Bold</strong>" in page.text
    assert "<script>x" not in page.text


def test_visitor_who_opens_a_ticket_sees_it_too(client: FlaskClient) -> None:
    assert "<em>loud</em>" in client.post("/previews", data={"text": "*loud*"}).text


def test_endless_text_is_told_and_none_is_no_fault(client: FlaskClient) -> None:
    assert "30,000 characters" in client.post("/previews", data={"text": "a" * 30_001}).text
    assert "There is no text yet." in client.post("/previews").text


def test_machine_that_asks_without_end_is_stopped(client: FlaskClient) -> None:
    for _ in range(previews.A_MINUTE):
        assert client.post("/previews", data={"text": "a"}).status_code == 200
    assert client.post("/previews", data={"text": "a"}).status_code == 429
