"""Writing articles: by keyboard, with and without a script; nothing that was written gets lost."""

import base64
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import heading, press, toast
from tests.browser.people import AGENT, LEAD, VISITOR
from tests.browser.window import Windows

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TEXT = "Article, in Markdown"
PATIENCE_MS = 15_000


def _new(visit: Windows, by: str, title: str, *, java_script: bool = True) -> Page:
    page = visit(by, java_script=java_script)
    page.goto("/content/articles/new?folder=customers")
    page.get_by_label("Title").fill(title)
    return page


def _preview(page: Page) -> Locator:
    return page.get_by_role("region", name="Preview")


def _proposed(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Proposals").get_by_role("option").first


def test_an_article_is_written_from_nothing_and_published_by_keyboard(visit: Windows) -> None:
    page = visit(LEAD)
    page.goto("/content/articles")
    page.keyboard.press("c")
    heading(page, "New article")
    page.get_by_label("Title").focus()
    page.keyboard.type("Wash the cat")
    page.keyboard.press("Tab")
    page.keyboard.type("Getting")
    page.keyboard.press("Tab")
    page.keyboard.type("Everybody")
    text = page.get_by_label(TEXT)
    text.focus()
    page.keyboard.press("Control+Shift+H")
    page.keyboard.type("Before you start")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Shift+8")
    page.keyboard.type("a towel")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+B")
    page.keyboard.type("patience")
    expect(text).to_have_value("## Before you start\n- a towel\n- **patience**")
    page.keyboard.press("Control+S")
    toast(page, "Saved. Only staff see it.")
    button = page.get_by_role("main").get_by_role("button", name="Publish", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    toast(page, "Published.")
    reader = visit(VISITOR)
    reader.goto("/help/wash-the-cat")
    expect(reader.locator(".prose li strong")).to_have_text("patience")


def test_what_is_written_survives_a_reload(visit: Windows) -> None:
    page = _new(visit, AGENT, "Half an article")
    page.get_by_label(TEXT).press_sequentially("Half a sentence")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved", timeout=PATIENCE_MS)
    page.reload()
    expect(page.get_by_label(TEXT)).to_have_value("Half a sentence")
    expect(page.get_by_label("Title")).to_have_value("Half an article")
    page.goto("/content/articles?view=mine")
    page.get_by_role("link", name="Half an article").click()
    expect(page.get_by_label(TEXT)).to_have_value("Half a sentence")
    press(page, "Discard draft")
    toast(page, "Your draft is thrown away.")


def test_changes_of_a_published_article_are_kept_for_their_writer(visit: Windows) -> None:
    page = visit(AGENT)
    page.goto("/help/statuses")
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_role("button", name="Save changes")).to_have_count(0)
    page.get_by_label(TEXT).press_sequentially("Mine. ")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved", timeout=PATIENCE_MS)
    page.reload()
    expect(page.get_by_text("not saved yet.")).to_be_visible()
    page.get_by_label(TEXT).press_sequentially("And more. ")
    press(page, "Discard draft")
    toast(page, "Your draft is thrown away.")
    page.reload()
    expect(page.get_by_text("not saved yet.")).to_have_count(0)


def test_the_preview_follows_what_is_typed(visit: Windows) -> None:
    page = _new(visit, AGENT, "Look at it")
    shown = _preview(page)
    page.get_by_label(TEXT).fill(
        "It **works**.\n\n[nowhere](nowhere.md)\n\n/// tab | One\nA\n///\n\n/// tab | Two\nB\n///"
    )
    expect(shown.locator("strong")).to_have_text("works")
    expect(shown.locator(".preview-title")).to_have_text("Look at it")
    expect(shown).to_contain_text("leads to no file: nowhere.md")
    shown.get_by_role("link", name="Line 3").click()
    chosen = page.get_by_label(TEXT).evaluate(
        "f => f.value.slice(f.selectionStart, f.selectionEnd)"
    )
    assert chosen == "[nowhere](nowhere.md)"


def test_an_article_is_linked_by_typing_its_title(visit: Windows) -> None:
    page = _new(visit, AGENT, "A link by typing")
    text = page.get_by_label(TEXT)
    text.press_sequentially("See [[format your")
    expect(_proposed(page)).to_contain_text("Format your text")
    page.keyboard.press("Enter")
    expect(text).to_have_value(re.compile(r"^See \[Format your text\]\(kb_[a-z2-7]{10}\)$"))
    expect(_preview(page).get_by_role("link", name="Format your text")).to_have_attribute(
        "href", "/help/format-your-text"
    )
    text.press_sequentially(" and [[format your text#call")
    expect(_proposed(page)).to_contain_text("Callouts")
    page.keyboard.press("Tab")
    expect(text).to_have_value(re.compile(r"\[Callouts\]\(kb_[a-z2-7]{10}#h-callouts\)$"))


def test_the_bar_formats_what_is_chosen_and_undo_takes_it_back(visit: Windows) -> None:
    page = _new(visit, AGENT, "The bar")
    text = page.get_by_label(TEXT)
    text.fill("one\ntwo")
    text.press("Control+A")
    bar = page.get_by_role("toolbar", name="Format")
    bar.get_by_role("button", name="Numbered list").click()
    expect(text).to_have_value("1. one\n2. two")
    expect(page.locator("[data-told]")).to_have_text("Numbered list")
    text.press("Control+Z")
    expect(text).to_have_value("one\ntwo")
    bar.get_by_role("button", name="Heading").focus()
    page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Bold")).to_be_focused()
    text.press("Control+A")
    text.press("Control+K")
    expect(text).to_have_value("[one\ntwo](https://)")
    expect(page.locator("#palette")).to_be_hidden()


@pytest.mark.parametrize("answer", ["taken", "refused"])
def test_pictures_are_put_where_they_were_dropped(visit: Windows, answer: str) -> None:
    page = _new(visit, AGENT, "A picture")
    told = (
        {"markdown": "![cat](../assets/cat.png)"} if answer == "taken" else {"error": "Too large."}
    )
    page.route(
        "**/content/images",
        lambda route: route.fulfill(status=200 if answer == "taken" else 413, json=told),
    )
    text = page.get_by_label(TEXT)
    text.fill("Before ")
    page.get_by_label("Add pictures").set_input_files(
        {"name": "cat.png", "mimeType": "image/png", "buffer": DOT}
    )
    if answer == "taken":
        expect(text).to_have_value("Before ![cat](../assets/cat.png)")
        expect(page.locator("[data-told]")).to_contain_text("cat.png is in the text")
    else:
        expect(text).to_have_value("Before ")
        expect(page.locator("[data-told]")).to_have_text("cat.png: Too large.")
        _forget_faults(visit, page)


def test_all_of_it_works_without_a_script(visit: Windows) -> None:
    page = _new(visit, LEAD, "Without a script", java_script=False)
    expect(page.get_by_role("toolbar")).to_be_hidden()
    page.get_by_label(TEXT).fill("It **works**.")
    with page.context.expect_page() as opened:
        press(page, "Preview")
    expect(opened.value.locator(".prose strong")).to_have_text("works")
    opened.value.close()
    press(page, "Keep for later")
    toast(page, "Kept for you. Nobody else sees it.")
    expect(page.get_by_label(TEXT)).to_have_value("It **works**.")
    page.get_by_label("Who reads it").select_option("Everybody")
    press(page, "Publish")
    toast(page, "Published.")
    reader = visit(VISITOR)
    reader.goto("/help/without-a-script")
    expect(reader.locator(".prose strong")).to_have_text("works")
    page.get_by_label("More to do with this article").click()
    page.get_by_role("link", name="Delete…").click()
    press(page, "Move it to the trash")
    toast(page, "In the trash.")
    press(page, "Put it back")
    toast(page, "Put back.")


def test_two_writers_in_the_same_place_see_both_texts(visit: Windows) -> None:
    one = _new(visit, LEAD, "Two writers")
    one.get_by_label(TEXT).fill("First line.\n")
    press(one, "Save draft")
    toast(one, "Saved.")
    other = visit(AGENT)
    other.goto(one.url)
    other.get_by_label(TEXT).fill("Their line.\n")
    press(other, "Save draft")
    toast(other, "Saved.")
    one.get_by_label(TEXT).fill("My line.\n")
    with one.expect_response(lambda answer: answer.status == 409):
        press(one, "Save draft")
    expect(one.get_by_role("alert")).to_contain_text("Not saved yet")
    expect(one.get_by_label(TEXT)).to_have_value(re.compile("My line.\n=======\nTheir line."))
    expect(one.locator("[data-saved]")).to_contain_text("Draft saved", timeout=PATIENCE_MS)
    one.get_by_label(TEXT).fill("Our line.\n")
    press(one, "Save draft")
    toast(one, "Saved.")


def test_folders_change_places(visit: Windows) -> None:
    page = visit(LEAD, java_script=False)
    page.goto("/content/folders")
    second = page.locator(".folder .item-title").nth(1).inner_text()
    page.get_by_role("button", name=f"Move {second} up").click()
    expect(page.locator(".folder .item-title").first).to_have_text(second)
    page.get_by_role("button", name=f"Move {second} down").click()
    expect(page.locator(".folder .item-title").nth(1)).to_have_text(second)


def _forget_faults(visit: Windows, page: Page) -> None:
    """What the browser says about a request that was to fail is no fault."""
    visit._open[page].faults.clear()
