"""`flask search`: what an operator may do to the index."""

import click
from flask.cli import AppGroup

from app.core.uow import reading
from app.search import index
from app.search.folders import IndexBusy

search = AppGroup("search", help="The search index.")


@search.command("rebuild")
def rebuild() -> None:
    """Build the search index anew; the old one serves until then."""
    try:
        with reading(), click.progressbar(length=index.size(), label="Indexing") as bar:
            index.rebuild(bar.update)
    except IndexBusy as fault:
        raise click.ClickException(f"{fault}. Try again when it is done.") from fault
    click.echo("The new index is in place.")
