"""The commands beside the sync: looking at articles, helping with files, checking without a database."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.articles.article import Article
from app.articles.quarantined import Quarantined
from app.core.db import db
from app.core.settings import ROOT, settings
from tests.support.library import Library

ID = "kb_aaaaaaaaaa"
BODY = "One.\n\nTwo.\n"


@pytest.fixture
def conflict(library: Library) -> Library:
    library.article("guides/a.md", BODY, id=ID)
    library.sync()
    library.edit(ID, body=BODY.replace("Two", "App"))
    library.write("guides/a.md", library.text("guides/a.md").replace("Two", "File"))
    assert library.sync().exit_code == 3
    return library


def test_status_names_what_is_not_level(conflict: Library) -> None:
    conflict.article("guides/b.md", "B.\n", id="kb_bbbbbbbbbb")
    conflict.article("guides/c.md", "C.\n", id="kb_cccccccccc")
    conflict.write("guides/bad.md", "---\ntitle: [\n---\n")
    conflict.sync()
    conflict.edit("kb_bbbbbbbbbb", body="More.\n")
    output = conflict.run("status").output
    assert f"in conflict: {ID} guides/a.md\n" in output
    assert "newer in the app: kb_bbbbbbbbbb guides/b.md\n" in output
    assert "guides/bad.md:3:1: error E101" in output
    assert "Level: 1 of 3 articles.\nMode: two-way.\n" in output


def test_diff_shows_what_either_side_changed(conflict: Library) -> None:
    output = conflict.run("diff", ID).output
    assert "+++ file guides/a.md\n" in output
    assert "-Two.\n+File.\n" in output
    assert "-Two.\n+App.\n" in output


def test_log_lists_revisions_with_where_they_came_from(conflict: Library) -> None:
    lines = conflict.run("log", ID).output.splitlines()
    assert [line.split()[-2] for line in lines] == ["file", "app", "file"]
    assert [line[0] for line in lines] == [" ", "*", " "]


@pytest.mark.parametrize(
    ("take", "word"), [("file", "File."), ("app", "App."), ("merged", "Both.")]
)
def test_resolve_ends_the_conflict_and_brings_the_file_level(
    conflict: Library, tmp_path: Path, take: str, word: str
) -> None:
    if take == "merged":
        (tmp_path / "both.md").write_text(conflict.text("guides/a.md").replace("File.", "Both."))
        take = f"merged={tmp_path / 'both.md'}"
    assert conflict.run("resolve", ID, "--take", take).exit_code == 0
    assert word in conflict.text("guides/a.md")
    assert word in conflict.live(ID).body
    assert conflict.sync().exit_code == 0


def test_what_cannot_be_resolved_is_said(conflict: Library) -> None:
    assert conflict.run("resolve", ID, "--take", "neither").exit_code == 2
    assert conflict.run("resolve", "kb_zzzzzzzzzz", "--take", "file").exit_code == 1
    conflict.run("resolve", ID, "--take", "file")
    again = conflict.run("resolve", ID, "--take", "file")
    assert (again.exit_code, again.faults) == (1, ["This conflict was resolved already."])


def test_new_makes_a_draft_with_an_id_and_overwrites_nothing(library: Library) -> None:
    made = library.run("new", "Ask: how?", "--category", "Billing/Refunds")
    assert made.exit_code == 0
    assert made.summary.endswith("articles/Billing/Refunds/ask-how.md")
    text = library.text("Billing/Refunds/ask-how.md")
    assert "title: 'Ask: how?'\nstatus: draft\n" in text
    assert library.run("new", "Ask: how?", "--category", "Billing/Refunds").exit_code == 1
    assert library.run("new", "Out", "--category", "../..").exit_code == 1
    assert library.sync().summary == "Articles: 1 new."
    assert f"id: {db.session.scalars(select(Article.id)).one()}\n" in text


def test_mv_takes_links_along_in_both_directions(library: Library) -> None:
    library.article("guides/a.md", "[b](b.md#x) [up](../other/c.md)\n", id=ID)
    library.article("guides/b.md", "[a](a.md)\n\n## X\n", id="kb_bbbbbbbbbb")
    library.article("other/c.md", "[a](../guides/a.md) [b](../guides/b.md)\n", id="kb_cccccccccc")
    library.sync()
    assert library.run("mv", "guides/a.md", "deep/er/new.md").exit_code == 0
    assert library.text("deep/er/new.md").endswith(
        "[b](../../guides/b.md#x) [up](../../other/c.md)\n"
    )
    assert library.text("guides/b.md").endswith("[a](../deep/er/new.md)\n\n## X\n")
    assert library.text("other/c.md").endswith("[a](../deep/er/new.md) [b](../guides/b.md)\n")
    assert library.sync().exit_code == 0
    assert library.the_article(ID).slug == "new"
    assert library.app.test_client().get("/help/a").headers["Location"] == "/help/new"


def test_mv_overwrites_nothing(library: Library) -> None:
    library.article("a.md", "A.\n")
    library.article("b.md", "B.\n")
    assert library.run("mv", "a.md", "b.md").exit_code == 1
    assert library.run("mv", "nothing.md", "c.md").exit_code == 1
    assert library.run("mv", "a.md", "../../c.md").exit_code == 1
    assert (library.text("a.md")[-3:], library.text("b.md")[-3:]) == ("A.\n", "B.\n")


def test_rm_takes_the_file_away_and_keeps_a_copy(library: Library) -> None:
    library.article("a.md", "A.\n", id=ID)
    library.sync()
    text = library.text("a.md")
    assert library.run("rm", ID).summary == "Articles: 1 removed."
    assert not (library.root / "a.md").exists()
    assert library.the_article(ID).deleted_at is not None
    listed = library.run("quarantine", "list").output
    sha = db.session.scalars(select(Quarantined.sha)).one()
    assert listed.startswith(sha[:12])
    assert library.run("quarantine", "show", sha[:8]).output == text
    assert library.run("quarantine", "restore", sha[:8]).summary == "a.md"
    assert library.text("a.md") == text
    assert library.run("quarantine", "show", "zzzzzz").exit_code == 1
    assert library.run("quarantine", "show", sha[:5]).exit_code == 1


BAD = "---\ntitle: a\ntitle: b\n---\n"


def test_check_needs_no_database_and_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "articles"
    folder.mkdir(parents=True)
    (folder / "bad.md").write_text(BAD)
    (folder / "good.md").write_text("# Good\n")
    environ = {
        "FLASK_APP": "wsgi.py",
        "HEARTH_INSTANCE": str(tmp_path / "none"),
        "HEARTH_CONTENT": str(tmp_path / "content"),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    command = [sys.executable, "-m", "flask", "content", "check"]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 4, done.stderr
    assert "bad.md:3:1: error E103" in done.stderr
    assert (folder / "good.md").read_text() == "# Good\n"


def test_check_tells_programs_in_their_own_words(library: Library) -> None:
    library.write("bad.md", BAD)
    (found,) = json.loads(library.run("check", "--format", "json").output)
    assert (found["line"], found["column"], found["code"], found["kind"]) == (3, 1, "E103", "error")
    said = library.run("check", "--format", "github").summary
    assert said.startswith("::error file=")
    assert said.endswith(
        'bad.md,line=3,col=1,title=E103::duplicate key "title" (first at line 2).'
        " Fix: remove one of the two lines."
    )


def test_check_looks_at_some_files_and_counts_warnings_if_asked(library: Library) -> None:
    library.write("bad.md", BAD)
    file = library.write("guides/warned.md", "---\ntitle: a\nstauts: draft\n---\n![](x)\n")
    assert library.run("check", str(file.parent)).exit_code == 4
    file.write_text("---\ntitle: a\nstauts: draft\n---\n")
    assert library.run("check", str(file.parent)).exit_code == 0
    assert library.run("check", str(file.parent), "--strict").exit_code == 4
    assert library.run("check").exit_code == 4


def test_watch_syncs_what_changes_on_either_side(library: Library, app: Flask) -> None:
    library.article("a.md", "First.\n", id=ID)
    known = settings()
    environ = {
        "FLASK_APP": "wsgi.py",
        "HEARTH_INSTANCE": str(known.instance),
        "HEARTH_CONTENT": str(known.content),
        "DATABASE_URL": known.database_url,
    }
    command = [sys.executable, "-m", "flask", "content", "watch", "--every", "0.1"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as watching:
        try:
            until(lambda: db.session.get(Article, ID) is not None)
            library.write("a.md", library.text("a.md").replace("First.", "Second."))
            until(lambda: "Second." in library.live(ID).body)
            library.edit(ID, body="Third.\n")
            until(lambda: "Third." in library.text("a.md"))
        finally:
            watching.terminate()


def until(true: Callable[[], bool]) -> None:
    """Wait for something, a minute at most."""
    for _ in range(600):
        db.session.rollback()
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came true")
