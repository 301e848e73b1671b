"""While somebody types a new ticket: guides and tickets that may spare it."""

from collections.abc import Callable

from app.accounts.user import User
from app.core.db import db
from app.tickets.ticket import Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]


def test_guides_and_own_open_tickets_are_suggested(
    cast: Cast, as_user: Browser, client: FreshClient, drain: Drain
) -> None:
    make.article("Reset the printer", "Turn it **off**.")
    make.article("Printer secrets", "For us.", visibility="agents")
    make.ticket(cast.customer, subject="Paper is missing")
    drain()
    path = "/tickets/suggestions?subject=reset+my+printer"
    mine, visitor = as_user(cast.customer).get(path).text, client.get(path).text
    for text in (mine, visitor):
        assert "/help/reset-the-printer" in text and "secrets" not in text and "<html" not in text
    assert "Paper is missing" in mine and "Paper" not in visitor
    assert client.get("/tickets/suggestions?subject=ab").text.strip() == ""


def test_check_for_answers_first_files_nothing_and_keeps_the_text(
    cast: Cast, as_user: Browser, client: FreshClient, drain: Drain
) -> None:
    make.article("Reset the printer", "Turn it **off**.")
    drain()
    said = {"subject": "Reset printer", "text": "It blinks", "check": "1"}
    for browser in (client, as_user(cast.customer)):
        answer = browser.post("/tickets", data=said)
        assert answer.status_code == 200
        assert "/help/reset-the-printer" in answer.text and "It blinks" in answer.text
        assert 'aria-invalid="true"' not in answer.text
        none = browser.post("/tickets", data=said | {"subject": "Zeppelin"})
        assert "Nothing here answers this yet" in none.text
    assert db.session.get(Ticket, 1) is None


def test_refused_form_shows_them_too(client: FreshClient, cast: Cast, drain: Drain) -> None:
    make.article("Reset the printer", "Turn it **off**.")
    drain()
    answer = client.post("/tickets", data={"subject": "Reset printer", "text": ""})
    assert answer.status_code == 422 and "/help/reset-the-printer" in answer.text
