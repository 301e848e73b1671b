"""Invitations, by mail and by hand."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app.accounts import inviting, people
from app.accounts.permissions import Role
from app.core import clock
from app.core.errors import Conflict, NotAllowed
from app.core.uow import unit_of_work
from tests.accounts.altering import alter
from tests.accounts.letters import letters, link_in
from tests.support.cast import Cast
from tests.support.client import FreshClient

IVY = "ivy@house.example"
FORM = {"name": "Ivy Oakes", "password": "a quiet evening at home"}


def test_an_invited_person_sets_name_and_password_and_is_in(
    client: FreshClient, cast: Cast, drain: Callable[[], int]
) -> None:
    with unit_of_work():
        inviting.invite(email=IVY, name="Ivy", roles={Role.AGENT}, by=cast.admin)
    drain()
    assert letters(IVY)[0].subject == "Ann Admin invites you to Hearth"
    assert 'value="Ivy"' in client.get(link_in(IVY)).text
    assert client.post(link_in(IVY), data=FORM).location == "/inbox"
    ivy = people.with_address(IVY)
    assert (ivy.name, ivy.roles) == ("Ivy Oakes", {Role.USER, Role.AGENT})
    assert client.get(link_in(IVY)).status_code == 404


def test_somebody_with_an_account_gets_the_roles_on_top_and_no_link_to_a_password(
    cast: Cast, drain: Callable[[], int]
) -> None:
    with unit_of_work():
        inviting.invite(email=cast.moderator.email, name="", roles={Role.AGENT}, by=cast.admin)
    drain()
    mia = people.with_address("mia@house.example")
    assert mia.roles == {Role.USER, Role.MODERATOR, Role.AGENT}
    assert "/password/" not in letters("mia@house.example")[0].text


def test_only_admins_invite(cast: Cast) -> None:
    with pytest.raises(NotAllowed), unit_of_work():
        inviting.invite(email=IVY, name="Ivy", roles={Role.LEAD}, by=cast.lead)
    assert people.with_address(IVY) is None


def test_somebody_deactivated_is_not_invited(cast: Cast) -> None:
    alter(cast.agent.email, deactivated_at=clock.now())
    with pytest.raises(Conflict), unit_of_work():
        inviting.invite(email="ben@house.example", name="", roles={Role.LEAD}, by=cast.admin)


def test_the_command_prints_a_link_that_works_once(app: Flask, client: FreshClient) -> None:
    run = app.test_cli_runner().invoke(args=["accounts", "invite", "--role", "admin", IVY])
    path = urlsplit(run.output.split()[-1]).path
    assert client.post(path, data=FORM).location == "/admin"
    assert client.get(path).status_code == 404
    assert people.with_address(IVY).roles == {Role.USER, Role.ADMIN}


def test_the_command_makes_a_first_admin_only_where_there_is_none(app: Flask, cast: Cast) -> None:
    run = app.test_cli_runner().invoke(args=["accounts", "invite", "--first", IVY])
    assert (run.exit_code, run.output) == (0, "")
    assert people.with_address(IVY) is None


def test_the_command_says_what_is_wrong_with_an_address(app: Flask) -> None:
    run = app.test_cli_runner().invoke(args=["accounts", "invite", "--role", "admin", "ivy"])
    assert run.exit_code == 1
    assert "not a complete mail address" in run.output


def test_the_command_prints_a_new_link_until_the_first_admin_is_in(app: Flask) -> None:
    runner = app.test_cli_runner()
    first, second = (runner.invoke(args=["accounts", "invite", "--first", IVY]) for _ in range(2))
    assert "/password/" in first.output
    assert "/password/" in second.output
