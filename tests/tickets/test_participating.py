"""Who else takes part in a ticket, and what they may; what people of one organisation see."""

from collections.abc import Callable

import pytest

from app.accounts import changing_roles, organisations, people
from app.accounts.user import User
from app.core.db import db
from app.core.uow import unit_of_work
from app.tickets import participating, replying
from app.tickets.history import timeline
from app.tickets.ticket import Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import last_mail, link_in, outbox

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]
SECRET = "plumbago"


@pytest.fixture
def talk(cast: Cast) -> int:
    """The number of a ticket of Cleo with a note."""
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        replying.add_note(ticket, text=SECRET, by=cast.agent)
    return ticket.id


def add(browser: FreshClient, number: int, email: str) -> int:
    return browser.post(f"/tickets/{number}/participants", data={"email": email}).status_code


def test_participant_sees_the_public_part_and_answers(
    cast: Cast, talk: int, as_user: Browser
) -> None:
    dov = as_user(cast.other_customer)
    assert dov.get(f"/tickets/{talk}").status_code == 404
    assert add(as_user(cast.customer), talk, "dov@house.example") == 303
    page = dov.get(f"/tickets/{talk}")
    assert page.status_code == 200 and SECRET not in page.text
    assert "In copy" in dov.get("/tickets").text
    assert dov.post(f"/tickets/{talk}/messages", data={"text": "Me too"}).status_code == 303
    row = timeline(talk)[-1]
    assert (row.kind, row.actor_kind, row.actor_id) == (
        "message.received", "participant", cast.other_customer.id,
    )  # fmt: skip


def test_participant_neither_solves_nor_adds_others_but_may_leave(
    cast: Cast, talk: int, as_user: Browser
) -> None:
    add(as_user(cast.customer), talk, "dov@house.example")
    dov = as_user(cast.other_customer)
    assert dov.post(f"/tickets/{talk}/endings").status_code == 403
    assert add(dov, talk, "eve@house.example") == 403
    assert dov.post(f"/tickets/{talk}/participants/{cast.customer.id}/removals").status_code == 403
    assert (
        dov.post(f"/tickets/{talk}/participants/{cast.other_customer.id}/removals").status_code
        == 303
    )
    assert dov.get(f"/tickets/{talk}").status_code == 404
    assert [row.kind for row in timeline(talk)][-2:] == ["participant.added", "participant.removed"]


def test_stranger_finds_no_door(cast: Cast, talk: int, as_user: Browser) -> None:
    eve = as_user(cast.stranger)
    doors = ("participants", "participants/1/removals", "endings", "continuations", "messages")
    assert [eve.post(f"/tickets/{talk}/{door}").status_code for door in doors] == [404] * 5
    assert eve.get(f"/tickets/{talk}/participants").status_code == 404


@pytest.mark.parametrize(
    ("email", "says"),
    [("", "Add an email"), ("dov", "not a complete"), ("cleo@house.example", "who asked")],
)
def test_wrong_address_is_refused_at_the_field(
    cast: Cast, talk: int, as_user: Browser, email: str, says: str
) -> None:
    for person in (cast.customer, cast.agent):
        path = f"/tickets/{talk}/participants"
        answer = as_user(person).post(path, data={"email": email})
        assert answer.status_code == 422 and says in answer.text
        assert 'aria-invalid="true"' in answer.text


def test_nobody_is_added_twice_and_at_most_twenty(cast: Cast, talk: int, as_user: Browser) -> None:
    staff = as_user(cast.agent)
    added = [add(staff, talk, f"p{n}@x.example") for n in range(21)]
    assert added == [303] * 20 + [422]
    assert add(staff, talk, "p1@x.example") == 422


def test_those_in_copy_get_the_mails_with_links_of_their_own(
    cast: Cast, talk: int, as_user: Browser, client: FreshClient, drain: Drain
) -> None:
    add(as_user(cast.customer), talk, "new@x.example")
    drain()
    link = link_in(last_mail(to="new@x.example"), "/follow/")
    assert SECRET not in client.get(link).text
    with unit_of_work():
        replying.reply(make.ticket_numbered(talk), text="Try **this**.", by=cast.agent)
    drain()
    assert "Try" in last_mail(to="new@x.example").text
    assert client.post(f"{link}/messages", data={"text": "It helped us"}).status_code == 303
    drain()
    assert "It helped us" in last_mail(to="cleo@house.example").text
    assert "It helped us" not in last_mail(to="new@x.example").text
    assert client.post(f"{link}/endings").status_code == 403
    assert client.post(f"{link}/departures").status_code == 303
    assert client.get(link).status_code == 404
    with unit_of_work():
        replying.reply(make.ticket_numbered(talk), text="Once more.", by=cast.agent)
    before = len(outbox(to="new@x.example"))
    drain()
    assert len(outbox(to="new@x.example")) == before


def test_mail_to_whom_one_adds_holds_nothing_one_typed(
    cast: Cast, as_user: Browser, drain: Drain
) -> None:
    ticket = make.ticket(cast.customer, subject="Buy cheap watches")
    add(as_user(cast.customer), ticket.id, "victim@x.example")
    drain()
    mail = last_mail(to="victim@x.example")
    assert "watches" not in mail.subject + mail.text + mail.html
    assert "cleo@house.example" in mail.text


