"""Where the index lies: one folder a build, and a file that names the one in use.

A new build is made beside the old one and put in place by one rename, of the file that names it.
The version of the schema stands in the folder's name, so a newer program takes an older index for
none at all.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

LOCK_WAIT_S = 20.0


class IndexBusy(Exception):
    """Somebody else is writing the index; the job is tried again later."""


class Folders:
    """The folders of the index below `root`."""

    def __init__(self, root: Path, *, version: str) -> None:
        self.root = root
        self.version = version

    def current(self) -> Path | None:
        """The folder in use; None when there is none of this version."""
        try:
            name = self._pointer.read_text().strip()
        except FileNotFoundError:
            return None
        return self.root / name if name.startswith(f"{self.version}-") else None

    def make(self) -> Path:
        """A new folder, not in use yet."""
        folder = self.root / f"{self.version}-{uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        return folder

    def put_in_place(self, folder: Path) -> None:
        """Use this folder from now on, and drop all others."""
        written = self.root / "current.new"
        written.write_text(folder.name)
        written.replace(self._pointer)
        self._wish.unlink(missing_ok=True)
        for other in self.root.iterdir():
            if other.is_dir() and other != folder:
                shutil.rmtree(other, ignore_errors=True)

    def wish_for_another(self) -> None:
        """Ask the worker for a new build.  A web process that only reads can do no more."""
        self.root.mkdir(parents=True, exist_ok=True)
        self._wish.touch()

    @property
    def another_is_wanted(self) -> bool:
        """Whether there is no index of this version, or somebody asked for another."""
        return self.current() is None or self._wish.exists()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only writer on this machine.  Raises IndexBusy after 20 seconds of waiting."""
        self.root.mkdir(parents=True, exist_ok=True)
        until = monotonic() + LOCK_WAIT_S
        with (self.root / "lock").open("w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if monotonic() > until:
                        raise IndexBusy("another process writes the search index") from None
                    sleep(0.1)
            yield

    @property
    def _pointer(self) -> Path:
        return self.root / "current"

    @property
    def _wish(self) -> Path:
        return self.root / "wanted"
