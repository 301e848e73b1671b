"""Who may change what: files win, nothing is synced, a folder that cannot be written, and what was before."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.articles.article import Article
from app.articles.content_file import ContentFile
from app.articles.deciding import Mode
from app.articles.editing import change
from app.articles.files.commits import authors_of
from app.articles.known import Records
from app.articles.planning import Ways, plan
from app.articles.revision import Revision
from app.core.db import db
from app.core.errors import NotAllowed
from app.core.settings import settings
from app.core.uow import begin_writing, unit_of_work
from tests.support.library import Library

ID = "kb_aaaaaaaaaa"


@pytest.fixture
def content_mode() -> str:
    return "import"


@pytest.fixture
def settings_for_test(tmp_path: Path, content_mode: str) -> dict[str, Any]:
    return {"content": tmp_path / "content", "content_mode": content_mode}


def files(library: Library) -> dict[str, tuple[int, bytes]]:
    found = library.root.rglob("*.md")
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def test_where_files_win_nothing_is_written_to_them(library: Library) -> None:
    library.article("a.md", "A.\n")
    library.write("b.md", "# B\n")
    before = files(library)
    assert library.sync().summary == "Articles: 2 new."
    ids = set(db.session.scalars(select(Article.id)))
    assert files(library) == before
    library.write("b.md", "# B\n\nMore.\n")
    assert library.sync().summary == "Articles: 1 changed, 1 unchanged."
    assert set(db.session.scalars(select(Article.id))) == ids


def test_where_files_win_the_app_edits_nothing(library: Library) -> None:
    library.article("a.md", "A.\n", id=ID)
    library.sync()
    with pytest.raises(NotAllowed), unit_of_work():
        change(library.the_article(ID), body="App.\n", by=None)


def test_what_was_edited_before_files_won_stays_in_the_history(library: Library) -> None:
    library.article("a.md", "A.\n", id=ID)
    library.sync()
    settings().__dict__["content_mode"] = "two-way"
    library.edit(ID, body="App.\n")
    settings().__dict__["content_mode"] = "import"
    library.sync()
    assert library.live(ID).body == "A.\n"
    assert "App.\n" in db.session.scalars(select(Revision.body)).all()


@pytest.mark.parametrize("content_mode", ["off"])
def test_where_it_is_off_nothing_happens(library: Library, content_mode: str) -> None:
    library.article("a.md", "A.\n")
    assert library.sync().summary == "Articles are not synced: HEARTH_CONTENT_MODE is off."
    assert db.session.scalars(select(Article.id)).all() == []


def test_in_a_folder_that_cannot_be_written_paths_are_remembered(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    made = plan(tmp_path, Records(), ways=Ways(mode=Mode.TWO_WAY, writable=False))
    assert [fault.code for fault in made.faults["a.md"]] == ["W205"]
    (step,) = made.steps
    assert (step.writes, step.states_id, step.what) == (None, False, "new")


@pytest.mark.parametrize("content_mode", ["two-way"])
def test_after_the_upgrade_files_are_right_and_nothing_moves(
    library: Library, content_mode: str
) -> None:
    """Before, only values were kept of a front matter, and no base (the migration writes them anew)."""
    library.article("a.md", "A.\n", id=ID)
    library.sync()
    updated_at = library.the_article(ID).updated_at
    with unit_of_work():
        begin_writing()
        db.session.execute(update(ContentFile).values(base_revision_id=None))
        db.session.execute(
            update(Revision).values(head='---\nid: "x"\n---\n', sha="x", made_from="")
        )
    before = files(library)
    assert library.sync().exit_code == 0
    assert files(library) == before
    assert library.live(ID).text == library.text("a.md")
    assert library.the_article(ID).updated_at == updated_at
    assert library.sync().summary == "Articles: 1 unchanged."


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("content_mode", ["two-way"])
def test_the_author_of_a_committed_file_is_known(
    library: Library, app: Flask, content_mode: str
) -> None:
    library.article("guides/a.md", "A.\n", id=ID)
    library.article("guides/ü b.md", "B.\n", id="kb_bbbbbbbbbb", slug="b")
    git(library.root.parent, "init", "-q")
    git(library.root.parent, "add", ".")
    git(library.root.parent, "commit", "-q", "-m", "Two")
    commit = git(library.root.parent, "rev-parse", "HEAD")
    library.article("guides/c.md", "C.\n", id="kb_cccccccccc")
    library.sync()
    rows = select(Revision.article_id, Revision.author, Revision.git_commit).order_by(
        Revision.article_id
    )
    assert [tuple(row) for row in db.session.execute(rows)] == [
        (ID, "Ada <ada@example.org>", commit),
        ("kb_bbbbbbbbbb", "Ada <ada@example.org>", commit),
        ("kb_cccccccccc", "", ""),
    ]


def test_without_git_nobody_is_the_author(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A.\n")
    assert authors_of(tmp_path, ["a.md"]) == {}
