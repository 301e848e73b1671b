"""Pages of tickets: who sees what, and what bad input does."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts import changing_roles
from app.accounts.user import User
from app.attachments import storing
from app.core.db import db
from app.core.uow import unit_of_work
from app.core.web.pages import encode_cursor
from app.tickets import access, replying
from app.tickets.history import timeline
from app.tickets.ticket import Status, Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

Browser = Callable[[User], FreshClient]
SECRET = "plumbago"


@pytest.fixture
def talk(cast: Cast) -> int:
    """The number of a ticket with a reply and a note."""
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        replying.reply(ticket, text="Try *another* cable.", by=cast.agent)
        replying.add_note(ticket, text=f"{SECRET} again", by=cast.agent)
    return ticket.id


def link_of(number: int) -> str:
    return f"/follow/{access.follow_token(db.session.get(Ticket, number))}"  # type: ignore[arg-type]


def test_staff_read_the_note_and_the_requester_does_not(
    cast: Cast, talk: int, as_user: Browser, client: FreshClient
) -> None:
    assert SECRET in as_user(cast.agent).get(f"/tickets/{talk}").text
    for page in (
        as_user(cast.customer).get(f"/tickets/{talk}").text,
        client.get(link_of(talk)).text,
    ):
        assert "another</em> cable" in page
        assert SECRET not in page
        assert "Internal note" not in page


def test_ticket_of_somebody_else_does_not_exist(cast: Cast, talk: int, as_user: Browser) -> None:
    for person in (cast.stranger, cast.moderator, cast.admin):
        browser = as_user(person)
        assert browser.get(f"/tickets/{talk}").status_code == 404
        assert browser.post(f"/tickets/{talk}/messages", data={"text": "Hi"}).status_code == 404
    assert as_user(cast.customer).get(f"/tickets/{talk}").status_code == 200


def test_requester_cannot_write_notes_or_triage(cast: Cast, talk: int, as_user: Browser) -> None:
    browser = as_user(cast.customer)
    sent = browser.post(f"/tickets/{talk}/messages", data={"text": "Mine", "kind": "note"})
    assert sent.status_code == 303
    assert [row.kind for row in timeline(talk)].count("note.added") == 1
    assert [row.kind for row in timeline(talk)].count("message.received") == 2
    assert browser.post(f"/tickets/{talk}/resolutions").status_code == 403
    assert browser.post(f"/tickets/{talk}/properties").status_code == 403


def test_link_that_was_changed_opens_nothing(cast: Cast, talk: int, client: FreshClient) -> None:
    link = link_of(talk)
    assert client.get(link).status_code == 200
    assert client.get(link[:-2]).status_code == 404
    assert client.post(f"{link}/messages", data={"text": "Thanks, but no"}).status_code == 303
    assert timeline(talk)[-1].actor_id == cast.customer.id


def test_link_of_somebody_who_was_shut_out_opens_nothing(
    cast: Cast, talk: int, client: FreshClient
) -> None:
    link = link_of(talk)
    assert client.get(link).status_code == 200
    with unit_of_work():
        changing_roles.deactivate(cast.customer, by=cast.admin)
    assert client.get(link).status_code == 404


def test_visitor_opens_a_ticket_with_a_file_and_follows_it(app: Flask, client: FreshClient) -> None:
    sent = client.post(
        "/tickets",
        data={
            "name": "Vera",
            "email": "Vera@Visitor.example",
            "subject": "No sound",
            "text": "None at all",
            "files": [(io.BytesIO(b"silence"), "log.txt")],
        },
    )
    assert sent.status_code == 303
    ticket = db.session.get(Ticket, 1)
    assert ticket is not None
    page = client.get(link_of(1)).text
    assert "log.txt" in page
    assert client.get(f"{link_of(1)}/files/1").data == b"silence"
    assert client.get("/tickets/1/files/1").status_code in (302, 303)


def test_files_of_notes_and_of_other_tickets_stay_where_they_are(
    cast: Cast, talk: int, as_user: Browser
) -> None:
    staff, customer = as_user(cast.agent), as_user(cast.customer)
    note = {"kind": "note", "text": "See file", "files": [(io.BytesIO(b"x"), "inside.txt")]}
    assert staff.post(f"/tickets/{talk}/messages", data=note).status_code == 303
    other = make.ticket(cast.customer).id
    assert staff.get(f"/tickets/{talk}/files/1").status_code == 200
    assert customer.get(f"/tickets/{talk}/files/1").status_code == 404
    assert staff.get(f"/tickets/{other}/files/1").status_code == 404


def test_files_that_a_refused_form_lost_are_asked_for_again(client: FreshClient) -> None:
    sent = {"subject": "", "text": "It broke."}
    page = client.post("/tickets", data=sent)
    assert (page.status_code, "Choose your files again" in page.text) == (422, False)
    page = client.post("/tickets", data={**sent, "files": (io.BytesIO(b"log"), "log.txt")})
    assert (page.status_code, "Choose your files again" in page.text) == (422, True)


@pytest.mark.parametrize(
    ("field", "value"), [("subject", ""), ("text", "  "), ("email", "vera"), ("name", "")]
)
def test_bad_field_is_shown_again_with_the_text_kept(
    client: FreshClient, field: str, value: str
) -> None:
    good = {
        "name": "Vera",
        "email": "v@x.example",
        "subject": "No sound",
        "text": "Nothing comes out",
    }
    sent = client.post("/tickets", data=good | {field: value})
    assert sent.status_code == 422
    assert "Nothing comes out" in sent.text or field == "text"
    assert 'aria-invalid="true"' in sent.text
    assert db.session.get(Ticket, 1) is None


def test_too_many_files_are_refused_and_nothing_is_filed(cast: Cast, as_user: Browser) -> None:
    files = [(io.BytesIO(b"x"), f"{n}.txt") for n in range(6)]
    sent = as_user(cast.customer).post(
        "/tickets", data={"subject": "S", "text": "T", "files": files}
    )
    assert sent.status_code == 422
    assert "5 files" in sent.text
    assert db.session.get(Ticket, 1) is None


def test_empty_reply_is_refused_at_the_field(cast: Cast, talk: int, as_user: Browser) -> None:
    facts = len(timeline(talk))
    for person in (cast.agent, cast.customer):
        sent = as_user(person).post(
            f"/tickets/{talk}/messages", data={"text": " ", "then": "waiting"}
        )
        assert sent.status_code == 422
    assert len(timeline(talk)) == facts


def test_two_people_who_save_one_ticket_keep_both_changes(
    cast: Cast, talk: int, as_user: Browser
) -> None:
    seen = {"was_status": "open", "was_assignee": "", "was_priority": "normal", "was_tags": ""}
    same = {"status": "open", "assignee": "", "priority": "normal", "tags": ""}
    first, second = as_user(cast.agent), as_user(cast.lead)
    first.post(f"/tickets/{talk}/properties", data=seen | same | {"assignee": str(cast.agent.id)})
    second.post(f"/tickets/{talk}/properties", data=seen | same | {"priority": "urgent"})
    ticket = db.session.get(Ticket, talk)
    assert ticket is not None
    assert (ticket.assignee_id, ticket.priority) == (cast.agent.id, "urgent")


def test_assignee_with_an_endless_number_is_refused_at_the_field(
    cast: Cast, talk: int, as_user: Browser
) -> None:
    data = {"status": "open", "assignee": "9" * 30, "priority": "normal"}
    answer = as_user(cast.agent).post(f"/tickets/{talk}/properties", data=data)
    assert answer.status_code == 422
    assert "Choose somebody from the list." in answer.text


def test_a_solved_ticket_offers_no_way_to_send_that_is_refused(
    cast: Cast, talk: int, as_user: Browser
) -> None:
    browser = as_user(cast.agent)
    browser.post(f"/tickets/{talk}/resolutions")
    ways = set(re.findall(r'name="then" value="(\w+)"', browser.get(f"/tickets/{talk}").text))
    ways.remove("preview")
    assert ways == {"keep", "open", "solved"}
    for way in sorted(ways):
        said = {"kind": "reply", "text": f"One more thing: {way}.", "then": way}
        assert browser.post(f"/tickets/{talk}/messages", data=said).status_code == 303


def test_impossible_transition_is_409_and_says_both_ends(
    cast: Cast, talk: int, as_user: Browser
) -> None:
    browser = as_user(cast.agent)
    assert browser.post(f"/tickets/{talk}/resolutions").status_code == 303
    again = browser.post(f"/tickets/{talk}/resolutions")
    assert again.status_code == 409
    assert "solved cannot become solved" in again.text


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "soon"])
def test_cursor_that_names_no_time_begins_at_the_top(
    cast: Cast, talk: int, as_user: Browser, client: FreshClient, at: str
) -> None:
    after = encode_cursor(at, 1)
    assert "/tickets/1" in as_user(cast.agent).get(f"/inbox?after={after}").text
    assert client.get(f"/community?after={after}").status_code == 200


def test_views_hold_what_they_say(cast: Cast, as_user: Browser) -> None:
    names = ["unassigned", "mine", "waiting", "resolved"]
    tickets = {name: make.ticket(cast.customer, subject=f"The {name} one") for name in names}
    browser = as_user(cast.agent)
    data = {
        "was_assignee": "",
        "assignee": str(cast.agent.id),
        "status": "new",
        "was_status": "new",
    }
    for name in names[1:]:
        sent = browser.post(
            f"/tickets/{tickets[name].id}/properties",
            data=data | {"priority": "normal", "was_priority": "normal"},
        )
        assert sent.status_code == 303
    say = {"kind": "reply", "text": "Well?", "then": "waiting"}
    browser.post(f"/tickets/{tickets['waiting'].id}/messages", data=say)
    browser.post(f"/tickets/{tickets['resolved'].id}/messages", data=say | {"then": "solved"})
    shown = {
        view: {
            name for name in names if f"The {name} one" in browser.get(f"/inbox?view={view}").text
        }
        for view in (*names, "open")
    }
    assert shown == {
        "unassigned": {"unassigned"},
        "mine": {"mine", "waiting"},
        "waiting": {"waiting"},
        "resolved": {"resolved"},
        "open": {"unassigned", "mine"},
    }


def test_inbox_pages_by_key_and_shows_each_ticket_once(cast: Cast, as_user: Browser) -> None:
    for n in range(40):
        make.ticket(cast.customer, subject=f"Ticket about {n:03}")
    browser = as_user(cast.agent)
    first = browser.get("/inbox?view=open")
    link = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = browser.get(link.replace("&amp;", "&"))
    shown = [n for n in range(40) if f"about {n:03}" in first.text]
    rest = [n for n in range(40) if f"about {n:03}" in second.text]
    assert shown == list(range(10, 40))
    assert rest == list(range(10))
    assert browser.get("/inbox?view=open&after=nonsense").status_code == 200


def test_pages_ask_the_database_as_often_with_twenty_rows_as_with_two(
    cast: Cast, as_user: Browser
) -> None:
    staff, customer = as_user(cast.agent), as_user(cast.customer)
    ticket = make.ticket(cast.customer, tags=["a"])
    paths = [
        (staff, "/inbox"),
        (customer, "/tickets"),
        (staff, "/tickets/1"),
        (customer, "/tickets/1"),
    ]

    def costs() -> list[int]:
        found = []
        for browser, path in paths:
            browser.get(path)  # so that what is remembered is remembered
            with counted() as statements:
                assert browser.get(path).status_code == 200
            found.append(len(statements))
        return found

    def grow(times: int) -> None:
        for _ in range(times):
            make.ticket(cast.customer)
            with unit_of_work():
                replying.reply(ticket, text="One more", by=cast.agent, then=Status.OPEN)

    grow(2)
    few = costs()
    grow(18)
    assert costs() == few
    assert max(few) <= 12


def test_pictures_are_shown_small_and_other_files_only_named(cast: Cast, as_user: Browser) -> None:
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360000002000154a24f5d0000000049454e44ae426082"
    )
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        files = [
            storing.keep("screen.png", io.BytesIO(pixel)),
            storing.keep("page.svg", io.BytesIO(b"<svg onload='alert(1)'></svg>")),
        ]
        replying.reply(ticket, text="Look", by=cast.customer, files=files)
    page = as_user(cast.agent).get(f"/tickets/{ticket.id}").text
    [picture] = re.findall(r'<img src="([^"]+)" alt="screen.png"', page)
    answer = as_user(cast.agent).get(picture)
    assert answer.mimetype == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert 'alt="page.svg"' not in page
