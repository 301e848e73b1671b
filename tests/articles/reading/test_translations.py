"""Articles in several languages: their addresses, the way between them, and translations that fell behind."""

from collections.abc import Callable

import pytest

from app.accounts.user import User
from app.articles.languages import own_name
from app.articles.translations.queries import outdated
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library

AsUser = Callable[[User], FreshClient]
EN, DE, FR = "kb_eeeeeeeee2", "kb_ddddddddd2", "kb_fffffffff2"


@pytest.fixture
def two(library: Library) -> Library:
    """An article and its German translation, which stands first in the folder."""
    library.article("guides/b.md", "One.\n", id=EN, title="Open it", slug="open")
    library.article(
        "guides/a.md",
        "Eins.\n",
        id=DE,
        title="Öffnen",
        slug="oeffnen",
        lang="de",
        translation_of=EN,
    )
    assert library.sync().exit_code == 0
    return library


def test_each_language_has_its_address(two: Library, client: FreshClient) -> None:
    assert client.get("/help/open").status_code == 200
    german = client.get("/help/de/oeffnen")
    assert '<h1 lang="de">Öffnen</h1>' in german.text and "<p>Eins.</p>" in german.text
    assert client.get("/help/de/oeffnen.md").text == "# Öffnen\n\nEins.\n"
    assert client.get("/help/fr/oeffnen").status_code == 404
    assert client.get("/help/de/open").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"),
    [("/help/oeffnen", "/help/de/oeffnen"), ("/help/oeffnen.md", "/help/de/oeffnen.md")],
)
def test_an_address_without_its_language_leads_there(
    two: Library, client: FreshClient, old: str, new: str
) -> None:
    moved = client.get(old)
    assert (moved.status_code, moved.location) == (301, new)


@pytest.mark.parametrize("end", ["", ".md"])
def test_the_language_of_the_site_needs_no_name_and_leads_to_no_other(
    two: Library, client: FreshClient, end: str
) -> None:
    two.article("guides/auch.md", "Gleich.\n", slug="open", lang="de", title="Auch")
    two.sync()
    answer = client.get(f"/help/en/open{end}")
    assert (answer.status_code, answer.location) == (301, f"/help/open{end}")
    assert client.get(f"/help/de/open{end}").status_code == 200


def test_pages_do_not_depend_on_what_browsers_prefer(two: Library, client: FreshClient) -> None:
    answer = client.get("/help/open", headers={"Accept-Language": "de"})
    assert "Open it" in answer.text
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_pages_lead_to_each_other(two: Library, client: FreshClient) -> None:
    for path, other in (
        (
            "/help/open",
            '<a href="/help/de/oeffnen" lang="de" hreflang="de" title="Öffnen">Deutsch</a>',
        ),
        (
            "/help/de/oeffnen",
            '<a href="/help/open" lang="en" hreflang="en" title="Open it">English</a>',
        ),
    ):
        page = client.get(path).text
        assert other in page
        assert 'rel="alternate" hreflang="de" href="https://desk.example/help/de/oeffnen"' in page
        assert 'rel="alternate" hreflang="en" href="https://desk.example/help/open"' in page


def test_an_article_in_one_language_has_no_switch(library: Library, client: FreshClient) -> None:
    library.article("a.md")
    library.sync()
    page = client.get("/help/a").text
    assert 'aria-label="Languages"' not in page and "hreflang" not in page


