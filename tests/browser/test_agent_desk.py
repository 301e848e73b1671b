"""A long day at the desk: nothing that was written, chosen or attached gets lost on the way."""

import base64
import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import heading, press, toast
from tests.browser.people import AGENT, CUSTOMER, LEAD
from tests.browser.window import Windows

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PICTURE = {"name": "screen.png", "mimeType": "image/png", "buffer": DOT}
LOG = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"it says no"}
POLLED_EVERY_MS = 12_000


def test_draft_is_kept_while_somebody_writes_without_a_pause(visit: Windows) -> None:
    page = visit(AGENT)
    number = _file(visit, "Drafts while writing")
    page.goto(f"/tickets/{number}")
    page.get_by_text("Internal note", exact=True).first.click()
    text = page.get_by_label("Message", exact=True)
    begun = time.monotonic()
    while time.monotonic() - begun < 8:
        text.press_sequentially("on and on ", delay=60)
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved", timeout=100)

    again = visit(AGENT)
    again.goto(f"/tickets/{number}")
    expect(again.get_by_label("Message", exact=True)).to_have_value(re.compile("^on and on"))
    expect(again.get_by_label("Internal note")).to_be_checked()


def test_kind_of_a_draft_is_kept_too(visit: Windows) -> None:
    number, page = _file(visit, "Kind of a draft"), visit(AGENT)
    page.goto(f"/tickets/{number}")
    page.get_by_label("Message", exact=True).fill("They pay late.")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved")
    page.get_by_label("Internal note").check()
    page.goto("/inbox")
    page.goto(f"/tickets/{number}")
    expect(page.get_by_label("Internal note")).to_be_checked()


def test_draft_that_cannot_be_kept_is_not_said_to_be(visit: Windows) -> None:
    number, page = _file(visit, "Signed out meanwhile"), visit(AGENT)
    page.goto(f"/tickets/{number}")
    page.context.clear_cookies()
    page.get_by_label("Message", exact=True).fill("Written after the session ended.")
    expect(page.locator("[data-saved]")).to_contain_text("Draft not saved yet")
    _forget_faults(visit, page)


def test_draft_is_kept_without_a_script(visit: Windows) -> None:
    number, page = _file(visit, "Draft by hand"), visit(AGENT, java_script=False)
    page.goto(f"/tickets/{number}")
    page.get_by_label("Message", exact=True).fill("Half a sentence")
    press(page, "Save draft")
    toast(page, "Draft saved.")
    page.goto("/inbox/drafts")
    expect(page.get_by_role("main")).to_contain_text("Half a sentence")


@pytest.mark.parametrize("java_script", [True, False], ids=["scripted", "without script"])
def test_preview_loses_neither_text_nor_files(visit: Windows, java_script: bool) -> None:
    number, page = _file(visit, "Look before you send"), visit(AGENT, java_script=java_script)
    page.goto(f"/tickets/{number}")
    page.get_by_label("Message", exact=True).fill("It **works** now.")
    page.locator("input[type=file]").set_input_files([PICTURE, LOG])
    if java_script:
        press(page, "Preview")
        expect(page.locator(".preview strong")).to_have_text("works")
    else:
        with page.context.expect_page() as opened:
            press(page, "Preview")
        expect(opened.value.locator(".preview strong")).to_have_text("works")
        opened.value.close()
    press(page, "Send and wait")
    toast(page, "Sent.")
    latest = page.locator("#latest")
    expect(latest).to_contain_text("It works now.")
    expect(latest.locator(".thumb img")).to_have_count(1)
    expect(latest).to_contain_text("log.txt")


@pytest.mark.parametrize("by", [AGENT, CUSTOMER])
def test_chosen_files_are_shown_and_can_be_taken_out(visit: Windows, by: str) -> None:
    number, page = _file(visit, "Files before sending"), visit(by)
    page.goto(f"/tickets/{number}")
    page.locator("input[type=file]").set_input_files([PICTURE])
    page.locator("input[type=file]").evaluate(
        """field => {
            const data = new DataTransfer();
            data.items.add(new File(["it says no"], "log.txt", { type: "text/plain" }));
            field.form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
        }"""
    )
    chosen = page.locator("[data-files] li")
    expect(chosen).to_have_count(2)
    expect(chosen.first.locator("canvas")).to_be_visible()
    page.get_by_role("button", name="Remove screen.png").click()
    expect(chosen).to_have_count(1)
    page.locator("textarea").fill("The log is attached.")
    press(page, "Send and wait" if by == AGENT else "Send")
    latest = page.locator("#latest")
    expect(latest).to_contain_text("log.txt")
    expect(latest).not_to_contain_text("screen.png")


