"""Looking into the outbox: the envelope for who reads mail, the letter for who may read its kind."""

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts import changing_roles
from app.accounts.permissions import Role
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.mail.outbound import Kind, OutboundMail, State
from app.ops.queries import mails
from tests.ops.things import mail
from tests.support.cast import Cast
from tests.support.client import FreshClient


@pytest.fixture
def admin(cast: Cast, as_user: Callable[[Any], FreshClient]) -> FreshClient:
    return as_user(cast.admin)


@pytest.mark.parametrize("kind", [Kind.ACCOUNT, Kind.COMMUNITY])
def test_an_admin_reads_mails_about_accounts_and_the_community(
    admin: FreshClient, kind: Kind
) -> None:
    number = mail(kind)
    assert "A word to Cleo" in admin.get("/admin/mail").text
    assert "The secret is blue." in admin.get(f"/admin/mail/{number}").text


def test_an_admin_sees_only_the_envelope_of_a_mail_about_a_ticket(admin: FreshClient) -> None:
    number = mail(Kind.TICKET)
    for page in (admin.get("/admin/mail").text, admin.get(f"/admin/mail/{number}").text):
        assert "cleo@house.example" in page
        assert "A word to Cleo" not in page
        assert "The secret is blue." not in page


def test_an_admin_who_is_also_an_agent_reads_it(admin: FreshClient, cast: Cast) -> None:
    number = mail(Kind.TICKET)
    with unit_of_work():
        changing_roles.grant(cast.admin, role=Role.AGENT, by=None)
    assert "A word to Cleo" in admin.get("/admin/mail").text
    assert "The secret is blue." in admin.get(f"/admin/mail/{number}").text


def test_a_mail_is_shown_as_text_and_its_addresses_as_links(admin: FreshClient) -> None:
    number = mail(text="<script>alert(1)</script> https://desk.example/password/abc", html="<b>")
    page = admin.get(f"/admin/mail/{number}").text
    assert "&lt;script&gt;alert(1)" in page
    assert '<a href="https://desk.example/password/abc"' in page


def test_states_and_addresses_narrow_the_list(admin: FreshClient) -> None:
    mail()
    assert "cleo@house.example" in admin.get("/admin/mail?view=kept&to=Cleo").text
    assert "No mails" in admin.get("/admin/mail?view=sent").text
    assert "No mails" in admin.get("/admin/mail?to=dov").text


def test_pages_follow_each_other(
    admin: FreshClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mails, "ROWS", 2)
    numbers = [mail() for _ in range(3)]
    first = mails.mails(mails.View.ALL, address="", before=0, reader=cast.admin)
    rest = mails.mails(mails.View.ALL, address="", before=int(first.after), reader=cast.admin)
    assert [row.id for row in [*first.items, *rest.items]] == numbers[::-1]
    assert rest.after is None


class TestWithMailServer:
    @pytest.fixture
    def settings_for_test(self) -> dict[str, Any]:
        return {"smtp_url": "smtp://127.0.0.1:1"}

    def test_a_failed_mail_says_why_and_is_sent_again(self, admin: FreshClient) -> None:
        number = mail()
        with unit_of_work():
            begin_writing()
            failed = db.session.get_one(OutboundMail, number)
            failed.state, failed.last_error = State.FAILED, "550 no such mailbox"
        assert "550 no such mailbox" in admin.get(f"/admin/mail/{number}").text
        assert admin.post(f"/admin/mail/{number}/sendings").status_code == 303
        db.session.rollback()
        assert db.session.get_one(OutboundMail, number).state is State.QUEUED
