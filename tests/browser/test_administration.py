"""An administrator lets somebody in, gives more rights, and looks at mail and jobs."""

from playwright.sync_api import Page, expect

from tests.browser import inspection
from tests.browser.acts import heading, press, toast
from tests.browser.people import ADMIN
from tests.browser.running_desk import Desk
from tests.browser.window import Windows

NAME, ADDRESS = "Lena Voss", "lena@hearth.example"


def test_agent_is_invited_and_becomes_lead(visit: Windows, desk: Desk) -> None:
    admin, lena = visit(ADMIN), visit()
    _invite(admin)
    letter = desk.mailbox.letter(ADDRESS, linking="/password/")
    assert letter.subject == "Ines Halvorsen invites you to Hearth"
    _accept(lena, letter.link("/password/"))

    admin.get_by_label("Lead").check()
    press(admin, "Save roles")
    toast(admin, "Saved.")
    expect(admin.get_by_role("main")).to_contain_text("Got the role lead")

    lena.goto("/community?tab=votes")
    lena.locator(".item-title a").first.click()
    expect(lena.get_by_role("button", name="Hide").first).to_be_visible()


def test_admin_reads_the_mail_that_was_kept_and_sees_the_worker(visit: Windows) -> None:
    admin = visit(ADMIN)
    admin.goto("/password/forgotten")
    admin.get_by_label("Email").fill(ADMIN)
    press(admin, "Send me a link")

    admin.goto("/admin")
    admin.get_by_role("link", name="Jobs").click()
    heading(admin, "Jobs")
    admin.get_by_role("link", name="Mail", exact=True).click()
    admin.get_by_role("searchbox", name="Find mails").fill(ADMIN)
    admin.keyboard.press("Enter")
    admin.get_by_role("link", name=ADMIN).first.click()
    heading(admin, "Set a new password")
    expect(admin.get_by_role("link", name="/password/")).to_be_visible()


def test_admin_connects_a_mailbox_and_is_told_what_is_wrong(visit: Windows) -> None:
    admin = visit(ADMIN)
    admin.goto("/admin/mailboxes")
    admin.get_by_role("link", name="Add a mailbox").click()
    admin.locator("#address").fill("press@hearth.example")
    admin.locator("#host").fill("127.0.0.1")
    admin.locator("#port").fill("1")
    admin.locator("#password").fill("swordfish")
    press(admin, "Add the mailbox")
    heading(admin, "press@hearth.example")
    press(admin, "Try it now")
    expect(admin.get_by_role("alert")).to_contain_text("127.0.0.1 lets nobody in at port 1.")
    assert not inspection.faults(admin)
    press(admin, "Switch off")
    toast(admin, "The mailbox is switched off.")


def _invite(page: Page) -> None:
    page.goto("/inbox")
    page.get_by_role("link", name="Admin").click()
    page.get_by_role("button", name="Invite").click()
    panel = page.get_by_role("dialog", name="Invite someone")
    panel.get_by_label("Email").fill(ADDRESS)
    panel.get_by_label("Name").fill(NAME)
    panel.get_by_label("Agent", exact=True).check()
    press(page, "Send invitation")
    heading(page, NAME)
    toast(page, "Lena Voss gets an email.")


def _accept(page: Page, link: str) -> None:
    page.goto(link)
    heading(page, "Welcome")
    assert inspection.faults(page) == []
    page.get_by_label("Password").fill("four warm coats in june")
    press(page, "Save and sign in")
    expect(page.get_by_role("link", name="Inbox")).to_be_attached()
    expect(page.get_by_role("link", name="Admin")).to_have_count(0)
