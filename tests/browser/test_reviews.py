"""Versions of an article are compared and taken back; a change is proposed, discussed and published."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import inspection
from tests.browser.acts import heading, press
from tests.browser.people import AGENT, LEAD
from tests.browser.two_texts import VERSIONS_ID
from tests.browser.window import Windows

NEXT = "- Say what happens next.\n"
HISTORY = f"/content/articles/{VERSIONS_ID}/history"
WITH_AND_WITHOUT = pytest.mark.parametrize("java_script", [True, False], ids=["script", "none"])


@WITH_AND_WITHOUT
def test_two_versions_are_compared_in_every_way(visit: Windows, *, java_script: bool) -> None:
    page = visit(AGENT, java_script=java_script)
    page.goto(HISTORY)
    page.get_by_label("From version 1").check()
    page.get_by_label("To version 3").check()
    press(page, "Compare the two")
    heading(page, "Changes")
    expect(page.locator(".diff del")).to_have_text("friendly")
    expect(page.locator(".diff ins").first).to_have_text("warm and short")
    page.get_by_role("link", name="Side by side").click()
    expect(page.locator(".diff--beside ins").first).to_have_text("warm and short")
    assert java_script is False or not inspection.faults(page)
    page.get_by_role("link", name="Lines", exact=True).click()
    expect(page.locator(".diff--beside td.text.add").first).to_contain_text("warm and short")
    expect(page.locator(".diff ins")).to_have_count(0)
    page.locator("#from").select_option(label=_option(page, "2 ·"))
    press(page, "Compare")
    expect(page.locator(".diff")).not_to_contain_text("friendly")
    page.locator("#to").select_option("The file")
    press(page, "Compare")
    expect(page.get_by_role("main")).to_contain_text("to the file")


@WITH_AND_WITHOUT
def test_a_version_is_taken_back_and_that_undone(visit: Windows, *, java_script: bool) -> None:
    page = visit(LEAD, java_script=java_script)
    page.goto(HISTORY)
    live = page.locator("tbody th", has_text="Live").get_by_role("link").text_content() or ""
    page.get_by_role("link", name="Version 1", exact=True).click()
    page.get_by_label("Why").fill("The old one was warmer")
    press(page, "Take version 1 back")
    heading(page, "Changes")
    expect(page.get_by_role("main")).to_contain_text("The old one was warmer")
    expect(page.locator(".diff ins").first).to_have_text("friendly")
    press(page, f"Take {live.lower()} back")
    expect(page.locator(".diff del").first).to_have_text("friendly")
    expect(page.get_by_role("complementary", name="Versions")).to_contain_text(f"{live} again")


@WITH_AND_WITHOUT
def test_a_change_is_discussed_and_published(visit: Windows, *, java_script: bool) -> None:
    agent, lead = (visit(by, java_script=java_script) for by in (AGENT, LEAD))
    word = "tomorrow" if java_script else "today"
    _propose(agent, NEXT, f"{NEXT}- Say it {word}.\n", note=f"Say {word}")

    lead.goto("/content/reviews")
    lead.get_by_role("link", name="How we say goodbye").first.click()
    expect(lead.get_by_role("main")).to_contain_text(f"Say {word}")
    lead.locator("tr.add .ln a").first.click()
    expect(lead.locator("#line")).not_to_have_value("")
    lead.get_by_label("What you think").fill("Is that so?")
    press(lead, "Comment")
    expect(lead.locator(".said-row")).to_contain_text("Is that so?")
    assert java_script is False or not inspection.faults(lead)
    lead.get_by_label("What you think").fill("Say it plainer.")
    press(lead, "Ask for changes")
    expect(lead.get_by_role("main")).to_contain_text("Another text is asked for")

    agent.goto("/content/reviews")
    agent.get_by_role("link", name="How we say goodbye").first.click()
    expect(agent.locator(".said-row")).to_contain_text("Is that so?")
    agent.get_by_role("link", name="Propose another text").click()
    _change(agent, f"Say it {word}", f"Say it soon, {word}", note=f"Plainer {word}")

    lead.reload()
    expect(lead.get_by_role("main")).to_contain_text("of an earlier text")
    press(lead, "Approve and publish")
    expect(lead.get_by_role("main")).to_contain_text("decided")
    expect(lead.locator(".meta").first).to_contain_text("Published")

    agent.goto("/help/how-we-say-goodbye")
    expect(agent.get_by_role("article")).to_contain_text(f"Say it soon, {word}")
    agent.get_by_role("link", name="History", exact=True).click()
    expect(agent.get_by_role("main")).to_contain_text(f"Plainer {word}")


@WITH_AND_WITHOUT
def test_a_lead_says_that_a_guide_is_still_right(visit: Windows, *, java_script: bool) -> None:
    page = visit(LEAD, java_script=java_script)
    page.goto("/help/how-we-say-goodbye")
    page.get_by_role("button", name="Still right").click()
    expect(page.get_by_text("Noted: “How we say goodbye” is still right.")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("found it right on")


def _propose(page: Page, old: str, new: str, *, note: str) -> None:
    page.goto("/help/how-we-say-goodbye")
    page.get_by_role("link", name="Propose a change").click()
    _change(page, old, new, note=note)


def _change(page: Page, old: str, new: str, *, note: str) -> None:
    field = page.get_by_label("The text")
    text = field.input_value()
    assert old in text
    field.fill(text.replace(old, new))
    page.get_by_label("What you changed, and why").fill(note)
    press(page, "Ask for a review")
    expect(page.get_by_role("main")).to_contain_text("Waits for a look")


def _option(page: Page, beginning: str) -> str:
    labels = page.locator("#from option").all_text_contents()
    return next(each for each in labels if each.startswith(beginning))
