"""Managing people: finding, inviting, roles, letting go."""

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts import people
from app.accounts.permissions import Role
from app.core.db import db
from app.core.uow import unit_of_work
from app.core.web.pages import encode_cursor
from app.ops.queries import people as queries
from tests.accounts.letters import letters
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted


@pytest.fixture
def admin(cast: Cast, as_user: Callable[[Any], FreshClient]) -> FreshClient:
    return as_user(cast.admin)


def roles_of(email: str) -> frozenset[Role]:
    db.session.rollback()
    return people.with_address(email).roles - {Role.USER}


def test_staff_are_listed_and_customers_are_found(admin: FreshClient) -> None:
    staff = admin.get("/admin/people").text
    assert "Ben Agent" in staff
    assert "Cleo Customer" not in staff
    found = admin.get("/admin/people?group=everyone&q=CLEO@").text
    assert "Cleo Customer" in found
    assert "Ben Agent" not in found


def test_a_percent_sign_is_looked_for_as_it_is(admin: FreshClient) -> None:
    assert "Nobody here" in admin.get("/admin/people?group=everyone&q=%25").text


def test_pages_follow_each_other_without_gaps(
    admin: FreshClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "ROWS", 3)
    with unit_of_work():
        people.person_for("twin@house.example", name="Ada Lead")
    seen: list[int] = []
    after = ""
    for _ in range(3):
        page = queries.people(queries.Group.EVERYONE, text="", after=after)
        seen += [row.id for row in page.items]
        after = page.after or ""
    assert sorted(seen) == list(range(1, 9))
    assert after == ""


@pytest.mark.parametrize("after", ["", encode_cursor("Ben Agent", 2)])
def test_a_page_of_everybody_is_read_without_sorting_them(cast: Cast, after: str) -> None:
    if db.engines["reader"].dialect.name != "sqlite":
        pytest.skip("PostgreSQL sorts so few people rather than look into an index")
    with counted() as statements:
        queries.people(queries.Group.EVERYONE, text="", after=after)
    raw = db.session.connection().connection.cursor()
    values = ["Ben Agent", 2, 51, 0] if after else [51, 0]
    plan = raw.execute(f"EXPLAIN QUERY PLAN {statements[0]}", values).fetchall()
    assert [row for row in plan if "ix_users_name_id" in row[-1]]
    assert not [row for row in plan if "TEMP B-TREE" in row[-1]]


@pytest.mark.parametrize(
    "after",
    ["nonsense", "WzEsMl0", "bnVsbA", encode_cursor("a", 10**25), encode_cursor("a\0", 1)],
)
def test_a_broken_cursor_shows_the_beginning(admin: FreshClient, after: str) -> None:
    assert "Ada Lead" in admin.get(f"/admin/people?after={after}").text


def test_somebody_invited_gets_mail_and_is_listed(
    admin: FreshClient, drain: Callable[[], int]
) -> None:
    form = {"email": "ivy@house.example", "name": "Ivy", "roles": ["agent", "moderator"]}
    answer = admin.post("/admin/people", data=form)
    assert answer.status_code == 303
    drain()
    assert "/password/" in letters("ivy@house.example")[0].text
    assert "Ivy" in admin.get("/admin/people?group=invited").text
    assert "Ivy" not in admin.get("/admin/people").text
    assert roles_of("ivy@house.example") == {Role.AGENT, Role.MODERATOR}
    admin.post(f"{answer.location}/invitations")
    drain()
    assert len(letters("ivy@house.example")) == 2


@pytest.mark.parametrize(
    "form", [{"email": ""}, {"email": "ivy"}, {"email": "ivy@house.example", "roles": ["user"]}]
)
def test_a_faulty_invitation_is_shown_again(admin: FreshClient, form: dict[str, Any]) -> None:
    answer = admin.post("/admin/people", data=form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_roles_are_ticked_and_unticked(admin: FreshClient, cast: Cast) -> None:
    path = f"/admin/people/{cast.agent.id}"
    assert 'checked id="roles-1"' in admin.get(path).text
    assert admin.post(f"{path}/roles", data={"roles": ["lead"]}).status_code == 303
    assert roles_of("ben@house.example") == {Role.LEAD}
    page = admin.get(path).text
    assert "Got the role lead" in page
    assert "Lost the role agent" in page
    assert "Ann Admin" in page


def test_the_last_admin_stays_admin_and_is_told_why(admin: FreshClient, cast: Cast) -> None:
    path = f"/admin/people/{cast.admin.id}"
    answer = admin.post(f"{path}/roles", data={"roles": ["agent"]})
    assert answer.status_code == 422
    assert "the only administrator who can sign in" in answer.text
    assert admin.post(f"{path}/deactivations").status_code == 409
    assert roles_of("ann@house.example") == {Role.ADMIN}


def test_somebody_deactivated_is_out_at_once_and_can_come_back(
    admin: FreshClient, cast: Cast, as_user: Callable[[Any], FreshClient]
) -> None:
    ben, path = as_user(cast.agent), f"/admin/people/{cast.agent.id}"
    assert ben.get("/account").status_code == 200
    assert admin.post(f"{path}/deactivations").status_code == 303
    assert ben.get("/account").status_code == 302
    assert "Deactivated" in admin.get("/admin/people").text
    form = {"email": "ben@house.example", "roles": ["lead"]}
    assert admin.post("/admin/people", data=form).status_code == 422
    assert admin.post(f"{path}/reactivations").status_code == 303
    assert people.with_address("ben@house.example").is_active


def test_a_change_holds_from_the_next_page(
    admin: FreshClient, cast: Cast, as_user: Callable[[Any], FreshClient]
) -> None:
    cleo = as_user(cast.customer)
    assert cleo.get("/inbox").status_code == 403
    admin.post(f"/admin/people/{cast.customer.id}/roles", data={"roles": ["agent"]})
    assert cleo.get("/inbox").status_code == 200
