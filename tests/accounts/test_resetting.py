"""A forgotten password, a changed one, and what they end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import links, passwords, people
from app.accounts.auditing import Action, AuditEntry
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from tests.accounts.altering import alter
from tests.accounts.letters import letters, link_in
from tests.support.cast import Cast
from tests.support.client import FreshClient

OLD, NEW = "a quiet evening at home", "a long walk in the rain"
CLEO = "cleo@house.example"


@pytest.fixture(autouse=True)
def cleo(cast: Cast) -> None:
    alter(CLEO, password_hash=passwords.hashed(OLD))


def test_a_forgotten_password_is_set_by_the_link_in_the_mail(
    client: FreshClient, drain: Callable[[], int]
) -> None:
    assert (
        client.post("/password/forgotten", data={"email": CLEO}).location == "/password/requested"
    )
    drain()
    assert client.get(link_in(CLEO)).status_code == 200
    answer = client.post(link_in(CLEO), data={"name": "Cleo Customer", "password": NEW})
    assert answer.location == "/"
    assert client.get("/account").status_code == 200
    db.session.rollback()
    assert passwords.matches(people.with_address(CLEO).password_hash, NEW)
    assert db.session.scalar(select(AuditEntry.action)) is Action.PASSWORD_RESET


def test_the_link_works_once(client: FreshClient, drain: Callable[[], int]) -> None:
    client.post("/password/forgotten", data={"email": CLEO})
    drain()
    client.post(link_in(CLEO), data={"name": "Cleo", "password": NEW})
    assert client.get(link_in(CLEO)).status_code == 404
    again = client.post(link_in(CLEO), data={"name": "Cleo", "password": "yet another one"})
    assert again.status_code in (403, 404)
    db.session.rollback()
    assert passwords.matches(people.with_address(CLEO).password_hash, NEW)


def test_using_one_link_ends_the_others(client: FreshClient, drain: Callable[[], int]) -> None:
    for _ in range(2):
        client.post("/password/forgotten", data={"email": CLEO})
        drain()
    first, second = (letter.text.split("/password/")[1].split()[0] for letter in letters(CLEO))
    client.post(f"/password/{first}", data={"name": "Cleo", "password": NEW})
    assert client.get(f"/password/{second}").status_code == 404


def test_a_reset_ends_every_other_session(
    client: FreshClient,
    cast: Cast,
    as_user: Callable[[Any], FreshClient],
    drain: Callable[[], int],
) -> None:
    thief = as_user(cast.customer)
    client.post("/password/forgotten", data={"email": CLEO})
    drain()
    client.post(link_in(CLEO), data={"name": "Cleo", "password": NEW})
    assert thief.get("/account").status_code == 302
    assert client.get("/account").status_code == 200


def test_the_link_lasts_two_hours(app: Flask, client: FreshClient) -> None:
    with clock.travelling(clock.now() - timedelta(hours=2, seconds=2)):
        url = links.password_link(people.with_address(CLEO), lasts=links.RESET_LASTS)
    assert client.get(urlsplit(url).path).status_code == 404


def test_the_screen_does_not_tell_who_has_an_account(
    client: FreshClient, drain: Callable[[], int]
) -> None:
    with unit_of_work():
        people.person_for("guest@house.example")
    answers = {
        client.post("/password/forgotten", data={"email": email}).location
        for email in (CLEO, "guest@house.example", "nobody@house.example")
    }
    assert answers == {"/password/requested"}
    drain()
    assert len(letters(CLEO)) == 1
    assert not letters("guest@house.example")
    assert not letters("nobody@house.example")


def test_somebody_deactivated_gets_no_link_and_an_old_one_is_dead(
    client: FreshClient, drain: Callable[[], int]
) -> None:
    url = links.password_link(people.with_address(CLEO), lasts=links.RESET_LASTS)
    alter(CLEO, deactivated_at=clock.now())
    client.post("/password/forgotten", data={"email": CLEO})
    drain()
    assert not letters(CLEO)
    assert client.get(urlsplit(url).path).status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [({"password": "tiny"}, "password"), ({"password": CLEO}, "password"), ({"name": " "}, "name")],
)
def test_a_faulty_form_uses_the_link_not_up(
    client: FreshClient, given: dict[str, str], field: str
) -> None:
    url = links.password_link(people.with_address(CLEO), lasts=links.RESET_LASTS)
    path = urlsplit(url).path
    answer = client.post(path, data={"name": "Cleo", "password": NEW} | given)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert client.get(path).status_code == 200


def test_nonsense_for_an_address_is_refused_and_the_sixth_request_too(client: FreshClient) -> None:
    assert client.post("/password/forgotten", data={"email": "cleo"}).status_code == 422
    answers = [client.post("/password/forgotten", data={"email": CLEO}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]


def test_the_password_is_changed_with_the_present_one_and_ends_other_sessions(
    cast: Cast, as_user: Callable[[Any], FreshClient]
) -> None:
    here, elsewhere = as_user(cast.customer), as_user(cast.customer)
    changed = here.post("/account/password", data={"present": OLD, "password": NEW})
    assert changed.status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def test_without_the_present_password_nothing_changes(
    cast: Cast, as_user: Callable[[Any], FreshClient]
) -> None:
    browser = as_user(cast.customer)
    answer = browser.post("/account/password", data={"present": "a guess, no", "password": NEW})
    assert answer.status_code == 422
    assert 'id="present-error"' in answer.text
    assert passwords.matches(people.with_address(CLEO).password_hash, OLD)


def test_the_name_is_changed(cast: Cast, as_user: Callable[[Any], FreshClient]) -> None:
    browser = as_user(cast.customer)
    assert browser.post("/account", data={"name": "  Cleo   Hill "}).status_code == 303
    assert 'value="Cleo Hill"' in browser.get("/account").text
    assert browser.post("/account", data={"name": ""}).status_code == 422
