"""What people do in a browser, in the words of the screen."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

PATIENCE_S = 30


def sign_in(page: Page, address: str, password: str) -> None:
    """Through the form; ends on the page that follows."""
    page.goto("/sign-in")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Account: ")).to_be_attached()


def sign_out(page: Page) -> None:
    """By the menu in the head of the page."""
    page.locator("header details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def press(page: Page, button: str) -> None:
    """The button with exactly this label in the main part of the page."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def toast(page: Page, words: str) -> None:
    """Wait for what the desk says after an act."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def heading(page: Page, words: str) -> None:
    """Wait for the page with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def try_until(done: Callable[[], bool]) -> None:
    """Look again and again, for the worker does its part after the page was made."""
    until = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < until, "it did not become so"
