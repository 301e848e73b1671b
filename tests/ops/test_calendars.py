"""Business hours: who may change them, and what the page says."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.accounts.user import User
from app.core import clock
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[User], FreshClient]


def hours(**changed: str) -> dict[str, str]:
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    days = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday"), "8:00–12:00, 13:00–16:30")
    return {"effective_from": tomorrow, "zone": "Europe/Berlin", **days, **changed}


def test_only_leads_and_admins_look_after_hours(
    cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    for person in (cast.lead, cast.admin):
        assert as_user(person).get("/admin/calendars").status_code == 200
    for person in (cast.agent, cast.customer, cast.moderator):
        assert as_user(person).get("/admin/calendars").status_code == 403
        assert as_user(person).post("/admin/calendars", data=hours()).status_code == 403
    assert client.get("/admin/calendars").status_code in (302, 303)


def test_the_usual_hours_are_shown_until_others_are_saved(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.lead)
    assert "9:00–17:00" in browser.get("/admin/calendars").text
    assert "/admin/calendars" in browser.get("/metrics").text
    saved = browser.post("/admin/calendars", data=hours(holidays="2026-12-25\n2026-12-26"))
    assert saved.status_code == 303
    page = browser.get("/admin/calendars").text
    assert "Mon 8:00–12:00, 13:00–16:30" in page
    assert "2026-12-25, 2026-12-26" in page
    assert f"by {cast.lead.name}" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"effective_from": "2020-01-01"}, "Choose today or a later day"),
        ({"effective_from": "soon"}, "Write the day as 2026-03-31."),
        ({"zone": "Mars/Base"}, "Write a time zone as Europe/Berlin."),
        ({"zone": "../../etc/passwd"}, "Write a time zone as Europe/Berlin."),
        ({"monday": "9-5"}, "Write hours as 9:00–17:00"),
        ({"holidays": "Christmas"}, "Christmas is not a day such as 2026-12-25."),
    ],
)
def test_what_cannot_be_is_shown_again_with_the_reason(
    cast: Cast, as_user: AsUser, changed: dict[str, str], said: str
) -> None:
    answer = as_user(cast.lead).post("/admin/calendars", data=hours(**changed))
    assert answer.status_code == 422
    assert said in answer.text
    assert "8:00–12:00, 13:00–16:30" in answer.text
