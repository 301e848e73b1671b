from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import passwords
from app.accounts.auditing import Action, AuditEntry
from app.accounts.signing_in import PER_ADDRESS, WRONG
from app.core import clock
from app.core.db import db
from tests.accounts.altering import alter
from tests.support.cast import Cast
from tests.support.client import FreshClient

PASSWORD = "a quiet evening at home"


@pytest.fixture
def cleo(cast: Cast) -> dict[str, str]:
    """The sign-in form as Cleo fills it in."""
    give_password(cast.customer.email, PASSWORD)
    return {"email": "cleo@house.example", "password": PASSWORD}


def give_password(email: str, password: str) -> None:
    alter(email, password_hash=passwords.hashed(password))


def test_the_right_password_opens_the_door(client: FreshClient, cleo: dict[str, str]) -> None:
    assert client.post("/sign-in", data=cleo).location == "/"
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    "given",
    [{"password": "another one altogether"}, {"email": "nobody@house.example"}, {"email": "no"}],
)
def test_every_reason_sounds_the_same(
    client: FreshClient, cleo: dict[str, str], given: dict[str, str]
) -> None:
    answer = client.post("/sign-in", data=cleo | given)
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert PASSWORD not in answer.text


def test_somebody_deactivated_or_unconfirmed_stays_outside(
    client: FreshClient, cleo: dict[str, str]
) -> None:
    alter(cleo["email"], deactivated_at=clock.now())
    assert client.post("/sign-in", data=cleo).status_code == 422
    alter(cleo["email"], deactivated_at=None, confirmed_at=None)
    assert client.post("/sign-in", data=cleo).status_code == 422


def test_after_ten_wrong_passwords_the_right_one_must_wait(
    client: FreshClient, cleo: dict[str, str]
) -> None:
    for _ in range(PER_ADDRESS):
        client.post("/sign-in", data={**cleo, "password": "wrong for sure"})
    locked = client.post("/sign-in", data=cleo)
    assert locked.status_code == 429
    assert 800 < int(locked.headers["Retry-After"]) <= 900


def test_a_lock_is_written_down_once(client: FreshClient, cleo: dict[str, str]) -> None:
    for _ in range(PER_ADDRESS + 3):
        client.post("/sign-in", data={**cleo, "password": "wrong for sure"})
    db.session.rollback()
    assert list(db.session.scalars(select(AuditEntry.action))) == [Action.SIGN_IN_LOCKED]


def test_signing_in_often_locks_nobody_out(client: FreshClient, cleo: dict[str, str]) -> None:
    answers = {client.post("/sign-in", data=cleo).status_code for _ in range(PER_ADDRESS + 3)}
    assert answers <= {303, 403}


def test_signing_out_ends_the_session(cast: Cast, as_user: Callable[[Any], FreshClient]) -> None:
    browser = as_user(cast.customer)
    assert browser.post("/sign-out").status_code == 303
    assert browser.get("/account").status_code == 302


def test_a_new_session_key_ends_a_session(
    cast: Cast, as_user: Callable[[Any], FreshClient]
) -> None:
    browser = as_user(cast.customer)
    alter(cast.customer.email, session_key="0" * 32)
    assert browser.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/account", "/account"),
        ("/account?tab=a%20b", "/account?tab=a%20b"),
        ("https://evil.example/account", "/"),
        ("//evil.example/account", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-out", "/"),
        ("/no/such/page", "/"),
        ("account", "/"),
    ],
)
def test_signing_in_leads_to_pages_of_this_desk_only(
    client: FreshClient, cleo: dict[str, str], wanted: str, reached: str
) -> None:
    answer = client.post("/sign-in", query_string={"next": wanted}, data=cleo)
    assert answer.location == reached


def test_a_page_for_members_leads_back_to_itself(client: FreshClient, cleo: dict[str, str]) -> None:
    door = client.get("/account").location
    assert client.get(door).status_code == 200
    assert client.post(door, data=cleo).location == "/account"


def test_staff_begin_in_the_inbox_and_admins_in_admin(
    client: FreshClient, app: Flask, cast: Cast
) -> None:
    for person, home in ((cast.agent, "/inbox"), (cast.admin, "/admin")):
        give_password(person.email, PASSWORD)
        form = {"email": person.email, "password": PASSWORD}
        assert app.test_client().post("/sign-in", data=form).location == home


def test_who_is_in_already_is_sent_home(cast: Cast, as_user: Callable[[Any], FreshClient]) -> None:
    assert as_user(cast.agent).get("/sign-in").location == "/inbox"


class TestInProduction:
    @pytest.fixture
    def settings_for_test(self) -> dict[str, Any]:
        return {
            "env": "production",
            "secret_key": "k" * 40,
            "public_url": "https://desk.example",
            "trusted_hosts": ("localhost",),
        }

    def test_passwords_that_everybody_knows_open_nothing(
        self, client: FreshClient, cast: Cast
    ) -> None:
        give_password(cast.agent.email, "hearth demo only")
        form = {"email": cast.agent.email, "password": "hearth demo only"}
        assert client.post("/sign-in", data=form).status_code == 422
