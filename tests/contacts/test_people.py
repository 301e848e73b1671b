"""What staff know of people: their page, the card beside a ticket, notes, organisations."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts import organisations
from app.accounts.auditing import Action, AuditEntry
from app.accounts.organisation import Organisation
from app.accounts.user import User
from app.core.db import db
from app.core.uow import unit_of_work
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

Browser = Callable[[User], FreshClient]


@pytest.fixture
def house(cast: Cast) -> Organisation:
    """An organisation of Cleo and Dov."""
    with unit_of_work():
        made = organisations.make_organisation(name="Northlight", by=cast.agent)
        organisations.join(cast.customer, made, by=cast.agent)
        organisations.join(cast.other_customer, made, by=cast.agent)
    return made


def test_person_page_tells_who_what_and_whom_they_write_for(
    cast: Cast, house: Organisation, as_user: Browser
) -> None:
    make.ticket(cast.customer, subject="Blank pages")
    make.question(cast.customer, title="Why is it blank?")
    page = as_user(cast.agent).get(f"/people/{cast.customer.id}").text
    for word in (
        "Cleo Customer",
        "cleo@house.example",
        "Northlight",
        "Blank pages",
        "Why is it blank?",
    ):
        assert word in page


def test_only_staff_enter(cast: Cast, house: Organisation, as_user: Browser) -> None:
    number = make.ticket(cast.customer).id
    paths = ("/people", f"/people/{cast.customer.id}", "/people/options", "/organisations",
             f"/organisations/{house.id}", f"/tickets/{number}/requester")  # fmt: skip
    for path in paths:
        assert as_user(cast.customer).get(path).status_code == 403
        assert as_user(cast.agent).get(path).status_code in (200, 303)


def test_notes_are_kept_and_removed_and_the_person_never_reads_them(
    cast: Cast, as_user: Browser
) -> None:
    make.ticket(cast.customer)
    staff, path = as_user(cast.agent), f"/people/{cast.customer.id}"
    assert staff.post(f"{path}/notes", data={"text": " "}).status_code == 422
    assert staff.post(f"{path}/notes", data={"text": "Prefers **plumbago**"}).status_code == 303
    assert "<strong>plumbago</strong>" in staff.get(path).text
    card = staff.get("/tickets/1/requester", headers={"HX-Request": "true"})
    assert "plumbago" in card.text and "<html" not in card.text
    for page in ("/tickets/1", "/tickets", "/account"):
        assert "plumbago" not in as_user(cast.customer).get(page).text
    assert staff.post(f"/people/{cast.agent.id}/notes/1/removals").status_code == 404
    assert staff.post(f"{path}/notes/1/removals").status_code == 303
    assert "plumbago" not in staff.get(path).text


def test_card_without_a_script_leads_to_the_page(cast: Cast, as_user: Browser) -> None:
    make.ticket(cast.customer)
    answer = as_user(cast.agent).get("/tickets/1/requester")
    assert answer.headers["Location"].endswith(f"/people/{cast.customer.id}")
    assert as_user(cast.agent).get("/tickets/99/requester").status_code == 404


def test_organisation_is_made_filled_and_opened_and_each_is_noted(
    cast: Cast, as_user: Browser
) -> None:
    staff = as_user(cast.agent)
    assert staff.post("/organisations", data={"name": "Northlight"}).status_code == 303
    again = staff.post("/organisations", data={"name": "northlight"})
    assert again.status_code == 422 and "of that name already" in again.text
    staff.post("/organisations/1/members", data={"email": "cleo@house.example"})
    staff.post("/organisations/1", data={"name": "Northlight Studio", "open": "y"})
    staff.post(f"/organisations/1/members/{cast.customer.id}/removals")
    noted = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert noted == [
        Action.ORGANISATION_MADE,
        Action.ORGANISATION_JOINED,
        Action.ORGANISATION_OPENED,
        Action.ORGANISATION_LEFT,
    ]
    assert "Northlight Studio" in staff.get("/organisations").text
    assert "Nobody yet" in staff.get("/organisations/1").text


def test_person_is_put_into_an_organisation_by_its_name(
    cast: Cast, house: Organisation, as_user: Browser
) -> None:
    staff, path = as_user(cast.agent), f"/people/{cast.stranger.id}/organisation"
    unknown = staff.post(path, data={"organisation": "Southdark"})
    assert unknown.status_code == 422 and "no organisation “Southdark”" in unknown.text
    assert staff.post(path, data={"organisation": "northlight"}).status_code == 303
    assert db.session.get_one(User, cast.stranger.id).organisation_id == house.id
    assert staff.post(path, data={"organisation": ""}).status_code == 303
    assert db.session.get_one(User, cast.stranger.id).organisation_id is None


def test_people_are_found_by_a_part_and_completed_by_the_beginning(
    cast: Cast, as_user: Browser
) -> None:
    staff = as_user(cast.agent)
    found = staff.get("/people?q=eve").text
    assert "Eve Stranger" in found and "Dov Customer" not in found
    for typed in ("cle", "Cle", "cleo@"):
        options = staff.get(f"/people/options?email={typed}").text
        assert 'value="cleo@house.example"' in options and "dov@" not in options
    assert staff.get("/people/options?email=").text.strip() == ""
    assert "Nobody here" in staff.get("/people?q=zzz").text


def test_pages_ask_as_often_with_twenty_rows_as_with_two(
    cast: Cast, house: Organisation, as_user: Browser
) -> None:
    staff = as_user(cast.agent)
    paths = (
        "/people",
        f"/people/{cast.customer.id}",
        "/organisations",
        f"/organisations/{house.id}",
    )

    def costs() -> list[int]:
        found = []
        for path in (*paths, "/tickets/1/requester"):
            staff.get(path, headers={"HX-Request": "true"})
            with counted() as statements:
                staff.get(path, headers={"HX-Request": "true"})
            found.append(len(statements))
        return found

    def grow(times: int) -> None:
        for n in range(times):
            make.ticket(cast.customer)
            make.question(cast.customer)
            staff.post(f"/people/{cast.customer.id}/notes", data={"text": "Note"})
            staff.post("/organisations", data={"name": f"House {times} {n}"})
            staff.post(
                f"/organisations/{house.id}/members", data={"email": f"p{times}.{n}@x.example"}
            )

    grow(2)
    few = costs()
    grow(18)
    assert costs() == few
    assert max(few) <= 11
