"""Testing Hearth: one command from a clone to a verdict.

Makes .venv with what the tests need, then takes named steps and sums them up.  Without names it
takes all of them.  What cannot run here is skipped and says why; with CI=true that is a failure.

Anything else than names is for pytest: bin/test tests/accounts -k password
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from environment import ROOT, Stopped, prepare

POSTGRES = os.environ.get("HEARTH_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
IN_CI = os.environ.get("CI") == "true"
MEMORY = Path("/dev/shm")
ROOM_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Step:
    """A command, and what the machine lacks for it: a reason, or nothing."""

    command: str
    lacks: Callable[[], str] = lambda: ""


def main() -> int:
    """Take the steps, print the summary; the exit code."""
    try:
        names, others = read_arguments(sys.argv[1:])
        programs = prepare(ROOT / "tests" / "requirements.txt")
    except Stopped as stop:
        print(stop, file=sys.stderr)
        return 1
    os.chdir(ROOT)
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    hurry()
    if others:
        return subprocess.run(["python", "-m", "pytest", *others], check=False).returncode
    say_what_is_missing()
    verdicts = {name: take(name, STEPS[name]) for name in names or STEPS}
    print("\n" + "\n".join(f"{name:<12} {verdict}" for name, verdict in verdicts.items()))
    return int(any(verdict.startswith("FAILED") for verdict in verdicts.values()))


def read_arguments(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The names of steps, or else what pytest is asked to do; neither means all steps."""
    parser = argparse.ArgumentParser(
        prog="bin/test",
        usage="bin/test [STEP ...] or bin/test PATH [OPTION ...]",
        description=__doc__,
        epilog=f"steps: {', '.join(STEPS)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if {"-h", "--help"} & set(arguments):
        parser.parse_args(["--help"])
    if all(each in STEPS for each in arguments):
        return arguments, []
    return [], arguments


def hurry() -> None:
    """Wait for no disk: thousands of databases are made in memory, and code is compiled once."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not os.environ.get("TMPDIR") and has_room(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)


def has_room(folder: Path) -> bool:
    """Whether everything that tests leave and start fits there."""
    if not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize > ROOM_BYTES and not found.f_flag & os.ST_NOEXEC


def say_what_is_missing() -> None:
    """Tests that lack something skip themselves; say so where everybody sees it."""
    if not os.environ.get("HEARTH_TEST_DATA"):
        print("HEARTH_TEST_DATA names no folder: the tests on real ticket histories are skipped.")
    if reason := no_dovecot():
        print(f"{reason}: the tests of fetching mail {'fail' if IN_CI else 'are skipped'}.")


def take(name: str, step: Step) -> str:
    """Take one step and say how it went."""
    print(f"\n== {name}", flush=True)
    reason = step.lacks()
    if reason:
        print(reason)
        return f"FAILED   {reason}" if IN_CI else f"skipped  {reason}"
    began = time.monotonic()
    code = subprocess.run(step.command.split(), check=False).returncode
    verdict = "FAILED" if code else "passed"
    return f"{verdict:<8} {time.monotonic() - began:.0f} s"


def no_postgres() -> str:
    """Why the tests cannot run on PostgreSQL."""
    server = urlsplit(POSTGRES)
    try:
        socket.create_connection((server.hostname or "", server.port or 5432), timeout=3).close()
    except OSError as fault:
        return (
            f"no PostgreSQL at {server.hostname}:{server.port or 5432}: {fault.strerror or fault}"
        )
    return ""


def no_chromium() -> str:
    """Why the tests cannot run in a browser."""
    return "" if shutil.which(CHROMIUM) else f"no Chromium at {CHROMIUM}; CHROMIUM names another"


def no_dovecot() -> str:
    """Why no mail can be fetched in tests."""
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return "" if found else "no Dovecot (Debian: dovecot-imapd)"


PYTEST = "python -m pytest -q -n 2 --dist worksteal"
STEPS = {
    "format": Step("ruff format --check ."),
    "lint": Step("ruff check ."),
    "types": Step("mypy"),
    "templates": Step("djlint app --lint --quiet"),
    "sqlite": Step(f"{PYTEST} --database sqlite --ignore tests/browser"),
    "postgres": Step(f"{PYTEST} --database postgres --ignore tests/browser", no_postgres),
    "browser": Step(f"{PYTEST} tests/browser", no_chromium),
    "browser-pg": Step(
        f"{PYTEST} tests/browser --database postgres -m both_databases",
        lambda: no_chromium() or no_postgres(),
    ),
}
