"""Stopping mails by the link in them (RFC 8058)."""

from collections.abc import Callable
from datetime import timedelta

import time_machine

from app.accounts import people
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.settings import settings
from app.core.uow import unit_of_work
from app.notifications import choosing
from app.notifications.links import Stop, stop_url
from app.notifications.mails import jobs
from app.notifications.occasion import CATALOGUE, Occasion, Side, Way
from app.tickets import participating, resolving
from app.tickets.correspondence import ticket_id_of
from tests.notifications.desk import choose, ticket_of, told, write
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import last_mail, link_in, outbox

Drain = Callable[[], int]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def link_to_stop(user: User, drain: Drain, cast: Cast) -> str:
    """The path in the mail that tells this agent that a customer wrote."""
    number = ticket_of(user, requester=cast.customer)
    write(number, "More.", by=cast.customer)
    drain()
    return link_in(last_mail(to=user.email), "/unsubscribe/")


def ways(user: User) -> dict[Occasion, Way]:
    db.session.rollback()
    return choosing.ways_for(db.session.get_one(User, user.id))


def test_looking_changes_nothing(cast: Cast, drain: Drain, client: FreshClient) -> None:
    link = link_to_stop(cast.agent, drain, cast)
    for _ in range(3):
        page = client.get(link)
    assert page.status_code == 200
    assert "A customer writes on a ticket that is mine or that I follow" in page.text
    assert client.head(link).status_code == 200
    assert ways(cast.agent)[Occasion.CUSTOMER_WROTE] is Way.MAIL


def test_one_click_of_a_mail_program_stops_these_mails(
    cast: Cast, drain: Drain, client: FreshClient
) -> None:
    link = link_to_stop(cast.agent, drain, cast)
    answer = client.post(link, data=ONE_CLICK, content_type="multipart/form-data")
    assert answer.status_code == 200  # mail programs follow no redirect
    assert ways(cast.agent)[Occasion.CUSTOMER_WROTE] is Way.SITE
    write(ticket_of(cast.agent, requester=cast.customer), "And more.", by=cast.customer)
    drain()
    assert len(outbox(to=cast.agent.email)) == 1
    assert told(cast.agent) == ["customer_wrote", "customer_wrote"]


def test_people_stop_them_by_a_button_and_have_them_again(
    cast: Cast, drain: Drain, client: FreshClient
) -> None:
    link = link_to_stop(cast.agent, drain, cast)
    answer = client.post(link, data={"act": "stop"})
    assert (answer.status_code, answer.location) == (303, link)
    page = client.get(link).text
    assert "These mails are stopped" in page
    assert "/account/notifications" in page
    client.post(link, data={"act": "resume"})
    assert ways(cast.agent)[Occasion.CUSTOMER_WROTE] is Way.MAIL


def test_one_ticket_can_be_muted_alone(cast: Cast, drain: Drain, client: FreshClient) -> None:
    link = link_to_stop(cast.agent, drain, cast)
    client.post(link, data={"act": "mute"})
    assert "is muted" in client.get(link).text
    number = ticket_id_of(last_mail(to=cast.agent.email).conversation) or 0
    write(number, "And more.", by=cast.customer)
    drain()
    assert len(outbox(to=cast.agent.email)) == 1
    assert ways(cast.agent)[Occasion.CUSTOMER_WROTE] is Way.MAIL
    client.post(link, data={"act": "unmute"})
    write(number, "And more still.", by=cast.customer)
    drain()
    assert len(outbox(to=cast.agent.email)) == 2


def test_a_link_does_nothing_else(cast: Cast, drain: Drain, client: FreshClient) -> None:
    link = link_to_stop(cast.agent, drain, cast)
    for forged in (link[:-2], link.replace("/unsubscribe/", "/unsubscribe/x")):
        assert client.get(forged).status_code == 404
        assert client.post(forged, data=ONE_CLICK).status_code == 404
    assert client.post(link, data={"act": "delete"}).status_code == 422
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(link, data=ONE_CLICK, headers=elsewhere).status_code == 403
    assert ways(cast.agent)[Occasion.CUSTOMER_WROTE] is Way.MAIL


def test_a_requester_without_account_stops_what_is_no_answer(
    cast: Cast, drain: Drain, client: FreshClient
) -> None:
    with unit_of_work():
        nobody = people.person_for("nobody@house.example")
        number = make.ticket(nobody).id
    drain()
    received = last_mail(to=nobody.email)
    client.post(link_in(received, "/unsubscribe/"), data=ONE_CLICK)
    make.ticket(nobody)
    drain()
    assert len(outbox(to=nobody.email)) == 1
    write(number, "Try again.", by=cast.agent)
    drain()
    answer = last_mail(to=nobody.email)
    assert answer.subject.startswith("Re: ")
    assert (answer.unsubscribe_url, "/unsubscribe/" in answer.text) == ("", False)


def test_no_mail_about_solutions_comes_after_it_was_stopped_for_a_month(
    cast: Cast, drain: Drain, client: FreshClient
) -> None:
    def solve() -> None:
        number = ticket_of(cast.agent, requester=cast.customer)
        with unit_of_work():
            resolving.resolve(make.ticket_numbered(number), by=cast.agent)
        drain()

    solve()
    solved = last_mail(to=cast.customer.email)
    assert solved.subject.startswith("Solved: ")
    client.post(link_in(solved, "/unsubscribe/"), data=ONE_CLICK)
    start = clock.now()
    for day in range(0, 31, 5):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            solve()
    mails = outbox(to=cast.customer.email)
    assert len([mail for mail in mails if mail.subject.startswith("Solved: ")]) == 1
    assert told(cast.customer).count("solved") == 8


def test_people_in_copy_stop_what_others_of_their_side_write(
    cast: Cast, drain: Drain, client: FreshClient
) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        ticket = make.ticket_numbered(number)
        participating.add_participant(ticket, cast.other_customer, by=cast.customer)
    write(number, "One more thing.", by=cast.customer)
    drain()
    mail = last_mail(to=cast.other_customer.email)
    assert "One more thing." in mail.text
    client.post(link_in(mail, "/unsubscribe/"), data={"act": "mute"})
    write(number, "And another.", by=cast.customer)
    write(number, "Here is how.", by=cast.agent)
    drain()
    assert [mail.text.count("And another.") for mail in outbox(to=cast.other_customer.email)].count(
        1
    ) == 0
    assert "Here is how." in last_mail(to=cast.other_customer.email).text


def test_a_digest_is_stopped_by_one_click(cast: Cast, drain: Drain, client: FreshClient) -> None:
    choose(cast.agent, Occasion.CUSTOMER_WROTE, Way.DIGEST)
    write(ticket_of(cast.agent, requester=cast.customer), "More.", by=cast.customer)
    drain()
    with unit_of_work():
        jobs.send_digest(cast.agent.id, clock.now().isoformat())
    digest = last_mail(to=cast.agent.email)
    client.post(link_in(digest, "/unsubscribe/"), data=ONE_CLICK)
    assert ways(cast.agent)[Occasion.CUSTOMER_WROTE] is Way.SITE
    assert "You get no digest any more" in client.get(link_in(digest, "/unsubscribe/")).text


def test_the_address_fits_its_column(cast: Cast) -> None:
    of_staff = tuple(each for each in Occasion if CATALOGUE[each].side is Side.STAFF)
    longest = stop_url(Stop(2**31 - 1, of_staff, 2**31 - 1)).removeprefix(settings().public_url)
    assert len(longest) <= 250  # and 50 for the address of the desk
