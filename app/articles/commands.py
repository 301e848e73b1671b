"""`flask content …`: the files of the knowledge base."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
from flask.cli import AppGroup

from app.articles import importing, planning
from app.articles.files.fault import Fault
from app.articles.plan import Plan
from app.core.settings import settings
from app.core.uow import reading, unit_of_work

content = AppGroup("content", help="The files of the knowledge base.")

INVALID, GUARDED, NO_FOLDER = 4, 5, 6


@content.command("load")
@click.option(
    "--allow-mass-delete", is_flag=True, help="Withdraw articles however many files are gone."
)
def load_articles(*, allow_mass_delete: bool) -> None:
    """Load the articles below content/articles/ that have changed.  Writes no file.

    A file with an error is reported as file:line:column and skipped, its article stays as it is;
    all others are loaded.  Exit status: 0 all loaded, 4 some files have errors, 5 too many files
    are gone, 6 there is no folder.
    """
    root = settings().content / "articles"
    if not root.is_dir():
        click.echo(f"There is no folder {root}.", err=True)
        raise SystemExit(NO_FOLDER)
    found = _plan(root)
    if found.is_suspicious and not allow_mass_delete:
        click.echo(_shown(root, Fault("", 1, 1, "E901", _gone(len(found.gone)))), err=True)
        raise SystemExit(GUARDED)
    for fault in sorted(found.faults):
        click.echo(_shown(root, fault), err=True)
    _load(found)
    if found.skipped or any(fault.is_error for fault in found.faults):
        raise SystemExit(INVALID)


def _plan(root: Path) -> Plan:
    with reading():
        loaded, holders = importing.loaded_before(), importing.address_holders()

    def watch(paths: list[str]) -> Iterator[str]:
        with click.progressbar(paths, label="Reading articles", hidden=not paths) as bar:
            yield from bar

    return planning.plan(root, loaded=loaded, holders=holders, watch=watch)


def _load(found: Plan) -> None:
    with unit_of_work():
        done = importing.load(found)
    said = [
        f"{number:,} {what}"
        for number, what in (
            (done.new, "new"),
            (done.changed, "changed"),
            (done.withdrawn, "withdrawn"),
            (found.unchanged, "unchanged"),
            (len(found.skipped), "skipped because of errors"),
        )
        if number
    ]
    click.echo(f"Articles: {', '.join(said) or 'none'}.")


def _gone(number: int) -> str:
    return (
        f"{number} articles have no file any more, so nothing was loaded."
        " Fix: look whether the folder is complete; if it is, use --allow-mass-delete."
    )


def _shown(root: Path, fault: Fault) -> str:
    """The fault with a path that can be opened from where the command was called."""
    return str(replace(fault, path=os.path.relpath(root / fault.path)))
