"""Choosing what one is told."""

import re
from collections.abc import Callable

from sqlalchemy import func, select

from app.accounts.auditing import Action, AuditEntry
from app.accounts.user import User
from app.core.db import db
from app.notifications import choosing
from app.notifications.choice import Choice, Every
from app.notifications.occasion import CATALOGUE, Occasion, Side, Way
from tests.notifications.desk import told
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import outbox

AsUser = Callable[[User], FreshClient]
Drain = Callable[[], int]
PAGE = "/account/notifications"


def filled(browser: FreshClient, **changed: str) -> dict[str, str]:
    """What the page would send, with these changes."""
    html = browser.get(PAGE).text
    said = {}
    for name, body in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', html, re.S):
        said[name] = re.search(r'<option selected value="(\w+)"', body)[1]
    return said | {"zone": ""} | changed


def kept() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Choice)) or 0


def test_each_person_sees_what_concerns_them(cast: Cast, as_user: AsUser) -> None:
    customers, agents = as_user(cast.customer).get(PAGE).text, as_user(cast.agent).get(PAGE).text
    for entry in CATALOGUE.values():
        assert entry.sentence in agents
        assert (entry.sentence in customers) is (entry.side is not Side.STAFF)
    assert "it is what you wrote to us for" in customers


def test_only_what_differs_from_the_default_is_kept(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.agent)
    assert browser.post(PAGE, data=filled(browser)).status_code == 303
    assert kept() == 0
    browser.post(PAGE, data=filled(browser, mentioned="site", new_unassigned="digest"))
    assert kept() == 2
    assert filled(browser)["mentioned"] == "site"
    browser.post(PAGE, data=filled(browser, mentioned="mail"))
    assert kept() == 1


def test_every_change_is_written_down(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.agent)
    browser.post(PAGE, data=filled(browser, mentioned="none"))
    browser.post(PAGE, data=filled(browser, mentioned="mail"))
    db.session.rollback()
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.action, each.detail["what"], each.detail["way"]) for each in entries] == [
        (Action.NOTIFICATIONS_CHANGED, "mentioned", "none"),
        (Action.NOTIFICATIONS_CHANGED, "mentioned", "mail"),
    ]


def test_the_digest_comes_when_it_was_said(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.customer)
    said = filled(browser, every="week", hour="17") | {"zone": "Europe/Berlin"}
    assert browser.post(PAGE, data=said).status_code == 303
    db.session.rollback()
    times = choosing.digest_times(cast.customer)
    assert (times.every, times.hour, times.zone) == (Every.WEEK, 17, "Europe/Berlin")


def test_what_cannot_be_chosen_is_refused(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.customer)
    wrong = [
        {"received": "digest"}, {"solved": "pigeon"}, {"hour": "24"}, {"zone": "Middle/Earth"},
    ]  # fmt: skip
    for each in wrong:
        answer = browser.post(PAGE, data=filled(browser) | each)
        assert answer.status_code == 422, each
    ignored = {"answered": "none", "mentioned": "none"}  # nobody's choice, and not theirs
    assert browser.post(PAGE, data=filled(browser) | ignored).status_code == 303
    assert kept() == 0


def test_a_customer_who_wants_no_confirmation_gets_none_but_every_answer(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    browser = as_user(cast.customer)
    browser.post(PAGE, data=filled(browser, received="none", others_wrote="none"))
    number = make.ticket(cast.customer).id
    drain()
    assert not outbox()
    as_user(cast.agent).post(
        f"/tickets/{number}/messages", data={"kind": "reply", "text": "Try.", "then": "keep"}
    )
    drain()
    assert [mail.subject[:3] for mail in outbox(to=cast.customer.email)] == ["Re:"]
    assert told(cast.customer) == ["answered"]


def test_a_way_of_none_is_for_the_site_too(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    browser = as_user(cast.customer)
    browser.post(PAGE, data=filled(browser, question_answered="none"))
    make.answer(make.question(cast.customer), cast.other_customer)
    drain()
    assert told(cast.customer) == []


def test_every_occasion_can_have_its_default() -> None:
    for occasion in Occasion:
        assert CATALOGUE[occasion].default in CATALOGUE[occasion].ways
        assert Way.MAIL in CATALOGUE[occasion].ways
