"""Who wrote files, as git knows it; nothing where there is no git."""

import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

_LOG = ("log", "--no-merges", "--format=%x01%H%x02%an <%ae>", "--name-only", "-z", "--relative")
PATIENCE_S = 20
MOST_NAMED = 500
"""Paths on a command line; of more, all in the folder are asked for."""


@dataclass(frozen=True)
class Commit:
    """The commit that changed a file last."""

    id: str
    author: str


def authors_of(root: Path, paths: Collection[str]) -> dict[str, Commit]:
    """The last commits of files, by path; a file with changes that are not committed has none."""
    if not paths or not _is_repository(root):
        return {}
    changed = {
        line[3:] for line in _git(root, "status", "--porcelain", "-z", "--", ".").split("\0")
    }
    wanted = [path for path in paths if not any(each.endswith(path) for each in changed)]
    found: dict[str, Commit] = {}
    for part in _git(root, *_LOG, "--", *wanted).split("\1")[1:] if wanted else ():
        head, _, names = part.partition("\0")
        id, _, author = head.partition("\2")
        for name in names.replace("\n", "").split("\0"):
            if name and name not in found:
                found[name] = Commit(id, author[:300])
    return {path: found[path] for path in wanted if path in found}


def _is_repository(root: Path) -> bool:
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing when it is not there, or says no."""
    command = ("git", "-c", "core.fsmonitor=false", "-C", str(root), *arguments)
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace")
