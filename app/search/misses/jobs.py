"""The night shift of searches that found nothing."""

from app.core.jobs import job
from app.search.misses import noting


@job()
def forget_old_misses() -> None:
    """Forget what was counted long ago."""
    noting.forget_old_misses()