def test_nobody_hears_of_a_translation_that_they_may_not_read(
    two: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    two.article(
        "guides/a.md", "Eins.\n", id=DE, title="Öffnen", slug="oeffnen", lang="de",
        translation_of=EN, visibility="agents",
    )  # fmt: skip
    two.sync()
    assert "Öffnen" not in client.get("/help/open").text
    own = as_user(cast.agent).get("/help/open").text
    assert "Deutsch" in own and 'rel="alternate" hreflang="de"' not in own


def test_a_list_names_each_article_once(two: Library, client: FreshClient) -> None:
    two.article("guides/c.md", "Trois.\n", id=FR, title="Trois", lang="fr")
    two.sync()
    for path in ("/", "/help/sections/guides"):
        page = client.get(path).text
        assert "Open it" in page and "Öffnen" not in page
        assert 'href="/help/fr/c"' in page  # there in French only
    beside = client.get("/help/de/oeffnen").text
    assert beside.count("Öffnen</a>") == 1 and "Open it</a>" not in beside


def test_a_translation_falls_behind_and_catches_up(two: Library, client: FreshClient) -> None:
    mark = "This translation may be out of date"
    assert mark not in client.get("/help/de/oeffnen").text
    two.article("guides/b.md", "Two.\n", id=EN, title="Open it", slug="open")
    two.sync()
    page = client.get("/help/de/oeffnen").text
    assert mark in page and '<a href="/help/open" hreflang="en">' in page
    assert mark not in client.get("/help/open").text
    (behind,) = outdated()
    assert (behind.id, behind.original_id, behind.lang) == (DE, EN, "de")
    two.edit(DE, body="Zwei.\n")
    assert mark not in client.get("/help/de/oeffnen").text
    assert outdated() == []


def test_what_is_changed_in_both_languages_at_once_is_level(two: Library) -> None:
    two.article("guides/b.md", "Two.\n", id=EN, title="Open it", slug="open")
    two.article(
        "guides/a.md",
        "Zwei.\n",
        id=DE,
        title="Öffnen",
        slug="oeffnen",
        lang="de",
        translation_of=EN,
    )
    two.sync()
    assert outdated() == []


def test_another_title_leaves_translations_as_they_are(two: Library) -> None:
    two.article("guides/b.md", "One.\n", id=EN, title="Open it now", slug="open", tags="[a]")
    two.sync()
    assert outdated() == []


def test_a_reader_who_may_not_see_the_original_sees_no_mark(
    two: Library, client: FreshClient
) -> None:
    two.article("guides/b.md", "Two.\n", id=EN, title="Open it", slug="open", visibility="agents")
    two.sync()
    page = client.get("/help/de/oeffnen").text
    assert "This translation" not in page and "Open it" not in page


def test_links_between_files_lead_to_the_language_of_their_file(
    two: Library, client: FreshClient
) -> None:
    two.article("guides/c.md", "[Deutsch](a.md) and [English](b.md)", title="Both")
    two.sync()
    page = client.get("/help/c").text
    assert 'href="/help/de/oeffnen"' in page and 'href="/help/open"' in page


def test_an_old_address_in_another_language_leads_on_in_one_hop(
    two: Library, client: FreshClient
) -> None:
    for slug in ("auf", "aufmachen"):
        two.article(
            "guides/a.md", "Eins.\n", id=DE, title="Ö", slug=slug, lang="de", translation_of=EN
        )
        two.sync()
    for old in ("/help/de/oeffnen", "/help/de/auf"):
        moved = client.get(old)
        assert (moved.status_code, moved.location) == (301, "/help/de/aufmachen")
        assert moved.headers["Cache-Control"].startswith("public")


def test_an_article_that_changes_its_language_moves(library: Library, client: FreshClient) -> None:
    library.article("a.md", id=EN)
    library.sync()
    library.article("a.md", id=EN, lang="de")
    library.sync()
    assert client.get("/help/a").location == "/help/de/a"
    library.article("a.md", id=EN)
    library.sync()
    assert client.get("/help/a").status_code == 200
    assert client.get("/help/de/a").location == "/help/a"


def test_languages_call_themselves() -> None:
    assert [own_name(each) for each in ("de", "pt-BR", "xx")] == ["Deutsch", "Português (BR)", "xx"]


def test_search_finds_translations_where_they_stand(
    two: Library, client: FreshClient, drain: Callable[[], int]
) -> None:
    two.article("guides/b.md", "Two.\n", id=EN, title="Open it", slug="open")
    two.sync()
    drain()
    assert 'href="/help/de/oeffnen"' in client.get("/search?q=eins").text
