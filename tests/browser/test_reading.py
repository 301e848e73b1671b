"""Reading guides: saying whether one helped, other languages, paper, and narrow screens."""

import pytest
from playwright.sync_api import expect

from tests.browser import inspection
from tests.browser.acts import heading
from tests.browser.people import AGENT, VISITOR
from tests.browser.window import Windows

FAQ = "/help/common-questions"
VIOLATIONS = """() => {
  window.violations = [];
  const note = (event) => window.violations.push(event.violatedDirective);
  document.addEventListener("securitypolicyviolation", note);
}"""
READING = (
    FAQ,
    "/help/open-a-ticket",
    "/help/de/ticket-eroeffnen",
    "/help/format-your-text",
    "/changelog",
)


def test_a_visitor_says_why_it_did_not_help_and_stays_where_they_are(visit: Windows) -> None:
    page = visit(VISITOR)
    page.goto(FAQ)
    expect(page.get_by_label("What was missing")).to_be_hidden()
    page.get_by_label("No", exact=True).check()
    page.get_by_label("It is out of date").check()
    page.get_by_label("What was missing").fill("The menu has other words now.")
    page.get_by_role("button", name="Send").click()
    thanks = page.get_by_role("heading", name="Thank you")
    expect(thanks).to_be_visible()
    expect(page.locator(".helpful")).to_be_focused()
    assert page.url.endswith(FAQ)
    heading(page, "Common questions about tickets")
    assert page.context.cookies(page.url) == []
    staff = visit(AGENT)
    staff.goto(FAQ)
    staff.get_by_role("link", name="What readers say").click()
    expect(staff.get_by_text("The menu has other words now.")).to_be_visible()
    assert inspection.faults(staff) == []


def test_a_yes_is_sent_at_once(visit: Windows) -> None:
    page = visit(VISITOR)
    page.goto("/help/open-a-ticket")
    page.get_by_label("Yes", exact=True).click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_by_keyboard_nothing_is_sent_before_it_is_meant(visit: Windows) -> None:
    page = visit(VISITOR)
    page.goto("/help/open-a-ticket")
    page.get_by_label("Yes", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Yes", exact=True)).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("What was missing")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_without_a_script_a_page_says_thanks(visit: Windows) -> None:
    page = visit(VISITOR, java_script=False)
    page.goto(FAQ)
    page.get_by_label("No", exact=True).check()
    page.get_by_label("I could not follow it").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="Back to the guide").click()
    heading(page, "Common questions about tickets")


def test_languages_lead_to_each_other(visit: Windows) -> None:
    page = visit(VISITOR)
    page.goto("/help/open-a-ticket")
    page.get_by_role("link", name="Deutsch").click()
    heading(page, "Ein Ticket eröffnen")
    assert page.locator(".prose").get_attribute("lang") == "de"
    page.get_by_role("link", name="English").click()
    heading(page, "Open a ticket")


def test_on_paper_there_is_only_what_was_written(visit: Windows) -> None:
    page = visit(VISITOR)
    page.goto(FAQ)
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".site-head", ".site-foot", ".article .nav", ".toc", ".helpful", ".next"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator(".paper-only")).to_have_text(page.url)
    link = page.locator(".prose a[href='/help/open-a-ticket']").first
    said = link.evaluate("element => getComputedStyle(element, '::after').content")
    assert said == '" (" attr(href) ")"' or "/help/open-a-ticket" in said
    ink = page.locator(".prose p").first.evaluate("element => getComputedStyle(element).color")
    assert _lightness(ink) < 128


@pytest.mark.parametrize("path", READING)
@pytest.mark.parametrize(("width", "letters_percent"), [(320, 100), (640, 200)])
def test_nothing_scrolls_sideways_on_a_narrow_screen(
    visit: Windows, path: str, width: int, letters_percent: int
) -> None:
    """Zoomed to 200 %, a screen of 640 px is one of 320 px; letters alone may be as large on it."""
    page = visit(VISITOR)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    page.evaluate(f"document.documentElement.style.fontSize = '{letters_percent}%'")
    assert page.evaluate(inspection.WIDER) <= 0


def test_data_for_machines_is_no_script_to_the_browser(visit: Windows) -> None:
    page = visit(VISITOR)
    page.add_init_script(f"({VIOLATIONS})()")
    page.goto(FAQ)
    assert page.locator("script[type='application/ld+json']").count() == 2
    assert page.evaluate("window.violations") == []


def _lightness(color: str) -> float:
    """The mean of the channels of `rgb(…)`, from 0 to 255."""
    channels = [float(each) for each in color.partition("(")[2].rstrip(")").split(",")[:3]]
    return sum(channels) / 3
