"""The night shift of this room: articles that appear and disappear by the clock, and the trash."""

from app.articles import opening, trashing
from app.articles.reviewing import reminding
from app.core.jobs import job


@job()
def open_and_close() -> None:
    """Show articles in their time only."""
    opening.open_and_close()


@job()
def empty_trash() -> None:
    """Delete for good what has lain in the trash long enough."""
    trashing.purge_old()


@job()
def remind_owners() -> None:
    """Have the owners of articles told that fall due."""
    reminding.remind()