def test_ctrl_enter_sends_in_a_way_that_is_possible(visit: Windows) -> None:
    number, page = _file(visit, "Solved, then one more word"), visit(AGENT)
    page.goto(f"/tickets/{number}")
    page.get_by_label("Message", exact=True).fill("Done.")
    page.keyboard.press("Control+Shift+Enter")
    toast(page, "Sent.")
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    page.get_by_label("Message", exact=True).fill("One more thing.")
    page.get_by_label("Message", exact=True).press("Control+Enter")
    toast(page, "Sent.")
    expect(page.locator("#latest")).to_contain_text("One more thing.")


def test_every_property_is_changed_by_keyboard(visit: Windows) -> None:
    number, page = _file(visit, "Properties by keyboard"), visit(AGENT)
    page.goto(f"/tickets/{number}")
    for key, choice in (("s", "On"), ("p", "Urg"), ("a", "Mara")):
        page.keyboard.press(key)
        page.keyboard.type(choice)
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
    page.keyboard.press("l")
    page.keyboard.type("billing")
    page.keyboard.press("Control+Enter")
    page.wait_for_load_state()
    expect(page.get_by_label("Priority", exact=True)).to_have_value("urgent")
    expect(page.get_by_label("Status", exact=True)).to_have_value("waiting_third")
    expect(page.get_by_label("Tags", exact=True)).to_have_value("billing")
    page.keyboard.press("h")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("Called otherwise")
    page.keyboard.press("Enter")
    heading(page, "Called otherwise")
    page.keyboard.press("e")
    toast(page, "Solved.")
    page.keyboard.press("w")
    expect(page.get_by_role("button", name="Solve")).to_be_visible()


def test_tickets_are_chosen_and_changed_by_keyboard(visit: Windows) -> None:
    number, page = _file(visit, "Chosen by keyboard"), visit(AGENT)
    page.goto("/inbox?view=unassigned")
    for key in ("j", "x", "b"):
        page.keyboard.press(key)
    page.keyboard.type("Me")
    page.keyboard.press("Control+Enter")
    toast(page, "1 ticket changed.")
    page.goto(f"/tickets/{number}")
    expect(page.get_by_label("Assignee")).not_to_have_value("")


def test_box_of_the_inbox_has_a_key(visit: Windows) -> None:
    page = visit(AGENT)
    page.goto("/inbox")
    page.keyboard.press("f")
    expect(page.get_by_label("Find tickets")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("is:act")
    expect(page.locator("#completions").get_by_text("is:active")).to_be_visible()


def test_pages_follow_each_other_after_news(visit: Windows) -> None:
    """What came meanwhile pushes rows down; the way on must not lead past them."""
    page = visit(AGENT)
    page.goto("/inbox?q=is:solved")
    page.locator("tbody input[type=checkbox]").nth(3).check()
    chosen = page.locator("tbody tr").nth(3).get_attribute("data-key")
    before = page.get_by_role("link", name="Next").get_attribute("href")
    number = _file(visit, "Solved while somebody looks")
    lead = visit(LEAD)
    lead.goto(f"/tickets/{number}")
    press(lead, "Solve")
    toast(lead, "Solved.")
    expect(page.locator("tbody tr").first).to_have_attribute(
        "data-key", number, timeout=2 * POLLED_EVERY_MS
    )
    expect(page.locator("[data-news]")).to_have_text("1 new")
    expect(page.locator(f'tbody tr[data-key="{chosen}"] input')).to_be_checked()
    last = page.locator("tbody tr").last.get_attribute("data-key")
    assert page.get_by_role("link", name="Next").get_attribute("href") != before
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Previous").wait_for()
    first = page.locator("tbody tr").first.get_attribute("data-key")
    assert first != last
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(f'tbody tr[data-key="{last}"]')).to_have_count(1)


def _file(visit: Windows, subject: str) -> str:
    """A new ticket of the customer; its number."""
    page = visit(CUSTOMER)
    page.goto("/tickets/new")
    page.get_by_label("What is it about?").fill(subject)
    page.get_by_label("What happened?").fill("Something went wrong.")
    press(page, "Send to us")
    heading(page, subject)
    return page.url.split("#")[0].split("?")[0].rpartition("/")[2]


def _forget_faults(visit: Windows, page: Page) -> None:
    """What the browser says about a request that was to fail is no fault."""
    visit._open[page].faults.clear()
