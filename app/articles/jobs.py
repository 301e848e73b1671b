"""The night shift of this room: articles that appear and disappear by the clock, the trash, and imports."""

from app.articles import opening, trashing
from app.articles.exchange import accepting
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


@job(attempts=3)
def look_into_source(id: int) -> None:
    """Find out what would become of a source that somebody sent."""
    accepting.look_into(id)


@job(attempts=3)
def take_source_in(id: int) -> None:
    """Import a source that was confirmed."""
    accepting.carry_out(id)


@job()
def drop_old_sources() -> None:
    """Let go of sources that nobody took in."""
    accepting.drop_old()


@job()
def remind_owners() -> None:
    """Have the owners of articles told that fall due."""
    reminding.remind()
