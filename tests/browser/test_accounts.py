"""Making an account, losing its password, and getting in again."""

from playwright.sync_api import Page, expect

from tests.browser import inspection
from tests.browser.acts import heading, press, sign_in, sign_out, toast
from tests.browser.running_desk import Desk
from tests.browser.window import Windows

ADDRESS = "nora@brookside.example"
FIRST, SECOND = "a lamp under the stairs", "two lamps under the stairs"


def test_account_is_made_left_and_regained(visit: Windows, desk: Desk) -> None:
    nora = visit()
    _register(nora)
    nora.goto(desk.mailbox.letter(ADDRESS, linking="/confirm/").link("/confirm/"))
    heading(nora, "Is this you?")
    assert inspection.faults(nora) == []
    press(nora, "Yes, make my account")
    toast(nora, "Your account is ready.")

    sign_out(nora)
    _forget_password(nora)
    nora.goto(desk.mailbox.letter(ADDRESS, linking="/password/").link("/password/"))
    heading(nora, "Choose a new password")
    assert inspection.faults(nora) == []
    nora.get_by_label("Password").fill(SECOND)
    press(nora, "Save and sign in")
    toast(nora, "Your password is set.")

    sign_out(nora)
    sign_in(nora, ADDRESS, SECOND)
    nora.goto("/account")
    expect(nora.get_by_label("Name")).to_have_value("Nora Quist")


def test_wrong_password_is_refused_with_a_word_on_what_to_do(visit: Windows) -> None:
    page = visit()
    page.goto("/sign-in")
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_label("Password").fill("not my password")
    press(page, "Sign in")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("That email and password don’t match.")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Email")).to_have_value(ADDRESS)
    assert inspection.faults(page) == []


def _register(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Name").fill("Nora Quist")
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_label("Password").fill(FIRST)
    press(page, "Make my account")
    heading(page, "Look into your mailbox")


def _forget_password(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("Email").fill(ADDRESS)
    press(page, "Send me a link")
    heading(page, "Look into your mailbox")
