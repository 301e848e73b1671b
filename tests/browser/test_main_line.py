"""The line through the whole house: searched, not found, asked, answered, rated, counted."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.ops import seeding
from tests.browser import inspection
from tests.browser.acts import heading, press, sign_in, toast, try_until
from tests.browser.people import AGENT, CUSTOMER
from tests.browser.running_desk import Desk
from tests.browser.window import Windows

FILE = {"name": "gauge.txt", "mimeType": "text/plain", "buffer": b"humidity 71 %\n"}
ANSWER = "Set the hygrometer to **zero** first, then calibrate it again."


@pytest.mark.both_databases
@pytest.mark.parametrize("java_script", [True, False], ids=["scripted", "without script"])
def test_from_a_search_without_result_to_a_rating_that_counts(
    visit: Windows, desk: Desk, java_script: bool
) -> None:
    name = "Tamsin" if java_script else "Silke"
    address, subject = f"{name.lower()}@airfield.example", f"Zeppelin hygrometer, {name}"
    visitor, agent = visit(java_script=java_script), visit(java_script=java_script)

    _search_in_vain(visitor, subject)
    _file(visitor, name=name, address=address, subject=subject)
    confirmation = desk.mailbox.letter(address, linking="/follow/")
    _follow(visitor, confirmation.link("/follow/"), subject=subject)

    sign_in(agent, AGENT, seeding.PASSWORD)
    before = _counted(agent)
    number = _take(agent, subject)
    _answer_and_solve(agent)
    invitation = desk.mailbox.letter(address, linking="/rate/")
    assert confirmation.message_id in invitation.references
    visitor.reload()
    expect(visitor.locator("#latest")).to_contain_text("hygrometer to zero")

    _rate(visitor, invitation.link("rating=5"))
    expected = {metric: count + 1 for metric, count in before.items()}
    try_until(lambda: _counted(agent) == expected)
    _look_up(agent, number=number, subject=subject)


def test_pages_behind_the_links_in_mails_are_fit_to_be_shown(visit: Windows, desk: Desk) -> None:
    visitor = visit()
    visitor.goto(desk.mailbox.letter(CUSTOMER, linking="/follow/").link("/follow/"))
    assert inspection.faults(visitor) == []
    visitor.goto(desk.mailbox.letter(CUSTOMER, linking="rating=1").link("rating=1"))
    assert inspection.faults(visitor) == []


def _search_in_vain(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("searchbox").fill(words)
    page.get_by_role("main").get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Nothing found for")
    page.get_by_role("main").get_by_role("link", name="Open a ticket").click()
    expect(page.get_by_label("What is it about?")).to_have_value(words)


def _file(page: Page, *, name: str, address: str, subject: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your email").fill(address)
    page.get_by_label("What happened?").fill("It shows *71 %* indoors.\n\nThe log is attached.")
    page.get_by_label("Files").set_input_files([FILE])
    press(page, "Send to us")
    heading(page, "We have your message")


def _follow(page: Page, link: str, *, subject: str) -> None:
    page.goto(link)
    heading(page, subject)
    expect(page.get_by_role("link", name="gauge.txt")).to_be_visible()


def _take(page: Page, subject: str) -> str:
    """Assign it to oneself; its number."""
    page.goto("/inbox")
    page.get_by_role("link", name="Unassigned").click()
    page.get_by_role("link", name=subject).click()
    heading(page, subject)
    with page.expect_download() as download:
        page.get_by_role("link", name="gauge.txt").click()
    assert download.value.path().read_bytes() == FILE["buffer"]
    page.get_by_label("Assignee").select_option("Mara Lindqvist")
    press(page, "Save")
    toast(page, "Saved.")
    return page.locator(".ticket-head .id").inner_text()


def _answer_and_solve(page: Page) -> None:
    page.get_by_label("Message", exact=True).fill(ANSWER)
    page.get_by_label("Other ways to send").click()
    press(page, "Send and solve")
    toast(page, "Sent.")
    expect(page.locator(".ticket-head .status")).to_have_text("Solved")


def _rate(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_label("Great")).to_be_checked()
    page.get_by_label("Anything you want to add?").fill("Quick, and it worked.")
    press(page, "Send")
    heading(page, "Thank you")


def _counted(page: Page) -> dict[str, int]:
    """Of how many cases each headline figure of the metrics page is made."""
    page.goto("/metrics")
    return {metric: _cases(page, metric) for metric in ("frt", "ttr_full", "csat")}


def _cases(page: Page, metric: str) -> int:
    said = re.search(r"of ([\d,]+) (ticket|rating)", page.locator(f"#tile-{metric}").inner_text())
    return int(said[1].replace(",", "")) if said else 0


def _look_up(page: Page, *, number: str, subject: str) -> None:
    page.goto("/metrics")
    page.locator("#tile-csat").get_by_role("link", name="See the tickets").click()
    row = page.get_by_role("row").filter(has_text=subject)
    expect(row).to_contain_text(number)
