"""A question of one person, answered by another, voted on by a third."""

from playwright.sync_api import Page, expect

from tests.browser.acts import heading, press
from tests.browser.people import CUSTOMER, MODERATOR, OTHER_CUSTOMER, VISITOR
from tests.browser.window import Windows

TITLE = "Can the demo company be removed again?"
ANSWER = "Stop Hearth, delete the *instance* folder, start it with `--empty`."


def test_question_is_asked_answered_voted_and_accepted(visit: Windows) -> None:
    asker, helper, voter = visit(CUSTOMER), visit(OTHER_CUSTOMER), visit(MODERATOR)
    _ask(asker)
    _answer(helper)

    _open(voter)
    answer = voter.get_by_role("article", name="Answer by Dmitri Kowal")
    answer.get_by_role("button", name="Useful answer").click()
    expect(answer.get_by_role("status")).to_have_text("1")
    expect(answer.get_by_role("button", name="Useful answer")).to_have_attribute(
        "aria-pressed", "true"
    )

    asker.reload()
    press(asker, "Accept this answer")
    expect(asker.get_by_role("article", name="Accepted answer")).to_contain_text(
        "Accepted by Priya Raman"
    )


def test_visitor_reads_it_and_is_shown_the_way_in(visit: Windows) -> None:
    page = visit(VISITOR)
    page.goto("/community?tab=votes")
    page.locator(".item-title a").first.click()
    page.get_by_role("link", name="Sign in to vote for this question").click()
    heading(page, "Sign in")


def _ask(page: Page) -> None:
    page.goto("/community")
    page.get_by_role("main").get_by_role("link", name="Ask a question").click()
    page.get_by_label("Your question, in one line").fill(TITLE)
    press(page, "Continue")
    expect(page.get_by_label("Your question, in one line")).to_have_value(TITLE)
    page.get_by_label("Details").fill("We tried it with **120 tickets** and would begin empty.")
    press(page, "Post question")
    heading(page, TITLE)


def _answer(page: Page) -> None:
    _open(page)
    page.get_by_label("Your answer").fill(ANSWER)
    press(page, "Post answer")
    expect(page.locator("article").filter(has_text="delete the instance folder")).to_be_visible()


def _open(page: Page) -> None:
    page.goto("/community")
    page.get_by_role("link", name=TITLE).click()
    heading(page, TITLE)
