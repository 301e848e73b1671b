"""Syncs that are cut short, or meet: a file is the old one or the new one, and nothing is done twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from app.articles import syncing
from app.articles.files.manuscript import sha_of
from app.articles.files.writing import FileChanged, put_new, write
from app.articles.syncing import only_one
from app.core.settings import ROOT, settings
from tests.support.library import Library

ID = "kb_aaaaaaaaaa"
KILLED_BEFORE_REPLACING = """
import os, signal, sys
from pathlib import Path
from app.articles.files.writing import write
os.replace = Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
write(Path(sys.argv[1]), "a.md", sys.argv[3], seen=sys.argv[2])
"""
KILLED_AFTER_REPLACING = """
import os, signal, sys
from app import create_app
from app.core.settings import Settings
from pathlib import Path
from app.articles import syncing
from app.articles.ways import ways_of
syncing.note_written = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
made = Settings(instance=Path(sys.argv[1]), content=Path(sys.argv[2]), database_url=sys.argv[3])
with create_app(made).app_context():
    syncing.sync(syncing.root_of(made), ways=ways_of(made), actor="test")
"""


def run(script: str, *arguments: str | Path) -> int:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode


def test_killed_before_the_file_is_replaced_it_is_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Old.\n")
    new = "New.\n" * 10_000
    assert run(KILLED_BEFORE_REPLACING, tmp_path, sha_of("Old.\n"), new) == -signal.SIGKILL
    assert (tmp_path / "a.md").read_text() == "Old.\n"
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["a.md"]
    write(tmp_path, "a.md", new, seen=sha_of("Old.\n"))
    assert (tmp_path / "a.md").read_text() == new
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_killed_after_the_file_was_written_the_next_sync_finds_it_done(
    library: Library, app: Flask
) -> None:
    library.article("a.md", "Old.\n", id=ID)
    library.sync()
    library.edit(ID, body="New.\n")
    known = settings()
    arguments = (known.instance, known.content, known.database_url)
    assert run(KILLED_AFTER_REPLACING, *arguments) == -signal.SIGKILL
    assert library.text("a.md").endswith("New.\n")
    assert library.sync().exit_code == 0
    assert library.sync().summary == "Articles: 1 unchanged."


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Theirs.\n")
    with pytest.raises(FileChanged):
        write(tmp_path, "a.md", "Ours.\n", seen=sha_of("Old.\n"))
    with pytest.raises(FileChanged):
        write(tmp_path, "a.md", "Ours.\n", seen=None)
    (tmp_path / "a.md").write_bytes(b"\xff")
    with pytest.raises(FileChanged):
        write(tmp_path, "a.md", "Ours.\n", seen=sha_of("Old.\n"))
    assert not put_new(tmp_path, "a.md", b"Ours.\n")
    assert (tmp_path / "a.md").read_bytes() == b"\xff"


@pytest.mark.parametrize("path", ["../a.md", "link/a.md", "a-link.md"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, path: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.md").write_text("Old.\n")
    (inside / "link").symlink_to(tmp_path / "outside")
    (inside / "a-link.md").symlink_to(tmp_path / "outside" / "a.md")
    with pytest.raises(OSError, match="does not lie in"):
        write(inside, path, "New.\n", seen=sha_of("Old.\n"))
    assert (tmp_path / "outside" / "a.md").read_text() == "Old.\n"


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("Old.\n")
    file.chmod(0o640)
    write(tmp_path, "a.md", "New.\n", seen=sha_of("Old.\n"))
    assert file.stat().st_mode & 0o777 == 0o640


def test_of_two_syncs_one_waits(library: Library, app: Flask) -> None:
    library.article("a.md", id=ID)
    order: list[str] = []

    def hold(instance: Path) -> None:
        with only_one(instance):
            order.append("first begins")
            time.sleep(0.5)
            order.append("first ends")

    first = threading.Thread(target=hold, args=(settings().instance,))
    first.start()
    while not order:
        time.sleep(0.01)
    assert library.sync().exit_code == 0
    order.append("second ends")
    first.join()
    assert order == ["first begins", "first ends", "second ends"]


def test_a_sync_that_waited_too_long_says_so(
    library: Library, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "WAIT_S", 0.1)
    library.article("a.md", id=ID)
    with only_one(settings().instance):
        sync = library.sync()
    assert (sync.exit_code, sync.faults) == (
        6, ["Another sync is at work. Try again when it is done."],
    )  # fmt: skip
    assert library.sync().summary == "Articles: 1 new."


def test_two_processes_at_once_do_the_work_once(library: Library, app: Flask) -> None:
    for number in range(12):
        library.write(f"guides/{number}.md", f"# Number {number}\n\nText.\n")
    known = settings()
    environment = {
        **os.environ,
        "FLASK_APP": "wsgi.py",
        "HEARTH_INSTANCE": str(known.instance),
        "HEARTH_CONTENT": str(known.content),
        "DATABASE_URL": known.database_url,
    }
    command = [sys.executable, "-m", "flask", "content", "sync"]
    both = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(process.communicate()[0].strip().splitlines()[-1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said == ["Articles: 12 new.", "Articles: 12 unchanged."]
