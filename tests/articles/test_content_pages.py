"""The pages of files and articles: who sees them, and how a conflict ends on them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts.user import User
from app.articles.article import Article
from app.articles.quarantined import Quarantined
from app.articles.revision import Revision, RevisionSource
from app.core.db import db
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
ID = "kb_aaaaaaaaaa"
BODY = "One two three.\n\nFour.\n\nFive <six>.\n"


@pytest.fixture
def conflict(library: Library) -> Library:
    library.article("guides/a.md", BODY, id=ID, title="Refunds")
    library.sync()
    library.edit(ID, body=BODY.replace("two", "apps").replace("Five", "5"))
    library.write("guides/a.md", library.text("guides/a.md").replace("two", "files"))
    assert library.sync().exit_code == 3
    return library


def posted(client: FreshClient, library: Library, take: str, **more: str) -> int:
    article = library.the_article(ID)
    form = {"take": take, "draft": article.draft_revision_id, "live": article.live_revision_id}
    return client.post(f"/content/conflicts/{ID}/resolutions", data={**form, **more}).status_code


def test_staff_see_what_waits_for_somebody(conflict: Library, cast: Cast, as_user: AsUser) -> None:
    conflict.write("guides/bad.md", "---\ntitle: a\ntitle: b\n---\n")
    conflict.article("guides/c.md", "C.", id="kb_cccccccccc", title="Newer here")
    conflict.write("guides/odd.md", "---\ntitle: Odd\nstauts: draft\n---\n")
    conflict.sync()
    conflict.edit("kb_cccccccccc", body="More.\n")
    page = as_user(cast.agent).get("/content").text
    assert f'<a href="/content/conflicts/{ID}">Refunds</a>' in page
    assert "guides/bad.md:3:1" in page
    assert "duplicate key &#34;title&#34; (first at line 2)" in page
    assert "Warning W201" in page
    assert "Newer here" in page
    assert "1 file in quarantine" in page


def test_nothing_to_do_is_said(library: Library, cast: Cast, as_user: AsUser) -> None:
    assert "All files are fine" in as_user(cast.agent).get("/content").text


def test_the_navigation_of_staff_leads_there(cast: Cast, as_user: AsUser) -> None:
    assert 'href="/content/articles"' in as_user(cast.agent).get("/inbox").text
    assert 'href="/content"' in as_user(cast.agent).get("/content/articles").text
    assert 'href="/content/articles"' not in as_user(cast.admin).get("/admin/people").text


def test_customers_and_visitors_see_nothing_of_it(
    conflict: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    for path in ("", f"/conflicts/{ID}", "/quarantine"):
        assert client.get(f"/content{path}").status_code in (302, 303)
        assert as_user(cast.customer).get(f"/content{path}").status_code == 403
        assert as_user(cast.admin).get(f"/content{path}").status_code == 403


def test_both_texts_stand_there_with_what_changed(
    conflict: Library, cast: Cast, as_user: AsUser
) -> None:
    page = as_user(cast.lead).get(f"/content/conflicts/{ID}").text
    assert "One <del>two</del><ins>files</ins> three." in page
    assert "One <del>two</del><ins>apps</ins> three." in page
    assert "Five &lt;six&gt;." in page
    assert (
        "&lt;&lt;&lt;&lt;&lt;&lt;&lt; file\nOne files three.\n=======\nOne apps three.\n"
        "&gt;&gt;&gt;&gt;&gt;&gt;&gt; app\n\nFour.\n\n5 &lt;six&gt;.\n"
    ) in page


def test_agents_may_look_and_leads_choose(conflict: Library, cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.agent).get(f"/content/conflicts/{ID}").text
    assert "Take the text of the file" not in page
    assert posted(as_user(cast.agent), conflict, "file") == 403
    assert conflict.the_article(ID).in_conflict


@pytest.mark.parametrize(("take", "word"), [("file", "files"), ("app", "apps")])
def test_one_of_the_two_texts_is_taken_and_both_stay_in_the_history(
    conflict: Library, cast: Cast, as_user: AsUser, take: str, word: str
) -> None:
    assert posted(as_user(cast.lead), conflict, take) == 303
    assert f"One {word} three." in conflict.live(ID).body
    assert conflict.sync().exit_code == 0
    assert f"One {word} three." in conflict.text("guides/a.md")
    bodies = "".join(db.session.scalars(select(Revision.body)))
    assert "One files three." in bodies
    assert "One apps three." in bodies
    assert not conflict.the_article(ID).in_conflict


def test_a_text_made_of_both_is_written_to_the_file(
    conflict: Library, cast: Cast, as_user: AsUser
) -> None:
    text = f"---\nid: {ID}\ntitle: Refunds\nstatus: published\nvisibility: public\n---\nBoth.\n"
    lead = as_user(cast.lead)
    assert posted(lead, conflict, "merged", text=text.replace("\n", "\r\n")) == 303
    assert conflict.sync().exit_code == 0
    assert conflict.text("guides/a.md") == text
    live = db.session.get_one(Revision, conflict.the_article(ID).live_revision_id)
    assert (live.source, live.author, live.note) == (
        RevisionSource.MERGE, "Ada Lead", "made of both texts",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<<<<<<< file\nA\n=======\nB\n>>>>>>> app\n", "There are still lines with"),
        ("---\ntitle: [\n---\n", "YAML syntax"),
        ("---\ntitle: a\n", "The front matter is not closed."),
    ],
)
def test_a_text_that_no_file_could_hold_is_shown_again(
    conflict: Library, cast: Cast, as_user: AsUser, text: str, said: str
) -> None:
    article = conflict.the_article(ID)
    form = {"take": "merged", "draft": article.draft_revision_id, "live": article.live_revision_id}
    lead = as_user(cast.lead)
    answer = lead.post(f"/content/conflicts/{ID}/resolutions", data={**form, "text": text})
    assert answer.status_code == 422
    assert said in answer.text.replace("&lt;", "<").replace("&gt;", ">")
    assert conflict.the_article(ID).in_conflict


def test_a_choice_between_texts_that_are_no_longer_those_is_refused(
    conflict: Library, cast: Cast, as_user: AsUser
) -> None:
    article = conflict.the_article(ID)
    form = {"take": "file", "draft": article.draft_revision_id, "live": article.live_revision_id}
    conflict.edit(ID, body="Newer.\n")
    answer = as_user(cast.lead).post(f"/content/conflicts/{ID}/resolutions", data=form)
    assert answer.status_code == 409
    assert "Newer." in conflict.live(ID).body


def test_a_resolved_conflict_has_no_page(conflict: Library, cast: Cast, as_user: AsUser) -> None:
    lead = as_user(cast.lead)
    posted(lead, conflict, "file")
    assert lead.get(f"/content/conflicts/{ID}").status_code == 404


def test_a_file_is_put_back_beside_the_one_that_is_there(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    library.write("guides/bad.md", "---\ntitle: [<b>\n---\n")
    library.sync()
    sha = db.session.scalars(select(Quarantined.sha)).one()
    lead = as_user(cast.lead)
    assert "guides/bad.md" in lead.get("/content/quarantine").text
    assert "title: [&lt;b&gt;" in lead.get(f"/content/quarantine/{sha}").text
    assert as_user(cast.agent).post(f"/content/quarantine/{sha}/restorations").status_code == 403
    assert lead.post(f"/content/quarantine/{sha}/restorations").status_code == 303
    assert library.text("guides/bad.restored.md") == library.text("guides/bad.md")
    (library.root / "guides/bad.md").unlink()
    lead.post(f"/content/quarantine/{sha}/restorations")
    assert library.text("guides/bad.md") == "---\ntitle: [<b>\n---\n"


def test_the_pages_ask_no_more_with_more_to_show(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    counts = []
    for number in (2, 20):
        for each in range(number):
            library.write(f"guides/{number}-{each}.md", f"---\ntitle: [{number}{each}\n---\n")
        library.sync()
        agent = as_user(cast.agent)
        with counted() as statements:
            agent.get("/content")
            agent.get("/content/quarantine")
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert db.session.scalars(select(Article.id)).all() == []
