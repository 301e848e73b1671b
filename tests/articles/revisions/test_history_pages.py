"""The history of an article: who sees it, what its pages show, and taking a version back."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from app.accounts.user import User
from app.articles.article import Article, Status, Visibility
from app.articles.revising import Origin, keep
from app.articles.revision import Revision, RevisionSource
from app.articles.trashing import trash
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
ID = "kb_aaaaaaaaaa"
HISTORY = f"/content/articles/{ID}/history"
BODY = "Open the small box.\n\nThen close it.\n"


@pytest.fixture
def written(library: Library) -> Library:
    """An article with three versions."""
    library.article("guides/a.md", BODY, id=ID, title="Refunds")
    library.sync()
    library.edit(ID, body=BODY.replace("small", "big"), order="3")
    library.edit(ID, body=BODY.replace("small", "huge <b>"), title="Money back")
    return library


def ids(id: str = ID) -> list[int]:
    """Its revisions, the oldest first."""
    db.session.rollback()
    return list(
        db.session.scalars(
            select(Revision.id).where(Revision.article_id == id).order_by(Revision.id)
        )
    )


def restored(client: FreshClient, revision: int, live: int, note: str = "") -> int:
    form = {"revision": revision, "live": live, "note": note}
    return client.post(f"/content/articles/{ID}/restorations", data=form).status_code


def comparison(client: FreshClient, **query: object) -> str:
    answer = client.get(f"/content/articles/{ID}/comparisons", query_string=query)
    assert answer.status_code == 200
    return answer.text


def test_every_version_is_listed_with_how_it_came(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    page = as_user(cast.agent).get(HISTORY).text
    assert all(f">Version {n}</a>" in page for n in (1, 2, 3))
    assert "From its file" in page
    assert "Written here" in page
    assert page.index("Version 3") < page.index("Version 1")


@pytest.mark.parametrize("path", ["history", "comparisons", "revisions/{id}", "revisions/{id}.md"])
def test_only_those_who_read_all_articles_see_it(
    written: Library, client: FreshClient, cast: Cast, as_user: AsUser, path: str
) -> None:
    path = f"/content/articles/{ID}/{path.format(id=ids()[0])}"
    assert as_user(cast.agent).get(path).status_code == 200
    assert as_user(cast.customer).get(path).status_code == 403
    assert as_user(cast.admin).get(path).status_code == 403
    assert client.get(path).status_code in (302, 303)


def test_what_the_live_text_changed_is_shown_without_being_asked(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    page = comparison(as_user(cast.agent))
    assert "Open the <del>big</del>" in page
    assert "Open the <ins>huge &lt;b&gt;</ins>" in page
    assert "1 line added" in page
    assert "<del>Refunds</del>" in page
    assert "<ins>Money back</ins>" in page


def test_words_and_lines_below_and_beside_each_other(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    first, second, _ = ids()
    agent = as_user(cast.agent)
    for view in ("inline", "side"):
        by_word = comparison(agent, **{"from": first, "to": second, "view": view, "by": "word"})
        by_line = comparison(agent, **{"from": first, "to": second, "view": view, "by": "line"})
        assert "Open the <del>small</del> box." in by_word
        assert "Open the small box." in by_line
        assert ("diff--beside" in by_word) is (view == "side")
    assert "<ins>3</ins>" in comparison(agent, **{"from": first, "to": second})


def test_the_file_is_compared_with_what_readers_see(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    page = comparison(as_user(cast.agent), **{"from": "live", "to": "file"})
    assert "Open the <del>huge &lt;b&gt;</del>" in page
    written.sync()
    page = comparison(as_user(cast.agent), **{"from": "live", "to": "file"})
    assert "No difference" in page
    (written.root / "guides/a.md").unlink()
    gone = as_user(cast.agent).get(f"/content/articles/{ID}/comparisons?to=file")
    assert gone.status_code == 404


def test_a_file_with_a_fault_can_be_compared_all_the_same(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    written.write("guides/a.md", "---\ntitle: [\nNo end")
    assert "No end" in comparison(as_user(cast.agent), **{"from": "live", "to": "file"})


def test_versions_of_other_articles_are_not_to_be_had(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    written.article("guides/b.md", "Other.", id="kb_bbbbbbbbbb", title="Other")
    written.sync()
    other = ids("kb_bbbbbbbbbb")[0]
    lead = as_user(cast.lead)
    for path in (f"revisions/{other}", f"revisions/{other}.md", f"comparisons?to={other}"):
        assert lead.get(f"/content/articles/{ID}/{path}").status_code == 404
    for name in ("x", "-1", "99999999999999999999", "²"):
        assert lead.get(f"/content/articles/{ID}/comparisons?from={name}").status_code == 404
    assert restored(lead, other, ids()[-1]) == 404
    assert lead.get("/content/articles/kb_nothinghere/history").status_code == 404


def test_a_version_is_shown_as_a_page_as_text_and_as_a_file(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    first = ids()[0]
    agent = as_user(cast.agent)
    path = f"/content/articles/{ID}/revisions/{first}"
    assert "<p>Open the small box.</p>" in agent.get(path).text
    assert "title: Refunds\nstatus: published" in agent.get(f"{path}?as=text").text
    file = agent.get(f"{path}.md")
    assert file.text == db.session.get_one(Revision, first).manuscript.text
    assert file.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert 'filename="a-version-1.md"' in file.headers["Content-Disposition"]
    assert file.headers["Cache-Control"] == "private, no-store"


def test_a_text_that_nobody_was_shown_is_rendered_when_asked_for(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    article = written.the_article(ID)
    with unit_of_work():
        begin_writing()
        text = written.live(ID).saying("*Kept*.\n")
        kept = keep(article, text, Origin(RevisionSource.APP)).id
        broken = keep(article, text.setting({"status": "gone"}), Origin(RevisionSource.APP)).id
    agent = as_user(cast.agent)
    assert "<em>Kept</em>" in agent.get(f"/content/articles/{ID}/revisions/{kept}").text
    assert "As it is, readers could not see it" in (
        agent.get(f"/content/articles/{ID}/revisions/{broken}").text
    )
    assert "Kept aside" in agent.get(HISTORY).text


def test_a_version_is_taken_back_and_that_is_taken_back(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    first, _, third = ids()
    lead = as_user(cast.lead)
    assert restored(lead, first, third, "The box is small") == 303
    made = db.session.get_one(Revision, written.the_article(ID).live_revision_id)
    assert made.body == BODY
    assert (made.source, made.author, made.note, made.parent_id) == (
        RevisionSource.RESTORE, "Ada Lead", "The box is small", third,
    )  # fmt: skip
    assert written.the_article(ID).title == "Refunds"
    made_id = made.id
    assert restored(lead, third, made_id) == 303
    assert written.live(ID).text == db.session.get_one(Revision, third).manuscript.text
    assert db.session.get_one(Revision, ids()[-1]).note == "Version 3 again"
    assert len(ids()) == 5
    assert written.sync().exit_code == 0
    assert "huge" in written.text("guides/a.md")


def test_taking_back_neither_shows_nor_hides_the_article(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    library.article("guides/a.md", BODY, id=ID, title="Refunds", status="draft")
    library.sync()
    library.edit(ID, body="Secret.\n", visibility="agents", status="published", slug="elsewhere")
    first, second = ids()
    assert restored(as_user(cast.lead), first, second) == 303
    article = library.the_article(ID)
    assert (article.visibility, article.status, article.slug) == (
        Visibility.AGENTS, Status.PUBLISHED, "elsewhere",
    )  # fmt: skip
    assert library.live(ID).body == BODY


def test_nobody_takes_back_over_a_text_that_they_have_not_seen(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    first, second, third = ids()
    lead = as_user(cast.lead)
    assert restored(lead, first, second) == 409
    assert restored(lead, third, third) == 409
    with unit_of_work():
        trash(written.the_article(ID))
    assert restored(lead, first, third) == 409
    assert ids() == [first, second, third]


def test_agents_read_the_history_and_leads_take_back(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    first, _, third = ids()
    assert restored(as_user(cast.agent), first, third) == 403
    path = f"/content/articles/{ID}/revisions/{first}"
    assert "Take version 1 back" not in as_user(cast.agent).get(path).text
    assert "Take version 1 back" in as_user(cast.lead).get(path).text


def test_a_note_that_is_too_long_is_shown_again(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    first, _, third = ids()
    assert restored(as_user(cast.lead), first, third, "x" * 301) == 422


def test_the_history_of_an_article_in_the_trash_stays_readable(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    with unit_of_work():
        trash(written.the_article(ID))
    lead = as_user(cast.lead)
    assert "It lies in the trash" in lead.get(HISTORY).text
    assert "Take version" not in comparison(lead)


def test_a_thousand_versions_come_in_pages(written: Library, cast: Cast, as_user: AsUser) -> None:
    article = written.the_article(ID)
    with unit_of_work():
        begin_writing()
        text = written.live(ID)
        for number in range(110):
            keep(article, text.saying(f"{number}\n"), Origin(RevisionSource.APP))
    agent = as_user(cast.agent)
    seen: list[str] = []
    path = HISTORY
    while path:
        page = agent.get(path).text
        seen += [part.split("<")[0] for part in page.split(">Version ")[1:]]
        path = (
            page.split('rel="next"')[0].rpartition('href="')[2].rstrip('" ')
            if 'rel="next"' in page
            else ""
        )
    assert seen == [str(n) for n in range(113, 0, -1)]
    assert agent.get(f"{HISTORY}?after=nonsense").status_code == 200


def test_the_pages_ask_no_more_with_more_versions(
    written: Library, cast: Cast, as_user: AsUser
) -> None:
    agent = as_user(cast.agent)
    first = ids()[0]
    paths = [
        HISTORY,
        f"/content/articles/{ID}/comparisons",
        f"/content/articles/{ID}/revisions/{first}",
    ]

    def asked() -> list[int]:
        numbers = []
        for path in paths:
            with counted() as statements:
                agent.get(path)
            numbers.append(len(statements))
        return numbers

    few = asked()
    for number in range(17):
        written.edit(ID, body=f"{number}\n")
    assert asked() == few
    assert db.session.get_one(Article, ID)


def test_the_address_that_git_tells_of_an_author_is_shown_to_nobody(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    library.article("guides/a.md", "Text.\n", id=ID)
    library.sync()
    with unit_of_work():
        begin_writing()
        db.session.execute(update(Revision).values(author="Ada <ada@machine.example>"))
    for path in (HISTORY, f"/content/articles/{ID}/comparisons"):
        page = as_user(cast.lead).get(path).text
        assert "Ada" in page
        assert "machine.example" not in page
