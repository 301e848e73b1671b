"""The real worker, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask

from app.core.settings import ROOT, Settings


@contextmanager
def worker(app: Flask) -> Iterator[subprocess.Popen[bytes]]:
    """Run `flask worker` on the database of this application; kill it at the end."""
    settings: Settings = app.extensions["settings"]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")},
        "HEARTH_INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "HEARTH_SMTP_URL": settings.smtp_url,
        "HEARTH_JOB_LEASE_S": str(settings.job_lease_s),
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        kill(process)
        process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """As a power cut would, for this process."""
    process.send_signal(signal.SIGKILL)


def wait_until(done: Callable[[], bool], *, seconds: float = 60) -> None:
    """Look ten times a second; fail when it takes too long."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.1)
