"""What a sync wrote, recorded in git for those who ask for it."""

import subprocess
from collections.abc import Callable
from io import BytesIO

import pytest

from app.accounts.user import User
from app.articles.trashing import trash
from app.core.uow import unit_of_work
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.pictures import picture

ID = "kb_aaaaaaaaaa"


def git(library: Library, *arguments: str) -> str:
    command = ("git", "-C", str(library.root.parent), *arguments)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def kept(library: Library) -> Library:
    """A library in git, with an article that was changed in the app."""
    git(library, "init", "--quiet")
    git(library, "config", "user.name", "Somebody Else")
    git(library, "config", "user.email", "else@house.example")
    library.article("guides/a.md", "One.\n", id=ID, title="Refunds")
    library.write("guides/notes.txt", "Mine.\n")
    git(library, "add", "articles/guides/a.md")
    git(library, "commit", "--quiet", "-m", "Begin")
    library.sync()
    return library


def test_what_was_written_is_committed_and_nothing_else(kept: Library) -> None:
    kept.edit(ID, body="Two.\n")
    git(kept, "add", "articles/guides/notes.txt")
    load = kept.sync("--commit")
    assert load.exit_code == 0
    assert load.summary == f"Committed as {git(kept, 'rev-parse', '--short', 'HEAD')}."
    assert git(kept, "show", "--stat", "--format=%an <%ae>|%B", "HEAD").startswith(
        "Hearth <support@hearth.example>|Sync articles from Hearth: 1 exported\n\n"
        "exported: guides/a.md (Refunds)"
    )
    assert git(kept, "show", "--name-only", "--format=", "HEAD") == "articles/guides/a.md"
    assert git(kept, "status", "--porcelain") == "A  articles/guides/notes.txt"


def test_a_sync_that_wrote_nothing_commits_nothing(kept: Library) -> None:
    before = git(kept, "rev-parse", "HEAD")
    kept.write("guides/a.md", kept.text("guides/a.md").replace("One", "Three"))
    assert kept.sync("--commit").summary == "Articles: 1 changed."
    kept.edit(ID, body="Two.\n")
    kept.sync("--commit", "--dry-run")
    kept.sync()
    assert git(kept, "rev-parse", "HEAD") == before


def test_pictures_that_came_by_the_browser_are_committed(
    kept: Library, cast: Cast, as_user: Callable[[User], FreshClient]
) -> None:
    agent = as_user(cast.agent)
    agent.post("/content/images", data={"file": (BytesIO(picture()), "a.png")})
    kept.write("../assets/mine.png", picture(size=(10, 10)))
    assert "Committed as" in kept.sync("--commit").output
    (name,) = git(kept, "show", "--name-only", "--format=", "HEAD").splitlines()
    assert name.endswith("/a.png")
    assert kept.sync("--commit").summary == "Articles: 1 unchanged."


def test_files_that_were_removed_are_committed(kept: Library) -> None:
    with unit_of_work():
        trash(kept.the_article(ID))
    kept.sync("--commit")
    assert git(kept, "show", "--name-status", "--format=", "HEAD") == "D\tarticles/guides/a.md"


def test_without_git_nothing_happens(library: Library) -> None:
    library.article("guides/a.md", "One.\n", id=ID)
    assert library.sync("--commit").summary == "Articles: 1 new."
