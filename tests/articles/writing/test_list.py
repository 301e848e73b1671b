"""The list of all articles: views, filters, pages."""

from collections.abc import Callable

import pytest

from app.accounts.user import User
from app.articles.trashing import trash
from app.core.uow import unit_of_work
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library

AsUser = Callable[[User], FreshClient]
ONE, TWO, THREE = "kb_aaaaaaaaaa", "kb_bbbbbbbbbb", "kb_cccccccccc"


@pytest.fixture
def shelf(library: Library, cast: Cast) -> Library:
    library.write("billing/_folder.yml", "title: Billing\nvisibility: public\n")
    library.article(
        "billing/refunds.md", id=ONE, title="Refunds", tags="[money, a%b]", owner=cast.lead.email
    )
    library.article("guides/reset.md", id=TWO, title="Reset it", status="draft", tags="[moneyless]")
    library.article("guides/later.md", id=THREE, title="Later", publish_at="2199-01-01T00:00Z")
    library.sync()
    return library


@pytest.fixture
def agent(shelf: Library, cast: Cast, as_user: AsUser) -> FreshClient:
    return as_user(cast.agent)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {ONE, TWO, THREE}),
        ("view=draft", {TWO}),
        ("view=scheduled", {THREE}),
        ("view=published", {ONE}),
        ("view=mine", set()),
        ("view=nonsense", {ONE, TWO, THREE}),
        ("folder=billing", {ONE}),
        ("folder=", set()),
        ("tag=money", {ONE}),
        ("tag=a%25b", {ONE}),
        ("tag=%25", set()),
        ("q=RE+set", {TWO}),
        ("q=zeppelin", set()),
        ("after=nonsense", {ONE, TWO, THREE}),
    ],
)
def test_articles_are_found_by(agent: FreshClient, asked: str, found: set[str]) -> None:
    page = agent.get(f"/content/articles?{asked}").text
    assert {id for id in (ONE, TWO, THREE) if f"/content/articles/{id}/edit" in page} == found


def test_articles_are_found_by_their_owner_and_what_is_mine(
    shelf: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    page = lead.get(f"/content/articles?owner={cast.lead.id}").text
    assert ONE in page
    assert TWO not in page
    shelf.edit(ONE, status="review")
    assert ONE in lead.get("/content/articles?view=mine").text


def test_the_trash_is_a_view_of_its_own(shelf: Library, agent: FreshClient) -> None:
    with unit_of_work():
        trash(shelf.the_article(ONE))
    assert ONE not in agent.get("/content/articles").text
    assert ONE in agent.get("/content/articles?view=trash").text


def test_a_long_list_has_pages(shelf: Library, agent: FreshClient) -> None:
    for number in range(60):
        shelf.article(f"guides/{number}.md", title=f"No {number}", slug=f"no-{number}")
    shelf.sync()
    first = agent.get("/content/articles").text
    address = (
        first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    )
    second = agent.get(address).text
    titles = [sum(f">No {number}</a>" in page for page in (first, second)) for number in range(60)]
    assert titles == [1] * 60


def test_a_new_article_begins_as_a_template_says_and_a_lead_changes_templates(
    shelf: Library, cast: Cast, as_user: AsUser
) -> None:
    id = "kb_dddddddddd"
    shelf.article("templates/how-to.md", "## Do it\n", id=id, title="How-to", status="draft")
    shelf.sync()
    agent = as_user(cast.agent)
    page = agent.get("/content/articles/new?folder=billing").text
    assert f"template={id}" in page
    begun = agent.get(f"/content/articles/new?folder=billing&template={id}").text
    assert "## Do it" in begun
    assert "How-to</a>" in begun
    assert agent.get(f"/content/articles/new?template={ONE}").status_code == 404
    assert "How-to" not in agent.get("/content/link-choices?q=how").text
