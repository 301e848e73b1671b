"""Mentions: calling colleagues in notes."""

from collections.abc import Callable

import pytest

from app.accounts.user import User
from app.core.uow import unit_of_work
from app.tickets import replying
from app.tickets.history import timeline
from app.tickets.mentions.mention import mentioned_in
from app.tickets.queries import inbox_counts
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import link_in, outbox
from tests.support.queries import counted

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]
NAMES = {1: "Ada Lead", 2: "Ben Agent", 3: "Ben Other", 4: "Zoë", 5: "Ana-Lena Roth", 6: "Ana Roth"}


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Ada Lead, look", {1}),
        ("(@ada)", {1}),
        ("Ask @ADA  LEAD and @Zoë.", {1, 4}),
        ("@Ben Agent's idea", {2}),
        ("@Ben", set()),
        ("@Adam", set()),
        ("@Ana", {6}),
        ("@Ana-Lena", {5}),
        ("mail to x@ada.example or ben@Ada", set()),
        ("`@Ada`, ``@Ada``\n\n```\n@Ada\n```\n", set()),
        ("```\ncode\n```\n@Ada", {1}),
        ("@Ada @Ada", {1}),
        ("@nobody", set()),
    ],
)
def test_names_that_a_text_calls(text: str, called: set[int]) -> None:
    assert mentioned_in(text, NAMES) == called


def note(cast: Cast, text: str = "@Ben Agent, can you *look*?") -> int:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        replying.add_note(ticket, text=text, by=cast.lead)
    return ticket.id


def test_mentioned_colleague_gets_the_note_and_the_customer_nothing(
    cast: Cast, drain: Drain, as_user: Browser
) -> None:
    number = note(cast)
    drain()
    fact = timeline(number)[-1]
    assert (fact.kind, fact.actor_id) == ("mention.added", cast.lead.id)
    assert fact.payload == {"message_id": 2, "mentioned_id": cast.agent.id}
    (mail,) = outbox(to=cast.agent.email)
    assert mail.subject.startswith("Ada Lead mentioned you")
    assert "can you *look*?" in mail.text
    assert as_user(cast.agent).get(link_in(mail, "/tickets/")).status_code == 200
    assert "can you" not in "".join(each.text for each in outbox(to=cast.customer.email))


def test_only_staff_are_called_and_nobody_calls_themselves(cast: Cast, drain: Drain) -> None:
    number = note(cast, "@Cleo Customer @Ada Lead @Mia Moderator")
    assert "mention.added" not in [row.kind for row in timeline(number)]


def test_reply_calls_nobody(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        replying.reply(ticket, text="@Ada Lead will call you.", by=cast.agent)
    assert "mention.added" not in [row.kind for row in timeline(ticket.id)]


def test_list_shows_what_is_unread_until_it_is_seen_to(cast: Cast, as_user: Browser) -> None:
    note(cast)
    note(cast, "@Ben too")
    agent = as_user(cast.agent)
    page = agent.get("/mentions")
    assert page.text.count("Mark read") == 2
    assert "can you look?" in page.text
    assert "Mentions" in agent.get("/inbox").text
    assert inbox_counts(cast.agent)["mentions"] == 2
    assert as_user(cast.lead).post("/mentions/2/readings").status_code == 303
    assert inbox_counts(cast.agent)["mentions"] == 2
    agent = as_user(cast.agent)
    assert agent.post("/mentions/2/readings").status_code == 303
    assert inbox_counts(cast.agent)["mentions"] == 1
    assert agent.post("/mentions/readings").status_code == 303
    assert inbox_counts(cast.agent)["mentions"] == 0
    assert "Mark read" not in agent.get("/mentions").text
    assert as_user(cast.customer).get("/mentions").status_code == 403


def test_whoever_writes_on_the_ticket_has_read_it(cast: Cast, as_user: Browser) -> None:
    number = note(cast)
    sent = as_user(cast.agent).post(
        f"/tickets/{number}/messages", data={"text": "I will.", "kind": "note"}
    )
    assert sent.status_code == 303
    assert inbox_counts(cast.agent)["mentions"] == 0


def test_colleagues_are_proposed_by_any_of_their_names(cast: Cast, as_user: Browser) -> None:
    agent = as_user(cast.agent)
    assert 'data-insert="@Ada Lead "' in agent.get("/mentions/people?q=ad").text
    assert "Ada Lead" in agent.get("/mentions/people?q=le").text
    assert "Ada Lead" not in agent.get("/mentions/people?q=da").text
    assert "Cleo" not in agent.get("/mentions/people?q=cl").text


def test_list_asks_as_often_for_many_as_for_few(cast: Cast, as_user: Browser) -> None:
    agent = as_user(cast.agent)

    def asked() -> int:
        agent.get("/mentions")
        with counted() as statements:
            assert agent.get("/mentions").status_code == 200
        return len(statements)

    for _ in range(2):
        note(cast)
    few = asked()
    for _ in range(18):
        note(cast)
    assert asked() == few
