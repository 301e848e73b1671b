"""The virtual environment in `.venv`: made when missing, filled when a lock changed.

`bin/run` and `bin/test` begin here, with nothing but Python's own library.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

from enough_python import CHECK

ROOT = Path(__file__).resolve().parents[1]
NO_VENV = (
    "The virtual environment could not be made. On Debian and Ubuntu its parts come in a package\n"
    "of their own: apt install python3-venv. Then start again."
)
NO_PACKAGES = (
    "The packages could not be installed; what pip says is above. Is there a connection to the\n"
    "package index, or a proxy to be named in HTTPS_PROXY? Then start again; it goes on from here."
)


class Stopped(Exception):
    """It cannot go on; the message says why and what to do."""


def prepare(lock: Path, *, folder: Path = ROOT / ".venv") -> Path:
    """The folder of programs of an environment that holds what the lock names.

    Says what it does; does nothing if the same lock was installed before.  Raises Stopped.
    """
    programs = folder / "bin"
    python = programs / "python"
    if not _works(python):
        print("Making the virtual environment in", folder.name, flush=True)
        if _run(sys.executable, "-m", "venv", "--clear", str(folder)):
            raise Stopped(NO_VENV)
    stamp = folder / ("installed-" + lock.parent.name + "-" + lock.stem)
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Installing packages, the first time takes a minute", flush=True)
        if _install(python, lock):
            raise Stopped(NO_PACKAGES)
        stamp.write_text(wanted)
    return programs


def _works(python: Path) -> bool:
    """Whether it can be started at all: folders get moved, and Pythons removed."""
    return python.exists() and not _run(str(python), "-c", CHECK, quiet=True)


def _install(python: Path, lock: Path) -> int:
    if _run(str(python), "-c", "import pip", quiet=True):
        _run(str(python), "-m", "ensurepip", quiet=True)
    options = "-qq --disable-pip-version-check --no-input --require-hashes"
    return _run(str(python), "-m", "pip", "install", *options.split(), "-r", str(lock))


def _run(*command: str, quiet: bool = False) -> int:
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdout=output, stderr=output, check=False).returncode
