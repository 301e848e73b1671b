"""The comfort that scripts add."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import AGENT, CUSTOMER
from tests.browser.running_desk import Desk
from tests.browser.window import Windows


def test_code_in_an_article_can_be_copied_without_the_prompts(visit: Windows) -> None:
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/help/run-in-production")
    button = page.locator("figure.code").first.get_by_role("button")
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("python3 -m venv .venv\n")


@pytest.mark.parametrize("java_script", [True, False], ids=["scripted", "without script"])
def test_a_chosen_file_is_seen_before_it_is_sent(
    visit: Windows, desk: Desk, java_script: bool
) -> None:
    page = visit(java_script=java_script)
    page.goto(desk.mailbox.letter(CUSTOMER, linking="/follow/").link("/follow/"))
    field = page.locator("input[type=file]")
    field.set_input_files([{"name": "disk.log", "mimeType": "text/plain", "buffer": b"full"}])
    if java_script:
        expect(page.locator("[data-files]").first).to_contain_text("disk.log")
    else:  # the browser's own control says it
        assert (field.bounding_box() or {})["width"] > 100


def test_menu_closes_on_escape_and_gives_the_focus_back(visit: Windows) -> None:
    page = visit(AGENT)
    page.goto("/inbox")
    menu = page.locator("header details.menu")
    menu.locator("summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_list_of_faults_takes_the_focus_and_leads_to_the_field(visit: Windows) -> None:
    page = visit()
    page.goto("/tickets/new")
    page.get_by_label("Your email").fill("nobody")
    page.get_by_role("button", name="Send to us").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("What is it about?")).to_be_focused()
    expect(page.get_by_label("Your email")).to_have_value("nobody")


def test_drawer_of_an_agent_on_a_phone_leads_on(visit: Windows) -> None:
    page = visit(AGENT)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/inbox")
    page.get_by_role("button", name="Open the menu").click()
    page.locator("#side").get_by_role("link", name="Metrics").click()
    expect(page).to_have_url("/metrics")
