"""Sees to it that the script runs with a Python that is new enough; written for any Python 3."""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
CHECK = "import sys; sys.exit(sys.version_info < (3, 11))"
TOO_OLD = """Hearth needs Python 3.11 or newer; this is {}.
Install a newer one beside it (Debian, Ubuntu: apt install python3.11 python3.11-venv;
macOS: brew install python), then start again: it is found by its name.
"""


def insist() -> None:
    """Go on if this Python will do, else start the script again with one that does, else stop."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        program = shutil.which(name)
        if program and _is_enough(program):
            os.execv(program, [program] + sys.argv)  # noqa: RUF005 - for any Python 3
    sys.exit(TOO_OLD.format(".".join(str(part) for part in sys.version_info[:3])))


def _is_enough(program: str) -> bool:
    nowhere = subprocess.DEVNULL
    return subprocess.call([program, "-c", CHECK], stdout=nowhere, stderr=nowhere) == 0
