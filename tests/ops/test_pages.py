"""Who may open which page, and that a longer list costs no more statements."""

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts import changing_roles, people
from app.accounts.permissions import Role
from app.core.uow import unit_of_work
from tests.ops.things import dead_job, mail
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[Any], FreshClient]
PAGES = ("/admin/people", "/admin/people/1", "/admin/mail", "/admin/mail/1", "/admin/jobs")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["customer", "moderator", "agent", "lead"])
def test_admin_is_for_admins(cast: Cast, as_user: AsUser, path: str, who: str) -> None:
    assert as_user(getattr(cast, who)).get(path).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_admins_enter_and_visitors_are_sent_to_sign_in(
    client: FreshClient, cast: Cast, as_user: AsUser, path: str
) -> None:
    mail()
    assert as_user(cast.admin).get(path).status_code == 200
    assert client.get(path).location.startswith("/sign-in")


@pytest.mark.parametrize(
    "path",
    [
        "/admin/people",
        "/admin/people/1/roles",
        "/admin/people/1/invitations",
        "/admin/people/1/deactivations",
        "/admin/people/1/reactivations",
        "/admin/mail/1/sendings",
        "/admin/jobs/1/retries",
    ],
)
def test_a_lead_changes_nothing_here(cast: Cast, as_user: AsUser, path: str) -> None:
    assert as_user(cast.lead).post(path).status_code == 403


def test_what_is_not_there_is_not_found(cast: Cast, as_user: AsUser) -> None:
    admin = as_user(cast.admin)
    for path in ("/admin/people/999", "/admin/mail/999"):
        assert admin.get(path).status_code == 404
    assert admin.post("/admin/jobs/999/retries").status_code == 404


def test_the_word_admin_leads_to_people(cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.admin).get("/admin").location == "/admin/people"


@pytest.mark.parametrize("path", ["/admin/people?group=everyone", "/admin/mail", "/admin/jobs"])
def test_twenty_rows_cost_as_many_statements_as_two(cast: Cast, as_user: AsUser, path: str) -> None:
    admin = as_user(cast.admin)
    fill(2)
    with counted() as few:
        assert admin.get(path).status_code == 200
    fill(18)
    with counted() as many:
        assert admin.get(path).status_code == 200
    assert len(many) == len(few)


def fill(number: int) -> None:
    for _ in range(number):
        letter = mail()
        dead_job()
        with unit_of_work():
            guest = people.person_for(f"guest-{letter}@house.example")
            changing_roles.grant(guest, role=Role.AGENT, by=None)
