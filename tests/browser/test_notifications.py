"""Notifications: the bell, choosing what one is told, and stopping mails by their own link."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.metrics.saved.links import Stop, stop_url
from app.ops import seeding
from tests.browser import inspection
from tests.browser.acts import heading, press, sign_in, toast, try_until
from tests.browser.people import AGENT, CUSTOMER, LEAD
from tests.browser.running_desk import Desk
from tests.browser.window import Windows


def bell(page: Page) -> str:
    """What the bell says; opens a page anew, as people do."""
    page.goto("/account")
    return page.get_by_role("banner").get_by_role("link", name="Notifications").aria_snapshot()


def test_a_mention_rings_the_bell_until_the_ticket_is_seen(visit: Windows) -> None:
    lead, agent = visit(), visit()
    sign_in(lead, LEAD, seeding.PASSWORD)
    sign_in(agent, AGENT, seeding.PASSWORD)
    agent.goto("/notifications")
    if agent.get_by_role("button", name="Mark all read").count():
        press(agent, "Mark all read")
        toast(agent, "All read.")
    lead.goto("/tickets/2")
    lead.get_by_label("Internal note").check(force=True)
    lead.locator("textarea[name=text]").fill("Can you look, @Mara?")
    lead.locator("textarea[name=text]").press("Control+Enter")
    try_until(lambda: "1 unread" in bell(agent))
    assert inspection.faults(agent) == []
    agent.keyboard.press("g")
    agent.keyboard.press("n")
    heading(agent, "Notifications")
    assert inspection.faults(agent) == []
    agent.get_by_role("main").locator(".item-title a").first.click()
    expect(agent.locator(".bell-count")).to_have_count(0)
    assert "unread" not in bell(agent)


def test_an_agent_follows_and_mutes_by_key(visit: Windows) -> None:
    agent = visit(AGENT)
    agent.goto("/tickets/3")
    agent.keyboard.press("+")
    toast(agent, "You follow this ticket.")
    agent.keyboard.press("-")
    toast(agent, "Muted.")
    assert inspection.faults(agent) == []
    agent.keyboard.press("-")
    toast(agent, "what is yours to hear")


@pytest.mark.parametrize("java_script", [True, False], ids=["scripted", "without script"])
def test_choices_are_made_and_kept(visit: Windows, java_script: bool) -> None:
    customer = visit(java_script=java_script)
    sign_in(customer, CUSTOMER, seeding.PASSWORD)
    customer.goto("/account")
    customer.get_by_role("link", name="Choose what you are told").click()
    heading(customer, "What you are told")
    for way in ("In my digest", "By mail at once"):
        choice = customer.get_by_label("Somebody answers my question")
        choice.select_option(label=f"On the site, and {way[0].lower()}{way[1:]}")
        press(customer, "Save")
        toast(customer, "Saved.")
        chosen = customer.get_by_label("Somebody answers my question").locator("option:checked")
        expect(chosen).to_contain_text(way.lower())


def test_mails_are_stopped_by_their_link_without_signing_in(visit: Windows, desk: Desk) -> None:
    visitor = visit(java_script=False)
    visitor.goto(desk.mailbox.letter(CUSTOMER, linking="/unsubscribe/").link("/unsubscribe/"))
    heading(visitor, "Stop these mails?")
    press(visitor, "Stop them")
    heading(visitor, "These mails are stopped")
    press(visitor, "Send them again")
    heading(visitor, "Stop these mails?")
    looking = visit()
    looking.goto(visitor.url)
    assert inspection.faults(looking) == []


def test_mails_with_figures_are_stopped_alike(app: Flask, visit: Windows) -> None:
    link = stop_url(
        Stop(person_id=1, subscription_id=1)
    )  # both desks sign with the key of development
    visitor = visit()
    visitor.goto(urlsplit(link).path)
    heading(visitor, "Stop these mails?")
    assert inspection.faults(visitor) == []
