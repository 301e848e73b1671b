"""A desk as people run it: its own instance, the demo company, a web server and a worker."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.mailbox import Mailbox

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
STARTED_WITHIN_S = 60
STOPPED_WITHIN_S = 10
NAMELESS = "To: help@hearth.example\nSubject: From nobody\n\nGuess who I am.\n"
"""A mail that somebody has to look at: it does not say whom it is from."""
QUOTING = """To: help@hearth.example
From: Vera Quist <vera@quist.example>
Subject: It prints again
Date: Fri, 27 Nov 2026 12:00:00 +0000
Message-ID: <quoting@quist.example>

It prints again, thank you!

On Thu, 26 Nov 2026 at 09:00, Your desk <help@elsewhere.example> wrote:
> Did you turn it off and on?
"""
"""A mail with what it answers below."""


@dataclass(frozen=True)
class Desk:
    """Where it answers, where its mail lies, and what its processes said."""

    url: str
    mailbox: Mailbox
    logs: tuple[Path, ...]

    def complaints(self) -> list[str]:
        """What the processes said, where it tells of a fault of ours."""
        return [said for said in map(Path.read_text, self.logs) if "Traceback" in said]


@contextmanager
def running(instance: Path, *, database_url: str) -> Iterator[Desk]:
    """Sync the help centre, fill in the demo company with the real commands, start both processes."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        environment = _environment(instance, database_url=database_url, public_url=url)
        shutil.copytree(ROOT / "content", instance / "content")
        letters = [instance / "nameless.eml", instance / "quoting.eml"]
        for letter, text in zip(letters, (NAMELESS, QUOTING), strict=True):
            letter.write_text(text)
        for command in ("content sync", "demo fill", *(f"mail ingest {each}" for each in letters)):
            _run([PROGRAMS / "flask", *command.split()], environment)
        for module in ("two_texts", "sent_source"):
            _run([sys.executable, "-m", f"tests.browser.{module}"], environment)
        server = [PROGRAMS / "gunicorn", "wsgi:app", "--bind", f"fd://{door.fileno()}"]
        server += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
        commands = {"web": server, "worker": [PROGRAMS / "flask", "worker"]}
        logs = tuple(instance / f"{name}.log" for name in commands)
        processes = [
            _start(command, environment, log=log, door=door)
            for command, log in zip(commands.values(), logs, strict=True)
        ]
    try:
        urllib.request.urlopen(f"{url}/sign-in", timeout=STARTED_WITHIN_S).close()
        yield Desk(url, Mailbox(instance / "mail"), logs)
    finally:
        for process in processes:
            _stop(process)


def _environment(instance: Path, *, database_url: str, public_url: str) -> dict[str, str]:
    ours = {
        "FLASK_APP": "wsgi.py",
        "HEARTH_INSTANCE": str(instance),
        "HEARTH_CONTENT": str(instance / "content"),
        "HEARTH_UNDO_SEND_S": "0",  # the journeys do not wait for second thoughts
        "HEARTH_GATHER_S": "0",
        "DATABASE_URL": database_url,
    }
    ours |= {"HEARTH_PUBLIC_URL": public_url, "PYTHONUNBUFFERED": "1"}
    others = {k: v for k, v in os.environ.items() if not k.startswith("HEARTH_")}
    return others | ours


def _run(command: list[Path | str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def _start(
    command: list[Path | str], environment: dict[str, str], *, log: Path, door: socket.socket
) -> subprocess.Popen[bytes]:
    with log.open("wb") as said:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=said,
            stderr=said,
            pass_fds=[door.fileno()],
            start_new_session=True,
        )


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOPPED_WITHIN_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
