"""`flask mail …`: mail, from the command line of the machine."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.mail.parsing import telling

mail = AppGroup("mail", help="Mail that comes in.")

UNREADABLE = 1


@mail.command("parse")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
def parse_files(files: tuple[str, ...]) -> None:
    """Print what is in each FILE, one JSON object a line, in order.

    Broken mail is no error: it has `defects`.  Exit status: 0, or 1 when a file could not be read;
    its object has `error`.
    """
    told = [_tell(file) for file in files]
    if not all(told):
        raise SystemExit(UNREADABLE)


def _tell(file: str) -> bool:
    """Print the line of one file; whether the file could be read."""
    try:
        raw = Path(file).read_bytes()
    except (OSError, ValueError) as fault:
        words = getattr(fault, "strerror", None) or "It cannot be read"
        click.echo(f"{file}: {words}.", err=True)
        _print({"file": file, "error": f"{words}."})
        return False
    _print({"file": file, **telling.told(raw)})
    return True


def _print(line: dict[str, Any]) -> None:
    click.echo(json.dumps(line))
