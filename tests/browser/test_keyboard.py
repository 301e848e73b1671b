"""An agent's work without a mouse."""

from playwright.sync_api import Page, expect

from tests.browser.acts import heading, press, toast
from tests.browser.people import AGENT, CUSTOMER
from tests.browser.window import Windows

SUBJECT = "Keys that work in the inbox"


def test_agent_answers_and_solves_by_keyboard(visit: Windows) -> None:
    _open_ticket(visit(CUSTOMER))
    page = visit(AGENT)
    page.goto("/metrics")
    page.keyboard.press("g")
    page.keyboard.press("i")
    heading(page, "Open")
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name=SUBJECT)).to_be_focused()
    page.keyboard.press("Enter")
    heading(page, SUBJECT)

    page.keyboard.press("r")
    expect(page.get_by_label("Message", exact=True)).to_be_focused()
    page.keyboard.type("J and K move, Enter opens.")
    page.keyboard.press("Control+Enter")
    toast(page, "Sent.")
    expect(page.locator("#latest")).to_contain_text("J and K move, Enter opens.")

    page.keyboard.press("e")
    toast(page, "Solved.")
    page.keyboard.press("u")
    heading(page, "Open")


def test_letters_are_only_letters_while_writing(visit: Windows) -> None:
    page = visit(AGENT)
    page.goto("/inbox?view=waiting")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/*")
    page.keyboard.press("n")
    page.keyboard.type("jeru?")
    expect(page.get_by_label("Message", exact=True)).to_have_value("jeru?")
    expect(page.get_by_role("button", name="Add note, staff only")).to_be_visible()


def test_first_tab_leads_past_the_head_of_the_page(visit: Windows) -> None:
    page = visit()
    page.goto("/community")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").locator(":focus")).to_have_count(1)


def _open_ticket(page: Page) -> None:
    page.goto("/tickets/new")
    page.get_by_label("What is it about?").fill(SUBJECT)
    page.get_by_label("What happened?").fill("Which keys are there?")
    press(page, "Send to us")
    heading(page, SUBJECT)


def test_palette_jumps_anywhere_and_presses_what_is_on_the_page(visit: Windows) -> None:
    page = visit(AGENT)
    page.goto("/tickets/1")
    page.keyboard.press("Control+k")
    field = page.get_by_label("Search or jump to", exact=True).and_(page.get_by_role("searchbox"))
    expect(field).to_be_focused()
    page.keyboard.type("internal note")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Message", exact=True)).to_be_focused()

    page.keyboard.press("Control+k")
    page.keyboard.type("unassigned")
    last = page.locator("#palette").get_by_role("link", name="Search everything for “unassigned”")
    expect(last).to_be_visible()  # not what was found for the first of these letters
    for _ in range(9):
        if page.evaluate("document.activeElement.textContent.trim()") == "Unassigned":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    heading(page, "Unassigned")


def test_list_of_keys_tells_what_the_page_binds(visit: Windows) -> None:
    page = visit(AGENT)
    page.goto("/tickets/1")
    page.keyboard.press("?")
    told = page.locator("#keys")
    for said in ("Internal note", "Ctrl+K", "Canned reply", "Macro", "Assignee"):
        expect(told).to_contain_text(said)
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()


def test_colleague_is_called_by_keyboard(visit: Windows) -> None:
    page = visit(AGENT)
    page.goto("/tickets/1")
    page.keyboard.press("n")
    page.keyboard.type("Look, @")
    option = page.locator("#text-proposals").get_by_role("option").first
    name = option.text_content()
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Message", exact=True)).to_have_value(f"Look, @{name} ")
