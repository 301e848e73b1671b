"""The preview and what it finds wrong, and articles to link to."""

from collections.abc import Callable

import pytest

from app.accounts.user import User
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.filled_in import form_on
from tests.support.library import Library
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
ID, OTHER = "kb_aaaaaaaaaa", "kb_bbbbbbbbbb"


@pytest.fixture
def guides(library: Library) -> Library:
    library.article("guides/refunds.md", "Words.\n", id=ID, title="Refunds")
    library.article(
        "guides/billing.md", "## How it works\n\nSo.\n", id=OTHER, title="Billing [old]"
    )
    library.sync()
    return library


@pytest.fixture
def agent(cast: Cast, as_user: AsUser) -> FreshClient:
    return as_user(cast.agent)


def previewed(agent: FreshClient, body: str, *, part: bool = True, **more: str) -> str:
    form = form_on(agent.get(f"/content/articles/{ID}/edit").text, "/edits")
    headers = {"HX-Request": "true"} if part else {}
    answer = agent.post("/content/previews", data=form | {"body": body} | more, headers=headers)
    assert answer.status_code == 200
    return answer.text.replace("&#34;", '"')


def test_the_preview_is_what_the_page_will_show(guides: Library, agent: FreshClient) -> None:
    body = f"**Bold** and [billing]({OTHER}#how-it-works).\n\n/// tip | Good\nSo.\n///\n"
    shown = previewed(agent, body)
    assert "<strong>Bold</strong>" in shown
    assert 'href="/help/billing#h-how-it-works"' in shown
    assert "to look at" not in shown
    assert "<html" not in shown
    assert guides.live(ID).body == "Words.\n"


def test_without_a_script_it_is_a_page(guides: Library, agent: FreshClient) -> None:
    assert "<html" in previewed(agent, "**Bold**", part=False)


def test_what_is_wrong_stands_with_its_line(guides: Library, agent: FreshClient) -> None:
    body = (
        f"One.\n\n[a](nowhere.md)\n\n![](../assets/gone.png)\n\n[b]({OTHER}#lost)\n\n"
        "[c](kb_cccccccccc)\n\n[d](#not-here)\n"
    )
    shown = previewed(agent, body, slug="billing")
    for line, said in (
        (3, "leads to no file: nowhere.md"),
        (5, "There is no picture ../assets/gone.png"),
        (5, "A picture has no description"),
        (7, "There is no heading #lost"),
        (9, "kb_cccccccccc"),
        (11, "There is no heading #not-here in this article"),
    ):
        assert said in shown
        assert f'data-line="{line}"' in shown
    assert 'The address "billing" is that of' in shown


def test_a_front_matter_that_cannot_be_read_hides_no_text(
    guides: Library, agent: FreshClient
) -> None:
    shown = previewed(agent, "**Bold**", publish_at="tomorrow")
    assert "must be a time" in shown
    assert "<strong>Bold</strong>" in shown


def test_markup_of_no_good_is_harmless_in_it(guides: Library, agent: FreshClient) -> None:
    shown = previewed(agent, "<script>alert(1)</script>\n", title="<b>x</b>")
    assert "<script" not in shown
    assert "<b>x" not in shown


def test_links_by_id_survive_that_an_article_is_renamed_and_moved(
    guides: Library, client: FreshClient
) -> None:
    guides.edit(ID, body=f"See [billing]({OTHER}#how-it-works).\n")
    assert guides.sync().exit_code == 0
    (guides.root / "guides/billing.md").rename(guides.root / "guides/money.md")
    assert guides.sync().exit_code == 0
    assert guides.text("guides/refunds.md").endswith(f"See [billing]({OTHER}#how-it-works).\n")
    assert 'href="/help/money#h-how-it-works"' in client.get("/help/refunds").text


def test_a_link_by_an_unknown_id_is_told_with_its_place(guides: Library) -> None:
    guides.article("guides/new.md", "See [it](kb_cccccccccc).\n\n[b](kb_bbbbbbbbbb#lost)\n")
    load = guides.sync()
    assert load.exit_code == 4
    assert load.codes("new.md") == ["6:10 E120"] or "E120" in load.codes("new.md")[0]


def test_articles_are_proposed_by_words_of_their_titles_and_sections_behind_a_hash(
    guides: Library, agent: FreshClient
) -> None:
    found = agent.get("/content/link-choices?q=bill").text
    assert f'data-insert="[Billing \\[old\\]]({OTHER})"' in found
    assert "Refunds" not in found
    found = agent.get("/content/link-choices?q=bill%23how").text
    assert f'data-insert="[How it works]({OTHER}#h-how-it-works)"' in found
    assert agent.get("/content/link-choices?q=zeppelin").text.strip().count("<li") == 0


def test_customers_are_proposed_nothing(guides: Library, cast: Cast, as_user: AsUser) -> None:
    customer = as_user(cast.customer)
    assert customer.get("/content/link-choices?q=b").status_code == 403
    assert customer.post("/content/previews", data={"key": "x"}).status_code in (400, 403)


def test_a_preview_with_many_links_asks_no_more(guides: Library, agent: FreshClient) -> None:
    counts = []
    for number in (2, 20):
        body = "".join(f"[a](billing.md) [b]({OTHER}) [c](x{each}.md)\n" for each in range(number))
        form = form_on(agent.get(f"/content/articles/{ID}/edit").text, "/edits")
        with counted() as statements:
            agent.post("/content/previews", data=form | {"body": body})
        counts.append(len(statements))
    assert counts[0] == counts[1]
