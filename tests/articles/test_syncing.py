"""Loading the files: what becomes of them, and how little happens the second time."""

import hashlib
from pathlib import Path

from sqlalchemy import func, select

from app.articles.article import Article, Section, Status, Visibility
from app.articles.content_file import ContentFile
from app.articles.revision import Revision
from app.core.db import db
from app.core.uow import reading
from tests.support.library import Library
from tests.support.queries import counted


def only_article() -> Article:
    db.session.rollback()
    return db.session.scalars(select(Article)).one()


def revisions() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Revision)) or 0


def test_a_file_becomes_an_article(library: Library) -> None:
    library.write("billing/_folder.yml", "title: Bills\ndescription: Money.\norder: 2\n")
    library.article(
        "billing/refunds.md",
        "# Refunds\n\nYou get it **back**.\n\n## When\n\nSoon.",
        title="Refunds",
        id="kb_abcde23456",
        tags="[money]",
        synonyms="[cash back]",
        order="3",
    )
    load = library.sync()
    assert (load.exit_code, load.faults, load.summary) == (0, [], "Articles: 1 new.")
    article = only_article()
    assert (article.id, article.slug, article.lang) == ("kb_abcde23456", "refunds", "en")
    assert (article.title, article.summary, article.position) == (
        "Refunds",
        "You get it back. Soon.",
        3,
    )
    assert (article.status, article.visibility) == (Status.PUBLISHED, Visibility.PUBLIC)
    assert article.published_at is not None
    revision = db.session.get_one(Revision, article.live_revision_id)
    assert revision.body == "# Refunds\n\nYou get it **back**.\n\n## When\n\nSoon."
    assert revision.body_sha == hashlib.sha256(revision.body.encode()).hexdigest()
    assert revision.front_json["synonyms"] == ["cash back"]
    assert "<strong>back</strong>" in revision.html
    assert "<h2>Refunds" not in revision.html
    assert revision.headings == [{"level": 2, "id": "h-when", "text": "When"}]
    section = db.session.get_one(Section, "billing")
    assert (section.slug, section.title, section.description, section.position) == (
        "billing", "Bills", "Money.", 2,
    )  # fmt: skip


def test_scalars_that_yaml_would_twist_stay_texts(library: Library) -> None:
    library.article("a.md", title="no", lang="no", tags="[on, 1.10, 2026-01-01, ~]")
    library.sync()
    article = only_article()
    assert (article.title, article.lang) == ("no", "no")
    revision = db.session.get_one(Revision, article.live_revision_id)
    assert revision.front_json["tags"] == ["on", "1.10", "2026-01-01", "~"]


def test_the_second_load_reads_and_does_nothing(library: Library) -> None:
    library.article("a.md")
    library.article("b/c.md")
    library.sync()
    with counted() as statements:
        load = library.sync()
    assert load.summary == "Articles: 2 unchanged."
    assert not [each for each in statements if not each.startswith(("SELECT", "BEGIN"))]
    assert revisions() == 2


def test_a_changed_text_is_a_new_revision(library: Library) -> None:
    library.article("a.md", "One.")
    library.sync()
    before = only_article().updated_at
    library.article("a.md", "Two.")
    assert library.sync().summary == "Articles: 1 changed."
    assert revisions() == 2
    assert only_article().updated_at > before


def test_crlf_and_byte_order_mark_are_no_change(library: Library) -> None:
    file = library.article("a.md", "One.\n")
    library.sync()
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert library.sync().summary == "Articles: 1 unchanged."


def test_without_an_id_the_file_stays_the_same_article(library: Library) -> None:
    library.article("a.md", "One.")
    library.sync()
    first = only_article().id
    library.article("a.md", "Two.")
    library.sync()
    assert only_article().id == first


def test_a_file_without_front_matter_is_a_draft_for_agents(library: Library) -> None:
    library.write("guides/how-to.md", "# How to\n\nDo it.")
    load = library.sync()
    article = only_article()
    assert load.exit_code == 0
    assert (article.title, article.slug, article.summary) == ("How to", "how-to", "Do it.")
    assert (article.status, article.visibility) == (Status.DRAFT, Visibility.AGENTS)


def test_the_file_name_is_the_last_resort_for_a_title(library: Library) -> None:
    library.write("guides/how-to.md", "Do it.")
    assert library.sync().codes() == ["1:1 W203"]
    assert only_article().title == "how-to"


def test_visibility_comes_from_the_nearest_folder(library: Library) -> None:
    library.write("a/_folder.yml", "visibility: public\n")
    library.write("a/b/_folder.yml", "visibility: signed_in\n")
    library.article("a/one.md", visibility="")
    library.article("a/b/c/two.md", visibility="")
    library.article("d/three.md", visibility="")
    library.sync()
    found = {article.slug: article.visibility for article in db.session.scalars(select(Article))}
    assert found == {
        "one": Visibility.PUBLIC,
        "two": Visibility.SIGNED_IN,
        "three": Visibility.AGENTS,
    }


