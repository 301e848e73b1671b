"""Committing files that a sync wrote, in a work tree of git; nothing where there is none."""

import subprocess
from collections.abc import Collection
from pathlib import Path

from app.articles.files.commits import PATIENCE_S


class NotCommitted(Exception):
    """Git refused; the message is what it said."""


def commit(
    folder: Path, paths: Collection[str], *, message: str, name: str, email: str
) -> str | None:
    """Commit these files as they are now, those that are gone included, and nothing else.

    Gives the short id of the commit; None where there is no work tree, or nothing to commit.  What
    somebody else has staged stays staged.  Raises NotCommitted.
    """
    if not paths or not is_work_tree(folder):
        return None
    existing = [path for path in paths if (folder / path).exists()]
    tracked = _git(folder, "ls-files", "-z", "--", *paths).split("\0")
    chosen = sorted({*existing, *filter(None, tracked)} & set(paths))
    if not chosen:
        return None
    _git(folder, "add", "--all", "--", *chosen)
    if not _git(folder, "status", "--porcelain", "--", *chosen):
        return None
    who = ("-c", f"user.name={name}", "-c", f"user.email={email}")
    _git(folder, *who, "commit", "--quiet", "--no-verify", "--only", "-m", message, "--", *chosen)
    return _git(folder, "rev-parse", "--short", "HEAD").strip()


def is_work_tree(folder: Path) -> bool:
    """Whether git keeps the files of this folder."""
    try:
        return _git(folder, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except NotCommitted:
        return False


def untracked(folder: Path, paths: Collection[str]) -> list[str]:
    """Those of the files that git does not know yet."""
    if not paths:
        return []
    known = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", *paths)
    return sorted(filter(None, known.split("\0")))


def _git(folder: Path, *arguments: str) -> str:
    command = ("git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments)
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)  # noqa: S603
    except subprocess.CalledProcessError as fault:
        raise NotCommitted(fault.stderr.decode(errors="replace").strip()) from fault
    except (OSError, subprocess.SubprocessError) as fault:
        raise NotCommitted("git is not there, or does not answer.") from fault
    return done.stdout.decode(errors="replace")