def test_link_of_staff_in_copy_leads_to_the_desk(
    cast: Cast, talk: int, as_user: Browser, drain: Drain
) -> None:
    add(as_user(cast.customer), talk, "ada@house.example")
    drain()
    assert "/follow/" not in last_mail(to="ada@house.example").text


def test_somebody_shut_out_is_not_added(cast: Cast, talk: int, as_user: Browser) -> None:
    with unit_of_work():
        changing_roles.deactivate(cast.other_customer, by=cast.admin)
    assert add(as_user(cast.customer), talk, "dov@house.example") == 422


@pytest.fixture
def shared(cast: Cast) -> None:
    """Cleo and Dov write for one house whose people read each other's tickets."""
    with unit_of_work():
        house = organisations.make_organisation(name="Northlight", by=None)
        for person in (cast.customer, cast.other_customer):
            organisations.join(person, house, by=None)
        organisations.open_up(house, by=None)


def test_people_of_an_open_organisation_read_each_others_tickets(
    cast: Cast, talk: int, shared: None, as_user: Browser
) -> None:
    dov = as_user(cast.other_customer)
    listed = dov.get("/tickets?pile=organisation").text
    assert "Everyone at Northlight" in listed and "blank pages" in listed
    page = dov.get(f"/tickets/{talk}")
    assert page.status_code == 200 and SECRET not in page.text
    assert as_user(cast.stranger).get(f"/tickets/{talk}").status_code == 404
    assert dov.post(f"/tickets/{talk}/messages", data={"text": "Here as well"}).status_code == 303
    assert [row.kind for row in timeline(talk)][-2:] == ["participant.added", "message.received"]


def test_closing_the_organisation_off_closes_every_door(
    cast: Cast, talk: int, shared: None, as_user: Browser
) -> None:
    dov = as_user(cast.other_customer)
    assert dov.get(f"/tickets/{talk}").status_code == 200
    with unit_of_work():
        house = organisations.organisation_or_404(1)
        organisations.close_off(house, by=None)
    assert dov.get(f"/tickets/{talk}").status_code == 404
    for path in ("/tickets", "/tickets?pile=organisation", "/tickets?q=printer"):
        assert "blank pages" not in dov.get(path).text


def test_search_finds_what_one_may_see_and_no_word_of_a_note(
    cast: Cast, talk: int, shared: None, as_user: Browser, drain: Drain
) -> None:
    own = make.ticket(cast.other_customer, subject="Scanner hums", text="All *morning* long")
    drain()
    dov, eve = as_user(cast.other_customer), as_user(cast.stranger)
    assert "Scanner hums" in dov.get("/tickets?q=morning").text
    assert "blank pages" in dov.get("/tickets?q=blank+printer").text
    assert "Scanner hums" in dov.get(f"/tickets?q={own.id}").text
    assert "blank pages" in dov.get("/search?q=printer").text
    for text in (SECRET, "zeppelin"):
        assert "No such ticket" in dov.get(f"/tickets?q={text}").text
    for path in ("/tickets?q=printer", "/search?q=printer"):
        assert "blank pages" not in eve.get(path).text


def test_copy_is_found_by_search_until_they_are_taken_off(
    cast: Cast, talk: int, as_user: Browser, drain: Drain
) -> None:
    eve = as_user(cast.stranger)
    with unit_of_work():
        participating.add_participant(make.ticket_numbered(talk), cast.stranger, by=cast.agent)
    drain()
    for path in ("/tickets?q=printer", "/search?q=printer"):
        assert "blank pages" in eve.get(path).text
    with unit_of_work():
        participating.remove_participant(
            make.ticket_numbered(talk), people.people_by_id([cast.stranger.id])[cast.stranger.id],
            by=cast.agent,
        )  # fmt: skip
    for path in ("/tickets?q=printer", "/search?q=printer"):
        assert "blank pages" not in eve.get(path).text


def test_customer_solves_and_opens_again_and_is_told_what_cannot_be(
    cast: Cast, talk: int, as_user: Browser, drain: Drain
) -> None:
    cleo = as_user(cast.customer)
    refused = cleo.post(f"/tickets/{talk}/continuations")
    assert refused.status_code == 409 and "not solved" in refused.text
    assert "Mark as solved" in cleo.get(f"/tickets/{talk}").text
    assert cleo.post(f"/tickets/{talk}/endings").status_code == 303
    row = timeline(talk)[-1]
    assert (row.payload["to_category"], row.payload["cause"]) == ("resolved", "customer")
    assert row.actor_kind == "requester"
    again = cleo.post(f"/tickets/{talk}/endings")
    assert again.status_code == 409 and "solved cannot become solved" in again.text
    assert "Open it again" in cleo.get(f"/tickets/{talk}").text
    assert cleo.post(f"/tickets/{talk}/continuations").status_code == 303
    assert db.session.get_one(Ticket, talk).status == "open"
    drain()
    assert not [mail for mail in outbox(to="cleo@house.example") if "olved" in mail.subject]
