"""`flask tickets …`: what an administrator does with tickets from a terminal."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from app.core.errors import Refusal
from app.core.uow import unit_of_work
from app.core.web.filters import plural
from app.tickets.importing import import_history

tickets = AppGroup("tickets", help="Tickets and their history.")

BYTES_A_ROW = 60
NO_TABLES = "The database has no tables yet, so nothing was imported. Run `flask db upgrade` first."
BUSY = "The database was not free in time ({}), so nothing was imported. Try again in a while."


@tickets.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Import a ticket history FILE: CSV, plain or gzip, UTF-8.

    The first line is ticket_id,timestamp,seq,event,value,actor; the events are created,
    status_changed, assigned, note and updated.  Everything is checked first: a file with a bad row
    is reported as file:line:column with the reason, and nothing is imported (exit status 1).
    Importing the same file again changes nothing.
    """
    with click.progressbar(length=_rows_in(file), label="Reading", update_min_steps=500) as bar:
        try:
            with unit_of_work():
                done = import_history(file, on_row=lambda: bar.update(1))
        except Refusal as refusal:
            raise click.ClickException(refusal.message) from refusal
        except OperationalError as fault:
            said = NO_TABLES if "no such table" in str(fault.orig) else BUSY.format(fault.orig)
            raise click.ClickException(said) from fault
    click.echo(f"Imported {plural(done.tickets, 'ticket')} with {plural(done.facts, 'fact')}.")
    if done.unchanged:
        click.echo(f"Here already, and unchanged: {plural(done.unchanged, 'ticket')}.")


def _rows_in(file: Path) -> int:
    """About how many rows a file holds, for the progress bar; gzip makes them a tenth as long."""
    zipped = file.suffix == ".gz"
    return max(1, file.stat().st_size * (10 if zipped else 1) // BYTES_A_ROW)
