"""The bell, and the page behind it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from app.accounts import people
from app.accounts.user import User
from app.community.moderating import hide_question
from app.core import clock
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.core.web.page_cache import bump
from app.notifications import jobs
from app.notifications.queries import LINES
from app.notifications.stance import Position
from app.tickets import participating
from tests.notifications.desk import notices, take, ticket_of, told, write
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
Drain = Callable[[], int]
PAGE = "/notifications"


def bell(browser: FreshClient, path: str = "/account") -> str:
    """What the bell says on a page."""
    return (
        re.search(r'aria-label="Notifications(?:, (\d+\+?) unread)?"', browser.get(path).text)[1]
        or "0"
    )


def test_many_notices_of_one_ticket_are_one_line(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    number, browser = ticket_of(cast.agent, requester=cast.customer), as_user(cast.agent)
    for _ in range(12):
        write(number, "More.", by=cast.customer)
    make.answer(make.question(cast.agent), cast.customer)
    drain()
    page = browser.get(PAGE).text
    assert page.count('class="item-title"') == 2
    assert "Cleo Customer wrote, and 11 things before" in page
    assert "Cleo Customer answered your question" in page
    assert bell(browser) == "2"


def test_unread_stands_first_and_is_read_by_a_button(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    browser, numbers = as_user(cast.agent), []
    for subject in ("First", "Second"):
        number = ticket_of(cast.agent, requester=cast.customer)
        with unit_of_work():
            begin_writing()
            make.ticket_numbered(number).subject = subject
        write(number, "More.", by=cast.customer)
        drain()
        numbers.append(number)
    assert browser.get(PAGE).text.index(">Second<") < browser.get(PAGE).text.index(">First<")
    browser.post("/notifications/readings", data={"about": f"ticket:{numbers[1]}"})
    page = browser.get(PAGE).text
    assert page.index(">First<") < page.index(">Second<")
    assert bell(browser) == "1"
    browser.post("/notifications/readings/all")
    assert bell(browser) == "0"
    assert "Mark all read" not in browser.get(PAGE).text


def test_looking_at_the_ticket_offers_to_say_so_and_changes_nothing_by_itself(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    number, browser = ticket_of(cast.agent, requester=cast.customer), as_user(cast.agent)
    write(number, "More.", by=cast.customer)
    drain()
    assert f'value="ticket:{number}"' in browser.get(f"/tickets/{number}").text
    assert 'data-behavior="seen"' not in browser.get("/account").text
    assert bell(browser) == "1"
    browser.post("/notifications/readings", data={"about": f"ticket:{number}"})
    assert 'data-behavior="seen"' not in browser.get(f"/tickets/{number}").text


@pytest.mark.parametrize(
    "about", ["", "ticket", "ticket:0", "ticket:-1", "user:1", "ticket:" + "9" * 30]
)
def test_nonsense_is_refused(cast: Cast, as_user: AsUser, about: str) -> None:
    assert (
        as_user(cast.agent).post("/notifications/readings", data={"about": about}).status_code
        == 422
    )


def test_what_may_not_be_seen_any_more_is_not_shown(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    number = make.ticket(cast.customer).id
    drain()
    with unit_of_work():
        ticket = make.ticket_numbered(number)
        participating.add_participant(ticket, cast.other_customer, by=cast.customer)
    write(number, "One more thing.", by=cast.customer)
    question = make.question(cast.other_customer)
    make.answer(question, cast.customer)
    drain()
    browser = as_user(cast.other_customer)
    assert bell(browser) == "2"
    with unit_of_work():
        ticket = make.ticket_numbered(number)
        participating.remove_participant(ticket, cast.other_customer, by=cast.customer)
    assert bell(browser) == "1"
    assert "The printer prints" not in browser.get(PAGE).text
    with unit_of_work():
        hide_question(question, reason="Spam.", by=cast.moderator)
    assert bell(as_user(cast.other_customer)) == "1"  # one's own is still there to be read
    assert told(cast.other_customer) == ["others_wrote", "question_answered"]


def test_what_staff_were_told_is_nothing_for_somebody_who_is_staff_no_more(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    number = make.ticket(cast.agent).id
    take(number, Position.FOLLOWS, by=cast.lead)
    write(number, "More.", by=cast.agent)
    drain()
    browser = as_user(cast.lead)
    assert bell(browser) == "1"
    with unit_of_work():
        begin_writing()
        db.session.get_one(User, cast.lead.id).held.clear()
        bump(people.STAMP)
    assert bell(browser) == "0"
    assert 'class="item-title"' not in browser.get(PAGE).text


def test_pages_follow_each_other(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    browser = as_user(cast.agent)
    for index in range(LINES + 3):
        number = ticket_of(cast.agent, requester=cast.customer)
        write(number, f"More {index}.", by=cast.customer)
    drain()
    browser.post("/notifications/readings", data={"about": f"ticket:{number}"})
    first = browser.get(PAGE).text
    following = re.search(r'href="(/notifications\?after=[^"]+)"', first)[1]
    second = browser.get(following).text
    seen = [set(re.findall(r"<span>Ticket (\d+)</span>", page)) for page in (first, second)]
    assert [len(each) for each in seen] == [LINES, 3]
    assert not seen[0] & seen[1]
    assert str(number) in seen[1]  # what is read stands last
    assert browser.get(f"{PAGE}?after=nonsense").status_code == 200


def test_what_is_old_is_forgotten(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    write(number, "More.", by=cast.customer)
    drain()
    for days, left in ((89, 1), (91, 0)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False), unit_of_work():
            jobs.forget_old()
        assert len(notices(cast.agent)) == left


def test_the_number_of_statements_does_not_grow(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    found: dict[str, list[int]] = {}
    for person in (cast.agent, cast.customer):
        for count in (2, 18):
            for _ in range(count):
                number = ticket_of(cast.agent, requester=cast.customer)
                write(number, "More.", by=cast.customer)
                write(number, "Try again.", by=cast.lead)
            drain()
            browser = as_user(person)
            for path in (PAGE, "/account", "/help"):
                browser.get(path)
                with counted() as statements:
                    browser.get(path)
                found.setdefault(f"{person.name} {path}", []).append(len(statements))
    assert all(few == many for few, many in found.values()), found


def test_visitors_have_no_bell_and_cost_nothing(client: FreshClient, cast: Cast) -> None:
    client.get("/")
    with counted() as statements:
        page = client.get("/")
    assert "notices" not in "".join(statements)
    assert 'class="btn btn--quiet btn--icon bell"' not in page.text
