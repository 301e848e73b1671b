"""Files and articles brought level: each row of the decision table, on a real folder and database."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.articles.article import Article, Status, Visibility
from app.articles.content_file import ContentFile, FileState
from app.articles.editing import write as write_article
from app.articles.quarantined import Quarantined
from app.articles.revision import Revision, RevisionSource
from app.articles.trashing import purge, take_out, trash
from app.core.db import db
from app.core.uow import unit_of_work
from tests.support.client import FreshClient
from tests.support.library import Library

ID = "kb_aaaaaaaaaa"
BODY = "One.\n\nTwo.\n\nThree.\n"


@pytest.fixture
def level(library: Library) -> Library:
    """An article and its file, level."""
    library.article("guides/a.md", BODY, id=ID)
    library.sync()
    return library


def sources(id: str = ID) -> list[RevisionSource]:
    rows = select(Revision.source).where(Revision.article_id == id).order_by(Revision.id)
    return list(db.session.scalars(rows))


def is_level(library: Library, path: str = "guides/a.md", id: str = ID) -> bool:
    again = library.sync()
    return again.exit_code == 0 and library.text(path) == library.live(id).text


def test_an_edit_in_the_app_is_written_to_the_file_and_nothing_else_is(level: Library) -> None:
    before = level.text("guides/a.md")
    level.edit(ID, body=BODY.replace("Two.", "2."), title="New")
    assert level.sync().summary == "Articles: 1 exported."
    assert level.text("guides/a.md") == before.replace("Two.", "2.").replace("Reset it", "New")
    assert sources() == [RevisionSource.FILE, RevisionSource.APP]
    assert is_level(level)


def test_edits_of_both_are_merged_and_both_parents_kept(level: Library) -> None:
    level.edit(ID, body=BODY.replace("Three.", "3."))
    level.write("guides/a.md", level.text("guides/a.md").replace("One.", "1."))
    assert level.sync().summary == "Articles: 1 merged."
    assert level.text("guides/a.md").endswith("1.\n\nTwo.\n\n3.\n")
    assert sources() == [
        *(RevisionSource.FILE, RevisionSource.APP, RevisionSource.FILE, RevisionSource.MERGE),
    ]
    merged = db.session.get_one(Revision, level.the_article(ID).live_revision_id)
    parents = {merged.parent_id, merged.other_parent_id}
    assert {db.session.get_one(Revision, id).source for id in parents} == {"app", "file"}
    assert is_level(level)


def test_the_same_edit_on_both_sides_only_makes_them_level(level: Library) -> None:
    level.edit(ID, body="Same.\n")
    level.write("guides/a.md", level.live(ID).text)
    assert level.sync().exit_code == 0
    assert is_level(level)
    assert sources() == [RevisionSource.FILE, RevisionSource.APP]


def test_a_conflict_changes_neither_side_and_keeps_the_file_as_a_draft(
    level: Library, client: FreshClient
) -> None:
    level.edit(ID, body=BODY.replace("Two.", "App."))
    level.write("guides/a.md", level.text("guides/a.md").replace("Two.", "File."))
    sync = level.sync()
    assert (sync.exit_code, sync.summary) == (3, "Articles: 1 in conflict.")
    assert f"{ID} was changed here and in the app: text." in sync.faults[-1]
    assert "File." in level.text("guides/a.md")
    assert "App." in level.live(ID).text
    assert "App." in client.get("/help/a").text
    draft = db.session.get_one(Revision, level.the_article(ID).draft_revision_id)
    assert "File." in draft.body
    assert db.session.scalars(select(ContentFile.state)).all() == [FileState.CONFLICT]


def test_syncing_a_conflict_again_adds_nothing(level: Library) -> None:
    level.edit(ID, body="App.\n")
    level.write("guides/a.md", level.text("guides/a.md").replace(BODY, "File.\n"))
    level.sync()
    before = sources()
    assert level.sync().exit_code == 3
    assert sources() == before


def test_a_conflict_ends_by_itself_when_both_sides_agree(level: Library) -> None:
    level.edit(ID, body="App.\n")
    level.write("guides/a.md", level.text("guides/a.md").replace(BODY, "File.\n"))
    level.sync()
    level.edit(ID, body="File.\n")
    assert level.sync().exit_code == 0
    assert level.the_article(ID).draft_revision_id is None
    assert is_level(level)


@pytest.mark.parametrize(
    ("in_app", "in_file"),
    [
        ({"visibility": "agents"}, {"visibility": "signed_in"}),
        ({"status": "draft"}, {"status": "review"}),
    ],
)
def test_while_they_contradict_each_other_fewer_people_see_it(
    level: Library, client: FreshClient, in_app: dict[str, str], in_file: dict[str, str]
) -> None:
    level.edit(ID, **in_app)
    level.article("guides/a.md", BODY, id=ID, **in_file)
    assert level.sync().exit_code == 3
    assert client.get("/help/a").status_code == 404
    article = level.the_article(ID)
    stricter = {"visibility": Visibility.AGENTS, "status": Status.DRAFT}
    for key in in_app:
        assert getattr(article, key) is stricter[key]


def test_a_file_that_hides_the_article_hides_it_even_if_the_texts_contradict(
    level: Library, client: FreshClient
) -> None:
    level.edit(ID, body="App.\n")
    level.article("guides/a.md", "File.\n", id=ID, visibility="agents")
    assert level.sync().exit_code == 3
    assert client.get("/help/a").status_code == 404


def test_an_edit_in_the_app_does_not_open_what_the_file_keeps_closed(
    level: Library, client: FreshClient
) -> None:
    level.edit(ID, body="App.\n")
    level.article("guides/a.md", "File.\n", id=ID, visibility="agents")
    assert level.sync().exit_code == 3
    level.edit(ID, body="App again.\n")
    assert client.get("/help/a").status_code == 404
    assert level.sync().exit_code == 3
    assert client.get("/help/a").status_code == 404


def test_a_new_file_gets_its_id_and_keeps_every_other_byte(library: Library) -> None:
    text = "\ufeff---\r\ntitle: Ü  # note\r\n---\r\nBody\nmixed\r\n"
    library.write("guides/new.md", text)
    assert library.sync().summary == "Articles: 1 new."
    id = db.session.scalars(select(Article.id)).one()
    after = (library.root / "guides/new.md").read_bytes().decode()
    assert after == text.replace("title", f"id: {id}\r\ntitle", 1)
    assert is_level_bytes(library, after)


def is_level_bytes(library: Library, text: str) -> bool:
    library.sync()
    return (library.root / "guides/new.md").read_bytes().decode() == text


def test_a_file_of_another_desk_keeps_its_id(library: Library) -> None:
    file = library.article("guides/a.md", id="kb_zzzzzzzzzz")
    before = file.stat()
    library.sync()
    assert library.the_article("kb_zzzzzzzzzz").slug == "a"
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_an_article_of_the_app_gets_a_file(library: Library) -> None:
    with unit_of_work():
        id = write_article("Billing/Money back", front={"title": "Refunds"}, body="Soon.\n").id
    assert library.sync().summary == "Articles: 1 exported."
    text = library.text("Billing/Money back/refunds.md")
    assert text == f"---\nid: {id}\nslug: refunds\nvisibility: agents\ntitle: Refunds\n---\nSoon.\n"
    assert is_level(library, "Billing/Money back/refunds.md", id)


def test_it_never_takes_the_place_of_another_file(library: Library) -> None:
    library.write("guides/refunds.md", "---\ntitle: [\n---\nTheirs.\n")
    with unit_of_work():
        write_article("guides", front={"title": "Refunds"}, body="Ours.\n")
    library.sync()
    assert "Theirs." in library.text("guides/refunds.md")
    assert "Ours." in library.text("guides/refunds-2.md")


def test_a_file_that_lost_its_id_and_its_place_is_known_by_its_text(level: Library) -> None:
    text = level.text("guides/a.md").replace(f"id: {ID}\n", "")
    (level.root / "guides/a.md").unlink()
    level.write("other/b.md", text)
    assert level.sync().exit_code == 0
    assert level.text("other/b.md").startswith(f"---\nid: {ID}\n")
    assert db.session.scalars(select(Article.id)).all() == [ID]


def test_a_rename_leads_from_the_old_address_to_the_new_in_one_hop(
    level: Library, client: FreshClient
) -> None:
    (level.root / "guides/a.md").rename(level.root / "guides/b.md")
    level.sync()
    (level.root / "guides/b.md").rename(level.root / "guides/c.md")
    level.sync()
    for old in ("a", "b"):
        answer = client.get(f"/help/{old}")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/help/c")
    assert client.get("/help/c").status_code == 200


def test_a_stated_slug_stays_when_the_file_moves(library: Library) -> None:
    file = library.article("guides/a.md", id=ID, slug="mine")
    library.sync()
    file.rename(library.root / "guides/b.md")
    library.sync()
    assert library.the_article(ID).slug == "mine"


def test_a_redirect_shows_nothing_to_those_who_may_not_read(
    level: Library, client: FreshClient
) -> None:
    (level.root / "guides/a.md").unlink()
    level.article("guides/b.md", BODY, id=ID, visibility="agents")
    level.sync()
    assert client.get("/help/a").status_code == 404


def test_an_alias_leads_to_the_article(library: Library, client: FreshClient) -> None:
    library.article("guides/a.md", id=ID, aliases="[/help/old-name, docs/older.html]")
    library.sync()
    for old in ("old-name", "docs/older.html"):
        answer = client.get(f"/help/{old}")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/help/a")


def test_one_id_in_two_files_changes_nothing_and_keeps_both(level: Library) -> None:
    level.write("guides/b.md", level.text("guides/a.md").replace("One.", "Copy."))
    sync = level.sync()
    assert (sync.exit_code, sync.codes()) == (4, ["5:1 E107", "5:1 E107"])
    assert "One." in level.live(ID).text
    kept = db.session.scalars(select(Quarantined.path).order_by(Quarantined.path)).all()
    assert kept == ["guides/a.md", "guides/b.md"]


def test_a_file_that_is_gone_puts_its_article_into_the_trash(
    level: Library, client: FreshClient
) -> None:
    text = level.text("guides/a.md")
    (level.root / "guides/a.md").unlink()
    assert level.sync().summary == "Articles: 1 withdrawn."
    assert level.the_article(ID).deleted_at is not None
    assert client.get("/help/a").status_code == 404
    level.write("guides/a.md", text)
    assert level.sync().summary == "Articles: 1 restored."
    assert client.get("/help/a").status_code == 200


def test_an_edit_nobody_has_seen_beats_a_deletion(level: Library) -> None:
    level.edit(ID, body="Better.\n")
    (level.root / "guides/a.md").unlink()
    assert level.sync().summary == "Articles: 1 written back."
    assert level.text("guides/a.md").endswith("Better.\n")
    assert is_level(level)


def test_archiving_in_the_app_is_written_to_the_file(level: Library) -> None:
    level.edit(ID, status="archived")
    level.sync()
    assert "status: archived\n" in level.text("guides/a.md")
    assert is_level(level)


def test_the_trash_takes_the_file_along_and_gives_it_back(level: Library) -> None:
    text = level.text("guides/a.md")
    with unit_of_work():
        trash(level.the_article(ID))
    assert level.sync().summary == "Articles: 1 removed."
    assert not (level.root / "guides/a.md").exists()
    assert db.session.scalars(select(Quarantined.data)).all() == [text.encode()]
    with unit_of_work():
        take_out(level.the_article(ID))
    assert level.sync().summary == "Articles: 1 written back."
    assert level.text("guides/a.md") == text


def test_an_edit_of_the_file_beats_the_trash(level: Library) -> None:
    with unit_of_work():
        trash(level.the_article(ID))
    level.write("guides/a.md", level.text("guides/a.md").replace("One.", "1."))
    assert level.sync().summary == "Articles: 1 restored."
    assert level.the_article(ID).deleted_at is None
    assert is_level(level)


def test_what_was_deleted_for_good_stays_so_until_somebody_writes_another_text(
    level: Library,
) -> None:
    text = level.text("guides/a.md")
    with unit_of_work():
        article = level.the_article(ID)
        trash(article)
        purge(article)
    assert level.sync().summary == "Articles: 1 removed."
    level.write("guides/a.md", text)
    assert level.sync().summary == "Articles: 1 removed."
    assert not (level.root / "guides/a.md").exists()
    level.write("guides/a.md", text.replace("One.", "Again."))
    sync = level.sync()
    assert (sync.summary, sync.codes()) == ("Articles: 1 revived as drafts.", ["5:1 W209"])
    assert level.the_article(ID).status is Status.DRAFT
    assert "status: draft\n" in level.text("guides/a.md")
    assert is_level(level)


def test_a_file_with_errors_keeps_its_article_and_goes_into_quarantine(
    level: Library, client: FreshClient
) -> None:
    bad = "---\nid: kb_aaaaaaaaaa\ntitle: a\ntitle: b\n---\nLost?\n"
    level.write("guides/a.md", bad)
    sync = level.sync()
    article = level.the_article(ID)
    kept = db.session.scalars(select(Quarantined)).one()
    assert kept.data == bad.encode()
    assert sync.exit_code == 4
    assert sync.faults[0].endswith(
        'guides/a.md:4:1: error E103 duplicate key "title" (first at line 3). File skipped;'
        f" live article {ID} stays at revision {article.live_revision_id}; copy kept in quarantine"
        f" {kept.sha[:6]}. Fix: remove one of the two lines."
    )
    assert "One." in client.get("/help/a").text
    level.sync()
    assert db.session.scalar(select(func.count()).select_from(Quarantined)) == 1


def test_what_was_wrong_is_noted_until_it_is_mended(level: Library) -> None:
    good = level.text("guides/a.md")
    level.write("guides/a.md", "---\ntitle: [\n---\n")
    level.write("guides/new.md", "---\nstatus: nope\n---\n")
    level.sync()
    rows = {row.path: row for row in db.session.scalars(select(ContentFile))}
    assert {path: row.state for path, row in rows.items()} == {
        "guides/a.md": FileState.ERROR, "guides/new.md": FileState.ERROR,
    }  # fmt: skip
    assert rows["guides/a.md"].article_id == ID
    level.write("guides/a.md", good)
    (level.root / "guides/new.md").unlink()
    level.sync()
    db.session.rollback()
    row = db.session.scalars(select(ContentFile)).one()
    assert (row.path, row.state, row.faults) == ("guides/a.md", FileState.OK, [])


def test_a_dry_run_says_what_would_be_and_does_nothing(level: Library, tmp_path: Path) -> None:
    level.edit(ID, body="App.\n")
    level.write("guides/b.md", "New.\n")
    before = everything(level.root), database_dump()
    sync = level.sync("--dry-run")
    assert (sync.exit_code, sync.summary) == (2, "Articles: 1 new, 1 exported.")
    assert (everything(level.root), database_dump()) == before
    level.sync()
    assert level.sync("--dry-run").exit_code == 0


def everything(root: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes())
        for path in root.rglob("*")
        if path.is_file()
    }


def database_dump() -> list[object]:
    """All rows of our tables, and, on SQLite, the bytes of its file."""
    db.session.rollback()
    names = ("articles", "article_revisions", "content_files", "sync_runs", "content_quarantine")
    rows = [db.session.execute(select(Article.metadata.tables[name])).all() for name in names]
    db.session.rollback()
    file = db.engines[None].url.database
    return [*rows, Path(file).read_bytes() if file and Path(file).exists() else b""]


def test_one_direction_leaves_the_other_for_later(level: Library) -> None:
    level.article("guides/b.md", "B.\n", id="kb_bbbbbbbbbb")
    level.edit(ID, body="App.\n")
    assert level.sync("--direction", "in").summary == "Articles: 1 new, 1 left out."
    assert level.sync("--direction", "out").summary == "Articles: 1 exported, 1 unchanged."


def test_one_article_alone_is_synced(level: Library) -> None:
    level.article("guides/b.md", "B.\n", id="kb_bbbbbbbbbb")
    level.article("guides/c.md", "C.\n", id="kb_cccccccccc")
    assert level.sync("--only", "kb_bbbbbbbbbb").summary.startswith("Articles: 1 new,")
    assert level.sync("--only", str(level.root / "guides/c.md")).summary.startswith(
        "Articles: 1 new,"
    )


def test_an_unmounted_folder_withdraws_nothing(library: Library) -> None:
    files = [library.article(f"{n}.md") for n in range(8)]
    library.sync()
    library.edit(db.session.scalars(select(Article.id)).first() or "", body="Changed.\n")
    for file in files:
        file.unlink()
    sync = library.sync()
    assert (sync.exit_code, sync.codes()) == (5, ["1:1 E901"])
    assert db.session.scalars(select(Article.deleted_at).distinct()).all() == [None]
    assert list(library.root.rglob("*.md")) == []
    assert library.sync("--dry-run").exit_code == 5


def test_articles_of_a_new_section_stay_in_it_and_link_to_each_other(library: Library) -> None:
    with unit_of_work():
        for slug, body in (("one", "[two](two.md)\n"), ("two", "[one](one.md)\n")):
            front = {"title": slug.title(), "status": "published", "visibility": "public"}
            write_article("brand/new", front=front, body=body)
    assert library.sync().summary == "Articles: 2 exported."
    rows = select(Article.section_path, Revision.html).join(
        Revision, Revision.id == Article.live_revision_id
    )
    db.session.rollback()
    assert [(row.section_path, "href" in row.html) for row in db.session.execute(rows)] == [
        ("brand/new", True)
    ] * 2
    assert library.sync().summary == "Articles: 2 unchanged."
