"""Folders in the browser: their files are written with them, and who may read follows at once."""

from collections.abc import Callable

import pytest

from app.accounts.user import User
from app.articles.article import Section, Visibility
from app.core.db import db
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
ID = "kb_aaaaaaaaaa"
GUIDES = {
    "title": "Guides",
    "description": "How to.",
    "visibility": "public",
    "lang": "en",
    "owner": "",
}


@pytest.fixture
def guides(library: Library) -> Library:
    library.write("guides/_folder.yml", "# Ours\ntitle: Guides\nvisibility: public\nmood: calm\n")
    library.article("guides/a.md", "A.", id=ID, visibility="")
    library.article("guides/deep/b.md", "B.", id="kb_bbbbbbbbbb", title="Deep", visibility="")
    library.article("more/c.md", "C.", id="kb_cccccccccc", title="More")
    library.sync()
    return library


@pytest.fixture
def lead(cast: Cast, as_user: AsUser) -> FreshClient:
    return as_user(cast.lead)


def test_a_folder_is_made_with_its_file(guides: Library, lead: FreshClient) -> None:
    made = {"title": "Paying us", "above": "guides", "visibility": "signed_in", "lang": "en"}
    assert lead.post("/content/folders", data=made).status_code == 303
    assert guides.text("guides/paying-us/_folder.yml") == (
        "title: Paying us\nvisibility: signed_in\nlang: en\n"
    )
    assert "Paying us" in lead.get("/content/folders").text
    assert lead.post("/content/folders", data=made).status_code == 422
    assert guides.sync().exit_code == 0
    assert db.session.get_one(Section, "guides/paying-us").title == "Paying us"


def test_a_folder_says_how_often_its_articles_are_looked_at(
    guides: Library, lead: FreshClient
) -> None:
    often = GUIDES | {"review_every": "90d"}
    assert lead.post("/content/folders/guides/edits", data=often).status_code == 303
    assert "review_every: 90d\n" in guides.text("guides/_folder.yml")
    assert 'value="90d"' in lead.get("/content/folders/guides/edit").text
    wrong = GUIDES | {"review_every": "often"}
    assert lead.post("/content/folders/guides/edits", data=wrong).status_code == 422


def test_only_changed_keys_of_its_file_are_written(guides: Library, lead: FreshClient) -> None:
    assert lead.post("/content/folders/guides/edits", data=GUIDES).status_code == 303
    assert guides.text("guides/_folder.yml") == (
        "# Ours\ntitle: Guides\nvisibility: public\nmood: calm\ndescription: How to.\n"
    )
    guides.sync()
    assert db.session.get_one(Section, "guides").description == "How to."


def test_who_may_read_follows_at_once_and_stays_after_the_sync(
    guides: Library, lead: FreshClient, client: FreshClient
) -> None:
    assert client.get("/help/a").status_code == client.get("/help/b").status_code == 200
    closed = GUIDES | {"visibility": "agents"}
    assert lead.post("/content/folders/guides/edits", data=closed).status_code == 303
    assert client.get("/help/a").status_code == client.get("/help/b").status_code == 404
    assert client.get("/help/c").status_code == 200
    guides.sync()
    assert guides.the_article(ID).visibility is Visibility.AGENTS
    assert client.get("/help/b").status_code == 404


def test_folders_change_places_in_their_files(guides: Library, lead: FreshClient) -> None:
    assert lead.post("/content/folders/more/moves", data={"to": "up"}).status_code == 303
    page = lead.get("/content/folders").text
    assert page.index('id="more"') < page.index('id="guides"') < page.index('id="guides-deep"')
    assert "order: 1\n" in guides.text("more/_folder.yml")
    guides.sync()
    page = lead.get("/content/folders").text
    assert page.index('id="more"') < page.index('id="guides"')


def test_only_an_empty_folder_goes(guides: Library, lead: FreshClient) -> None:
    assert lead.post("/content/folders/more/removals").status_code == 409
    made = {"title": "Empty", "above": "", "visibility": "public", "lang": "en"}
    lead.post("/content/folders", data=made)
    assert lead.post("/content/folders/empty/removals").status_code == 303
    assert not (guides.root / "empty").exists()
    assert db.session.get(Section, "empty") is None


def test_agents_look_and_leads_arrange(guides: Library, cast: Cast, as_user: AsUser) -> None:
    agent = as_user(cast.agent)
    assert "Move More up" not in agent.get("/content/folders").text
    assert agent.post("/content/folders/more/moves", data={"to": "up"}).status_code == 403
    assert agent.get("/content/folders/more/edit").status_code == 403
    assert as_user(cast.customer).get("/content/folders").status_code == 403


def test_a_broken_file_is_not_written_over(guides: Library, lead: FreshClient) -> None:
    guides.write("guides/_folder.yml", "title: [\n")
    answer = lead.post("/content/folders/guides/edits", data=GUIDES)
    assert answer.status_code == 422
    assert "Mend guides/_folder.yml first." in answer.text
    assert guides.text("guides/_folder.yml") == "title: [\n"


def test_a_folder_whose_file_cannot_be_read_stays(guides: Library, lead: FreshClient) -> None:
    lead.post("/content/folders", data={"title": "Empty", "visibility": "public", "lang": "en"})
    file = guides.root / "empty/_folder.yml"
    file.write_bytes(b"title: \xff\n")
    assert lead.post("/content/folders/empty/removals").status_code == 422
    assert file.read_bytes() == b"title: \xff\n"


def test_the_tree_asks_no_more_with_more_folders(guides: Library, lead: FreshClient) -> None:
    counts = []
    for number in (2, 20):
        for each in range(number):
            guides.article(
                f"f{number}-{each}/x.md", "X.", title=f"{number} {each}", slug=f"x{number}-{each}"
            )
        guides.sync()
        lead.get("/content/folders")
        with counted() as statements:
            lead.get("/content/folders")
        counts.append(len(statements))
    assert counts[0] == counts[1]
