"""Importing the same source again: nothing is done twice, nothing that people did is undone."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.articles.article import Article
from app.articles.exchange import taking_in
from app.articles.revision import Revision, RevisionSource
from app.articles.trashing import purge, trash
from app.core.db import db
from app.core.errors import Conflict
from app.core.uow import unit_of_work
from tests.support.library import Library, Load
from tests.support.sources import folder

TEXT = "# A\n\nOne.\n\nTwo.\n\nThree.\n"


class Site:
    """A folder elsewhere that is imported now and then."""

    def __init__(self, library: Library, root: Path) -> None:
        self.library, self.root = library, root
        self.say(TEXT)

    def say(self, text: str) -> None:
        folder(self.root, {"a.md": text, "b.md": "# B\n\n[a](a.md)\n"})

    def bring(self, *options: str) -> Load:
        return self.library.run("import", str(self.root), *options)

    @property
    def id(self) -> str:
        db.session.rollback()
        return str(db.session.scalar(select(Article.id).where(Article.slug == "a")))


@pytest.fixture
def site(library: Library, tmp_path: Path) -> Site:
    made = Site(library, tmp_path / "site")
    assert made.bring().exit_code == 0
    return made


def revisions() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Revision)) or 0


def test_the_same_again_changes_nothing(site: Site) -> None:
    before = revisions()
    assert "2 unchanged" in site.bring().output
    site.library.sync()
    assert "2 unchanged" in site.bring().output
    assert site.bring("--dry-run").exit_code == 0
    assert revisions() == before


def test_what_changed_there_changes_here(site: Site) -> None:
    site.library.sync()
    site.say(TEXT.replace("Two", "2"))
    assert "1 changed, 1 unchanged" in site.bring().output
    assert "2." in site.library.live(site.id).body
    site.library.sync()
    assert "2." in site.library.text("a.md")


def test_changes_of_both_are_merged(site: Site) -> None:
    site.library.edit(site.id, body=TEXT.replace("One", "1"))
    site.say(TEXT.replace("Three", "3"))
    assert "1 merged" in site.bring().output
    assert site.library.live(site.id).body == TEXT.replace("One", "1").replace("Three", "3")


def test_what_contradicts_stays_as_it_is_here_and_is_kept(site: Site) -> None:
    site.library.edit(site.id, body=TEXT.replace("Two", "Ours"))
    site.say(TEXT.replace("Two", "Theirs"))
    done = site.bring()
    assert done.exit_code == 3
    assert "E302" in done.faults[0]
    assert "Ours" in site.library.live(site.id).body
    bodies = db.session.scalars(select(Revision.body).where(Revision.article_id == site.id))
    assert any("Theirs" in body for body in bodies)
    before = revisions()
    site.bring()
    assert revisions() == before


def test_what_was_deleted_here_stays_so(site: Site) -> None:
    with unit_of_work():
        trash(site.library.the_article(site.id))
    site.say(TEXT.replace("Two", "2"))
    assert "1 left alone" in site.bring().output
    with unit_of_work():
        purge(site.library.the_article(site.id))
    assert "1 left alone" in site.bring().output


def test_all_of_it_is_taken_in_or_nothing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"a.md": "# A\n", "p.png": b"\x89PNG\r\n\x1a\n"}
    source = folder(tmp_path / "site", files)
    monkeypatch.setattr(taking_in, "bump", _fail)
    done = library.run("import", str(source))
    assert done.exit_code == 6
    assert revisions() == 0
    assert [path for path in library.root.parent.rglob("*") if path.is_file()] == []


def own(id: str, title: str, more: str = "") -> str:
    return f"---\nid: {id}\ntitle: {title}\nstatus: published\n{more}---\nText.\n"


def test_an_address_that_somebody_has_is_not_given_again(library: Library, tmp_path: Path) -> None:
    library.article("here.md", id="kb_aaaaaaaaa2", slug="reset")
    library.sync()
    files = {
        "one.md": own("kb_bbbbbbbbb2", "One", "slug: reset\naliases: [reset, old]\n"),
        "two.md": own("kb_ccccccccc2", "Two"),
        "three.md": own("kb_ddddddddd2", "Three", "slug: two\nstatus_note: x\n"),
        "four.md": own("kb_eeeeeeeee2", "Four", "aliases: [reset/four]\n"),
    }
    source = folder(tmp_path / "site", files)
    done = library.run("import", str(source))
    assert done.exit_code == 0
    assert len([fault for fault in done.faults if "W307" in fault]) == 3
    library.sync()
    slugs = dict(db.session.execute(select(Article.id, Article.slug)).all())  # type: ignore[arg-type]
    assert len(set(slugs.values())) == 5 and slugs["kb_aaaaaaaaa2"] == "reset"
    front = library.live("kb_bbbbbbbbb2").front
    assert front["aliases"] == ["old"] and slugs["kb_bbbbbbbbb2"] == "one"
    assert library.text("four.md") == files["four.md"]
    assert library.run("import", str(source), "--dry-run").exit_code == 0


def test_an_id_is_one_articles(library: Library, tmp_path: Path) -> None:
    files = {"a.md": own("kb_bbbbbbbbb2", "A"), "b.md": own("kb_bbbbbbbbb2", "B")}
    source = folder(tmp_path / "site", files)
    done = library.run("import", str(source))
    assert done.exit_code == 0
    assert any("b.md:1:1" in fault and "kb_bbbbbbbbb2" in fault for fault in done.faults)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Article)) == 2
    assert library.run("import", str(source), "--dry-run").exit_code == 0


def test_where_files_win_nothing_is_imported(library: Library, tmp_path: Path) -> None:
    source = folder(tmp_path / "site", {"a.md": "# A\n"})
    library.root.chmod(0o555)
    done = library.run("import", str(source))
    library.root.chmod(0o755)
    if done.exit_code:  # root may write everywhere
        assert (done.exit_code, revisions()) == (6, 0)


def test_the_first_revision_is_the_text_as_it_came(site: Site) -> None:
    rows = select(Revision.source, Revision.note, Revision.body).where(
        Revision.article_id == site.id
    )
    first, second = db.session.execute(rows.order_by(Revision.id)).all()
    assert first == (RevisionSource.IMPORT, "as it came", TEXT)
    assert second.note == "from markdown: a.md"


def _fail(stamp: str) -> None:
    raise Conflict(stamp)
