"""Accounts are made by whoever reads the mail, and nothing on the screen tells who has one."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import people, registering
from app.accounts.auditing import Action, AuditEntry
from app.accounts.jobs import forget_registrations
from app.accounts.registration import LASTS, Registration
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from tests.accounts.altering import alter
from tests.accounts.letters import letters, link_in
from tests.support.cast import Cast
from tests.support.client import FreshClient

EMAIL = "nora@house.example"
PASSWORD = "a quiet evening at home"
FORM = {"name": "Nora Newcomer", "email": EMAIL, "password": PASSWORD}


def test_a_registration_becomes_an_account_when_its_mail_is_answered(
    client: FreshClient, drain: Callable[[], int]
) -> None:
    assert client.post("/register", data=FORM).location == "/register/received"
    drain()
    page = client.get(link_in(EMAIL))
    assert 'name="password"' not in page.text
    assert people.with_address(EMAIL) is None
    assert client.post(link_in(EMAIL)).status_code == 303
    assert "Nora Newcomer" in client.get("/account").text
    assert db.session.scalar(select(AuditEntry.action)) is Action.CONFIRMED


def test_a_new_account_signs_in_with_its_password(
    client: FreshClient, app: Flask, drain: Callable[[], int]
) -> None:
    client.post("/register", data=FORM)
    drain()
    client.post(link_in(EMAIL))
    other = app.test_client()
    signed = other.post("/sign-in", data={"email": "NORA@house.example ", "password": PASSWORD})
    assert signed.status_code == 303


def test_before_the_mail_is_answered_nobody_can_sign_in(
    client: FreshClient, drain: Callable[[], int]
) -> None:
    client.post("/register", data=FORM)
    drain()
    assert client.post("/sign-in", data=FORM).status_code == 422


def test_another_browser_must_know_the_password_of_the_registration(
    client: FreshClient, app: Flask, drain: Callable[[], int]
) -> None:
    """Else anybody could register another's address and wait for a careless click."""
    client.post("/register", data=FORM)
    drain()
    other = app.test_client()
    assert 'name="password"' in other.get(link_in(EMAIL)).text
    assert other.post(link_in(EMAIL)).status_code == 422
    assert other.post(link_in(EMAIL), data={"password": "guessed it right"}).status_code == 422
    assert people.with_address(EMAIL) is None
    assert other.post(link_in(EMAIL), data={"password": PASSWORD}).status_code == 303


def test_a_link_confirms_once(client: FreshClient, drain: Callable[[], int]) -> None:
    client.post("/register", data=FORM)
    drain()
    path = link_in(EMAIL)
    client.post(path)
    assert client.get(path).status_code == 404


def test_the_screen_is_the_same_for_an_address_that_has_an_account(
    client: FreshClient, cast: Cast, drain: Callable[[], int]
) -> None:
    fresh = client.post("/register", data=FORM)
    taken = client.post("/register", data={**FORM, "email": cast.customer.email})
    assert (fresh.status_code, fresh.location) == (taken.status_code, taken.location)
    drain()
    assert letters(EMAIL)[0].subject == "Confirm your address"
    assert letters("cleo@house.example")[0].subject == "You have an account already"
    assert "/confirm/" not in letters("cleo@house.example")[0].text


def test_registering_changes_nothing_about_somebody_who_has_an_account(
    client: FreshClient, cast: Cast
) -> None:
    client.post("/register", data={**FORM, "email": cast.customer.email})
    db.session.rollback()
    assert people.with_address("cleo@house.example").name == "Cleo Customer"


def test_a_person_known_by_address_is_claimed_only_by_confirming(
    client: FreshClient, drain: Callable[[], int]
) -> None:
    with unit_of_work():
        guest_id = people.person_for(EMAIL, name="Nora from the ticket").id
    client.post("/register", data=FORM)
    assert db.session.get_one(User, guest_id).name == "Nora from the ticket"
    drain()
    client.post(link_in(EMAIL))
    owner = people.with_address(EMAIL)
    assert (owner.id, owner.name, owner.is_active) == (guest_id, "Nora Newcomer", True)


def test_a_second_registration_does_not_spoil_the_first(
    client: FreshClient, app: Flask, drain: Callable[[], int]
) -> None:
    client.post("/register", data=FORM)
    drain()
    path = link_in(EMAIL)
    app.test_client().post("/register", data={**FORM, "password": "mine, all of it mine"})
    drain()
    assert client.post(path).status_code == 303
    assert client.get(link_in(EMAIL)).status_code == 404


def test_a_deactivated_person_does_not_come_back_by_registering(
    client: FreshClient, cast: Cast, drain: Callable[[], int]
) -> None:
    alter(cast.customer.email, deactivated_at=clock.now())
    client.post("/register", data={**FORM, "email": "cleo@house.example"})
    drain()
    assert letters("cleo@house.example")[0].subject == "You have an account already"


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "n" * 201), ("email", "nora"), ("email", ""), ("password", "tiny")],
)
def test_a_faulty_form_is_shown_again_with_what_was_typed(
    client: FreshClient, field: str, value: str
) -> None:
    answer = client.post("/register", data={**FORM, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert FORM["name"] in answer.text or field == "name"
    assert PASSWORD not in answer.text


def test_the_sixth_registration_of_an_hour_is_refused(client: FreshClient) -> None:
    answers = [client.post("/register", data=FORM).status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]


def test_a_changed_link_confirms_nothing(client: FreshClient, drain: Callable[[], int]) -> None:
    client.post("/register", data=FORM)
    drain()
    assert client.post(link_in(EMAIL) + "x").status_code == 404


def test_old_registrations_are_forgotten(app: Flask) -> None:
    with unit_of_work(), clock.travelling(clock.now() - LASTS):
        registering.register(name="Nora", email=EMAIL, password=PASSWORD)
    with unit_of_work():
        kept = registering.register(name="Nora", email=EMAIL, password=PASSWORD).id
    with unit_of_work():
        forget_registrations()
    assert list(db.session.scalars(select(Registration.id))) == [kept]
