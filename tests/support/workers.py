"""The real worker, in a process of its own."""

import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask

from tests.support.processes import running


def worker(app: Flask) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """Run `flask worker` on the database of this application; kill it at the end."""
    return running(app, "worker")


def kill(process: subprocess.Popen[bytes]) -> None:
    """As a power cut would, for this process."""
    process.send_signal(signal.SIGKILL)


def wait_until(done: Callable[[], bool], *, seconds: float = 60) -> None:
    """Look ten times a second; fail when it takes too long."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.1)
