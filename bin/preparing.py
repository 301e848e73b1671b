"""Preparing a desk: database, help centre, and somebody who can sign in.

Run by `bin/run` with the Python of `.venv`, in one process, for starting Python is most of the time
it takes.  Says what it does on the error stream; prints how to sign in.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str]) -> int:
    """Prepare it; the address of a first administrator stands for a desk without the demo."""
    os.chdir(ROOT)
    sys.path[0] = str(ROOT)
    app = _application()
    try:
        with redirect_stdout(sys.stderr):
            _do(app, "Bringing the database up to date", "db", "upgrade")
            _sync(app)
        if arguments:
            doing = "Looking whether somebody administers"
            _do(app, doing, "accounts", "invite", "--first", arguments[0])
        else:
            _do(app, "Looking for the demo company", "demo", "fill", "--unless-used")
    except click.ClickException as fault:
        fault.show()
        return 1
    return 0


def _application() -> Flask:
    """The application.  Ends here, and says why, when the settings cannot be used."""
    import wsgi  # noqa: PLC0415 - found only now that we know where it lies

    return wsgi.app


def _sync(app: Flask) -> None:
    """Faults in files are said, and stop nothing: their articles stay as they were."""
    try:
        _do(app, "Syncing the help centre", "content", "sync")
    except SystemExit as ended:
        if ended.code:
            click.echo("Not all of the help centre is in sync; see above.", err=True)


def _do(app: Flask, doing: str, *command: str) -> None:
    click.echo(doing, err=True)
    app.cli.main(args=list(command), obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
