"""The pages of the library: what is on them, who may read them, how they are kept."""

from collections.abc import Callable

import pytest

from app.accounts.user import User
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import at_most, counted

AsUser = Callable[[User], FreshClient]


@pytest.fixture
def three(library: Library) -> Library:
    """One article for each audience, in one section."""
    library.write("guides/_folder.yml", "title: First steps\ndescription: Begin here.\n")
    for visibility in ("public", "signed_in", "agents"):
        name = visibility.replace("_", "-")
        library.article(
            f"guides/{name}.md", f"Text for {name}.", title=f"For {name}", visibility=visibility
        )
    library.article("guides/draft.md", "Not yet.", title="A draft", status="draft")
    assert library.sync().exit_code == 0
    return library


def statuses(client: FreshClient) -> list[int]:
    names = ("public", "signed-in", "agents", "draft", "nothing")
    return [client.get(f"/help/{name}").status_code for name in names]


def test_each_reads_what_they_may_and_the_rest_does_not_exist(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    assert statuses(client) == [200, 404, 404, 404, 404]
    assert statuses(as_user(cast.customer)) == [200, 200, 404, 404, 404]
    assert statuses(as_user(cast.agent)) == [200, 200, 200, 404, 404]
    assert statuses(as_user(cast.admin)) == [200, 200, 404, 404, 404]


def test_a_section_lists_only_what_may_be_read(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    page = client.get("/help/sections/guides").text
    assert "<h1>First steps</h1>" in page
    assert "Begin here." in page
    assert "For public" in page
    assert "For signed-in" not in page
    assert "For agents" in as_user(cast.agent).get("/help/sections/guides").text
    neighbours = client.get("/help/public").text
    assert "For agents" not in neighbours


def test_a_section_without_anything_to_read_does_not_exist(
    library: Library, client: FreshClient
) -> None:
    library.article("secret/a.md", visibility="agents")
    library.sync()
    assert client.get("/help/sections/secret").status_code == 404


def test_a_page_shows_text_contents_and_where_it_stands(
    library: Library, client: FreshClient
) -> None:
    library.article(
        "guides/a.md", "First.\n\n## One\n\n### Deep\n\n## Two", title="Move <it>", summary="Short."
    )
    library.sync()
    page = client.get("/help/a").text
    assert "<h1>Move &lt;it&gt;</h1>" in page
    assert "<p>First.</p>" in page
    assert '<meta name="description" content="Short.">' in page
    assert '<a href="/help/sections/guides">Guides</a>' in page
    assert '<a href="#h-one">One</a>' in page
    assert '<a href="#h-deep">Deep</a>' in page
    assert "Updated <time" in page


def test_a_short_article_needs_no_contents(library: Library, client: FreshClient) -> None:
    library.article("a.md", "## Only one")
    library.sync()
    assert "On this page" not in client.get("/help/a").text


def test_an_agent_sees_that_customers_do_not(three: Library, cast: Cast, as_user: AsUser) -> None:
    assert "Agents only" in as_user(cast.agent).get("/help/agents").text


def test_a_visitors_page_is_kept_until_an_article_changes(
    library: Library, client: FreshClient
) -> None:
    library.article("guides/a.md", "Old words.")
    library.sync()
    first = client.get("/help/a")
    assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert {"Cookie", "HX-Request"} <= set(first.vary)
    with at_most(0):
        assert client.get("/help/a").data == first.data
    again = client.get("/help/a", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    library.article("guides/a.md", "New words.")
    library.sync()
    changed = client.get("/help/a", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "New words." in changed.text


@pytest.mark.parametrize("later", [{"visibility": "agents"}, {"status": "draft"}])
def test_what_is_closed_is_closed_for_kept_pages_too(
    library: Library, client: FreshClient, later: dict[str, str]
) -> None:
    library.article("a.md")
    library.sync()
    assert client.get("/help/a").status_code == 200
    library.article("a.md", **later)
    library.sync()
    assert client.get("/help/a").status_code == 404


def test_what_is_not_public_is_never_kept(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    answer = as_user(cast.agent).get("/help/agents")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    assert client.get("/help/agents").status_code == 404
    with counted() as statements:
        as_user(cast.agent).get("/help/agents")
    assert statements


def test_a_page_asks_no_more_with_more_articles(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    counts = []
    for number in (2, 20):
        for each in range(number):
            library.article(f"guides/{each}.md", title=f"Number {each}")
        library.sync()
        reader = as_user(cast.customer)
        with counted() as statements:
            reader.get(f"/help/{number - 1}")
            reader.get("/help/sections/guides")
        counts.append(len(statements))
    assert counts[0] == counts[1]
