"""The page of what writers should mend."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.accounts.user import User
from app.articles.article import Article
from app.articles.quality import broken, neglected
from app.articles.quality.finding import Finding
from app.articles.trashing import trash
from app.core import clock
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.search.misses.miss import Audience
from app.search.misses.noting import note_miss
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.pictures import picture
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
A, B = "kb_aaaaaaaaaa", "kb_bbbbbbbbbb"


def told(found: Callable[[], object]) -> list[tuple[str, str]]:
    db.session.rollback()
    rows: list[Finding] = list(found())  # type: ignore[call-overload]
    return [(each.place, each.sentence) for each in rows]


@pytest.fixture
def linked(library: Library) -> Library:
    """A leads to B, to a heading in it and to its page."""
    library.article("guides/b.md", "## Soon\n\nWords.", id=B, title="Bee", slug="bee")
    library.article(
        "guides/a.md", "[b](b.md) [soon](b.md#soon) [page](/help/bee#soon)\n", id=A, title="Ay"
    )
    assert library.sync().exit_code == 0
    assert told(broken.links) == told(broken.headings) == []
    return library


def test_links_to_what_was_thrown_away_are_found(linked: Library) -> None:
    with unit_of_work():
        trash(linked.the_article(B))
    places = [place for place, _ in told(broken.links)]
    assert places == ["guides/a.md:7:5", "guides/a.md:7:18", "guides/a.md:7:36"]
    assert told(broken.links)[0][1] == "The link leads to nothing: “b.md”"


def test_links_to_what_not_all_readers_may_see_are_found(linked: Library) -> None:
    linked.edit(B, visibility="agents")
    assert "Not everybody who reads this" in told(broken.links)[0][1]
    linked.edit(B, visibility="public", status="draft")
    assert "is not published" in told(broken.links)[0][1]
    linked.edit(A, visibility="agents")
    linked.edit(B, visibility="signed_in", status="published")
    assert told(broken.links) == []


def test_links_to_headings_that_were_renamed_are_found(linked: Library) -> None:
    linked.edit(B, body="## Later\n")
    assert [place for place, _ in told(broken.headings)] == ["guides/a.md:7:18", "guides/a.md:7:36"]
    linked.edit(A, body="## Here\n\n[here](#here) [there](#there)\n")
    assert told(broken.headings) == [
        ("guides/a.md:9:23", "There is no heading “there” any more: “#there”")
    ]


def test_an_old_address_of_an_article_is_no_broken_link(linked: Library) -> None:
    linked.edit(B, slug="wasp")
    assert told(broken.links) == []


def test_links_written_in_the_app_that_lead_nowhere_are_found(linked: Library) -> None:
    linked.edit(A, body="[x](nothing.md) ![](gone.png) ![y](https://elsewhere.example/y.png)\n")
    assert told(broken.links) == [("guides/a.md:7:5", "The link leads to nothing: “nothing.md”")]
    assert told(broken.pictures) == [
        ("guides/a.md:7:17", "The file “gone.png” is missing."),
        (
            "guides/a.md:7:31",
            "The file “https://elsewhere.example/y.png” lies elsewhere, so pages only link to it.",
        ),
    ]
    assert told(broken.descriptions) == [
        ("guides/a.md:7:17", "The picture “gone.png” has no description.")
    ]


def test_pictures_whose_files_are_gone_are_found(library: Library) -> None:
    library.write("../assets/a.png", picture())
    library.article("a.md", "![A](../assets/a.png)\n", id=A)
    library.sync()
    assert told(broken.pictures) == []
    (library.root.parent / "assets" / "a.png").unlink()
    library.sync()
    assert told(broken.pictures) == [("a.md:7:1", "The file “../assets/a.png” is missing.")]


def test_what_was_archived_or_thrown_away_needs_no_mending(linked: Library) -> None:
    linked.edit(A, body="[x](nothing.md)\n", status="archived")
    assert told(broken.links) == []


def test_articles_that_nobody_touched_for_a_year_are_stale(linked: Library) -> None:
    assert told(neglected.stale) == []
    with unit_of_work():
        begin_writing()
        old = clock.now() - timedelta(days=366)
        db.session.execute(update(Article).where(Article.id == B).values(updated_at=old))
    assert [finding.title for finding in neglected.stale()] == ["Bee"]


def test_articles_to_which_no_other_leads_are_orphans(linked: Library) -> None:
    linked.article("guides/c.md", "[myself](c.md)", title="Sea")
    linked.sync()
    assert [place for place, _ in told(neglected.orphans)] == ["guides/a.md", "guides/c.md"]


def test_each_finding_leads_to_where_it_is_mended(
    linked: Library, cast: Cast, as_user: AsUser
) -> None:
    linked.edit(A, body="Words.\n\n[x](nothing.md) <b>\n")
    for _ in range(2):
        with unit_of_work():
            note_miss("mail merge", audience=Audience.VISITOR)
    page = as_user(cast.agent).get("/content/quality").text
    assert f'href="/content/articles/{A}/edit?line=9"' in page
    assert "guides/a.md:9:5" in page
    assert 'href="/content/articles/new?title=mail+merge"' in page
    assert "Searched for 2 times by visitors" in page
    counts = re.findall(r'kind=(\w+)"[^>]*>.*?</svg>[^<]*(?:<span class="count">(\d+))?', page)
    assert ("links", "1") in counts
    assert ("searches", "1") in counts


def test_one_kind_is_shown_whole(linked: Library, cast: Cast, as_user: AsUser) -> None:
    linked.edit(A, body="[x](nothing.md)\n\n" * 8)
    agent = as_user(cast.agent)
    assert agent.get("/content/quality").text.count("nothing.md”") == 5
    assert "All 8" in agent.get("/content/quality").text
    page = agent.get("/content/quality?kind=links").text
    assert page.count("nothing.md”") == 8
    assert "Every picture is there" not in page
    assert agent.get("/content/quality?kind=nonsense").status_code == 200


def test_words_that_nobody_needs_to_write_about_are_taken_off(cast: Cast, as_user: AsUser) -> None:
    for _ in range(2):
        with unit_of_work():
            note_miss("mail merge", audience=Audience.CUSTOMER)
    agent = as_user(cast.agent)
    assert "mail merge" in agent.get("/content/quality").text
    answer = agent.post("/content/quality/searches/dismissals", data={"words": "mail merge"})
    assert answer.status_code == 303
    assert "mail merge" not in agent.get("/content/quality").text


def test_only_writers_see_the_page(cast: Cast, client: FreshClient, as_user: AsUser) -> None:
    assert client.get("/content/quality").status_code in (302, 303)
    assert as_user(cast.customer).get("/content/quality").status_code == 403
    assert as_user(cast.agent).get("/content/quality").status_code == 200


def test_the_number_of_statements_does_not_grow(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    agent = as_user(cast.agent)
    numbers = []
    for count in (2, 20):
        for number in range(count):
            text = "[x](gone.md) [own](#no) ![](no.png) [w](https://w.example)"
            library.article(f"a{number}.md", "Words.", title=f"A {number}", id=_id(number))
        library.sync()
        for number in range(count):
            library.edit(_id(number), body=text)
        agent.get("/content/quality")
        with counted() as statements:
            assert agent.get("/content/quality").status_code == 200
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def _id(number: int) -> str:
    return f"kb_{chr(97 + number)}aaaaaaaaa"


def test_addresses_in_other_languages_lead_somewhere(linked: Library) -> None:
    linked.article("guides/de.md", "## Bald\n\nWorte.", slug="bee", lang="de", title="Biene")
    linked.article(
        "guides/c.md",
        "[de](/help/de/bee#bald) [en](/help/bee.md) [all](/help/sections/guides) [new](/help/feed.atom)",
        title="Sea",
    )
    linked.sync()
    assert told(broken.links) == told(broken.headings) == []
    assert "guides/de.md" not in [place for place, _ in told(neglected.orphans)]
    linked.article("guides/d.md", "[no](/help/fr/bee) [lost](/help/de/bee#soon)", title="Dee")
    linked.sync()
    assert told(broken.links) == [("guides/d.md:7:6", "The link leads to nothing: “/help/fr/bee”")]
    assert [place for place, _ in told(broken.headings)] == ["guides/d.md:7:27"]