def test_a_folder_that_opens_opens_its_articles(library: Library) -> None:
    library.article("a/one.md", visibility="")
    library.sync()
    library.write("a/_folder.yml", "title: A\nvisibility: public\n")
    assert library.sync().summary == "Articles: 1 changed."
    assert only_article().visibility is Visibility.PUBLIC
    assert revisions() == 1


def test_a_renamed_file_with_an_id_is_the_same_article(library: Library) -> None:
    file = library.article("a.md", id="kb_aaaaaaaaaa")
    library.sync()
    (library.root / "b").mkdir()
    file.rename(library.root / "b/c.md")
    assert library.sync().summary == "Articles: 1 changed."
    article = only_article()
    assert (article.id, article.slug, article.section_path) == ("kb_aaaaaaaaaa", "c", "b")
    assert db.session.scalars(select(ContentFile.path)).all() == ["b/c.md"]


def test_two_articles_may_change_places(library: Library) -> None:
    library.article("a.md", id="kb_aaaaaaaaaa")
    library.article("b.md", id="kb_bbbbbbbbbb")
    library.sync()
    library.article("a.md", id="kb_bbbbbbbbbb")
    library.article("b.md", id="kb_aaaaaaaaaa")
    assert library.sync().summary == "Articles: 2 changed."
    db.session.rollback()
    slugs = {article.id: article.slug for article in db.session.scalars(select(Article))}
    assert slugs == {"kb_aaaaaaaaaa": "b", "kb_bbbbbbbbbb": "a"}


def test_a_removed_file_withdraws_its_article_and_frees_its_address(library: Library) -> None:
    library.article("a.md", id="kb_aaaaaaaaaa", slug="same").unlink()
    library.article("a.md", id="kb_aaaaaaaaaa", slug="same")
    library.sync()
    (library.root / "a.md").unlink()
    library.article("b.md", id="kb_bbbbbbbbbb", slug="same")
    assert library.sync().summary == "Articles: 1 new, 1 withdrawn."
    assert db.session.get_one(Article, "kb_aaaaaaaaaa").deleted_at is not None
    library.article("a.md", id="kb_aaaaaaaaaa", slug="other")
    library.sync()
    db.session.rollback()
    assert db.session.get_one(Article, "kb_aaaaaaaaaa").status is Status.PUBLISHED


def test_a_file_with_errors_is_not_a_missing_file(library: Library) -> None:
    file = library.article("a.md", id="kb_aaaaaaaaaa")
    library.sync()
    file.unlink()
    library.write("moved.md", "---\nid: kb_aaaaaaaaaa\nstatus: nope\n---\n")
    assert "withdrawn" not in library.sync().summary
    assert only_article().status is Status.PUBLISHED


def test_an_empty_folder_is_taken_for_a_mistake(library: Library) -> None:
    files = [library.article(f"{n}.md") for n in range(6)]
    library.sync()
    for file in files:
        file.unlink()
    load = library.sync()
    assert (load.exit_code, load.codes()) == (5, ["1:1 E901"])
    with reading():
        assert db.session.scalars(select(Article.status)).all() == [Status.PUBLISHED] * 6
    assert library.sync("--allow-mass-delete").summary == "Articles: 6 withdrawn."


def test_links_follow_their_target(library: Library, tmp_path: Path) -> None:
    library.article(
        "a.md", "[b](sub/b.md#Part) [x](https://example.org) [up](/tickets/new) [here](#x)\n\n# X"
    )
    library.article("sub/b.md", "[back](../a.md)\n\n## Part", id="kb_bbbbbbbbbb")
    library.sync()

    def html(slug: str) -> str:
        db.session.rollback()
        columns = select(Revision.html).join(Article, Article.live_revision_id == Revision.id)
        return db.session.scalars(columns.where(Article.slug == slug)).one()

    assert 'href="/help/b#h-part"' in html("a")
    assert 'href="/help/a"' in html("b")
    assert 'href="https://example.org"' in html("a")
    assert 'href="/tickets/new"' in html("a")
    library.article("sub/b.md", "[back](../a.md)\n\n## Part", id="kb_bbbbbbbbbb", slug="bee")
    assert library.sync().summary == "Articles: 2 changed."
    assert 'href="/help/bee#h-part"' in html("a")
    assert revisions() == 3


def test_a_link_to_a_file_with_errors_waits_for_it(library: Library) -> None:
    library.article("a.md", "[b](b.md)")
    library.write("b.md", "---\nstatus: nope\n---\n")
    assert library.sync().summary == "Articles: 1 new, 1 skipped because of errors."
    library.article("b.md")
    assert library.sync().summary == "Articles: 1 new, 1 changed."
