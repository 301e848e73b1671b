"""What machines read: the map, the feed, texts, and what pages say of themselves; and who may read it."""

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from flask import Flask

from app.accounts.user import User
from app.articles.for_machines import sitemap
from app.articles.for_machines.questions import questions_in
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.pictures import picture
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NAMES = ("public", "signed-in", "agents", "draft")


def seen_in(text: str) -> list[str]:
    return [name for name in NAMES if f"/help/{name}" in text]


def linked_data(page: str) -> list[dict[str, object]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(each) for each in found]


def test_the_map_holds_what_everybody_may_read(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    for reader in (client, as_user(cast.agent)):
        answer = reader.get("/sitemap.xml")
        urls = [each.text for each in ElementTree.fromstring(answer.data).iter(f"{MAP}loc")]
        assert "https://desk.example/help/sections/guides" in urls
        assert [url for url in urls if url and url.startswith("https://desk.example/help/p")] == [
            "https://desk.example/help/public"
        ]
        assert seen_in(answer.text) == ["public"]
        assert answer.mimetype == "application/xml"


def test_a_large_map_is_cut_where_each_part_begins(three: Library, client: FreshClient) -> None:
    for number in range(4):
        three.article(f"guides/more-{number}.md", id=f"kb_ddddddddd{number + 2}")
    three.sync()
    assert len(sitemap.parts()) == 1
    firsts = sitemap.parts(most=2)
    files = [[each.url for each in sitemap.articles_from(first, most=2)] for first in firsts]
    assert [len(each) for each in files] == [2, 2, 1]
    assert len({url for each in files for url in each}) == 5
    part = client.get(f"/sitemaps/{firsts[1]}.xml")
    assert "/help/more-1" in part.text and "/help/public" not in part.text


def test_the_feed_holds_what_its_reader_may_read(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    assert seen_in(client.get("/help/feed.atom").text) == ["public"]
    own = as_user(cast.customer).get("/help/feed.atom")
    assert seen_in(own.text) == ["public", "signed-in"]
    assert own.headers["Cache-Control"] == "private, no-store"
    assert seen_in(as_user(cast.agent).get("/help/feed.atom").text) == [
        "public", "signed-in", "agents",
    ]  # fmt: skip


def test_an_entry_of_the_feed_is_complete(library: Library, client: FreshClient) -> None:
    library.article("guides/a.md", "See [b](b.md).\n\n## One\n\nX < Y & Z.", title="A & <b>")
    library.article("guides/b.md", title="B")
    library.sync()
    feed = ElementTree.fromstring(client.get("/help/feed.atom").data)
    (entry,) = (
        each for each in feed.iter(f"{ATOM}entry") if each.findtext(f"{ATOM}title") == "A & <b>"
    )
    content = entry.findtext(f"{ATOM}content") or ""
    assert '<a href="https://desk.example/help/b">b</a>' in content
    assert "<h2>One</h2>" in content and "X &lt; Y &amp; Z." in content
    assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert entry.find(f"{ATOM}updated") is not None
    library.article("guides/a.md", "Other.", title="A & <b>", slug="elsewhere")
    library.sync()
    again = ElementTree.fromstring(client.get("/help/feed.atom").data)
    assert entry.findtext(f"{ATOM}id") in [
        each.findtext(f"{ATOM}id") for each in again.iter(f"{ATOM}entry")
    ]


def test_an_empty_feed_is_a_feed(app: Flask, client: FreshClient) -> None:
    feed = ElementTree.fromstring(client.get("/help/feed.atom").data)
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_the_text_is_read_by_those_who_may_read_the_page(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    def statuses(reader: FreshClient) -> list[int]:
        return [reader.get(f"/help/{name}.md").status_code for name in NAMES]

    assert statuses(client) == [200, 404, 404, 404]
    assert statuses(as_user(cast.customer)) == [200, 200, 404, 404]
    assert statuses(as_user(cast.agent)) == [200, 200, 200, 404]
    assert statuses(as_user(cast.admin)) == [200, 200, 404, 404]
    public = client.get("/help/public.md")
    assert public.mimetype == "text/markdown"
    assert public.headers["Link"] == '<https://desk.example/help/public>; rel="canonical"'
    assert "X-Robots-Tag" not in public.headers
    internal = as_user(cast.agent).get("/help/agents.md")
    assert internal.headers["X-Robots-Tag"] == "noindex"


def test_the_text_is_that_of_its_author_without_what_concerns_editors_only(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    three.article(
        "guides/a.md",
        "See [p](public.md#x), [s](signed-in.md) and [web](https://example.com/a.md).\n\n`[p](public.md)`\n",
        title="A",
        sources="[ticket:12]",
        owner="ana@desk.example",
        synonyms="[secret word]",
    )
    three.write("guides/public.md", three.text("guides/public.md") + "\n## X\n")
    three.sync()
    text = client.get("/help/a.md").text
    assert text.startswith("# A\n\nSee [p](https://desk.example/help/public#h-x), s and [web]")
    assert text.rstrip().endswith("`[p](public.md)`")
    assert "[web](https://example.com/a.md)" in text
    for word in ("ticket:12", "ana@desk", "secret word", "---"):
        assert word not in text
    own = as_user(cast.customer).get("/help/a.md").text
    assert "[s](https://desk.example/help/signed-in)" in own


def test_the_text_names_nothing_that_its_reader_may_not_know(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    file = three.root.parent / "assets" / "p.png"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(picture())
    secret = "[s][r] [i](kb_ccccccccc2) <a href='agents.md'>h</a> <!-- hush `x` [a](agents.md) -->"
    three.article(
        "guides/a.md",
        f"{secret} [p](kb_aaaaaaaaa2) [g](/help/public) ![one](../../assets/p.png)\n"
        "![two](/content/assets/p.png)\n\n"
        f"[r]: agents.md\n\n```\n{secret}\n[p](kb_aaaaaaaaa2)\n```\n",
        title="A",
    )
    assert three.sync().faults == []
    text, _, code = client.get("/help/a.md").text.partition("```")
    assert code == f"\n{secret}\n[p](kb_aaaaaaaaa2)\n```\n"
    for word in ("hush", "agents", "kb_", "assets", "[r]"):
        assert word not in text
    assert "s i <a>h</a>  [p](https://desk.example/help/public)" in text
    assert "[g](https://desk.example/help/public)" in text
    assert text.count("](https://desk.example/media/") == 2
    own = as_user(cast.agent).get("/help/a.md").text.partition("```")[0]
    assert "[i](https://desk.example/help/agents)" in own and "hush" not in own


def test_an_old_address_of_a_text_leads_to_the_new_one(
    library: Library, client: FreshClient
) -> None:
    library.article("a.md", id="kb_aaaaaaaaa2")
    library.sync()
    library.article("a.md", id="kb_aaaaaaaaa2", slug="b")
    library.sync()
    moved = client.get("/help/a.md")
    assert (moved.status_code, moved.location) == (301, "/help/b.md")


def test_a_public_page_says_what_it_is(three: Library, client: FreshClient) -> None:
    page = client.get("/help/public").text
    assert '<link rel="canonical" href="https://desk.example/help/public">' in page
    assert '<meta property="og:title" content="For public">' in page
    assert '<meta property="og:description" content="Summary of public">' in page
    assert '<meta property="og:url" content="https://desk.example/help/public">' in page
    assert re.search(r'og:image" content="https://desk.example/static/[^"]+\.png"', page)
    assert "noindex" not in page
    (crumbs,) = linked_data(page)
    assert crumbs["@type"] == "BreadcrumbList"
    steps = crumbs["itemListElement"]
    assert isinstance(steps, list)
    assert [each["name"] for each in steps] == ["Guides", "First steps", "For public"]
    assert steps[-1]["item"] == "https://desk.example/help/public"


def test_a_page_that_is_not_public_says_nothing(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    for name in ("signed-in", "agents"):
        answer = as_user(cast.agent).get(f"/help/{name}")
        assert '<meta name="robots" content="noindex">' in answer.text
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "og:" not in answer.text and "canonical" not in answer.text
        assert linked_data(answer.text) == []
        hidden = client.get(f"/help/{name}")
        assert hidden.status_code == 404
        assert f"For {name}" not in hidden.text and f"Summary of {name}" not in hidden.text


def test_questions_are_told_to_search_engines(library: Library, client: FreshClient) -> None:
    library.article(
        "guides/faq.md",
        "Lead.\n\n## Why *so*?\n\n"
        "Because </script> & [this](other.md).\n\n```sh\nls\n```\n\n### More\n\nX\n\n"
        "## Empty\n\n## And how?\n\nLike that.",
        title="Questions",
        faq="true",
    )
    library.article("guides/other.md", title="Other")
    library.sync()
    page = client.get("/help/faq").text
    _, faq = linked_data(page)
    assert faq["@type"] == "FAQPage"
    asked = faq["mainEntity"]
    assert isinstance(asked, list)
    assert [each["name"] for each in asked] == ["Why so?", "And how?"]
    answer = asked[0]["acceptedAnswer"]["text"]
    assert '<a href="https://desk.example/help/other">this</a>' in answer
    assert "<h3>More</h3>" in answer and "ls" in answer
    assert 'aria-label="Questions"' in page and "prose--faq" in page


def test_an_article_without_the_key_has_no_questions(library: Library, client: FreshClient) -> None:
    library.article("a.md", "## Why?\n\nSo.\n\n## How?\n\nSo.")
    library.sync()
    assert len(linked_data(client.get("/help/a").text)) == 1


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("", []),
        ("<p>x</p>", []),
        ('<h2 id="h-a">A?<a class="anchor" href="#h-a">#</a></h2><p>b</p>', [("A?", "<p>b</p>")]),
        ("<h2>A &amp; B</h2>\n", []),
    ],
)
def test_questions_in(app: Flask, html: str, found: list[tuple[str, str]]) -> None:
    assert [(each.question, each.answer) for each in questions_in(html)] == found


def test_crawlers_are_told_where_the_map_is(app: Flask, client: FreshClient) -> None:
    text = client.get("/robots.txt").text
    assert text.endswith("Sitemap: https://desk.example/sitemap.xml")
    assert "Disallow: /search\n" in text


@pytest.mark.parametrize("path", ["/sitemap.xml", "/help/feed.atom"])
def test_machines_ask_no_more_with_more_articles(
    library: Library, client: FreshClient, path: str
) -> None:
    counts = []
    for number in (2, 20):
        for each in range(number):
            library.article(f"guides/{each}.md", title=f"Number {each}")
        library.sync()
        with counted() as statements:
            client.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]
