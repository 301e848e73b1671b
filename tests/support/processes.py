"""Commands of ours in processes of their own, on the database of a test."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.core.settings import ROOT, Settings, variable

PASSED_ON = (
    "instance",
    "database_url",
    "smtp_url",
    "job_lease_s",
    "mail_limit_bytes",
    "mail_poll_every_s",
    "relay_secret",
)


@contextmanager
def running(app: Flask, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `flask ARGUMENTS` with the settings of this application; kill it at the end."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(app),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def environment(app: Flask) -> dict[str, str]:
    """The variables that give another process this application's settings."""
    settings: Settings = app.extensions["settings"]
    mine = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}
    return mine | {variable(name): str(getattr(settings, name)) for name in PASSED_ON}
